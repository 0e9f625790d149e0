"""In which encoding is this file, how sure are we, and what are its lines, none of them longer than we can hold?"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

MAX_LINE = 1 << 20
_CHUNK = 1 << 20
STRAY = re.compile("[\udc80-\udcff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = (
    (b"PK\x03\x04", "a workbook or a zip archive", "In Excel choose Save as, then “CSV UTF-8”."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "In Excel choose Save as, then “CSV UTF-8”."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "Unpack it first."),
    (b"%PDF", "a PDF", "Ask the sender for the CSV or JSONL export."),
    (b"PAR1", "a Parquet file", "Export it as CSV first."),
)


class Unreadable(Exception):
    """A file nothing can be read from; the text is the sentence for the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Encoding(msgspec.Struct, frozen=True):
    """A codec's name, whether it is proven or assumed, and the sentence that says so."""

    codec: str
    assumed: bool
    reason: str

    @property
    def spoken(self) -> str:
        """The encoding as people call it."""
        return {"cp1252": "Windows-1252"}.get(self.codec, _spoken(self.codec))


class Line(msgspec.Struct, frozen=True, gc=False):
    """One physical line; `whole` is false when it was longer than MAX_LINE and only its beginning is kept."""

    number: int
    text: str
    whole: bool = True


def sniff(stream: BinaryIO) -> Encoding:
    """Find the encoding by the byte order mark, the NUL pattern or a strict reading; leaves the stream at its start.

    Raises Unreadable for an empty file and for the formats people take for text files.
    """
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n") and len(head) < 4096:
        raise Unreadable("This file is empty. Choose a file with at least a heading and one row.")
    for mark, kind, cure in _NOT_TEXT:
        if head.startswith(mark):
            raise Unreadable(f"This is {kind}, not a text file. {cure}")
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(codec, False, f"The file says itself that it is {_spoken(codec)}.")
    wide = _utf16_without_mark(head)
    if wide:
        return Encoding(wide, True, "Every second byte is zero, so we read it as UTF-16.")
    return _utf8_or_latin(stream)


def _spoken(codec: str) -> str:
    return "UTF-16" if codec.startswith("utf-16") else "UTF-8"


def _utf16_without_mark(head: bytes) -> str:
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _utf8_or_latin(stream: BinaryIO) -> Encoding:
    """UTF-8 unless strict reading fails more often than it finds proper characters beyond ASCII."""
    faults = good = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    while chunk := stream.read(_CHUNK):
        if chunk.isascii():
            continue
        text = decoder.decode(chunk)
        wrong = len(STRAY.findall(text))
        faults += wrong
        good += len(text) - len(text.encode("ascii", "ignore")) - wrong
    stream.seek(0)
    if not faults:
        return Encoding("utf-8", False, "Every byte of the file is proper UTF-8.")
    if good > faults:
        return Encoding("utf-8", True, f"Nearly all of it is UTF-8; {faults:,} characters are not, see those lines.")
    reason = f"It isn’t UTF-8 ({faults:,} bytes don’t fit), so we read it as Windows-1252, the usual one in the West."
    return Encoding("cp1252", True, reason)


def text_lines(stream: BinaryIO, encoding: Encoding) -> Iterator[Line]:
    """The lines with their ends, numbered from 1; a byte that doesn't fit is kept as STRAY for the caller to report."""
    errors = "replace" if encoding.codec.startswith("utf-16") else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding=encoding.codec, errors=errors, newline="")
    number = 0
    try:
        while piece := text.readline(MAX_LINE):
            number += 1
            whole = True
            if len(piece) == MAX_LINE and not piece.endswith(("\n", "\r")):
                whole = False
                while (more := text.readline(_CHUNK)) and not more.endswith(("\n", "\r")):
                    pass
            yield Line(number, piece if whole else piece[:200], whole)
    finally:
        text.detach()

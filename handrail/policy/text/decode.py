"""Which characters do these bytes stand for, and are they a text at all? A refusal says what to do."""

import re

from handrail.kernel.errors import BadInput

LARGEST = 20 * 1024 * 1024
_NOT_TEXT = (
    (b"%PDF", "a PDF. Save the text as Word (.docx), Markdown or plain text and try again."),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc). Open it and save it as .docx, then try again."),
    (b"{\\rtf", "rich text (.rtf). Open it and save it as .docx, then try again."),
    (b"\x89PNG", "a picture. Bring in the text itself."),
    (b"\xff\xd8\xff", "a picture. Bring in the text itself."),
    (b"GIF8", "a picture. Bring in the text itself."),
    (b"\x1f\x8b", "a compressed file. Unpack it and bring in the text itself."),
)
_LINE_KIN = str.maketrans({"\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": " ", "\u2029": " "})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def check_bytes(raw: bytes, name: str) -> None:
    """Refuse what can't be a policy text: nothing, too much, or another kind of file."""
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise BadInput(f"{name} is empty. Choose a file with the policy's text.")
    if len(raw) > LARGEST:
        raise BadInput(
            f"{name} has {len(raw) / 1_048_576:.0f} MB; a policy may have 20. "
            "Leave out its pictures, or bring it in by parts."
        )
    for magic, what in _NOT_TEXT:
        if raw.startswith(magic):
            raise BadInput(f"{name} is {what}")


def decode(raw: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16, UTF-32 with a mark, or Windows-1252, with line ends made one kind."""
    check_bytes(raw, name)
    text = _decoded(raw, name).replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_KIN)
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(
            f"Line {line} of {name} holds a control character (U+{ord(found[0]):04X}) that no text should have. "
            "Remove it and try again.",
            line=line,
        )
    return text


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return _strictly(raw, encoding, name)
    sample = raw[:4000]
    if b"\x00" in sample:
        odd, even = sample[1::2].count(0), sample[0::2].count(0)
        if odd > len(sample) // 4 and even <= odd // 8:
            return _strictly(raw, "utf-16-le", name)
        if even > len(sample) // 4 and odd <= even // 8:
            return _strictly(raw, "utf-16-be", name)
        raise BadInput(f"{name} is not a text: it holds zero bytes. Save it as Markdown, Word, HTML or plain text.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    odd_bytes = sum(1 for byte in sample if byte < 9 or 13 < byte < 32)
    if odd_bytes > len(sample) // 20:
        raise BadInput(f"{name} is not a text. Save it as Markdown, Word, HTML or plain text.")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} says it is {encoding.upper().removesuffix('-SIG')}, but breaks off at byte {error.start:,}. "
            "Save it again as UTF-8."
        ) from error

"""Reads a staff file: which encoding, which delimiter, which cells stand on which line. Knows nothing of people."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.kernel.errors import BadInput

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 500_000
MAX_COLUMNS = 200
MAX_LINE = 100_000
MAX_LINES_IN_A_CELL = 20
DELIMITERS = (",", ";", "\t", "|")
DELIMITER_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
SAVE_AS = "Save it as “CSV UTF-8” and choose that file. Nothing was read and nothing was kept."


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that is no row at all: what was seen, what is wrong, how to mend it."""

    line: int
    cells: tuple[str, ...]
    wrong: str
    mend: str


@dataclass(slots=True)
class CsvFile:
    """A file as rows of cells, each with the line it begins on; broken lines stand apart."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    broken: list[BrokenLine] = field(default_factory=list)
    delimiter: str = ","
    encoding: str = "UTF-8"


def read_csv(raw: bytes, name: str = "the file") -> CsvFile:
    """The file's header and rows; BadInput with a sentence when it isn't a CSV that can be read."""
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) // (1024 * 1024)} MB"
        raise BadInput(f"{name} is {size}; a staff file may be {MAX_BYTES // (1024 * 1024)} MB. Split it in parts.")
    text, encoding = decode(raw, name)
    text = text.replace("\x00", "\ufffd")  # PostgreSQL keeps no zero; the cell is held back as one that hides something
    delimiter = delimiter_of(text)
    file = CsvFile(header=[], rows=[], delimiter=delimiter, encoding=encoding)
    for line, cells, problem in _records(text, delimiter):
        if problem is not None:
            file.broken.append(problem)
        elif not any(cell.strip() for cell in cells):
            continue
        elif not file.header:
            file.header = _header(cells, line, name)
        else:
            file.rows.append((line, cells))
            if len(file.rows) > MAX_ROWS:
                raise BadInput(f"{name} has more than {MAX_ROWS:,} rows. Split it in parts.", line=line)
    if not file.header:
        raise BadInput(
            f"{name} has no heading line. Its first line must name the columns, such as Staff no,Name,E-mail."
        )
    return file


def decode(raw: bytes, name: str = "the file") -> tuple[str, str]:
    """The text of a file and the encoding it turned out to have, in words."""
    if not raw.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadInput(f"{name} is empty. Choose the file that payroll made, with a heading and one line per person.")
    if raw[:4] == b"PK\x03\x04":
        raise BadInput(f"{name} is a workbook, not a CSV. {SAVE_AS}")
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(f"{name} is an old Excel workbook, not a CSV. {SAVE_AS}")
    if raw[:5] == b"%PDF-":
        raise BadInput(f"{name} is a PDF, not a CSV. Ask for the table it was made from.")
    for mark, codec, words in (
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
    ):
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], codec, words, name), words
    guess = _unmarked_utf16(raw)
    if guess:
        return _strict(raw, guess, "UTF-16", name), "UTF-16"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strict(raw, "cp1252", "Windows-1252", name), "Windows-1252"


def _strict(raw: bytes, codec: str, words: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise BadInput(
            f"{name} isn’t text that we can read ({words} breaks on line {line}). {SAVE_AS}", line=line
        ) from None


def _unmarked_utf16(raw: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every second byte."""
    head = raw[:400]
    if len(head) >= 4 and head[1::2].count(0) > len(head) * 0.4:
        return "utf-16-le"
    if len(head) >= 4 and head[0::2].count(0) > len(head) * 0.4:
        return "utf-16-be"
    return ""


def delimiter_of(text: str) -> str:
    """What stands between the cells: the mark that cuts the first lines most evenly into most cells."""
    lines = [line for line in text[:60_000].splitlines() if line.strip()][:40]
    best, best_score = ",", 0.0
    for mark in DELIMITERS:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=mark)] or [0]
        usual, how_often = Counter(counts).most_common(1)[0]
        score = (usual - 1) * how_often / len(counts)
        if score > best_score:
            best, best_score = mark, score
    return best


def _header(cells: list[str], line: int, name: str) -> list[str]:
    if len(cells) > MAX_COLUMNS:
        raise BadInput(f"{name} has {len(cells)} columns; {MAX_COLUMNS} is the most we read.", line=line)
    return [" ".join(cell.split())[:120] for cell in cells]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], BrokenLine | None]]:
    """Every record with the line it begins on. A quotation mark that is never closed costs its own line, no more."""
    lines = io.StringIO(text, newline=None)
    number = 0
    ahead: list[str] = []
    while True:
        line = ahead.pop(0) if ahead else lines.readline()
        if not line:
            return
        number += 1
        if len(line) > MAX_LINE:
            yield (
                number,
                [],
                BrokenLine(
                    number,
                    (line[:60] + "…",),
                    f"This line has {len(line):,} characters.",
                    "Check the file; no person’s line is so long.",
                ),
            )
            continue
        if line.count('"') % 2 == 0:
            yield number, next(csv.reader((line,), delimiter=delimiter), []), None
            continue
        whole = _closed(line, delimiter)
        if whole is not None:
            yield number, whole, None
            continue
        while len(ahead) < MAX_LINES_IN_A_CELL:
            more = lines.readline()
            if not more:
                break
            ahead.append(more)
        cells, used = _several(line, ahead, delimiter)
        if used:
            yield number, cells, None
            number += used
            del ahead[:used]
        else:
            yield number, [], _never_closed(number, line)


def _closed(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line whose quotation marks are odd in number but whole, such as a lone inch mark."""
    try:
        return next(csv.reader((line,), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _several(line: str, ahead: list[str], delimiter: str) -> tuple[list[str], int]:
    """The cells of a record that runs over several lines, and how many lines ahead belong to it, if any."""
    for used in range(1, len(ahead) + 1):
        if ahead[used - 1].count('"') % 2 == 0:
            continue
        try:
            found = list(csv.reader([line, *ahead[:used]], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        if len(found) == 1:
            return found[0], used
    return [], 0


def _never_closed(number: int, line: str) -> BrokenLine:
    return BrokenLine(
        number,
        (line.strip()[:200],),
        "A quotation mark is opened here and never closed.",
        "Close it, or take it away.",
    )

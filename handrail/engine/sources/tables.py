"""Which posts are in a CSV file, whatever its delimiter and encoding, and which rows can't be read?"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import BinaryIO

import msgspec

from handrail.engine.post import BadRow, Post
from handrail.engine.sources.columns import FIELDS, ColumnGuess, Columns, columns_for, guess_columns
from handrail.engine.sources.dates import DateReader
from handrail.engine.sources.encoding import MAX_LINE, STRAY, Encoding, Line, Unreadable, sniff, text_lines
from handrail.engine.sources.wording import clean, language_code, plain, plausible, too_long

SAMPLE = 20_000
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_DELIMITERS = ",;\t|"
_REMEMBERED_IDS = 250_000  # later doubles are found by the database; memory stays small
_LONG_LINE = f"The line is longer than {MAX_LINE:,} characters. Look for a missing line break."
_OPEN_QUOTE = "A quotation mark opens on this line and is never closed. Close it or take it out."
_FIRST = {"day": ", with the day first", "month": ", with the month first", "iso": ""}


class Look(msgspec.Struct, frozen=True):
    """What one look at a file shows: encoding, delimiter, headings, some rows, and our guess at the columns."""

    encoding: Encoding
    delimiter: str
    header: tuple[str, ...]
    sample: list[list[str]]
    guess: ColumnGuess
    columns: Columns


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record of the table: the line it starts on and its cells, or why it has none."""

    line: int
    cells: list[str]
    fault: str = ""


def look_at(stream: BinaryIO, sample_rows: int = SAMPLE) -> Look:
    """Read headings and up to `sample_rows` rows, guess the columns, and leave the stream at its start.

    Raises Unreadable for what is no table: empty, binary, one line, or without headings.
    """
    encoding = sniff(stream)
    delimiter = _delimiter(stream, encoding)
    rows = _records(stream, encoding, delimiter)
    header = next(rows, None)
    if header is None or header.fault:
        raise Unreadable("The first line can’t be read as headings. Check its quotation marks.")
    names = tuple(clean(cell) for cell in header.cells)
    sample: list[list[str]] = []
    for record in rows:
        if record.cells and len(record.cells) == len(names):
            sample.append(record.cells)
            if len(sample) >= sample_rows:
                break
    stream.seek(0)
    _refuse_missing_headings(names)
    guess = guess_columns(names, sample)
    columns = columns_for(guess, len(names), delimiter)
    return Look(encoding, delimiter, names, sample[:200], guess, columns)


def _refuse_missing_headings(names: Sequence[str]) -> None:
    dated = DateReader("day")
    if any(len(name) > 120 or name.startswith(("http://", "https://")) or dated.read(name) for name in names):
        raise Unreadable("The first line looks like a post, not like headings. Add a line that names the columns.")


def _delimiter(stream: BinaryIO, encoding: Encoding) -> str:
    """The delimiter that cuts the first lines into the same number of cells, more than one."""
    first: list[str] = []
    for line in text_lines(stream, encoding):
        first.append(line.text[:2000])
        if len(first) >= 30:
            break
    stream.seek(0)
    if first and first[0].lower().startswith("sep="):
        return first[0][4:5] or ","
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(iter(first), delimiter=delimiter) if row]
        if not widths or widths[0] < 2:
            continue
        score = sum(width == widths[0] for width in widths) / len(widths) + widths[0] / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best


class _Lines:
    """Feeds lines to the csv module and remembers those of the record under way, so that it can be read again."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self.record: list[Line] = []
        self.over = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            self.over = True
            raise StopIteration
        self.record.append(line)
        return line.text

    def back(self) -> None:
        """Give all lines of the record back but the first."""
        self._again.extendleft(reversed(self.record[1:]))
        self.over = False


def _records(stream: BinaryIO, encoding: Encoding, delimiter: str) -> Iterator[Record]:
    """Cut lines into records; an unclosed quotation mark costs its own line and not the rest of the file."""
    stream.seek(0)
    lines = _Lines(text_lines(stream, encoding))
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _faulty(lines, str(error))
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        first = lines.record[0]
        if lines.over and len(lines.record) > 1:
            yield _faulty(lines, "")
            reader = csv.reader(lines, delimiter=delimiter)
        elif not first.whole:
            yield Record(first.number, [], _LONG_LINE)
        elif first.number > 1 or not first.text.lower().startswith("sep="):
            yield Record(first.number, cells)


def _faulty(lines: _Lines, error: str) -> Record:
    first = lines.record[0]
    if len(lines.record) > 1:
        lines.back()
        return Record(first.number, [], _OPEN_QUOTE)
    if "field larger" in error:
        return Record(first.number, [], "One cell has more than 131,072 characters. Look for a missing quotation mark.")
    return Record(first.number, [], "The line can’t be cut into cells. Check its quotation marks and line breaks.")


class TableReader:
    """Iterates posts and bad rows of one table. `lines` counts rows read; bad rows name the line they start on."""

    def __init__(self, stream: BinaryIO, columns: Columns | None = None, now: datetime | None = None) -> None:
        self.columns = columns or look_at(stream).columns
        self.encoding = sniff(stream)
        self.skipped = 0
        self.lines = 0
        self._now = now or datetime.now(UTC)
        self._dates = DateReader(self.columns.date_order)
        self._seen: dict[int, int] = {}
        self._doubtful = self.encoding.codec != "utf-8" or self.encoding.assumed
        self._at = self.columns.fields
        self._rows = self._read(stream)

    def __iter__(self) -> Iterator[Post | BadRow]:
        return self

    def __next__(self) -> Post | BadRow:
        return next(self._rows)

    def _read(self, stream: BinaryIO) -> Iterator[Post | BadRow]:
        records = _records(stream, self.encoding, self.columns.delimiter)
        next(records, None)
        for record in records:
            self.lines += 1
            if record.fault:
                yield BadRow(line=record.line, reason=record.fault, column="Whole row")
            elif any(record.cells):
                yield self._row(record)

    def _row(self, record: Record) -> Post | BadRow:
        cells, line = record.cells, record.line
        width = self.columns.width
        if len(cells) != width and (len(cells) < width or any(cells[width:])):
            shown = self.columns.delimiter.join(cells)[:80]
            more = "Put the cell that holds the delimiter in quotation marks."
            hint = more if len(cells) > width else "Add the missing ones."
            reason = f"{len(cells)} cells where the heading has {width}. {hint}"
            return BadRow(line=line, reason=reason, cell=shown, column="Whole row")
        text = self._text(cells)
        if not text:
            reason = "The text is empty. Give the post’s words, or leave this row out."
            return BadRow(line=line, reason=reason, column=FIELDS["text"])
        if reason := too_long(text):
            return BadRow(line=line, reason=reason, cell=text[:80], column=FIELDS["text"])
        if self._doubtful and STRAY.search("".join(cells)):
            reason = f"A byte of this row isn’t {self.encoding.spoken}. Save the file as UTF-8 and try again."
            return BadRow(line=line, reason=reason, cell=text[:80], column="Whole row")
        moment = self._moment(cells)
        if isinstance(moment, str):
            return BadRow(
                line=line, reason=moment, cell=self._cell(cells, "posted_at")[:80], column=FIELDS["posted_at"]
            )
        return self._distinct(self._post(cells, text, moment), cells, line)

    def _text(self, cells: list[str]) -> str:
        """The words; exports of Twitter and of web pages write & as &amp;, which is undone."""
        text = plain(self._cell(cells, "text")) or plain(self._cell(cells, "text_else"))
        title = plain(self._cell(cells, "title"))
        if title and not text.startswith(title.rstrip(".…")):
            return f"{title}\n{text}" if text else title
        return text

    def _moment(self, cells: list[str]) -> datetime | str:
        if "posted_at" not in self._at:
            return UNDATED
        cell = self._cell(cells, "posted_at").strip()
        if not cell:
            return "The date is empty. Give the day and time the post was written."
        clock = self._cell(cells, "clock").strip()
        moment = self._dates.read(f"{cell} {clock}" if clock else cell)
        if moment is None:
            return f"This isn’t a date{_FIRST[self.columns.date_order]}. Write it as 2026-11-24 09:30."
        if not plausible(moment, self._now):
            return f"The date {moment:%Y-%m-%d} is out of range: posts are written between 2006 and now. Mend the date."
        return moment

    def _post(self, cells: list[str], text: str, moment: datetime) -> Post:
        language = language_code(self._cell(cells, "lang")) if "lang" in self._at else ""
        place, country = clean(self._cell(cells, "place")), clean(self._cell(cells, "country"))
        url = clean(self._cell(cells, "url"))[:1000]
        platform = clean(self._cell(cells, "platform")).lower()
        return Post(
            uri=self._uri(cells, text, moment, url),
            text=text,
            posted_at=moment,
            author=clean(self._cell(cells, "author"))[:200],
            langs=(language,) if language else (),
            platform=(platform or self.columns.platform or self.columns.id_prefix)[:60],
            url=url if url.startswith(("http://", "https://", "at://")) else "",
            reply_to=clean(self._cell(cells, "reply_to"))[:500],
            place=(f"{place}, {country}" if place and country else place or country)[:200],
        )

    def _uri(self, cells: list[str], text: str, moment: datetime, url: str) -> str:
        """The row's own id, else its address, else a fingerprint of who said what when."""
        own = clean(self._cell(cells, "id"))[:500]
        prefix = self.columns.id_prefix
        if own:
            return own if not prefix or "://" in own else f"{prefix}:{own}"
        if 0 < len(url) <= 500:
            return url
        words = f"{self._cell(cells, 'author')}\0{moment.isoformat()}\0{text}"
        return f"{prefix or 'file'}:{blake2b(words.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"

    def _distinct(self, post: Post, cells: list[str], line: int) -> Post | BadRow:
        own = self._cell(cells, "id")
        if _rounded(own):
            reason = "A spreadsheet has rounded this id, so it no longer names one post. Export the file again."
            return BadRow(line=line, reason=reason, cell=own[:80], column=FIELDS["id"])
        key = hash(post.uri)
        if key in self._seen:
            reason = f"The same post as line {self._seen[key]:,}: its id is already there. Leave one of them out."
            return BadRow(line=line, reason=reason, cell=own[:80] or post.uri[:80], column=FIELDS["id"])
        if len(self._seen) < _REMEMBERED_IDS:
            self._seen[key] = line
        return post

    def _cell(self, cells: list[str], field: str) -> str:
        index = self._at.get(field)
        return cells[index] if index is not None and index < len(cells) else ""


def _rounded(own: str) -> bool:
    return "E+" in own and own.replace(".", "", 1).replace(",", "", 1).replace("E+", "", 1).isdigit()


def read_csv(stream: BinaryIO, columns: Columns | None = None, now: datetime | None = None) -> TableReader:
    """Read a table's posts; without `columns` they are guessed. Raises Unreadable when it is no table at all."""
    return TableReader(stream, columns, now)

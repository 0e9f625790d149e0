"""Turns a staff file's cells into one row per person, and into bad rows that say what is wrong and how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from handrail.people import cells
from handrail.people.cells import Wrong
from handrail.people.columns import LABELS, Column
from handrail.people.csv_rows import CsvFile

Value = str | date | None
PERSON_FIELDS = ("name", "email", "unit", "function", "job", "level", "country", "language", "starts_on", "ends_on")
Corrections = Mapping[str, list[str] | None]


@dataclass(slots=True)
class FileRow:
    """One person as the file has them: values in the order of `Reading.fields`, and whom they name as line manager."""

    line: int
    staff_number: str
    values: tuple[Value, ...]
    boss: str


@dataclass(frozen=True, slots=True)
class BadPersonRow:
    """A row that can't go in yet: the line, the cell as typed, what is wrong, how to mend it, and a value to offer."""

    line: int
    cells: list[str]
    column: int | None
    cell: str
    wrong: str
    mend: str
    suggestion: str = ""


@dataclass(slots=True)
class Reading:
    """A whole file read with one matching of columns."""

    columns: list[Column]
    fields: tuple[str, ...]
    boss_by: str
    boss_column: int | None
    email_column: int | None
    rows: list[FileRow]
    bad: list[BadPersonRow]
    dropped: int
    cells_by_line: dict[int, list[str]]
    bad_numbers: dict[int, str] = field(default_factory=dict)

    def typed(self, line: int, *kinds: str) -> str:
        """What a line has in the columns of these kinds, as typed; also for a line that can't go in."""
        typed = self.cells_by_line.get(line, [])
        places = [column.index for kind in kinds for column in self.columns if column.kind == kind]
        return " ".join(" ".join(typed[place].split()) for place in places if place < len(typed)).strip()

    def hold(self, row: FileRow, column: int | None, wrong: Wrong) -> None:
        """Note why a row that read well still can't go in."""
        self.bad.append(self.as_bad(row.line, column, wrong))

    def as_bad(self, line: int, column: int | None, wrong: Wrong) -> BadPersonRow:
        """A bad row for a line of this file."""
        typed = self.cells_by_line[line]
        cell = typed[column] if column is not None and column < len(typed) else ""
        return BadPersonRow(line, typed, column, cell[:200], wrong.wrong, wrong.mend, wrong.suggestion)


def read_rows(file: CsvFile, columns: Sequence[Column], corrections: Corrections) -> Reading:
    """Read every row; whatever is wrong with one keeps only that one back. The first wrong cell is the one named."""
    reading = _empty(columns)
    for broken in file.broken:
        if str(broken.line) not in corrections:
            shown = broken.cells[0] if broken.cells else ""
            reading.bad.append(
                BadPersonRow(broken.line, list(broken.cells), None, shown[:200], broken.wrong, broken.mend)
            )
    reader = _RowReader(reading, len(file.header))
    for line, typed in _corrected(file, corrections):
        if typed is None:
            reading.dropped += 1
            continue
        reading.cells_by_line[line] = typed
        try:
            reading.rows.append(reader.read(line, typed))
        except _BadCell as bad:
            reading.bad.append(reading.as_bad(line, bad.column, bad.wrong))
    _note_bad_numbers(reading, file.delimiter)
    _hold_same_numbers(reading)
    return reading


def _note_bad_numbers(reading: Reading, delimiter: str) -> None:
    """Whom the lines that can't go in are about; a line that was never cut into cells is cut for this alone."""
    place = next((column.index for column in reading.columns if column.kind == "staff_number"), 0)
    for bad in reading.bad:
        number = reading.typed(bad.line, "staff_number")
        if bad.line not in reading.cells_by_line and bad.cells:
            parts = bad.cells[0].split(delimiter)
            number = " ".join(parts[place].strip(' "').split()) if place < len(parts) else ""
        if number:
            reading.bad_numbers[bad.line] = number


def _hold_same_numbers(reading: Reading) -> None:
    """Keep back every row whose staff number another line has too: which of them is that person nobody can know."""
    lines: dict[str, list[int]] = {}
    for row in reading.rows:
        lines.setdefault(row.staff_number, []).append(row.line)
    for line, number in reading.bad_numbers.items():
        if number in lines:
            lines[number].append(line)
    shared = {number: sorted(several) for number, several in lines.items() if len(several) > 1}
    if not shared:
        return
    place = next((column.index for column in reading.columns if column.kind == "staff_number"), None)
    mend = "Give one of them another number, or drop the line that’s wrong."
    stay: list[FileRow] = []
    for row in reading.rows:
        several = shared.get(row.staff_number, [])
        if not several:
            stay.append(row)
            continue
        other = several[1] if several[0] == row.line else several[0]
        more = f" and {len(several) - 2:,} more" if len(several) > 2 else ""
        reading.hold(row, place, Wrong(f"The same staff number as line {other:,}{more}.", mend))
    reading.rows = stay


def _corrected(file: CsvFile, corrections: Corrections) -> list[tuple[int, list[str] | None]]:
    rows: list[tuple[int, list[str] | None]] = []
    if not corrections:
        rows.extend(file.rows)
        return rows
    rows.extend((line, corrections.get(str(line), typed)) for line, typed in file.rows)
    rows.extend(
        (broken.line, corrections[str(broken.line)]) for broken in file.broken if str(broken.line) in corrections
    )
    return sorted(rows, key=lambda row: row[0])


def _empty(columns: Sequence[Column]) -> Reading:
    kinds = {column.kind: column.index for column in columns if column.kind}
    named = "name" in kinds or "family_name" in kinds or "given_name" in kinds
    fields = tuple(field for field in PERSON_FIELDS if field in kinds or (field == "name" and named))
    boss_by = "manager_number" if "manager_number" in kinds else "manager_email" if "manager_email" in kinds else ""
    return Reading(
        columns=list(columns), fields=fields, boss_by=boss_by, boss_column=kinds.get(boss_by),
        email_column=kinds.get("email"), rows=[], bad=[], dropped=0, cells_by_line={},
    )  # fmt: skip


class _BadCell(Exception):
    def __init__(self, column: int | None, wrong: Wrong) -> None:
        super().__init__(wrong.wrong)
        self.column = column
        self.wrong = wrong


class _RowReader:
    """Reads rows one after another; remembers cells that come back (units, countries, dates) to stay quick."""

    def __init__(self, reading: Reading, width: int) -> None:
        self.width = width
        self.fields = reading.fields
        self.boss_by = reading.boss_by
        self.plan = [(column.index, column.kind, _parser(column)) for column in reading.columns if column.kind]
        self.number_column = next((index for index, kind, _ in self.plan if kind == "staff_number"), None)

    def read(self, line: int, typed: list[str]) -> FileRow:
        """One row, or _BadCell for the first cell that can't be used."""
        if len(typed) != self.width:
            raise _BadCell(None, _miscounted(typed, self.width))
        found: dict[str, Value] = {}
        for index, kind, parse in self.plan:
            try:
                found[kind] = parse(typed[index])
            except Wrong as wrong:
                raise _BadCell(index, wrong) from None
        number = str(found["staff_number"])
        if not number:
            raise _BadCell(
                self.number_column, Wrong("The staff number is missing.", "Type the number payroll gives this person.")
            )
        if "name" not in found:
            found["name"] = " ".join(str(part) for part in (found.get("given_name"), found.get("family_name")) if part)
        if not found["name"]:
            raise _BadCell(self._column_of("name"), Wrong("The name is missing.", "Type the name they are known by."))
        self._check_dates(found)
        return FileRow(line, number, tuple(found[field] for field in self.fields), str(found.get(self.boss_by) or ""))

    def _check_dates(self, found: dict[str, Value]) -> None:
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            wrong = Wrong(
                f"The end, {ends:%-d %B %Y}, is before the start.", "Type an end after the start, or leave it empty."
            )
            raise _BadCell(self._column_of("ends_on"), wrong)

    def _column_of(self, wanted: str) -> int | None:
        wanted_kinds = (wanted,) if wanted != "name" else ("name", "family_name", "given_name")
        return next((index for index, kind, _ in self.plan if kind in wanted_kinds), None)


def _miscounted(typed: list[str], width: int) -> Wrong:
    many = f"{len(typed)} cells where the heading has {width}."
    if len(typed) > width:
        return Wrong(many, "A comma inside a cell may have split it. Put that cell in quotes, or join the two.")
    return Wrong(many, "Add the missing cell. If a line break has cut the row in two, join the lines.")


def _parser(column: Column):  # type: ignore[no-untyped-def]
    """How one column's cells are read; small sets of values are remembered."""
    kind = column.kind

    def text(typed: str) -> str:
        return cells.fits(cells.clean(typed), kind)

    if kind in ("staff_number", "name", "given_name", "family_name", "manager_number"):
        return text
    if kind in ("email", "manager_email"):
        return (lambda typed: cells.email(text(typed))) if kind == "email" else (lambda typed: text(typed).lower())
    remembered = lru_cache(maxsize=20_000)
    if kind == "country":
        return remembered(lambda typed: cells.country(text(typed)))
    if kind == "language":
        return remembered(lambda typed: cells.language(text(typed)))
    if kind in ("starts_on", "ends_on"):
        return remembered(lambda typed: cells.day(text(typed), column.month_first))
    if kind == "unit":
        return remembered(lambda typed: cells.unit_path(text(typed)))
    return remembered(text)


def label_of(field: str) -> str:
    """A field as a person reads it, such as Start or Line manager."""
    if field in ("starts_on", "ends_on"):
        return "Start" if field == "starts_on" else "End"
    if field == "line_manager":
        return "Line manager"
    if field == "unit":
        return "Place"
    return LABELS[field]

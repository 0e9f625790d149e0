"""How a CSV of goals is read: columns by name, dates day-first or ISO, every bad row with its line and its mend."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import slugify

from handrail.kernel.errors import BadInput

COLUMNS = {
    "key": ("key", "id", "goal id", "ref"),
    "statement": ("goal", "statement", "objective", "title"),
    "theme": ("theme", "area", "pillar"),
    "owner": ("owner", "owner email", "owner e-mail", "responsible"),
    "starts_on": ("start", "starts", "starts on", "from"),
    "ends_on": ("end", "ends", "ends on", "to", "until", "due"),
}
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One readable row of the file."""

    line: int
    key: str
    statement: str
    theme: str
    owner: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class BadGoal:
    """One row that can't go in yet: its line, what is wrong and how to mend it, the cell at fault."""

    line: int
    reason: str
    cell: str = ""


def read_goals(raw: bytes, name: str) -> tuple[list[GoalRow], list[BadGoal]]:
    """The goals in a CSV file, and the rows that can't go in. Raises BadInput when no row could be read at all."""
    reader = csv.reader(io.StringIO(_decode(raw, name), newline=""), strict=True)
    rows: list[GoalRow] = []
    bad: list[BadGoal] = []
    seen: dict[str, int] = {}
    try:
        places = _places(next(reader, []), name)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            read = _row(cells, places, reader.line_num)
            if isinstance(read, GoalRow) and read.key in seen:
                read = BadGoal(read.line, f"“{read.key}” stands on line {seen[read.key]} too. Keep one.", read.key)
            if isinstance(read, BadGoal):
                bad.append(read)
            else:
                seen[read.key] = read.line
                rows.append(read)
            if len(rows) > LIMIT:
                raise BadInput(f"{name} holds more than {LIMIT:,} goals. Nobody can steer by so many; send fewer.")
    except csv.Error as error:
        bad.append(
            BadGoal(reader.line_num, f"The quotes on this line don’t close ({error}). Rows below were not read.")
        )
    return rows, bad


def _decode(raw: bytes, name: str) -> str:
    if not raw.strip():
        raise BadInput(f"{name} is empty. Save the goals as CSV with a heading row and try again.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    if raw[:4] == b"PK\x03\x04":
        raise BadInput(f"{name} is a workbook, not a CSV. In Excel choose Save as, then “CSV UTF-8”.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise BadInput(f"{name} holds bytes that are not text. Save it as “CSV UTF-8” and try again.")
    return text


def _places(header: list[str], name: str) -> dict[str, int]:
    words = [cell.strip().lower() for cell in header]
    places = {}
    for field, names in COLUMNS.items():
        found = next((words.index(word) for word in names if word in words), None)
        if found is not None:
            places[field] = found
    if "statement" not in places:
        wanted = ", ".join(COLUMNS["statement"])
        raise BadInput(f"{name} has no column for the goal itself. Name one of its columns {wanted}.", line=1)
    return places


def _row(cells: list[str], places: dict[str, int], line: int) -> GoalRow | BadGoal:
    def cell(field: str) -> str:
        place = places.get(field)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    statement = " ".join(cell("statement").split())
    if not statement:
        return BadGoal(line, "The goal is missing. Write it in one sentence.")
    if len(statement) > 300:
        return BadGoal(line, "The goal is longer than 300 characters. Say it in one sentence.", statement[:60] + "…")
    dates: dict[str, date | None] = {}
    for field in ("starts_on", "ends_on"):
        value = cell(field)
        dates[field] = _date(value)
        if value and dates[field] is None:
            return BadGoal(line, f"“{value}” is not a date. Write it as 2026-11-30.", value)
    starts, ends = dates["starts_on"], dates["ends_on"]
    if starts and ends and ends < starts:
        return BadGoal(line, "It ends before it starts. Check both dates.", cell("ends_on"))
    key = slugify(cell("key") or statement)[:80]
    if not key:
        return BadGoal(line, "Give this goal a key of plain letters, such as guests-return.", cell("key"))
    return GoalRow(line, key, statement, cell("theme")[:80], cell("owner"), starts, ends)


def _date(value: str) -> date | None:
    for form in FORMATS:
        try:
            read = datetime.strptime(value, form).date()
        except ValueError:
            continue
        return read if 1990 <= read.year <= 2200 else None
    return None

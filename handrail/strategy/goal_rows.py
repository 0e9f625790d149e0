"""How a CSV of goals is read: columns by name, dates day-first or ISO, every bad row with its line and its mend."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import slugify

from handrail.kernel.errors import BadInput
from handrail.kernel.typed import hidden_character, in_reach
from handrail.strategy.csv_lines import cut

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
LARGEST = 20 * 1024 * 1024


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
    records = cut(as_text(raw, name))
    rows: list[GoalRow] = []
    bad: list[BadGoal] = []
    seen: dict[str, int] = {}
    _, header, _ = next(records, (1, [], ""))
    places = _places(header, name)
    for line, cells, fault in records:
        if not fault and not any(cell.strip() for cell in cells):
            continue
        read = BadGoal(line, fault) if fault else _row(cells, places, line)
        if isinstance(read, GoalRow) and read.key in seen:
            read = BadGoal(read.line, f"“{read.key}” stands on line {seen[read.key]} too. Keep one.", read.key)
        if isinstance(read, BadGoal):
            bad.append(read)
        else:
            seen[read.key] = read.line
            rows.append(read)
        if len(rows) > LIMIT:
            raise BadInput(f"{name} holds more than {LIMIT:,} goals. Nobody can steer by so many; send fewer.")
    return rows, bad


def columns_left_out(raw: bytes, name: str) -> list[str]:
    """Headings of columns that are not read, as they stand in the file."""
    _, header, _ = next(cut(as_text(raw, name)), (1, [], ""))
    read = {word for names in COLUMNS.values() for word in names}
    return [cell.strip() for cell in header if cell.strip() and cell.strip().lower() not in read]


def as_text(raw: bytes, name: str, what: str = "goals") -> str:
    """The file's text, whatever its encoding. Raises BadInput with a sentence when it is no text."""
    if not raw.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadInput(f"{name} is empty. Save the {what} as CSV with a heading row and try again.")
    if len(raw) > LARGEST:
        size = f"{len(raw) // 1_048_576:,} MB"
        raise BadInput(f"{name} has {size}; a file of {what} may have 20 MB. Send only the {what} that stand.")
    if codec := _utf16(raw[:400]):
        return _strictly(raw, codec, name)
    if raw[:4] == b"PK\x03\x04":
        raise BadInput(f"{name} is a workbook, not a CSV. In Excel choose Save as, then “CSV UTF-8”.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise BadInput(f"{name} holds bytes that are not text. Save it as “CSV UTF-8” and try again.")
    return text


def _utf16(head: bytes) -> str:
    """The codec when the file says that it is UTF-16, or shows it by a zero in nearly every second byte."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    half = len(head) // 2
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if half and max(odd, even) > half * 0.8 and min(odd, even) < half * 0.1:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _strictly(raw: bytes, codec: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is UTF-16 that breaks off in the middle. Save it as “CSV UTF-8” and try again."
        ) from error


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

    for field in places:
        if found := hidden_character(cell(field)):
            return BadGoal(line, f"There is a hidden character in it ({found}). Type the cell again by hand.", field)
    statement = " ".join(cell("statement").split())
    if not statement:
        return BadGoal(line, "The goal is missing. Write it in one sentence.")
    if len(statement) > 300:
        return BadGoal(line, "The goal is longer than 300 characters. Say it in one sentence.", statement[:60] + "…")
    dates: dict[str, date | None] = {}
    for field in ("starts_on", "ends_on"):
        value = cell(field)
        dates[field] = as_day(value)
        if value and dates[field] is None:
            return BadGoal(line, f"“{value}” is not a date. Write it as 2026-11-30.", value)
    starts, ends = dates["starts_on"], dates["ends_on"]
    if starts and ends and ends < starts:
        return BadGoal(line, "It ends before it starts. Check both dates.", cell("ends_on"))
    key = slugify(cell("key") or statement)[:80]
    if not key:
        return BadGoal(line, "Give this goal a key of plain letters, such as guests-return.", cell("key"))
    return GoalRow(line, key, statement, cell("theme")[:80], cell("owner"), starts, ends)


def as_day(value: str) -> date | None:
    """The day a cell means, written in one of the usual ways; None where it is no day, or out of reach."""
    for form in FORMATS:
        try:
            read = datetime.strptime(value, form).date()
        except ValueError:
            continue
        return read if in_reach(read) else None
    return None

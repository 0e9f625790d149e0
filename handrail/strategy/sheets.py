"""Which columns do the tables of strategy have as CSV, and how is a line of one read?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from handrail.kernel.errors import BadInput
from handrail.kernel.files import RISKY
from handrail.kernel.typed import hidden_character
from handrail.strategy.csv_lines import cut
from handrail.strategy.goal_rows import as_day, as_text
from handrail.strategy.models import Constituency, Level

MOST_LINES = 5_000
# A cell with more line breaks than this goes out as one line, because no reader takes it apart again.
MOST_BREAKS = 15
_HARMLESS = re.compile("'+[" + re.escape("".join(RISKY)) + "]")
_NUMBER = re.compile(r"-?\d{1,13}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of strategy as a file: its columns in order, which are needed, and which are shown but never read."""

    kind: str
    noun: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]]
    shown_only: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """Every column as it goes out."""
        return self.columns + self.shown_only


SHEETS = {
    sheet.kind: sheet
    for sheet in (
        Sheet(
            "domains",
            "domain",
            ("key", "name", "lead", "readiness", "impact", "activity", "channel", "audience", "how often"),
            ("name",),
            {"name": ("domain", "function"), "lead": ("lead email",), "impact": ("expected impact",)},
        ),
        Sheet(
            "purposes",
            "purpose",
            ("key", "name", "statement", "why", "owner", "cells", "goals", "domains", "review"),
            ("name", "statement", "cells"),
            {"statement": ("purpose", "what for"), "owner": ("owner email",), "review": ("review on", "day of review")},
            ("state",),
        ),
        Sheet(
            "initiatives",
            "initiative",
            ("key", "name", "purpose", "lead", "cells", "channels", "mission", "strategy", "values", "outcomes"),
            ("name", "purpose", "cells"),
            {"name": ("initiative",), "lead": ("lead email",), "channels": ("channel",)},
            ("state", "past a gate because", "what came of it"),
        ),
        Sheet(
            "readings",
            "reading",
            ("purpose", "measure", "unit", "baseline", "baseline on", "target", "due", "every", "day", "value", "note"),
            ("purpose", "measure"),
            {"day": ("on", "date"), "value": ("reading",), "every": ("every days",), "due": ("due on",)},
        ),
    )
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that can't go in yet: what is wrong and how to mend it, and the cell at fault."""

    line: int
    reason: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number and its cells by column. A column the file lacks says nothing, not emptiness."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def says(self, column: str, stands: str) -> str:
        """What the line says, or what stands where the file has no such column or only other white space."""
        if column not in self.cells or squeezed(self.cells[column]) == squeezed(stands):
            return stands
        return self.cells[column]


@dataclass(slots=True)
class Lines:
    """What a file holds: lines to go in, lines that can't, and columns nobody reads."""

    good: list[Line] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_sheet(raw: bytes, name: str, sheet: Sheet) -> Lines:
    """Cut a file into lines by the names of its columns. Raises BadInput where the file as a whole can't be read."""
    records = cut(as_text(raw, name, sheet.kind))
    _, header, _ = next(records, (1, [], ""))
    places = _places(header, name, sheet)
    found = Lines(left_out=_left_out(header, places, sheet))
    for number, cells, fault in records:
        if fault:
            found.bad.append(BadRow(number, fault))
            continue
        line = Line(number, {column: _cell(cells, place) for column, place in places.items()})
        if not any(line.cells.values()):
            continue
        if bad := _fault(line, sheet):
            found.bad.append(bad)
        else:
            found.good.append(line)
        if len(found.good) > MOST_LINES:
            raise BadInput(f"{name} holds more than {MOST_LINES:,} lines. Send it in parts.")
    return found


def out(value: object) -> str:
    """A value as a cell that no spreadsheet runs and `read_sheet` reads back as it was."""
    text = str(value)
    if text.count("\n") > MOST_BREAKS:
        text = squeezed(text)
    return "'" + text if text.startswith(RISKY) or _HARMLESS.match(text) else text


def squeezed(text: str) -> str:
    """Words with one space between them: white space alone is no difference."""
    return " ".join(text.split())


def the_day(line: Line, column: str, stands: date | None) -> date | None:
    """The day in a cell. Raises BadInput with how to write it."""
    said = line.says(column, stands.isoformat() if stands else "")
    if not said:
        return None
    day = as_day(said)
    if day is None:
        raise BadInput(f"“{said}” is not a date. Write it as 2026-11-30.", field=column)
    return day


def the_number(line: Line, column: str, stands: Decimal | None) -> Decimal | None:
    """The number in a cell. A comma can mean two things, so it is asked about and never guessed."""
    said = line.says(column, number_out(stands)).replace(" ", "").replace("\u00a0", "")
    if not said:
        return None
    if "," in said:
        raise BadInput(f"“{said}” can be read two ways. Write it without a comma, as 1234.5.", field=column)
    if not _NUMBER.fullmatch(said):
        raise BadInput(f"“{said}” is not a number with three decimals at most. Write it as 1234.5.", field=column)
    return Decimal(said)


def number_out(value: Decimal | None) -> str:
    """A number as a cell holds it, without idle noughts."""
    if value is None:
        return ""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def the_cells(said: str) -> tuple[tuple[str, str], ...]:
    """Cells of the grid as people write them: share.employees, or Share with employees; between them semicolons."""
    found = []
    for part in filter(None, (squeezed(each) for each in said.split(";"))):
        cell = _CELLS.get(part.casefold())
        if cell is None:
            raise BadInput(f"The grid has no cell “{part}”. Write it as share.employees.", field="cells")
        found.append(cell)
    return tuple(found)


_CELLS = {
    words.casefold(): (level.value, who.value)
    for level in Level
    for who in Constituency
    for words in (f"{level.value}.{who.value}", f"{level.label} with {who.label}", f"{level.label}, {who.label}")
}


def _places(header: list[str], name: str, sheet: Sheet) -> dict[str, int]:
    words = [squeezed(cell).casefold() for cell in header]
    places = {}
    for column in sheet.columns:
        known = next((word for word in (column, *sheet.also.get(column, ())) if word in words), None)
        if known is not None:
            places[column] = words.index(known)
    if missing := [column for column in sheet.needed if column not in places]:
        raise BadInput(f"{name} has no column “{missing[0]}”. Add it to the heading row; {_wanted(sheet)}", line=1)
    return places


def _wanted(sheet: Sheet) -> str:
    return f"a file of {sheet.kind} has the columns {', '.join(sheet.columns)}."


def _left_out(header: list[str], places: dict[str, int], sheet: Sheet) -> list[str]:
    read = set(places.values())
    named = [cell.strip() for at, cell in enumerate(header) if at not in read and cell.strip()]
    return [cell for cell in named if cell.casefold() not in sheet.shown_only]


def _cell(cells: list[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text[1:] if _HARMLESS.match(text) else text


def _fault(line: Line, sheet: Sheet) -> BadRow | None:
    for column, text in line.cells.items():
        if letter := hidden_character(text):
            return BadRow(line.number, f"There is a hidden character in it ({letter}). Type the cell again.", column)
    missing = next((column for column in sheet.needed if not line[column]), None)
    if missing:
        return BadRow(line.number, f"The {missing} is missing. Write it in its column.", missing)
    return None

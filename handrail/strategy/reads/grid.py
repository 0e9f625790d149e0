"""What stands where in the five by four, and what is empty?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handrail.kernel.words import counted, listed
from handrail.strategy.models import Constituency, Domain, EmptyCell, Initiative, Level, Purpose

HINTS = {
    Level.MONITOR: "hear what is said",
    Level.DISCOVER: "find out who and why",
    Level.SHARE: "say something useful",
    Level.PARTICIPATE: "talk with people",
    Level.CO_CREATE: "make it together",
}


@dataclass(slots=True)
class Standing:
    """A purpose in a cell with its initiatives there."""

    purpose: Purpose
    initiatives: list[Initiative] = field(default_factory=list)


@dataclass(slots=True)
class GridCell:
    """One of the twenty cells: what stands there, or why it is empty."""

    level: Level
    constituency: Constituency
    standing: list[Standing] = field(default_factory=list)
    left_empty: EmptyCell | None = None

    @property
    def is_unsaid(self) -> bool:
        """Nothing stands here, and nobody has said why."""
        return not self.standing and self.left_empty is None


@dataclass(frozen=True, slots=True)
class Column:
    """A constituency: how many initiatives run there, and the finding when nothing does."""

    constituency: Constituency
    initiatives: int
    whole_empty: bool
    domains: tuple[str, ...]

    @property
    def already(self) -> str:
        """Which domains work with these people already, as a sentence."""
        if not self.domains:
            return ""
        verb = "works" if len(self.domains) == 1 else "work"
        return f"{counted(len(self.domains), 'domain')} already {verb} with them: {listed(list(self.domains))}."


@dataclass(frozen=True, slots=True)
class Row:
    """A level of interaction with its four cells."""

    level: Level
    hint: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridShown:
    """The whole picture."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @property
    def empty_columns(self) -> list[Column]:
        """Constituencies with whom nothing stands and nothing was said."""
        return [column for column in self.columns if column.whole_empty]

    @property
    def unsaid(self) -> list[GridCell]:
        """The cells that are empty without a word."""
        return [cell for row in self.rows for cell in row.cells if cell.is_unsaid]


def standing_purposes() -> list[Purpose]:
    """Purposes that weren't dropped, with all a page shows of them, in a fixed number of queries."""
    rows = Purpose.objects.exclude(state=Purpose.State.DROPPED).select_related("owner", "approved_by")
    return list(
        rows.prefetch_related(
            "cells",
            "goals",
            "domains__lead",
            "assessments__assessor",
            "targets__readings",
            "steps__by",
            "initiatives__cells",
            "initiatives__lead",
        )
    )


def grid(purposes: Sequence[Purpose] | None = None) -> GridShown:
    """The five by four as it stands today."""
    cells = {(level, who): GridCell(level, who) for level in Level for who in Constituency}
    running: dict[Constituency, set[int]] = {who: set() for who in Constituency}
    for purpose in standing_purposes() if purposes is None else purposes:
        open_ones = [each for each in purpose.initiatives.all() if each.state != Initiative.State.CLOSED]
        for cell in purpose.cells.all():
            key = (Level(cell.level), Constituency(cell.constituency))
            here = [each for each in open_ones if key in {(at.level, at.constituency) for at in each.cells.all()}]
            cells[key].standing.append(Standing(purpose, here))
            running[key[1]] |= {each.pk for each in here}
    for empty in EmptyCell.objects.select_related("decided_by"):
        cells[(Level(empty.level), Constituency(empty.constituency))].left_empty = empty
    rows = tuple(Row(level, HINTS[level], tuple(cells[(level, who)] for who in Constituency)) for level in Level)
    columns = tuple(
        Column(who, len(running[who]), all(cells[(level, who)].is_unsaid for level in Level), domains_with(who))
        for who in Constituency
    )
    return GridShown(rows, columns)


def domains_with(who: Constituency) -> tuple[str, ...]:
    """The domains that already do something for these people."""
    rows = Domain.objects.filter(activities__audience=who).distinct().values_list("name", flat=True)
    return tuple(rows)

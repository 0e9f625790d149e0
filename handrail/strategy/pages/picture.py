"""The grid as its page draws it: cells with their ways out, a whole empty column as one cell, the chosen outlined."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.strategy.models import EmptyCell, Initiative, Purpose
from handrail.strategy.pages.panel import STATES
from handrail.strategy.reads import GridShown
from handrail.strategy.reads.grid import Column, GridCell, Standing


@dataclass(frozen=True, slots=True)
class InitiativeDrawn:
    """An initiative in a cell: its name, its state's word and shape."""

    name: str
    word: str
    shape: str


@dataclass(frozen=True, slots=True)
class StandingDrawn:
    """A purpose in a cell."""

    purpose: Purpose
    initiatives: tuple[InitiativeDrawn, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CellDrawn:
    """A cell as it is drawn; `rows` above 1 is a whole column in one cell."""

    cell: GridCell
    column: Column
    standing: tuple[StandingDrawn, ...]
    rows: int = 1

    @property
    def at(self) -> str:
        """The cell as an address names it."""
        return f"{self.cell.level.value}.{self.cell.constituency.value}"

    @property
    def says(self) -> str:
        """The cell in words."""
        return f"{self.cell.level.label} with {low(self.cell.constituency.label)}"


@dataclass(frozen=True, slots=True)
class RowDrawn:
    """A level with the cells drawn in its row."""

    label: str
    hint: str
    cells: tuple[CellDrawn, ...]


@dataclass(frozen=True, slots=True)
class GridDrawn:
    """The whole grid as it is drawn."""

    rows: tuple[RowDrawn, ...]
    columns: tuple[Column, ...]
    key: tuple[tuple[str, str, int], ...]


def drawn(picture: GridShown, chosen: Purpose | None, *, merge: bool) -> GridDrawn:
    """The grid with the chosen purpose outlined; empty columns become one cell when `merge`."""
    whole = {column.constituency: _whole(picture, at) for at, column in enumerate(picture.columns)} if merge else {}
    rows = []
    for number, row in enumerate(picture.rows):
        cells = []
        for column, cell in zip(picture.columns, row.cells, strict=True):
            merged = whole.get(column.constituency, False)
            if not merged or number == 0:
                standing = tuple(_standing(each, chosen) for each in cell.standing)
                cells.append(CellDrawn(cell, column, standing, len(picture.rows) if merged else 1))
        rows.append(RowDrawn(row.level.label, row.hint, tuple(cells)))
    return GridDrawn(tuple(rows), picture.columns, _key(picture))


def low(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _whole(picture: GridShown, at: int) -> bool:
    """Whether a column says one thing from top to foot: nothing yet, or empty on purpose for the same reason."""
    cells = [row.cells[at] for row in picture.rows]
    if all(cell.is_unsaid for cell in cells):
        return True
    left: Sequence[EmptyCell | None] = [None if cell.standing else cell.left_empty for cell in cells]
    return None not in left and len({each.reason for each in left if each}) == 1


def _standing(each: Standing, chosen: Purpose | None) -> StandingDrawn:
    initiatives = tuple(
        InitiativeDrawn(row.name, row.get_state_display().lower(), STATES[row.state]) for row in each.initiatives
    )
    return StandingDrawn(each.purpose, initiatives, chosen is not None and each.purpose.pk == chosen.pk)


def _key(picture: GridShown) -> tuple[tuple[str, str, int], ...]:
    seen: dict[int, str] = {}
    for row in picture.rows:
        for cell in row.cells:
            for standing in cell.standing:
                seen |= {each.pk: each.state for each in standing.initiatives}
    states = list(seen.values())
    order = (Initiative.State.LIVE, Initiative.State.APPROVED, Initiative.State.PROPOSED)
    return tuple((STATES[state], state.label.lower(), states.count(state)) for state in order if state in states)

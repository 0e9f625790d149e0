"""How rows of strategy get their short names, and how typed words are looked at before they are kept."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import slugify

from handrail.kernel.errors import BadInput
from handrail.kernel.typed import check_words
from handrail.strategy.models import Constituency, Level

Cell = tuple[str, str]
KNOWN: frozenset[Cell] = frozenset((level, who) for level in Level.values for who in Constituency.values)


def free_key(model: type[models.Model], wish: str) -> str:
    """A short name for a new row that no other row of this kind has."""
    rows: Any = model._default_manager
    base = slugify(wish)[:70] or model._meta.model_name or "row"
    key, number = base, 1
    while rows.filter(key=key).exists():
        number += 1
        key = f"{base}-{number}"
    return key


def checked(longest: int, needed: str = "", **typed: str) -> str:
    """The words of one field, stripped; BadInput where they are missing, too long or hold a hidden character."""
    field, words = next(iter(typed.items()))
    # One kind of line end, as a file keeps it too: else the same words come back from a table as others.
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if needed and not words:
        raise BadInput(needed, field=field)
    if len(words) > longest:
        name = field.replace("_", " ")
        raise BadInput(f"The {name} has {len(words)} characters, {longest} at most. Shorten it.", field=field)
    check_words(**{field: words})
    return words


def checked_cells(cells: Iterable[Cell], *, needed: bool = True) -> tuple[Cell, ...]:
    """Cells of the grid, once each and in the grid's order."""
    wanted = set(cells)
    for level, constituency in wanted - KNOWN:
        raise BadInput(f"The grid has no cell “{level}, {constituency}”. Choose one of its twenty.", field="cells")
    if needed and not wanted:
        raise BadInput("Choose at least one cell of the grid: what we do, and with whom.", field="cells")
    return tuple(cell for cell in in_order() if cell in wanted)


def in_order() -> list[Cell]:
    """The twenty cells, level by level."""
    return [(level, who) for level in Level.values for who in Constituency.values]


def cell_words(cell: Cell) -> str:
    """A cell as a sentence says it: share with employees."""
    with_whom = Constituency(cell[1]).label
    return f"{Level(cell[0]).label} with {with_whom[:1].lower()}{with_whom[1:]}"

"""How a request to the API names what it is about: people by e-mail, rows by key, cells as share.employees."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from handrail.kernel.errors import BadInput
from handrail.people.models import Person
from handrail.strategy.models import Domain, Goal
from handrail.strategy.sheets import the_cells

Row = TypeVar("Row", bound=models.Model)


def person_marked(mark: str, field: str) -> Person | None:
    """The person here with this e-mail or staff number; nobody for nothing."""
    if not mark.strip():
        return None
    here = Person.objects.here()
    person = here.filter(email__iexact=mark.strip()).first() or here.filter(staff_number=mark.strip()).first()
    if person is None:
        raise BadInput(f"Nobody here has the e-mail or staff number “{mark}”. Check it.", field=field)
    return person


def row_asked(model: type[Row], key: str) -> Row:
    """The row with this key; 404 where there is none."""
    rows: Any = model._default_manager
    row: Row = get_object_or_404(rows, key=key)
    return row


def goals_asked(keys: Iterable[str]) -> tuple[Goal, ...]:
    """Goals by their keys; BadInput where one is unknown."""
    return tuple(_known(Goal, key, "goals") for key in dict.fromkeys(keys))


def domains_asked(keys: Iterable[str]) -> tuple[Domain, ...]:
    """Domains by their keys; BadInput where one is unknown."""
    return tuple(_known(Domain, key, "domains") for key in dict.fromkeys(keys))


def cells_asked(cells: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Cells of the grid, each written share.employees."""
    return the_cells("; ".join(cells))


def named(said: str, known: Iterable[str], field: str) -> str:
    """A word from a short list; BadInput that names the list."""
    words = list(known)
    if said not in words:
        raise BadInput(f"“{said}” is no {field}. Choose one of {', '.join(words)}.", field=field)
    return said


def mail(person: Person | None) -> str | None:
    """How the API names a person; none where there is nobody."""
    return (person.email or person.staff_number) if person else None


def cells_shown(cells: Iterable[Any]) -> list[str]:
    """Cells as the API writes them."""
    return [f"{cell.level}.{cell.constituency}" for cell in cells]


def _known(model: type[Row], key: str, field: str) -> Row:
    rows: Any = model._default_manager
    row: Row | None = rows.filter(key=key).first()
    if row is None:
        raise BadInput(f"There is no {field[:-1]} “{key}”. Write its key.", field=field)
    return row

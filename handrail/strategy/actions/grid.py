"""The verbs of an empty cell: leave it empty and say why, or take that back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow, Refused
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.strategy.actions.keys import Cell, cell_words, checked, checked_cells
from handrail.strategy.facts import CellLeftEmpty, CellOpened
from handrail.strategy.models import EmptyCell, Purpose, PurposeCell


def may_decide_cells(person: Person) -> bool:
    """Whether the person may decide that a cell stays empty."""
    return has_role(person, Role.GOVERNANCE_OWNER)


@transaction.atomic
def leave_empty(cells: Iterable[Cell], reason: str, *, by: Person) -> list[EmptyCell]:
    """Decide that cells stay empty, with the reason people read there. Nothing may stand in them."""
    if not may_decide_cells(by):
        raise Refused("Only the governance owner decides that a cell stays empty. Tell them what you think.")
    reason = checked(300, "Say why it stays empty. People read it in the cell.", reason=reason)
    rows = []
    for level, constituency in checked_cells(cells):
        standing = PurposeCell.objects.filter(level=level, constituency=constituency)
        if standing.exclude(purpose__state=Purpose.State.DROPPED).exists():
            raise NotNow(f"A purpose stands in {cell_words((level, constituency))}. Move or drop it first.")
        row, _ = EmptyCell.objects.update_or_create(
            level=level,
            constituency=constituency,
            defaults={"reason": reason, "decided_by": by, "decided_on": timezone.localdate()},
        )
        announce(CellLeftEmpty(level, constituency, reason), who=by)
        rows.append(row)
    return rows


@transaction.atomic
def open_cell(cell: Cell, *, by: Person) -> None:
    """Take back that a cell stays empty."""
    if not may_decide_cells(by):
        raise Refused("Only the governance owner takes this back.")
    gone, _ = EmptyCell.objects.filter(level=cell[0], constituency=cell[1]).delete()
    if not gone:
        raise NotNow("Nobody decided that this cell stays empty.")
    announce(CellOpened(*cell), who=by)

"""The verbs of a purpose: propose, change, move, approve, reopen, re-examine, drop."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days
from handrail.kernel.words import listed
from handrail.people.models import Person, Role
from handrail.people.reads import has_role, may_act
from handrail.strategy.actions.keys import Cell, cell_words, checked, checked_cells, free_key
from handrail.strategy.actions.reopening import reopen_row
from handrail.strategy.actions.steps import note_step, who_approved
from handrail.strategy.facts import PurposeApproved, PurposeChanged, PurposeDropped, PurposeKept, PurposeProposed
from handrail.strategy.models import Domain, EmptyCell, Goal, Purpose, PurposeCell, PurposeStep

DRAFTERS = (Role.GOVERNANCE_OWNER, Role.AUTHOR)
NOT_YOURS = "Purposes are proposed by authors and the governance owner, or by whoever the ownership matrix names."
NOT_OWNER = "Only the purpose’s owner or the governance owner may change it. Ask one of them."


@dataclass(frozen=True, slots=True)
class PurposeText:
    """What a purpose says and where it stands, checked but not yet written."""

    name: str
    statement: str
    why: str = ""
    owner: Person | None = None
    cells: tuple[Cell, ...] = ()
    goals: tuple[Goal, ...] = ()
    domains: tuple[Domain, ...] = ()
    review_on: date | None = None
    fixed: tuple[str, ...] = field(default=())


def may_propose(person: Person) -> bool:
    """Whether the person may put a purpose forward: authors, and whoever the matrix lets draft."""
    return has_role(person, *DRAFTERS) or may_act(person, "draft")


def may_change_purpose(person: Person, purpose: Purpose) -> bool:
    """Whether the person may change this purpose while it isn't dropped."""
    if purpose.state == Purpose.State.DROPPED:
        return False
    own = person.is_here and person.pk in (purpose.owner_id, purpose.proposed_by_id)
    return own or has_role(person, Role.GOVERNANCE_OWNER)


def may_approve_purpose(person: Person, purpose: Purpose) -> bool:
    """Whether the matrix lets the person approve it; nobody approves the purpose they own."""
    if purpose.owner_id == person.pk:
        return False
    return may_act(person, "approve", Ref("purpose", purpose.pk), authors=_authors(purpose))


def _authors(purpose: Purpose) -> list[int]:
    return [each for each in (purpose.owner_id, purpose.proposed_by_id) if each]


@transaction.atomic
def propose_purpose(purpose: PurposeText, *, by: Person, key: str = "") -> Purpose:
    """Put a purpose forward, before anything is done under it."""
    if not may_propose(by):
        raise Refused(NOT_YOURS)
    values = _checked(purpose)
    row = Purpose.objects.create(key=free_key(Purpose, key or purpose.name), proposed_by=by, **values)
    _place(row, checked_cells(purpose.cells))
    row.goals.set(purpose.goals)
    row.domains.set(purpose.domains)
    note_step(row, PurposeStep.Kind.PROPOSED, f"Proposed in {_cells_said(purpose.cells)}", by=by, why=row.why)
    announce(PurposeProposed(Ref("purpose", row.pk), row.name), who=by)
    return row


@transaction.atomic
def change_purpose(row: Purpose, purpose: PurposeText, *, by: Person, why: str) -> Purpose:
    """Change a purpose and keep why. Other words, cells or goals take an approval away."""
    if not may_change_purpose(by, row):
        raise Refused(NOT_OWNER)
    row = Purpose.objects.select_for_update().get(pk=row.pk)
    _standing(row)
    values = _checked(purpose)
    cells = checked_cells(purpose.cells)
    what = [name for name, value in values.items() if getattr(row, name) != value]
    moved = set(cells) != {(cell.level, cell.constituency) for cell in row.cells.all()}
    other_goals = set(purpose.goals) != set(row.goals.all())
    other_domains = set(purpose.domains) != set(row.domains.all())
    what += ["cells"] * moved + ["goals"] * other_goals + ["domains"] * other_domains
    if not what:
        return row
    why = checked(600, "Say why it changes. The reason stays in its history.", why=why)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _place(row, cells)
    row.goals.set(purpose.goals)
    row.domains.set(purpose.domains)
    note_step(row, PurposeStep.Kind.CHANGED, _what_said(what, cells), by=by, why=why)
    announce(PurposeChanged(Ref("purpose", row.pk), tuple(what), why), who=by)
    if row.state == Purpose.State.APPROVED and {"name", "statement", "cells", "goals"} & set(what):
        said = listed([name for name in what if name in ("name", "statement", "cells", "goals")])
        reopen_row(row, f"Its {said} changed after it was approved: {why}", Ref("purpose", row.pk), by=by)
    return row


@transaction.atomic
def move_purpose(row: Purpose, come_from: Cell | None, to: Cell, *, by: Person, why: str) -> Purpose:
    """Put a purpose into a cell, out of another where one is named."""
    stands = [(cell.level, cell.constituency) for cell in row.cells.all()]
    if come_from is not None and come_from not in stands:
        raise NotNow(f"“{row.name}” doesn’t stand there any more. Look at the grid again.")
    cells = (*(cell for cell in stands if cell != come_from), to)
    return change_purpose(row, text_of(row, cells=cells), by=by, why=why)


@transaction.atomic
def approve_purpose(row: Purpose, *, by: Person) -> Purpose:
    """Say yes to a purpose. It needs an owner, a live goal and a cell; nobody approves their own."""
    if row.owner_id == by.pk:
        raise Refused("You own this purpose, so somebody else approves it.")
    if not may_approve_purpose(by, row):
        raise Refused("The ownership matrix doesn’t let you approve this purpose. It names who does.")
    row = Purpose.objects.select_for_update().get(pk=row.pk)
    if row.state == Purpose.State.APPROVED:
        raise NotNow("It is approved already.")
    _standing(row)
    if row.owner_id is None:
        raise NotNow("It needs an owner before it is approved. Name one.")
    if not row.goals.filter(status=Goal.Status.LIVE).exists():
        raise NotNow("It serves no live goal. Link it to one first.")
    row.state, row.because = Purpose.State.APPROVED, ""
    row.approved_by, row.approved_at = by, timezone.now()
    row.save()
    who = who_approved(by, Ref("purpose", row.pk), _authors(row))
    note_step(row, PurposeStep.Kind.APPROVED, f"{who} approved it", by=by)
    announce(PurposeApproved(Ref("purpose", row.pk), row.name), who=by)
    return row


@transaction.atomic
def reopen_purpose(row: Purpose, because: str, *, by: Person) -> Purpose:
    """Ask for another look at an approved purpose."""
    if not (may_change_purpose(by, row) or may_approve_purpose(by, row)):
        raise Refused(NOT_OWNER)
    because = checked(600, "Say why it needs another look.", because=because)
    row = Purpose.objects.select_for_update().get(pk=row.pk)
    if row.state != Purpose.State.APPROVED:
        raise NotNow("Only an approved purpose is reopened; this one isn’t.")
    reopen_row(row, because, Ref("purpose", row.pk), by=by)
    return row


@transaction.atomic
def keep_purpose(row: Purpose, why: str, *, by: Person, review_on: date | None = None) -> Purpose:
    """Say, after another look, that a purpose holds as it is. Approval follows it, by somebody else than its owner."""
    if not may_change_purpose(by, row):
        raise Refused(NOT_OWNER)
    why = checked(600, "Say in your own words why it still holds.", why=why)
    check_days(review_on=review_on)
    row = Purpose.objects.select_for_update().get(pk=row.pk)
    if row.state != Purpose.State.AGAIN:
        raise NotNow("Only a purpose that needs another look is re-examined; this one doesn’t.")
    because = row.because
    row.state, row.because = Purpose.State.PROPOSED, ""
    if review_on is not None:
        row.review_on = review_on
    elif row.review_on and row.review_on <= timezone.localdate():
        row.review_on = None
    row.save()
    note_step(row, PurposeStep.Kind.KEPT, f"Kept after another look. {because}", by=by, why=why)
    announce(PurposeKept(Ref("purpose", row.pk), why), who=by)
    return row


@transaction.atomic
def drop_purpose(row: Purpose, why: str, *, by: Person) -> Purpose:
    """Give a purpose up. Nothing live may hang under it."""
    if not may_change_purpose(by, row):
        raise Refused(NOT_OWNER)
    why = checked(600, "Say why it is dropped. The reason stays.", why=why)
    row = Purpose.objects.select_for_update().get(pk=row.pk)
    _standing(row)
    standing = [each.name for each in row.initiatives.exclude(state="closed")]
    if standing:
        raise NotNow(f"{listed([f'“{name}”' for name in standing])} still hangs under it. Close that first.")
    row.state, row.because = Purpose.State.DROPPED, why
    row.save()
    note_step(row, PurposeStep.Kind.DROPPED, "Dropped", by=by, why=why)
    announce(PurposeDropped(Ref("purpose", row.pk), why), who=by)
    return row


def text_of(row: Purpose, *, cells: tuple[Cell, ...] | None = None) -> PurposeText:
    """A purpose as it stands, to be changed in part."""
    stands = tuple((cell.level, cell.constituency) for cell in row.cells.all())
    return PurposeText(
        name=row.name,
        statement=row.statement,
        why=row.why,
        owner=row.owner,
        cells=stands if cells is None else cells,
        goals=tuple(row.goals.all()),
        domains=tuple(row.domains.all()),
        review_on=row.review_on,
    )


def _standing(row: Purpose) -> None:
    if row.state == Purpose.State.DROPPED:
        raise NotNow("This purpose was dropped. Propose a new one.")


def _checked(purpose: PurposeText) -> dict[str, object]:
    check_days(review_on=purpose.review_on)
    if purpose.owner is not None and not purpose.owner.is_here:
        raise BadInput(f"{purpose.owner.name} isn’t here any more. Name another owner.", field="owner")
    return {
        "name": checked(120, "Give the purpose a short name.", name=purpose.name),
        "statement": checked(600, "Say in one or two sentences what it is for.", statement=purpose.statement),
        "why": checked(600, why=purpose.why),
        "owner": purpose.owner,
        "review_on": purpose.review_on,
    }


def _place(row: Purpose, cells: tuple[Cell, ...]) -> None:
    """Write the cells, and lift the word that a cell is empty on purpose where something stands in it now."""
    stands = {(cell.level, cell.constituency): cell for cell in row.cells.all()}
    for cell, old in stands.items():
        if cell not in cells:
            old.delete()
    for level, constituency in cells:
        if (level, constituency) not in stands:
            PurposeCell.objects.create(purpose=row, level=level, constituency=constituency)
        EmptyCell.objects.filter(level=level, constituency=constituency).delete()


def _cells_said(cells: tuple[Cell, ...]) -> str:
    return listed([cell_words(cell) for cell in checked_cells(cells)])


def _what_said(what: list[str], cells: tuple[Cell, ...]) -> str:
    names = {"review_on": "day of review", "statement": "words"}
    said = f"Changed: {listed([names.get(each, each) for each in what])}"
    return f"{said}; now in {_cells_said(cells)}" if "cells" in what else said

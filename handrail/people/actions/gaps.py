"""What a leaver leaves in the matrix: a gap opens for each assignment, is offered, taken or closed."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.actions.matrix import may_set_matrix, write_cell
from handrail.people.facts import GapClosed, GapDeclined, GapOffered, GapOpened
from handrail.people.matrix import in_order
from handrail.people.models import Assignment, Gap, Matrix, Person

NOT_YOURS = "Only the governance owner hands a leaver’s work over. Ask them."
NOT_OFFERED = "This was not offered to you, or somebody took it already."


def may_offer_gaps(person: Person) -> bool:
    """Handing over is the governance owner's, like the matrix."""
    return may_set_matrix(person)


@transaction.atomic
def open_gaps_of_leavers() -> int:
    """Open a gap for each assignment of somebody who leaves or left; close those that are settled. How many opened.

    Run after every staff file and every night; running it twice changes nothing.
    """
    cells = Assignment.objects.filter(matrix__state=Matrix.State.IN_FORCE, person__isnull=False)
    leaving = {
        (cell.person_id, cell.row): cell
        for cell in cells.select_related("person")
        if cell.person is not None and (cell.person.ends_on is not None or not cell.person.is_here)
    }
    known = {(gap.person_id, gap.row): gap for gap in Gap.objects.select_for_update().filter(closed_at__isnull=True)}
    for key, gap in known.items():
        if key not in leaving:
            _close(gap, None, "It has another name now, or they stay.", by=None)
    opened = [cell for key, cell in leaving.items() if key not in known]
    for cell in opened:
        assert cell.person is not None
        day = cell.person.ends_on
        gap = Gap.objects.create(person=cell.person, row=cell.row, letters=cell.letters, last_day=day)
        fact = GapOpened(
            gap=Ref("gap", gap.pk),
            person=Ref("person", cell.person.pk),
            row=cell.row,
            letters=cell.letters,
            last_day=day,
        )
        announce(fact, who=None)
    return len(opened)


def _locked(gap: Gap) -> Gap:
    return Gap.objects.select_for_update(of=("self",)).select_related("person").get(pk=gap.pk)


@transaction.atomic
def offer_gap(gap: Gap, to: Person, *, by: Person) -> Gap:
    """Offer what a leaver leaves to somebody, who takes it or not."""
    if not may_offer_gaps(by):
        raise Refused(NOT_YOURS)
    gap = _locked(gap)
    if gap.closed_at is not None:
        raise NotNow("This was settled already.")
    if to.pk == gap.person_id or not to.is_here or to.ends_on is not None:
        raise BadInput(f"{to.name} leaves too or is who leaves. Choose somebody who stays.", field="to")
    gap.offered_to, gap.offered_at = to, timezone.now()
    gap.save(update_fields=["offered_to", "offered_at"])
    announce(GapOffered(gap=Ref("gap", gap.pk), row=gap.row, to=Ref("person", to.pk)), who=by)
    return gap


def may_take_gap(person: Person, gap: Gap) -> bool:
    """Only whoever it was offered to may take it."""
    return person.is_here and gap.closed_at is None and gap.offered_to_id == person.pk


@transaction.atomic
def take_gap(gap: Gap, *, by: Person) -> Gap:
    """Take over what was offered: the letters move from the leaver to the person, in force and in a proposal.

    Work is never refused for what it does to the table; `broken_by` says which rules it now breaks.
    """
    gap = _locked(gap)
    if not may_take_gap(by, gap):
        raise Refused(NOT_OFFERED)
    for matrix in Matrix.objects.select_for_update().filter(state__in=("in_force", "proposed")):
        old = matrix.assignments.filter(row=gap.row, person=gap.person).first()
        if old is None:
            continue
        mine = matrix.assignments.filter(row=gap.row, person=by).first()
        letters = old.letters
        write_cell(matrix, gap.row, f"person:{gap.person_id}", "", by=by)
        write_cell(matrix, gap.row, f"person:{by.pk}", in_order(letters + (mine.letters if mine else "")), by=by)
    return _close(gap, by, "Taken over.", by=by)


@transaction.atomic
def decline_gap(gap: Gap, *, by: Person) -> Gap:
    """Say no to what was offered; it waits for another name."""
    gap = _locked(gap)
    if not may_take_gap(by, gap):
        raise Refused(NOT_OFFERED)
    gap.offered_to = gap.offered_at = None
    gap.save(update_fields=["offered_to", "offered_at"])
    announce(GapDeclined(gap=Ref("gap", gap.pk), row=gap.row, by=Ref("person", by.pk)), who=by)
    return gap


def _close(gap: Gap, taken_by: Person | None, why: str, *, by: Person | None) -> Gap:
    gap.closed_at, gap.taken_by, gap.why_closed = timezone.now(), taken_by, why
    gap.save(update_fields=["closed_at", "taken_by", "why_closed"])
    taker = Ref("person", taken_by.pk) if taken_by else None
    announce(GapClosed(gap=Ref("gap", gap.pk), row=gap.row, taken_by=taker, why=why), who=by)
    return gap

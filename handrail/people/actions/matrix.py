"""The matrix is proposed, edited, taken back, checked, waived and agreed; agreeing makes it decide."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.people.facts import (
    FindingWaived,
    LettersSet,
    MatrixAgreed,
    MatrixProposed,
    ProposalDropped,
    WaiverEnded,
)
from handrail.people.matrix import ACTIVITIES, LETTERS, in_order, lint, rules
from handrail.people.models import (
    Agreement,
    Assignment,
    Interest,
    Matrix,
    MatrixEdit,
    MatrixWaiver,
    Person,
    Role,
)
from handrail.people.reads import holders, is_governance_owner, live_waivers, reviewers_for, row_titles, table_of

NOT_YOURS = "Only the governance owner changes the matrix. Tell them what should change."
ANOTHER = "A proposal is being worked on already. Agree it or drop it first."
OVER = "This proposal was agreed or dropped already. Begin another one."


def may_set_matrix(person: Person) -> bool:
    """The matrix is the governance owner's to propose, edit and put in force."""
    return is_governance_owner(person)


@transaction.atomic
def propose_matrix(*, by: Person, why: str = "") -> Matrix:
    """Begin a proposal: a copy of the matrix in force; where none is, what today's roles say, to be edited."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    if Matrix.objects.select_for_update().filter(state=Matrix.State.PROPOSED).exists():
        raise NotNow(ANOTHER)
    try:
        with transaction.atomic():
            matrix = Matrix.objects.create(proposed_by=by, why=why[:300])
    except IntegrityError:
        raise NotNow(ANOTHER) from None
    held = Assignment.objects.filter(matrix__state=Matrix.State.IN_FORCE)
    cells = [(each.row, each.holder, each.letters) for each in held] or _as_roles_say()
    made = [_cell(matrix, *each) for each in cells]
    Assignment.objects.bulk_create(made)
    announce(MatrixProposed(matrix=Ref("matrix", matrix.pk), cells=len(made)), who=by)
    return matrix


def _cell(matrix: Matrix, row: str, holder: str, letters: str) -> Assignment:
    person = int(holder.removeprefix("person:")) if holder.startswith("person:") else None
    return Assignment(matrix=matrix, row=row, holder=holder, person_id=person, letters=letters)


def _as_roles_say() -> list[tuple[str, str, str]]:
    """What is so today without a matrix: the governance owner decides, authors draft, reviewers read."""
    owner = holders(Role.GOVERNANCE_OWNER).order_by("grants__granted_at", "pk").first()
    cells: dict[tuple[str, str], set[str]] = {}

    def give(activity: str, person: Person, letter: str) -> None:
        cells.setdefault((f"activity:{activity}", f"person:{person.pk}"), set()).add(letter)

    for activity in ACTIVITIES:
        if owner is not None:
            give(activity, owner, "A")
    for author in holders(Role.AUTHOR):
        for activity in ("draft", "revise"):
            give(activity, author, "R")
        give("publish", author, "I")
    for people in reviewers_for().values():
        for person in people:
            give("vet", person, "R")
    for analyst in holders(Role.CARE_ANALYST):
        give("monitor", analyst, "R")
    for steward in holders(Role.STEWARD):
        give("inform", steward, "R")
    return [(row, holder, in_order(letters)) for (row, holder), letters in cells.items()]


def _open(matrix: Matrix) -> Matrix:
    row = Matrix.objects.select_for_update().get(pk=matrix.pk)
    if row.state != Matrix.State.PROPOSED:
        raise NotNow(OVER)
    return row


@transaction.atomic
def set_letters(matrix: Matrix, row: str, holder: str, letters: str, *, by: Person) -> Assignment | None:
    """Set what a cell of a proposal says: any of A, R, C and I, or nothing. Setting it as it is changes nothing."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    matrix = _open(matrix)
    wanted = in_order(letters.upper())
    if set(letters.upper().replace(",", "").replace(" ", "")) - set(LETTERS):
        raise BadInput("A cell holds the letters A, R, C and I, or nothing.", field="letters")
    check_holder(holder)
    return write_cell(matrix, row, holder, wanted, by=by)


def write_cell(matrix: Matrix, row: str, holder: str, wanted: str, *, by: Person | None) -> Assignment | None:
    """Write one cell, keep what it was for taking back, and announce it. Called inside a verb's transaction."""
    known = matrix.assignments.filter(row=row, holder=holder).first()
    before = known.letters if known else ""
    if before == wanted:
        return known
    if known is None and row not in row_titles():
        raise BadInput("This row is nowhere in the house. Reload the page.", field="row")
    if known is None:
        known = _cell(matrix, row, holder, wanted)
        known.save()
    elif wanted:
        known.letters = wanted
        known.save(update_fields=["letters"])
    else:
        known.delete()
    MatrixEdit.objects.create(matrix=matrix, row=row, holder=holder, before=before, after=wanted, by=by)
    announce(LettersSet(matrix=Ref("matrix", matrix.pk), row=row, holder=holder, before=before, after=wanted), who=by)
    return known if wanted else None


def check_holder(holder: str) -> None:
    """Raise BadInput unless the holder is a person who works here, a role that exists, or a function of somebody."""
    kind, _, rest = holder.partition(":")
    role, _, interest = rest.partition("/")
    known = {
        "person": lambda: rest.isdigit() and Person.objects.here().filter(pk=int(rest)).exists(),
        "role": lambda: role in Role.values and (not interest or interest in Interest.values),
        "function": lambda: bool(rest) and Person.objects.here().filter(function=rest).exists(),
    }.get(kind)
    if known is None or not known():
        raise BadInput("Choose a person who works here, a role, or a function.", field="holder")


@transaction.atomic
def undo_edit(matrix: Matrix, *, by: Person) -> MatrixEdit | None:
    """Take the latest change of a proposal back; the one before it is then the latest. None where nothing is left."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    matrix = _open(matrix)
    edit = matrix.edits.filter(undone_at__isnull=True).first()
    if edit is None:
        return None
    newest = matrix.edits.values_list("pk", flat=True).first()
    write_cell(matrix, edit.row, edit.holder, edit.before, by=by)
    now = timezone.now()
    # Taking back writes a change of its own, which must not be what is taken back next.
    matrix.edits.filter(pk__gt=newest or 0).update(undone_at=now)
    edit.undone_at = now
    edit.save(update_fields=["undone_at"])
    return edit


@transaction.atomic
def agree_matrix(matrix: Matrix, *, agreed_on: date, how: str, people: Sequence[Person], by: Person) -> Matrix:
    """Put a proposal in force: agreed on a day, by named people, in a way that is written down. All at once."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    matrix = _open(matrix)
    named = list({each.pk: each for each in people}.values())
    _check_agreement(agreed_on, how, named)
    check = lint(table_of(matrix), {each.finding for each in live_waivers()})
    if not matrix.assignments.exists():
        raise NotNow("The proposal is empty. Give somebody a letter first.")
    if check.stopping:
        first = check.stopping[0][1].title
        raise NotNow(f"{counted(len(check.stopping), 'finding')} must be mended first. {first}.")
    now = timezone.now()
    Matrix.objects.select_for_update().filter(state=Matrix.State.IN_FORCE).update(
        state=Matrix.State.REPLACED, ended_at=now
    )
    matrix.state, matrix.in_force_at = Matrix.State.IN_FORCE, now
    matrix.agreed_by, matrix.agreed_on, matrix.how_agreed = by, agreed_on, how.strip()[:1000]
    matrix.save()
    Agreement.objects.bulk_create(Agreement(matrix=matrix, person=each) for each in named)
    fact = MatrixAgreed(
        matrix=Ref("matrix", matrix.pk),
        agreed_on=agreed_on,
        people=tuple(each.pk for each in named),
        cells=matrix.assignments.count(),
        how=matrix.how_agreed,
    )
    announce(fact, who=by)
    return matrix


def _check_agreement(agreed_on: date, how: str, people: list[Person]) -> None:
    if not how.strip():
        raise BadInput("Say how it was agreed, such as “in one meeting of nine”.", field="how")
    if agreed_on > timezone.localdate():
        raise BadInput("The day it was agreed can’t be in the future.", field="agreed_on")
    if not people:
        raise BadInput("Name at least one person who agreed.", field="people")
    gone = next((each for each in people if not each.is_here), None)
    if gone is not None:
        raise BadInput(f"{gone.name} no longer works here. Name those who agreed and work here.", field="people")


@transaction.atomic
def drop_proposal(matrix: Matrix, *, by: Person, why: str = "") -> Matrix:
    """Drop a proposal; what is in force stays as it is."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    matrix = _open(matrix)
    matrix.state, matrix.ended_at = Matrix.State.DROPPED, timezone.now()
    matrix.save(update_fields=["state", "ended_at"])
    announce(ProposalDropped(matrix=Ref("matrix", matrix.pk), why=why[:300]), who=by)
    return matrix


@transaction.atomic
def waive(rule: str, finding: str, *, why: str, until: date, by: Person) -> MatrixWaiver:
    """Say why a finding is fine, and until when it need not be shown. Some findings can't be waived."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    known = next((each for each in rules() if each.id == rule), None)
    if known is None or not finding.startswith(f"{rule}|"):
        raise BadInput("This finding is not there any more. Reload the page.", field="finding")
    if not known.may_be_waived:
        raise NotNow(f"“{known.title}” can’t be waived: {known.why[0].lower()}{known.why[1:]}")
    if not why.strip():
        raise BadInput("Say why it’s fine.", field="why")
    if until <= timezone.localdate():
        raise BadInput("Choose a day to come, when it is looked at again.", field="until")
    # A new reason takes the place of the old one; whoever comes second waits for this row, then replaces it too.
    list(Person.objects.select_for_update().filter(pk=by.pk))
    MatrixWaiver.objects.filter(finding=finding, ended_at__isnull=True).update(ended_at=timezone.now())
    try:
        with transaction.atomic():
            waiver = MatrixWaiver.objects.create(
                rule=rule, finding=finding[:300], why=why.strip()[:500], until=until, by=by
            )
    except IntegrityError:
        raise NotNow("Somebody else gave a reason for it just now. Reload the page.") from None
    announce(FindingWaived(rule=rule, finding=waiver.finding, why=waiver.why, until=until), who=by)
    return waiver


@transaction.atomic
def end_waiver(waiver: MatrixWaiver, *, by: Person) -> MatrixWaiver:
    """Show a finding again before its day. Ending one that ended changes nothing."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    waiver = MatrixWaiver.objects.select_for_update().get(pk=waiver.pk)
    if waiver.ended_at is None:
        waiver.ended_at = timezone.now()
        waiver.save(update_fields=["ended_at"])
        announce(WaiverEnded(rule=waiver.rule, finding=waiver.finding), who=by)
    return waiver

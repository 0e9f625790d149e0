"""The verbs on procedures: write, approve, link to what they carry out, check again, retire, bring a list in."""

import csv
import io
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Person
from handrail.policy.actions.versions import may_write
from handrail.policy.facts import (
    ProcedureApproved,
    ProcedureChecked,
    ProcedureLinked,
    ProcedureRetired,
    ProcedureWritten,
)
from handrail.policy.models import Adherence, Clause, Policy, Procedure, ProcedureText
from handrail.policy.reads.entitled import may_approve_procedure, may_write_procedure

NOT_THEIR_DEPARTMENT = "Only authors, the procedure’s owner and people of its department write it. Ask one of them."
NOT_ACCOUNTABLE = "Only whoever is accountable for the procedure lets it come into force. Ask its owner."
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class ProcedureWords:
    """What somebody typed for a procedure."""

    title: str
    department: str
    markdown: str
    owner: Person | None = None


@transaction.atomic
def write_procedure(procedure: Procedure | None, words: ProcedureWords, *, by: Person) -> Procedure:
    """Write a procedure down, or give it new words. They are a draft until whoever is accountable approves them.

    The next free number is given for good. The same words again change nothing.
    """
    words = _checked(words)
    department = procedure.department if procedure else words.department
    if not may_write_procedure(by, department, procedure):
        raise Refused(NOT_THEIR_DEPARTMENT)
    standing_owner = procedure.owner if procedure else None
    if words.owner != standing_owner and not may_name_owner(by, procedure):
        raise Refused("Only authors, the governance owner and the present owner say who owns a procedure. Ask them.")
    if procedure is None:
        # Two people who write at once must not get one number: the rows are held while the next is found.
        list(Procedure.objects.select_for_update().values_list("pk", flat=True))
        number = (Procedure.objects.aggregate(top=Max("number"))["top"] or 0) + 1
        procedure = Procedure(number=number, made_by=by)
    else:
        procedure = _held(procedure)
    procedure.title, procedure.department, procedure.owner = words.title, words.department, words.owner
    procedure.save()
    text = _drafted(procedure, words.markdown, by)
    if text is not None:
        announce(ProcedureWritten(Ref("procedure", procedure.pk), procedure.number, text.number), who=by)
    return procedure


def may_name_owner(person: Person, procedure: Procedure | None) -> bool:
    """Authors, the governance owner, and the present owner, who may hand it on."""
    return may_write(person) or (procedure is not None and person.is_here and procedure.owner_id == person.pk)


def _checked(words: ProcedureWords) -> ProcedureWords:
    check_words(title=words.title, department=words.department, markdown=words.markdown)
    title, department = words.title.strip(), words.department.strip()
    if not title or len(title) > 200:
        raise BadInput("Give the procedure a title of at most 200 characters.", field="title")
    if not department or len(department) > 120:
        raise BadInput("Say which department the procedure belongs to.", field="department")
    if len(words.markdown) > LONGEST:
        raise BadInput(f"A procedure may have {LONGEST:,} characters. Make two of it.", field="markdown")
    if words.owner is not None and not words.owner.is_here:
        raise BadInput(f"{words.owner.name} doesn’t work here any more. Choose someone who does.", field="owner")
    return ProcedureWords(title, department, words.markdown.replace("\r\n", "\n").strip() + "\n", words.owner)


def _held(procedure: Procedure) -> Procedure:
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if procedure.retired_at is not None:
        raise NotNow(f"{procedure.code} is followed no longer. Write a new one.")
    return procedure


def _drafted(procedure: Procedure, markdown: str, by: Person) -> ProcedureText | None:
    """The draft with these words; None where nothing differs from what stands."""
    latest = procedure.texts.order_by("-number").first()
    if latest is not None and latest.markdown == markdown:
        return None
    if latest is not None and latest.state == ProcedureText.State.DRAFT:
        latest.markdown, latest.changed_at, latest.made_by = markdown, timezone.now(), by
        latest.save(update_fields=["markdown", "changed_at", "made_by"])
        return latest
    number = (latest.number if latest else 0) + 1
    return ProcedureText.objects.create(procedure=procedure, number=number, markdown=markdown, made_by=by)


@transaction.atomic
def approve_procedure(procedure: Procedure, *, by: Person) -> ProcedureText:
    """Let the draft come into force; the text before it is superseded, and flags on the procedure are cleared."""
    if not may_approve_procedure(by, procedure):
        raise Refused(NOT_ACCOUNTABLE)
    procedure = _held(procedure)
    draft = procedure.texts.filter(state=ProcedureText.State.DRAFT).first()
    if draft is None:
        raise NotNow(f"{procedure.code} has no draft to approve; what stands is in force already.")
    if not draft.markdown.strip():
        raise NotNow(f"{procedure.code} says nothing yet. Write the steps down first.")
    procedure.texts.filter(state=ProcedureText.State.IN_FORCE).update(state=ProcedureText.State.SUPERSEDED)
    draft.state, draft.approved_by, draft.approved_at = ProcedureText.State.IN_FORCE, by, timezone.now()
    draft.save(update_fields=["state", "approved_by", "approved_at"])
    announce(ProcedureApproved(Ref("procedure", procedure.pk), procedure.number, draft.number), who=by)
    _cleared(procedure, by)
    return draft


def _cleared(procedure: Procedure, by: Person) -> tuple[str, ...]:
    """Take every flag off; what was looked at, by whom and when stays on the link."""
    flagged = list(procedure.adherences.filter(flagged_in__isnull=False).order_by("id"))
    if not flagged:
        return ()
    procedure.adherences.filter(pk__in=[each.pk for each in flagged]).update(
        flagged_in=None, flagged_why="", flagged_at=None, checked_by=by, checked_at=timezone.now()
    )
    keys = tuple(each.clause_key for each in flagged)
    announce(ProcedureChecked(Ref("procedure", procedure.pk), keys), who=by)
    return keys


@transaction.atomic
def check_procedure(procedure: Procedure, *, by: Person) -> tuple[str, ...]:
    """Say that a flagged procedure is still right as it is; returns the clauses that were looked at."""
    if not may_write_procedure(by, procedure.department, procedure):
        raise Refused(NOT_THEIR_DEPARTMENT)
    procedure = _held(procedure)
    keys = _cleared(procedure, by)
    if not keys:
        raise NotNow(f"{procedure.code} has no flag: none of its clauses changed since it was last looked at.")
    return keys


@transaction.atomic
def adhere(procedure: Procedure, policy: Policy, clause_key: str, *, by: Person) -> Adherence:
    """Say that a procedure carries a clause out; said twice, it stands once."""
    if not may_write_procedure(by, procedure.department, procedure):
        raise Refused(NOT_THEIR_DEPARTMENT)
    procedure = _held(procedure)
    if not Clause.objects.filter(policy=policy, key=clause_key, retired_in__isnull=True).exists():
        raise BadInput(f"“{policy.title}” has no clause {clause_key} today. Choose one that stands.", field="clause")
    made, new = Adherence.objects.get_or_create(
        procedure=procedure, policy=policy, clause_key=clause_key, builds_on=None
    )
    if new:
        announce(ProcedureLinked(Ref("procedure", procedure.pk), Ref("policy", policy.pk), clause_key), who=by)
    return made


@transaction.atomic
def build_on(procedure: Procedure, other: Procedure, *, by: Person) -> Adherence:
    """Say that a procedure builds on another. A circle is allowed, and named on the page of each in it."""
    if not may_write_procedure(by, procedure.department, procedure):
        raise Refused(NOT_THEIR_DEPARTMENT)
    procedure = _held(procedure)
    if procedure.pk == other.pk:
        raise BadInput(f"{procedure.code} can’t build on itself. Choose another procedure.", field="procedure")
    made, new = Adherence.objects.get_or_create(procedure=procedure, builds_on=other)
    if new:
        announce(ProcedureLinked(Ref("procedure", procedure.pk), Ref("procedure", other.pk)), who=by)
    return made


@transaction.atomic
def unlink(adherence: Adherence, *, by: Person) -> None:
    """Take a link away."""
    procedure = adherence.procedure
    if not may_write_procedure(by, procedure.department, procedure):
        raise Refused(NOT_THEIR_DEPARTMENT)
    if not Adherence.objects.filter(pk=adherence.pk).exists():
        return
    to = Ref("procedure", adherence.builds_on_id) if adherence.builds_on_id else Ref("policy", adherence.policy_id or 0)
    announce(ProcedureLinked(Ref("procedure", procedure.pk), to, adherence.clause_key, ended=True), who=by)
    adherence.delete()


@transaction.atomic
def retire_procedure(procedure: Procedure, *, by: Person) -> Procedure:
    """Say that a procedure is followed no longer; its number is never given again."""
    if not may_approve_procedure(by, procedure):
        raise Refused(NOT_ACCOUNTABLE)
    procedure = _held(procedure)
    procedure.retired_at = timezone.now()
    procedure.save(update_fields=["retired_at"])
    announce(ProcedureRetired(Ref("procedure", procedure.pk), procedure.number), who=by)
    return procedure


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a file that was left out, with its line and why."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class ProceduresReport:
    """What a file of procedures made and changed, and the rows that could not go in."""

    made: int
    changed: int
    same: int
    bad: tuple[BadRow, ...]


@transaction.atomic
def import_procedures(raw: bytes, *, by: Person, dry_run: bool = False) -> ProceduresReport:
    """Read a CSV with department, title and text (number and owner's e-mail if known); good rows go in as drafts.

    A row with a known number, or the same department and title, changes that procedure. Run twice it changes nothing.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8. Save it as “CSV UTF-8” and choose it again.") from error
    if "\x00" in text:
        raise BadInput("The file holds a hidden character (U+0000), so it is no CSV. Save it again as CSV.")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
    if not {"department", "title"} <= names:
        raise BadInput("The first line needs the columns “department” and “title”; “text” holds the steps.")
    counts = {"made": 0, "changed": 0, "same": 0}
    bad: list[BadRow] = []
    try:
        for row in rows:
            said = {(name or "").strip().lower(): (value or "").strip() for name, value in row.items() if name}
            if not any(said.values()):
                continue
            try:
                with transaction.atomic():
                    counts[_one_row(said, by)] += 1
            except (BadInput, Refused, NotNow) as refusal:
                bad.append(BadRow(rows.line_num, refusal.sentence))
    except csv.Error as error:
        raise BadInput(f"Line {rows.line_num} can’t be read: {error}. Save the file again as CSV.") from error
    if dry_run:
        transaction.set_rollback(True)
    return ProceduresReport(counts["made"], counts["changed"], counts["same"], tuple(bad))


def _one_row(said: dict[str, str], by: Person) -> str:
    known = _known(said)
    owner = known.owner if known else None
    if mark := said.get("owner", ""):
        owner = Person.objects.here().filter(email__iexact=mark).first()
        if owner is None:
            raise BadInput(f"nobody here has the e-mail “{mark}”")
    latest = known.texts.order_by("-number").first() if known else None
    markdown = said.get("text", "") or (latest.markdown if latest else "")
    words = _checked(ProcedureWords(said.get("title", ""), said.get("department", ""), markdown, owner))
    if known and latest and (known.title, known.department, known.owner, latest.markdown) == (
        words.title, words.department, words.owner, words.markdown,
    ):  # fmt: skip
        return "same"
    write_procedure(known, words, by=by)
    return "changed" if known else "made"


def _known(said: dict[str, str]) -> Procedure | None:
    live = Procedure.objects.filter(retired_at__isnull=True)
    if mark := said.get("number", ""):
        digits = mark.upper().removeprefix("P-").strip()
        if not digits.isdigit() or len(digits) > 6:
            raise BadInput(f"“{mark}” is no number; write it as P-07, or leave it empty")
        found = live.filter(number=int(digits)).first()
        if found is None:
            raise BadInput(f"there is no procedure {mark}; leave the number empty for a new one")
        return found
    return live.filter(title=said.get("title", ""), department=said.get("department", "")).first()

"""How people speak about a text: a remark on its words, an answer in a thread, for or against what others said."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.letterbox import put_in_letterbox
from handrail.vetting.anchor import as_it_stands, neighbours
from handrail.vetting.facts import RemarkMade, RemarkWithdrawn
from handrail.vetting.models import Disposition, Outsider, Remark, Round, Seat, Snapshot, SnapshotClause, Stand, new_uid
from handrail.vetting.reads.stand_ins import standing_in

NOT_ASKED = "This round doesn’t ask you. Ask whoever opened it to invite you, or write to them."


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed, checked: the words, and where in the text they belong."""

    snapshot: Snapshot
    clause_key: str
    quote: str
    before: str
    after: str
    body: str
    suggested: str
    is_condition: bool
    because_rule: str
    parent: Remark | None
    once: str | None


def may_remark(person: Person, round: Round) -> bool:
    """Everyone the round asks, those who run it, and those who stand in for a reviewer today."""
    if not (person.is_here and round.is_open):
        return False
    if round.for_everyone or Seat.objects.filter(round=round, person=person).exists():
        return True
    return ground.may_run(person, round) or bool(standing_in(person, round))


@transaction.atomic
def remark(
    round: Round,
    *,
    by: Person | None,
    clause_key: str = "",
    quote: str = "",
    body: str = "",
    suggested: str = "",
    condition: bool = False,
    parent: Remark | None = None,
    anonymous: bool = False,
    interest: str = "",
    outsider: Outsider | None = None,
    because_rule: str = "",
    once: str = "",
    show_group: bool = False,
) -> tuple[Remark, str]:
    """Say something about a text. `once`, a form's own mark, keeps a second click from saying it twice.

    An anonymous remark is put in the letterbox and comes out in a mixed batch on a later night; what comes back is
    unsaved and names nobody, with a receipt code that is shown this once. Raises Refused, NotNow or BadInput.
    """
    round = ground.locked(round)
    ground.must_be_open(round)
    _must_be_asked(round, by, outsider)
    said = _said(round, clause_key, quote, body, suggested, condition, parent, because_rule, once)
    if anonymous:
        if by is None:
            raise BadInput("Only people who work here can speak without their name.", field="anonymous")
        return put_in_letterbox(round, said, by=by, interest=interest, show_group=show_group)
    if said.once and (known := Remark.objects.filter(once=said.once, round=round).first()):
        return known, ""
    return keep_remark(round, said, by, outsider, _interest(round, by, interest)), ""


def keep_remark(round: Round, said: Said, by: Person | None, outsider: Outsider | None, interest: str) -> Remark:
    """Write a remark that carries a name, and announce it."""
    made = Remark.objects.create(
        uid=new_uid(),
        round=round,
        parent=said.parent,
        person=by if outsider is None else None,
        outsider=outsider,
        interest=interest,
        clause_key=said.clause_key,
        quote=said.quote,
        place=Remark.Place.ANCHORED if said.clause_key else Remark.Place.WHOLE,
        said_on=said.snapshot,
        said_clause=said.clause_key,
        said_quote=said.quote,
        said_before=said.before,
        said_after=said.after,
        body=said.body,
        suggested=said.suggested,
        is_condition=said.is_condition,
        because_rule=said.because_rule,
        made_at=timezone.now(),
        made_on=timezone.localdate(),
        once=said.once,
    )
    announce(
        RemarkMade(
            round=ground.ref_of(round),
            subject=ground.subject_of(round),
            remark=Ref("remark", made.uid),
            clause=said.clause_key,
            reply=said.parent is not None,
        ),
        who=by,
    )
    return made


def _must_be_asked(round: Round, by: Person | None, outsider: Outsider | None) -> None:
    if outsider is not None:
        current = Outsider.objects.filter(pk=outsider.pk, round=round).first()
        if current is None or not current.is_live:
            raise Refused("This invitation has ended. Ask whoever invited you for a new link.")
    elif by is None or not may_remark(by, round):
        raise Refused(NOT_ASKED)


def _interest(round: Round, by: Person | None, interest: str) -> str:
    """On whose behalf this is said: as asked, else the one interest this person reads for."""
    held = ground.interests_held(by, round) if by is not None else []
    if interest and interest not in held:
        raise Refused(f"You don’t read for {ground.interest_name(ground.known_interest(interest))} in this round.")
    return interest or (held[0] if len(held) == 1 else "")


def _said(
    round: Round,
    clause_key: str,
    quote: str,
    body: str,
    suggested: str,
    condition: bool,
    parent: Remark | None,
    because_rule: str,
    once: str,
) -> Said:
    body = ground.said(body, "body", needed="Write what you have to say." if not suggested.strip() else "")
    suggested = ground.said(suggested, "suggested")
    snapshot = ground.present(round)
    if parent is not None:
        parent = _thread(round, parent)
        clause_key, quote = parent.clause_key, ""
    before = after = ""
    if clause_key:
        quote, before, after = _anchored(snapshot, clause_key, quote)
    elif quote.strip():
        raise BadInput("Say which clause the quotation is from.", field="clause_key")
    return Said(
        snapshot,
        clause_key,
        quote,
        before,
        after,
        body,
        suggested,
        condition,
        ground.said(because_rule, "because_rule", longest=40),
        parent,
        # A form’s mark is its round’s: the same Word file comes back into a later round as remarks of that one.
        f"{round.pk}-{once}"[:64] if once else None,
    )


def _thread(round: Round, parent: Remark) -> Remark:
    """The remark that a thread begins with."""
    first = Remark.objects.get(pk=parent.parent_id or parent.pk)
    if first.round_id != round.pk:
        raise BadInput("That remark belongs to another round.", field="parent")
    return first


def _anchored(snapshot: Snapshot, clause_key: str, quote: str) -> tuple[str, str, str]:
    clause = SnapshotClause.objects.filter(snapshot=snapshot, key=clause_key).first()
    if clause is None:
        raise BadInput("That clause isn’t in the present text any more. Load the page again.", field="clause_key")
    if not quote.strip():
        return "", "", ""
    found = as_it_stands(clause.text, quote.strip())
    if found is None:
        called = clause.number or clause.heading or clause.key
        raise BadInput(f"Those words aren’t in clause {called} any more. Mark them again.", field="quote")
    return (found, *neighbours(clause.text, found))


def may_withdraw_remark(person: Person, remark: Remark) -> bool:
    """Only whoever made it."""
    return person.is_here and remark.person_id == person.pk


@transaction.atomic
def withdraw_remark(remark: Remark, *, by: Person) -> Remark:
    """Take one's own remark back while nothing has become of it. Its words stay in the record, struck out."""
    if not may_withdraw_remark(by, remark):
        raise Refused("Only whoever made a remark takes it back. To settle it, say what becomes of it.")
    return take_back(remark, by)


def take_back(remark: Remark, by: Person | None) -> Remark:
    """Mark a remark as taken back; the caller has made sure that it is its maker who asks."""
    ground.must_be_open(ground.locked(remark.round))
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if remark.withdrawn_on:
        return remark
    if Disposition.objects.filter(remark=remark, reopened_at__isnull=True).exists():
        raise NotNow("It was answered already, and the answer stays in the record.")
    remark.withdrawn_on = timezone.localdate()
    remark.save(update_fields=["withdrawn_on"])
    announce(RemarkWithdrawn(Ref("round", remark.round_id), Ref("remark", remark.uid)), who=by)
    return remark


def may_stand(person: Person, remark: Remark) -> bool:
    """Everyone the round asks, except on what they said themselves."""
    return remark.person_id != person.pk and may_remark(person, remark.round)


@transaction.atomic
def stand(remark: Remark, support: bool | None, *, by: Person | None = None, outsider: Outsider | None = None) -> None:
    """Say that one is for or against a remark; None takes it back. One person, also from elsewhere, counts once."""
    round = ground.locked(remark.round)
    ground.must_be_open(round)
    _must_be_asked(round, by, outsider)
    if outsider is not None:
        by, own = None, remark.outsider_id == outsider.pk
    else:
        own = by is not None and remark.person_id == by.pk
    if own:
        raise Refused("You said it yourself; others say whether they agree.")
    if Remark.objects.filter(pk=remark.pk, withdrawn_on__isnull=False).exists():
        raise NotNow("That remark was taken back.")
    mine = Stand.objects.filter(remark=remark, person=by, outsider=outsider)
    if support is None:
        mine.delete()
    elif not mine.update(support=support):
        Stand.objects.create(remark=remark, person=by, outsider=outsider, support=support)

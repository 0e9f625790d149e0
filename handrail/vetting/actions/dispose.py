"""What becomes of a remark: a verdict with a reason and the change it led to, told to whoever said it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.facts import RemarkDisposed, RemarkReopened
from handrail.vetting.models import Answer, Disposition, Remark, Round, SignOff, Snapshot, SnapshotClause

_YES = (Disposition.Verdict.ADOPTED, Disposition.Verdict.ADAPTED)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is said of a remark and of those that say the same."""

    verdict: str
    reason: str
    by: Person
    snapshot: Snapshot
    changed_clause: str


def may_dispose(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


def may_answer(person: Person, remark: Remark) -> bool:
    """Those who run an open round, and whoever was chosen to answer this remark."""
    if not (remark.round.is_open and person.is_here):
        return False
    return remark.assignee_id == person.pk or ground.may_run(person, remark.round)


@transaction.atomic
def dispose(
    remark: Remark,
    verdict: str,
    reason: str,
    *,
    by: Person,
    changed_clause: str = "",
    also: Sequence[Remark] = (),
) -> Disposition:
    """Say what becomes of a remark and why, and of `also`, those that say the same; each author is told.

    For adopted and adapted, the clause that changed is kept with its words before and after. An answer never meets a
    condition of signing: whoever signed says that it is met. Raises Refused, BadInput, or NotNow where one of them has
    its answer already.
    """
    runs = ground.may_run(by, remark.round)
    if not runs and any(each.assignee_id != by.pk for each in (remark, *also)):
        raise Refused(f"{ground.NOT_YOURS_TO_RUN} Whoever was chosen to answer a remark answers that one.")
    round = ground.locked(remark.round)
    ground.must_be_open(round)
    if verdict not in Disposition.Verdict.values:
        raise BadInput(f"Choose one of {', '.join(Disposition.Verdict.values)}.", field="verdict")
    reason = ground.said(reason, "reason", needed="Say why, in a sentence that whoever said it will read.")
    rows = _open_remarks(round, [remark, *also])
    outcome = _Outcome(verdict, reason, by, ground.present(round), _changed(round, verdict, changed_clause))
    first = _give(rows[0], outcome, None)
    for each in rows[1:]:
        _give(each, outcome, rows[0])
    announce(
        RemarkDisposed(
            round=ground.ref_of(round),
            subject=ground.subject_of(round),
            remark=Ref("remark", rows[0].uid),
            verdict=verdict,
            duplicates=len(rows) - 1,
        ),
        who=by,
    )
    return first


def _open_remarks(round: Round, asked: Sequence[Remark]) -> list[Remark]:
    """The remarks as they stand, first things first; refused as a whole where one can't be answered."""
    keys = list(dict.fromkeys(each.pk for each in asked))
    found = {each.pk: each for each in Remark.objects.select_for_update().filter(pk__in=keys, round=round)}
    if len(found) != len(keys):
        raise BadInput("One of these remarks belongs to another round.", field="also")
    rows = [found[key] for key in keys]
    for each in rows:
        if each.parent_id:
            raise BadInput("An answer in a thread needs no verdict; its remark does.", field="also")
        if each.withdrawn_on:
            raise NotNow("A remark that was taken back needs no answer.")
    if Disposition.objects.filter(remark__in=keys, reopened_at__isnull=True).exists():
        raise NotNow("It was answered already. Open it again to answer it anew.")
    return rows


def _changed(round: Round, verdict: str, clause: str) -> str:
    if not clause:
        return ""
    if verdict not in _YES:
        raise BadInput("Nothing changed for a remark that was not taken up. Leave the clause out.", field="clause")
    if not SnapshotClause.objects.filter(snapshot__round=round, key=clause).exists():
        raise BadInput("There is no such clause in this text.", field="clause")
    return clause


def _give(remark: Remark, outcome: _Outcome, duplicate_of: Remark | None) -> Disposition:
    clause = outcome.changed_clause or (remark.clause_key or remark.said_clause if outcome.verdict in _YES else "")
    before, after, number = _words(remark, outcome.snapshot, clause) if clause else ("", "", "")
    row = Disposition.objects.create(
        remark=remark,
        verdict=outcome.verdict,
        reason=outcome.reason,
        by=outcome.by,
        on=outcome.snapshot,
        changed_clause=clause,
        changed_number=number,
        words_before=before,
        words_after=after,
        duplicate_of=duplicate_of,
    )
    _tell(row, remark)
    return row


def _words(remark: Remark, present: Snapshot, clause: str) -> tuple[str, str, str]:
    """How the clause read when the remark was made and how it reads now, with its number."""
    rows = SnapshotClause.objects.filter(snapshot_id__in=[remark.said_on_id, present.pk], key=clause)
    texts = {each.snapshot_id: each for each in rows}
    was, now = texts.get(remark.said_on_id), texts.get(present.pk)
    return was.text if was else "", now.text if now else "", (now or was).number if now or was else ""  # type: ignore[union-attr]


def _tell(row: Disposition, remark: Remark) -> None:
    """Whoever said it is told: on their page and by mail. An anonymous author reads it with the receipt code."""
    if remark.anonymous:
        return
    answer = Answer.objects.create(disposition=row, person_id=remark.person_id, outsider_id=remark.outsider_id)
    enqueue("handrail.vetting.tasks.tell_answer", answer.pk, key=f"vetting-answer-{answer.pk}")


def may_reopen(person: Person, remark: Remark) -> bool:
    """Those who run the round, and a reviewer on what they said for their interest."""
    if not remark.round.is_open:
        return False
    mine = person.is_here and remark.person_id == person.pk and bool(remark.interest)
    return mine or ground.may_run(person, remark.round)


@transaction.atomic
def reopen(remark: Remark, why: str, *, by: Person) -> Remark:
    """Take an answer back, with a reason; the remark waits again, and a condition tied to it is open again."""
    round = ground.locked(remark.round)
    ground.must_be_open(round)
    if not may_reopen(by, remark):
        raise Refused("Those who run the round open an answered remark again, or the reviewer who made it.")
    why = ground.said(why, "why", needed="Say why it is open again.", longest=2000)
    live = Disposition.objects.select_for_update().filter(remark=remark, reopened_at__isnull=True).first()
    if live is None:
        raise NotNow("It has no answer yet, so there is nothing to open again.")
    live.reopened_at, live.reopened_by, live.reopened_why = timezone.now(), by, why
    live.save(update_fields=["reopened_at", "reopened_by", "reopened_why"])
    held = SignOff.objects.filter(remark=remark, ended_at__isnull=True, condition_met_at__isnull=False)
    held.update(condition_met_at=None, condition_met_how="")
    announce(RemarkReopened(ground.ref_of(round), Ref("remark", remark.uid)), who=by)
    return remark


@transaction.atomic
def note_answer_seen(remark: Remark, *, by: Person) -> int:
    """Whoever made the remark has read what became of it."""
    mine = Answer.objects.filter(disposition__remark=remark, person=by, seen_at__isnull=True)
    return mine.update(seen_at=timezone.now())


@transaction.atomic
def note_answer_mailed(answer: Answer) -> bool:
    """Tick the letter off; False where it went out before."""
    return Answer.objects.filter(pk=answer.pk, mailed_at__isnull=True).update(mailed_at=timezone.now()) == 1

"""Who answers a remark: chosen by those who run the round, else whoever opened it; and a friendly word to them."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.models import Job
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.remarks import may_remark
from handrail.vetting.facts import AnswerNudged, RemarkAssigned
from handrail.vetting.models import Disposition, Remark


def may_assign(person: Person, remark: Remark) -> bool:
    """Those who run an open round."""
    return remark.round.is_open and ground.may_run(person, remark.round)


@transaction.atomic
def assign(remark: Remark, person: Person, *, by: Person) -> Remark:
    """Let somebody whom the round asks answer a remark; they may then say what becomes of it, and of it alone.

    Nobody is asked to answer what they said themselves. The same person again changes nothing.
    """
    ground.must_run(by, remark.round)
    round = ground.locked(remark.round)
    ground.must_be_open(round)
    row = _waiting(remark)
    if row.person_id == person.pk:
        raise BadInput(f"{person} said it, so somebody else answers it.", field="person")
    if not may_remark(person, round):
        raise BadInput(f"This round doesn’t ask {person}. Invite them first, or choose somebody else.", field="person")
    if answers_id(row) == person.pk:
        return row
    row.assignee = person
    row.save(update_fields=["assignee"])
    announce(RemarkAssigned(ground.ref_of(round), Ref("remark", row.uid), person=Ref("person", person.pk)), who=by)
    return row


def answers_id(remark: Remark) -> int:
    """The key of who answers a remark."""
    return remark.assignee_id or remark.round.opened_by_id


def _waiting(remark: Remark) -> Remark:
    """The remark as it stands, if it waits for an answer."""
    row = Remark.objects.select_for_update().get(pk=remark.pk)
    if row.parent_id:
        raise NotNow("An answer in a thread needs none of its own; its remark does.")
    if row.withdrawn_on:
        raise NotNow("A remark that was taken back needs no answer.")
    if Disposition.objects.filter(remark=row, reopened_at__isnull=True).exists():
        raise NotNow("It was answered already.")
    return row


def may_nudge_answer(person: Person, remark: Remark) -> bool:
    """Those who run the round, about what others answer."""
    return may_assign(person, remark) and answers_id(remark) != person.pk


@transaction.atomic
def nudge_answer(remark: Remark, *, by: Person) -> bool:
    """Write to whoever is to answer a remark; False where they were written to about it today already."""
    ground.must_run(by, remark.round)
    round = ground.locked(remark.round)
    ground.must_be_open(round)
    row = _waiting(remark)
    if answers_id(row) == by.pk:
        raise Refused("You answer this one yourself.")
    key = f"vetting-nudge-remark-{row.pk}-{answers_id(row)}-{timezone.localdate()}"
    if Job.objects.filter(key=key).exists():
        return False
    enqueue("handrail.vetting.posts.send_answer_nudge", row.pk, str(by), key=key)
    announce(AnswerNudged(ground.ref_of(round), Ref("remark", row.uid)), who=by)
    return True

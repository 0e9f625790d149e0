"""What workers do for vetting: ask those invited, tell what became of remarks, let letters out every night."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from handrail.kernel.jobs import daily, report, task
from handrail.people.models import Interest
from handrail.vetting.actions.dispose import note_answer_mailed
from handrail.vetting.actions.letterbox import empty_letterbox
from handrail.vetting.actions.letters import note_asked
from handrail.vetting.models import Answer, Round, Seat
from handrail.vetting.posts import (
    post_to_hook,
    remind_before_closing,
    remind_open_part,
    send_answer_nudge,
    send_digest,
    send_nudges,
    send_to_stewards,
    whole,
    write_digests,
)
from handrail.vetting.reads import round_href

__all__ = [
    "ask_everyone",
    "empty_letterboxes",
    "post_to_hook",
    "remind_before_closing",
    "remind_open_part",
    "send_answer_nudge",
    "send_digest",
    "send_nudges",
    "send_to_stewards",
    "tell_answer",
    "write_digests",
]

CHUNK = 100


@task()
def ask_everyone(round_id: int) -> None:
    """Write to everyone who has a seat and no letter yet, a hundred at a time; run again, it goes on where it was."""
    round = Round.objects.filter(pk=round_id, state=Round.State.OPEN).first()
    if round is None:
        return
    waiting = Seat.objects.filter(round=round, asked_at__isnull=True).select_related("person").order_by("pk")
    total = waiting.count()
    done = 0
    while seats := list(waiting[:CHUNK]):
        mails = [_invitation(round, each) for each in seats if each.person.email and each.person.is_here]
        if mails:
            get_connection().send_messages(mails)
        note_asked([each.pk for each in seats])
        done += len(seats)
        report(done, total, f"{done:,} of {total:,} letters")


def _invitation(round: Round, seat: Seat) -> EmailMessage:
    house = settings.HANDRAIL_ORGANISATION or "your organisation"
    name = dict(Interest.choices).get(seat.interest, "")
    asked = f"You read it for {name}, and your signature is needed." if name else "You are invited to read it."
    text = (
        f"Hello {seat.person.name},\n\n{house} has a text under review: {round.title}. {asked} "
        f"The round closes on {_day(round.closes_at)}.\n\n"
    )
    if round.asks:
        text += f"{round.asks}\n\n"
    text += f"Read it here: {whole(round_href(round))}read\n"
    if round.anonymous and not name:
        text += "You can speak without your name; nothing is kept that leads back to you.\n"
    return EmailMessage(subject=f"Please read: {round.title}", body=text, to=[str(seat.person.email)])


def _day(moment: datetime) -> str:
    day = timezone.localtime(moment)
    return f"{day:%A} {day.day} {day:%B %Y, %H:%M}"


@task()
def tell_answer(answer_id: int) -> None:
    """Write to whoever made a remark what became of it, once."""
    answer = Answer.objects.select_related("disposition__remark__round", "person", "outsider").get(pk=answer_id)
    to = answer.person.email if answer.person else answer.outsider.email if answer.outsider else ""
    here = answer.person.is_here if answer.person else True
    if answer.mailed_at is not None or not to or not here:
        return
    row, remark = answer.disposition, answer.disposition.remark
    changed = ""
    if row.changed_clause and row.words_before != row.words_after:
        changed = f"The clause now reads:\n\n{row.words_after or '(it was taken out)'}\n\n"
    text = (
        f"Hello {answer.person or answer.outsider},\n\nyou said about {remark.round.title}:\n\n"
        f"{remark.body or remark.suggested}\n\n{row.get_verdict_display()}. {row.reason}\n\n{changed}"
        f"{_where(answer)}Thank you for reading it.\n"
    )
    subject = f"{row.get_verdict_display()}: your remark on {remark.round.title}"[:150]
    EmailMessage(subject=subject, body=text, to=[to]).send()
    note_answer_mailed(answer)


def _where(answer: Answer) -> str:
    """The page of the remark; somebody from elsewhere has the link that we keep no copy of."""
    if answer.person is None:
        return "You read it by the link that you were sent.\n\n"
    remark = answer.disposition.remark
    return f"Read it here: {whole(round_href(remark.round))}remarks/{remark.uid}\n\n"


@daily(at="04:20")
@task()
def empty_letterboxes() -> None:
    """Let remarks without a name come out, mixed, at night; the moment says nothing about who made them."""
    for round in Round.objects.filter(state=Round.State.OPEN, anonymous=True).order_by("pk"):
        empty_letterbox(round)

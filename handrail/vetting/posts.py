"""What leaves the house about rounds: one daily mail to those on whom something waits, nudges, reminders, posts."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import timezone

from handrail.kernel.errors import NotNow
from handrail.kernel.jobs import daily, enqueue, report, task
from handrail.kernel.words import counted
from handrail.people.models import Interest, Person
from handrail.vetting.actions.hooks import note_hook_post
from handrail.vetting.hooks import HookFailed, post, said_for, unsealed
from handrail.vetting.models import Hook, Remark, Round, RoundAuthor, Seat
from handrail.vetting.reads import round_href, waiting_for

TWO_DAYS = timedelta(days=2)
CHUNK = 50


def whole(href: str) -> str:
    """An address of this house as mails and posts carry it."""
    return f"{settings.HANDRAIL_ADDRESS.rstrip('/')}{href}"


def _house() -> str:
    return settings.HANDRAIL_ORGANISATION or "your organisation"


def _last_day(round: Round) -> str:
    at = timezone.localtime(round.closes_at)
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M}"


@daily(at="07:10")
@task()
def write_digests() -> None:
    """Queue one letter for each person on whom something in an open round waits today."""
    today = timezone.localdate()
    running = Round.objects.filter(state=Round.State.OPEN)
    seats = Seat.objects.filter(round__in=running).exclude(interest="").values("person")
    writers = RoundAuthor.objects.filter(round__in=running).values("person")
    asked = Q(pk__in=seats) | Q(pk__in=writers) | Q(pk__in=running.values("opened_by"))
    for pk in Person.objects.here().filter(asked).values_list("pk", flat=True):
        enqueue(send_digest, pk, str(today), key=f"vetting-digest-{pk}-{today}")


@task()
def send_digest(person_id: int, day: str) -> None:
    """One mail with all that waits on a person; none where everything was done since, or the day is over."""
    person = Person.objects.here().filter(pk=person_id).first()
    if person is None or not person.email or day != str(timezone.localdate()):
        return
    waits = [each for each in waiting_for(person) if each.kind != "answered"]
    if not waits:
        return
    lines = []
    for each in waits:
        until = f" by {_last_day(each.round)}" if each.due else ""
        lines.append(f"- {each.words}{until}.\n  {each.because}. {whole(each.href)}")
    text = (
        f"Hello {person.name},\n\n{counted(len(waits), 'thing waits', 'things wait')} for you at {_house()}:\n\n"
        + "\n\n".join(lines)
        + "\n\nThis letter comes once a day, and only while something waits.\n"
    )
    subject = waits[0].words if len(waits) == 1 else f"{waits[0].words}, and {counted(len(waits) - 1, 'more thing')}"
    EmailMessage(subject=subject[:150], body=text, to=[str(person.email)]).send()


@task()
def send_nudges(seats: list[int], by: str) -> None:
    """A friendly word to reviewers whose signature is missing."""
    rows = Seat.objects.filter(pk__in=seats, round__state=Round.State.OPEN).select_related("round", "person")
    mails = [_nudge(each, by) for each in rows if each.person.email and each.person.is_here]
    if mails:
        get_connection().send_messages(mails)


def _nudge(seat: Seat, by: str) -> EmailMessage:
    name = dict(Interest.choices).get(seat.interest, "")
    text = (
        f"Hello {seat.person.name},\n\n{by} would be glad to have {name}’s word on {seat.round.title}. You read it for "
        f"{name}; the round closes on {_last_day(seat.round)}.\n\nRead it here: {whole(round_href(seat.round))}read\n\n"
        "If you can’t, tell them who could.\n"
    )
    return EmailMessage(
        subject=f"{name}’s word is missing: {seat.round.title}"[:150], body=text, to=[str(seat.person.email)]
    )


@task()
def send_to_stewards(round_id: int, stewards: list[int], group: str, by: str) -> None:
    """Ask the stewards of a group to spread the word about a round; who opened the text is known to nobody."""
    round = Round.objects.filter(pk=round_id, state=Round.State.OPEN).first()
    if round is None:
        return
    people = Person.objects.here().filter(pk__in=stewards)
    mails = [_to_steward(round, each, group, by) for each in people if each.email]
    if mails:
        get_connection().send_messages(mails)


def _to_steward(round: Round, person: Person, group: str, by: str) -> EmailMessage:
    text = (
        f"Hello {person.name},\n\n{round.title} is under review until {_last_day(round)}, and few in {group} have "
        f"opened it. {by} would be glad if you told colleagues about it: {whole(round_href(round))}read\n\n"
        "Nobody knows who has opened it, so nobody is named here.\n"
    )
    subject = f"{group} has hardly been heard: {round.title}"
    return EmailMessage(subject=subject[:150], body=text, to=[str(person.email)])


@task()
def send_answer_nudge(remark_id: int, by: str) -> None:
    """A friendly word to whoever is to answer a remark; none once it has its answer."""
    rows = Remark.objects.select_related("round__opened_by", "assignee")
    remark = rows.filter(pk=remark_id, round__state=Round.State.OPEN, withdrawn_on__isnull=True).first()
    if remark is None or remark.dispositions.filter(reopened_at__isnull=True).exists():
        return
    person = remark.assignee or remark.round.opened_by
    if not (person.email and person.is_here):
        return
    words = remark.body or remark.suggested
    short = words if len(words) <= 200 else f"{words[:199].rstrip()}…"
    where = f"{whole(round_href(remark.round))}remarks/{remark.uid}"
    text = (
        f"Hello {person.name},\n\n{by} would be glad of your answer to a remark on {remark.round.title}:\n\n"
        f"“{short}”\n\nAnswer it here: {where}\n\nThe round closes on {_last_day(remark.round)}.\n"
    )
    subject = f"A remark waits for your answer: {remark.round.title}"
    EmailMessage(subject=subject[:150], body=text, to=[str(person.email)]).send()


@daily(at="07:20")
@task()
def remind_before_closing() -> None:
    """Two days before a round’s last day: one letter to its open part, one post to each channel."""
    now = timezone.now()
    for round in Round.objects.filter(state=Round.State.OPEN, closes_at__gt=now, closes_at__lte=now + TWO_DAYS):
        key = f"{round.pk}-{round.closes_at:%Y%m%d}"
        enqueue(remind_open_part, round.pk, key=f"vetting-remind-{key}")
        tell_hooks(
            round, f"closing-{key}", f"{round.title} is under review until {_last_day(round)}. Say what you think."
        )


@task()
def remind_open_part(round_id: int) -> None:
    """One letter to everyone in the open part. Nobody here knows who has opened the text, so it goes to all alike."""
    round = Round.objects.filter(pk=round_id, state=Round.State.OPEN).first()
    if round is None:
        return
    seats = Seat.objects.filter(round=round, interest="", person__in=Person.objects.here()).exclude(person__email=None)
    people = list(seats.select_related("person").order_by("pk"))
    for start in range(0, len(people), CHUNK):
        mails = [_reminder(round, each) for each in people[start : start + CHUNK] if each.person.email]
        get_connection().send_messages(mails)
        report(min(start + CHUNK, len(people)), len(people), "letters")


def _reminder(round: Round, seat: Seat) -> EmailMessage:
    text = (
        f"Hello {seat.person.name},\n\n{round.title} is under review until {_last_day(round)}. If you have "
        f"something to say about it, say it here: {whole(round_href(round))}read\n\nIf you have read it, thank you. "
        "Nobody is told who opens it, so this letter goes to everyone once.\n"
    )
    return EmailMessage(subject=f"Two days left: {round.title}"[:150], body=text, to=[str(seat.person.email)])


def tell_hooks(round: Round, what: str, words: str) -> None:
    """Queue one post to each channel; the same news goes to a channel once."""
    href = whole(round_href(round))
    for pk in Hook.objects.filter(removed_at__isnull=True).values_list("pk", flat=True):
        enqueue(post_to_hook, pk, words, href, key=f"vetting-hook-{pk}-{what}")


@task()
def post_to_hook(hook_id: int, words: str, href: str) -> None:
    """Send one post; when its server is away the queue tries again, later each time."""
    hook = Hook.objects.filter(pk=hook_id, removed_at__isnull=True).first()
    if hook is None:
        return
    try:
        post(unsealed(hook.sealed), said_for(hook.kind, words, href))
    except NotNow as error:
        note_hook_post(hook, went_well=False, words=error.sentence)
    except HookFailed as error:
        note_hook_post(hook, went_well=False, words=str(error))
        raise
    else:
        note_hook_post(hook, went_well=True, words="It arrived.")

"""How purposes come up again: when a goal under them changes, or their day of review is there."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.strategy.actions.steps import note_step
from handrail.strategy.facts import PurposeReopened, PurposeReviewDue
from handrail.strategy.models import Goal, Purpose, PurposeStep


def reopen_under(goal: Goal, before: str, *, by: Person | None) -> int:
    """Ask for another look at every approved purpose under a goal that changed. Call it inside the change."""
    if goal.status == Goal.Status.MET:
        because = f"The goal “{before}” was met"
    elif goal.status == Goal.Status.DROPPED:
        because = f"The goal “{before}” was dropped"
    elif goal.statement != before:
        because = f"A goal changed: “{before}” now says “{goal.statement}”"
    else:
        because = f"A goal changed: “{before}” has another period or place"
    count = 0
    for purpose in Purpose.objects.select_for_update().filter(goals=goal, state=Purpose.State.APPROVED):
        reopen_row(purpose, because, Ref("goal", goal.pk), by=by)
        count += 1
    return count


def reopen_row(purpose: Purpose, because: str, cause: Ref, *, by: Person | None) -> None:
    """Write down that a purpose needs another look, and why. The caller holds the row."""
    purpose.state = Purpose.State.AGAIN
    purpose.because = because[:600]
    purpose.save(update_fields=["state", "because"])
    note_step(purpose, PurposeStep.Kind.REOPENED, because, by=by)
    announce(PurposeReopened(Ref("purpose", purpose.pk), cause, because[:600]), who=by)


@transaction.atomic
def reopen_due(today: date | None = None) -> int:
    """Ask for another look at approved purposes whose day of review is there; tell two weeks ahead, once."""
    today = today or timezone.localdate()
    due = Purpose.objects.select_for_update().filter(state=Purpose.State.APPROVED, review_on__isnull=False)
    count = 0
    for purpose in due:
        day = purpose.review_on
        if day is None:
            continue
        if day <= today:
            reopen_row(purpose, f"Its day of review, {day:%-d %B %Y}, is there", Ref("purpose", purpose.pk), by=None)
            count += 1
        elif (day - today).days <= 14 and purpose.reminded_for != day:
            purpose.reminded_for = day
            purpose.save(update_fields=["reminded_for"])
            announce(PurposeReviewDue(Ref("purpose", purpose.pk), day.isoformat()), who=None)
    return count

"""What is coming up: dates the record knows of, soonest first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from handrail.people.models import Person
from handrail.policy.models import Policy, Version
from handrail.strategy.reads import live_goals
from handrail.web.answers import Standing
from handrail.web.reads import may_see_answers
from handrail.web.rooms import address, may_open

LOOK_AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Coming:
    """One dated thing ahead."""

    on: date
    words: str
    href: str
    hot: bool = False


def coming_up(person: Person, stands: Standing, limit: int = 5) -> list[Coming]:
    """Goals that end, texts that come into force or are to be looked at again, and next acts with a day.

    All within four months, and a link only where the page opens to this person.
    """
    today = timezone.localdate()
    until = today + LOOK_AHEAD
    found = [
        Coming(goal.ends_on, f"The period of “{goal.statement}” ends", f"{address('strategy:goals')}{goal.key}")
        for goal in live_goals().filter(ends_on__gte=today, ends_on__lte=until)
        if goal.ends_on
    ]
    found += _policies(today, until)
    if may_see_answers(person):
        for answer in stands.answers:
            act = answer.next_act
            if act and act.due and today <= act.due <= until:
                found.append(Coming(act.due, act.words, act.href, hot=True))
    kept = {(each.on, each.href): each for each in found}
    shown = [
        each if may_open(person, each.href) else Coming(each.on, each.words, "", each.hot) for each in kept.values()
    ]
    return sorted(shown, key=lambda each: (each.on, not each.hot))[:limit]


def _policies(today: date, until: date) -> list[Coming]:
    page = address("policy:policies")
    reviews = Policy.objects.filter(review_by__gte=today, review_by__lte=until)
    found = [
        Coming(row.review_by, f"“{row.title}” is to be looked at again", f"{page}{row.key}")
        for row in reviews
        if row.review_by
    ]
    coming = Version.objects.filter(state=Version.State.PUBLISHED, effective_on__gt=today, effective_on__lte=until)
    for row in coming.select_related("policy").defer("markdown"):
        if row.effective_on:
            words = f"Version {row.number} of “{row.policy.title}” takes effect"
            found.append(Coming(row.effective_on, words, f"{page}{row.policy.key}/{row.number}"))
    return found

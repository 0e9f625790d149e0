"""What Home says of goals: each with the measures of the purposes that serve it, as last read, against their target."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from handrail.kernel.templatetags.handrail import words_for_day
from handrail.strategy.models import Goal, Purpose, Target
from handrail.strategy.reads import shown

MEASURES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure in words, and the purpose under which it is read."""

    name: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with the first of its measures."""

    goal: Goal
    measures: list[Measured]


def goals_shown(goals: Sequence[Goal]) -> list[GoalShown]:
    """These goals with their measures; three queries, however many there are."""
    rows = Target.objects.filter(purpose__goals__in=goals).exclude(purpose__state=Purpose.State.DROPPED)
    rows = rows.select_related("purpose").prefetch_related("readings", "purpose__goals").order_by("due_on", "pk")
    of_goal: dict[int, list[Measured]] = {goal.pk: [] for goal in goals}
    for target in rows.distinct():
        for goal in target.purpose.goals.all():
            found = of_goal.get(goal.pk)
            if found is not None and len(found) < MEASURES_SHOWN:
                found.append(_measured(target))
    return [GoalShown(goal, of_goal[goal.pk]) for goal in goals]


def _measured(target: Target) -> Measured:
    newest = next(iter(target.readings.all()), None)
    parts = [f"{shown(newest.value, target.unit)} on {words_for_day(newest.on)}" if newest else "not read yet"]
    if target.baseline is not None:
        parts.append(f"began at {shown(target.baseline, target.unit)}")
    if target.value is not None:
        until = f" by {words_for_day(target.due_on)}" if target.due_on else ""
        parts.append(f"aim {shown(target.value, target.unit)}{until}")
    return Measured(target.measure, ", ".join(parts), reverse("strategy:purpose", args=[target.purpose.key]))

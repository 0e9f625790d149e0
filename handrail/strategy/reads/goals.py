"""What pages and higher rooms ask of strategy."""

from handrail.people.models import Person
from handrail.strategy.models import Goal, GoalQuerySet


def live_goals() -> GoalQuerySet:
    """Goals that stand, with their owners, by theme."""
    return Goal.objects.live().select_related("owner", "parent")


def goals_owned_by(person: Person) -> GoalQuerySet:
    """Live goals this person answers for."""
    return live_goals().filter(owner=person)


def past_goals() -> list[Goal]:
    """Goals still called live though their period is over."""
    return [goal for goal in live_goals() if goal.is_past]


def find_goals(words: str, limit: int = 10) -> GoalQuerySet:
    """Goals whose statement or theme holds these words."""
    return Goal.objects.filter(statement__icontains=words)[:limit]

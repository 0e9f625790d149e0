"""Find, in strategy: goals, purposes and initiatives."""

from django.db.models import Q
from django.urls import reverse

from handrail.people.models import Person
from handrail.strategy.models import Initiative, Purpose
from handrail.strategy.reads import find_goals
from handrail.web.hits import LIMIT, Group, Hit
from handrail.web.rooms import address, may_open


def goals(person: Person, words: str) -> Group:
    """Goals by their words."""
    page = address("strategy:goals")
    if not may_open(person, page):
        return Group("Goals", [])
    found = list(find_goals(words, LIMIT + 1))
    hits = [Hit(goal.statement, goal.theme or "no theme", f"{page}{goal.key}") for goal in found[:LIMIT]]
    return Group("Goals", hits, len(found) > LIMIT)


def purposes(person: Person, words: str) -> Group:
    """Purposes by their name, statement or why."""
    if not may_open(person, address("strategy:overview")):
        return Group("Purposes", [])
    holds = Q(name__icontains=words) | Q(statement__icontains=words) | Q(why__icontains=words)
    found = list(Purpose.objects.filter(holds).order_by("name")[: LIMIT + 1])
    hits = [
        Hit(row.name, row.get_state_display(), reverse("strategy:purpose", args=[row.key])) for row in found[:LIMIT]
    ]
    return Group("Purposes", hits, len(found) > LIMIT)


def initiatives(person: Person, words: str) -> Group:
    """Initiatives by their name or channels; each stands on the page of its purpose."""
    if not may_open(person, address("strategy:overview")):
        return Group("Initiatives", [])
    rows = Initiative.objects.filter(Q(name__icontains=words) | Q(channels__icontains=words)).select_related("purpose")
    found = list(rows.order_by("name")[: LIMIT + 1])
    hits = [
        Hit(
            row.name,
            f"{row.get_state_display()}, under “{row.purpose.name}”",
            reverse("strategy:purpose", args=[row.purpose.key]),
        )
        for row in found[:LIMIT]
    ]
    return Group("Initiatives", hits, len(found) > LIMIT)

"""Which policies are in force, as someone who is to keep to them sees them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from handrail.people.models import Person
from handrail.policy.models import Version
from handrail.web.rooms import may_open

WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class InForce:
    """One policy in force: its title and version, since when, how long it takes to read, and where."""

    title: str
    version: int
    since: date | None
    minutes: int
    href: str


def in_force(person: Person) -> list[InForce]:
    """The policies in force that this person may open, newest first."""
    rows = Version.objects.filter(state=Version.State.PUBLISHED).select_related("policy").order_by("-published_at")
    shown = [
        InForce(
            title=row.policy.title,
            version=row.number,
            since=_since(row),
            minutes=max(1, round(row.words / WORDS_A_MINUTE)),
            href=reverse("policy:policy", args=[row.policy.key]),
        )
        for row in rows.defer("markdown")
    ]
    return [each for each in shown if may_open(person, each.href)]


def _since(row: Version) -> date | None:
    return row.effective_on or (timezone.localtime(row.published_at).date() if row.published_at else None)

"""What waits on a person around policies: amendments to answer, procedures to look at, days of review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.words import counted
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.policy.models import Amendment, Policy, Procedure, ProcedureText
from handrail.policy.reads.entitled import may_write

REMIND_DAYS = (30, 7, 0)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs a person: what, where, why, by when."""

    words: str
    href: str
    because: str
    due: date | None = None


def needs(person: Person) -> list[Need]:
    """What needs this person around policies, the most pressing first."""
    if not person.is_here:
        return []
    found = [*_reviews(person), *_procedures(person), *_amendments(person)]
    return sorted(found, key=lambda each: (each.due is None, each.due or date.max, each.words))


def reviews_due(today: date | None = None) -> list[tuple[Policy, int]]:
    """Policies whose day of review is at most 30 days away or past, with the days left, soonest first."""
    today = today or timezone.localdate()
    rows = Policy.objects.filter(review_by__lte=today + timedelta(days=max(REMIND_DAYS))).select_related("owner")
    return [(row, (row.review_by - today).days) for row in rows.order_by("review_by", "pk") if row.review_by]


def _reviews(person: Person) -> list[Need]:
    governs = has_role(person, Role.GOVERNANCE_OWNER)
    found = []
    for policy, left in reviews_due():
        nobody = policy.owner is None or not policy.owner.is_here
        if policy.owner_id == person.pk or (governs and nobody):
            because = f"Its day of review is {'past' if left < 0 else f'in {left} days' if left else 'today'}"
            href = reverse("policy:policy", args=[policy.key])
            found.append(Need(f"Review “{policy.title}”", href, because, policy.review_by))
    return found


def _procedures(person: Person) -> list[Need]:
    mine = Procedure.objects.filter(retired_at__isnull=True)
    own = Q(owner=person)
    if has_role(person, Role.GOVERNANCE_OWNER):
        own |= Q(owner__isnull=True)
    found = []
    for row in mine.filter(own, adherences__flagged_in__isnull=False).distinct():
        href = reverse("policy:procedure", args=[row.number])
        found.append(Need(f"Look at {row} again", href, "A clause it carries out changed"))
    for row in mine.filter(own, texts__state=ProcedureText.State.DRAFT).distinct():
        href = reverse("policy:procedure", args=[row.number])
        found.append(Need(f"Approve {row}, or send it back", href, "Its draft waits for you"))
    return found


def _amendments(person: Person) -> list[Need]:
    if not may_write(person):
        return []
    found = []
    for policy in Policy.objects.filter(amendments__state=Amendment.State.PROPOSED).distinct():
        if not may_write(person, policy):
            continue
        number = policy.amendments.filter(state=Amendment.State.PROPOSED).count()
        href = reverse("policy:amendments", args=[policy.key])
        words = f"Answer {counted(number, 'proposed amendment')} on “{policy.title}”"
        found.append(Need(words, href, "Each is taken up, or declined with a reason"))
    return found


@dataclass(frozen=True, slots=True)
class Queued:
    """An amendment as the queue shows it: with those who are for it, what the clause says now, and my own voice."""

    amendment: Amendment
    supports: int
    mine: bool
    now: str
    at: datetime


def queue_of(policy: Policy, person: Person) -> list[Queued]:
    """Every amendment of a policy: those that wait first, the best backed at the top; then the answered ones."""
    rows = policy.amendments.select_related("proposed_by", "answered_by", "version").prefetch_related("supports")
    words: dict[str, str] = {}
    latest = policy.versions.order_by("-number").first()
    if latest is not None:
        words = dict(latest.clauses.values_list("key", "text"))
    found = []
    for row in rows:
        voices = [each.person_id for each in row.supports.all()]
        now = words.get(row.made_key or row.clause_key, "")
        found.append(Queued(row, len(voices), person.pk in voices, now, row.answered_at or row.proposed_at))
    waits = Amendment.State.PROPOSED
    return sorted(
        found,
        key=lambda each: (each.amendment.state != waits, -each.supports, -each.at.timestamp()),
    )

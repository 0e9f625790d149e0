"""What in strategy waits on one person, what hangs loose, and which purposes and functions the matrix may name?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.kernel.words import count, counted
from handrail.people.models import Person
from handrail.people.reads import MatrixSubject, may_act
from handrail.strategy.models import Assessment, Domain, Goal, Initiative, Purpose, Target
from handrail.strategy.reads.record import is_fresh

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StrategyNeed:
    """One thing that waits: what to do, where, why it is asked, by when."""

    words: str
    href: str
    because: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something that hangs loose: what it is, what it lacks, and where to mend it."""

    kind: str
    title: str
    lacks: str
    href: str


@dataclass(frozen=True, slots=True)
class GoalUnder:
    """A goal with how deep it stands under the larger one, and the purposes that serve it."""

    goal: Goal
    depth: int
    purposes: tuple[Purpose, ...]


def needs_of(person: Person) -> list[StrategyNeed]:
    """What waits on this person in strategy: another look, an approval, a reading. The day that presses comes first."""
    found = [*_looks(person), *_readings(person), *_approvals(person), *_ratings(person)]
    return sorted(found, key=lambda need: need.due or date.max)


def orphans() -> list[Orphan]:
    """Goals nobody serves, purposes without goal, measure or initiative, initiatives without measure, loose domains."""
    found = [
        Orphan("goal", goal.statement, "no purpose serves it", reverse("strategy:goal", args=[goal.key]))
        for goal in Goal.objects.live().exclude(purposes__in=Purpose.objects.exclude(state=Purpose.State.DROPPED))
    ]
    purposes = Purpose.objects.exclude(state=Purpose.State.DROPPED).prefetch_related("goals", "targets", "initiatives")
    for row in purposes:
        live = [goal for goal in row.goals.all() if goal.status == Goal.Status.LIVE]
        running = [each for each in row.initiatives.all() if each.state != Initiative.State.CLOSED]
        what = [("no live goal", live), ("no measure", row.targets.all()), ("no initiative", running)]
        page = reverse("strategy:purpose", args=[row.key])
        found += [Orphan("purpose", row.name, lacks, page) for lacks, there in what if not there]
        if not row.targets.all():
            found += [
                Orphan("initiative", each.name, "no measure", reverse("strategy:initiative", args=[each.key]))
                for each in running
            ]
    for domain in Domain.objects.filter(lead__isnull=True):
        page = reverse("strategy:edit_domain", args=[domain.key])
        found.append(Orphan("domain", domain.name, "nobody leads it", page))
    return found


def goal_tree() -> list[GoalUnder]:
    """Live goals, each under the larger one it is part of, with the purposes that serve it; none twice, none lost."""
    rows = list(Goal.objects.live().select_related("owner").prefetch_related("purposes"))
    shown = {goal.pk for goal in rows}
    under: dict[int | None, list[Goal]] = {}
    for goal in rows:
        under.setdefault(goal.parent_id if goal.parent_id in shown else None, []).append(goal)
    found: list[GoalUnder] = []
    waiting = [(0, goal) for goal in reversed(under.pop(None, []))]
    while waiting:
        depth, goal = waiting.pop()
        serving = tuple(each for each in goal.purposes.all() if each.state != Purpose.State.DROPPED)
        found.append(GoalUnder(goal, depth, serving))
        waiting += [(depth + 1, child) for child in reversed(under.pop(goal.pk, []))]
    # Goals that stand under each other in a ring have no top; they are shown all the same.
    loose = [goal for group in under.values() for goal in group]
    return found + [GoalUnder(goal, 0, tuple(goal.purposes.all())) for goal in loose]


def purpose_subjects() -> list[MatrixSubject]:
    """Purposes that stand, for a row of their own in the ownership matrix."""
    rows = Purpose.objects.exclude(state=Purpose.State.DROPPED).only("pk", "key", "name", "state")
    return [
        MatrixSubject(
            Ref("purpose", row.pk),
            row.name,
            reverse("strategy:purpose", args=[row.key]),
            row.get_state_display().lower(),
        )
        for row in rows
    ]


def initiative_subjects() -> list[MatrixSubject]:
    """Initiatives that are not closed, likewise."""
    rows = Initiative.objects.exclude(state=Initiative.State.CLOSED)
    return [
        MatrixSubject(
            Ref("initiative", row.pk),
            row.name,
            reverse("strategy:initiative", args=[row.key]),
            row.get_state_display().lower(),
        )
        for row in rows
    ]


def touched_functions() -> list[str]:
    """The functions that the map of domains names: they do something already, or someone here leads them."""
    rows = Domain.objects.filter(Q(activities__isnull=False) | Q(lead__in=Person.objects.here()))
    return list(rows.distinct().values_list("name", flat=True))


def _looks(person: Person) -> list[StrategyNeed]:
    soon = Q(state=Purpose.State.APPROVED, review_on__lte=timezone.localdate() + SOON)
    found = []
    for row in Purpose.objects.filter(Q(state=Purpose.State.AGAIN) | soon, owner=person):
        again = row.because or "It was opened again"
        because = again if row.state == Purpose.State.AGAIN else "Its day to be looked at"
        day = row.review_on if row.state == Purpose.State.APPROVED else None
        page = reverse("strategy:purpose", args=[row.key])
        found.append(StrategyNeed(f"Look again at the purpose “{row.name}”", page, because, day))
    return found


def _readings(person: Person) -> list[StrategyNeed]:
    """Readings past their rhythm: one line to a purpose, however many measures wait."""
    mine = Target.objects.filter(Q(purpose__owner=person) | Q(purpose__initiatives__lead=person))
    rows = mine.exclude(purpose__state=Purpose.State.DROPPED).distinct()
    stale: dict[Purpose, list[Target]] = {}
    for target in rows.select_related("purpose").prefetch_related("readings"):
        if not is_fresh(target):
            stale.setdefault(target.purpose, []).append(target)
    found = []
    for purpose, targets in stale.items():
        one = targets[0]
        words = f"Read “{one.measure}”" if len(targets) == 1 else f"Read {count(len(targets))} measures"
        page = reverse("strategy:read", args=[one.pk])
        if len(targets) > 1:
            page = reverse("strategy:purpose", args=[purpose.key])
        found.append(StrategyNeed(words, page, f"“{purpose.name}” has no fresh reading", _due(targets)))
    return found


def _due(targets: Sequence[Target]) -> date | None:
    """The day the oldest of these readings should have come; None where there never was one."""
    days = [
        newest.on + timedelta(days=target.every_days)
        for target in targets
        if (newest := next(iter(target.readings.all()), None)) is not None
    ]
    return min(days, default=None)


def _approvals(person: Person) -> list[StrategyNeed]:
    found = []
    purposes = Purpose.objects.filter(state=Purpose.State.PROPOSED, owner__isnull=False).exclude(owner=person)
    for row in purposes.filter(goals__status=Goal.Status.LIVE).distinct():
        authors = [each for each in (row.owner_id, row.proposed_by_id) if each]
        if may_act(person, "approve", Ref("purpose", row.pk), authors=authors):
            page = reverse("strategy:purpose", args=[row.key])
            found.append(StrategyNeed(f"Approve “{row.name}”, or say why not", page, "A purpose was proposed"))
    said = ~Q(on_mission="") & ~Q(on_strategy="") & ~Q(on_values="") & ~Q(on_outcomes="")
    initiatives = Initiative.objects.filter(said, state=Initiative.State.PROPOSED, lead__isnull=False)
    for each in initiatives.exclude(lead=person):
        authors = [pk for pk in (each.lead_id, each.proposed_by_id) if pk]
        if may_act(person, "approve", Ref("initiative", each.pk), authors=authors):
            page = reverse("strategy:initiative", args=[each.key])
            found.append(StrategyNeed(f"Approve “{each.name}”, or say why not", page, "An initiative was proposed"))
    return found


def _ratings(person: Person) -> list[StrategyNeed]:
    """Purposes in a domain this person leads that they have not rated: one line for all of them."""
    rated = Assessment.objects.filter(purpose=OuterRef("pk"), assessor=person)
    standing = Purpose.objects.filter(domains__lead=person).exclude(state=Purpose.State.DROPPED).exclude(owner=person)
    rows = list(standing.filter(~Exists(rated)).distinct())
    if not rows or not person.is_here:
        return []
    what = f"“{rows[0].name}”" if len(rows) == 1 else counted(len(rows), "purpose")
    page = reverse("strategy:purpose", args=[rows[0].key]) + "#rate"
    return [StrategyNeed(f"Rate {what}", page, "It touches a domain you lead, and you haven’t said what you think")]

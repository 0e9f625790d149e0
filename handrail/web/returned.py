"""What changed this year, and for which of it the record holds a cause: only that is marked as having come back."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from handrail.kernel.models import JournalEntry
from handrail.kernel.words import counted, listed, sentence_case
from handrail.policy.models import Because, Version

TOP, FOOT, APART = 4.0, 95.0, 2.6
MOST = 34
GOAL_CHANGED = "strategy.goal_changed"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the way back up: a change for a reason that is written down, and how far down it stands."""

    place: str


@dataclass(frozen=True, slots=True)
class Returned:
    """This year's changes by kind, and marks for those with a cause."""

    marks: tuple[Mark, ...]
    versions: int
    goals: int
    with_cause: int

    @property
    def sentence(self) -> str:
        """What changed, and whether anyone wrote down why."""
        kinds = ((self.versions, "new version", " of a policy"), (self.goals, "change", " to a goal"))
        parts = [counted(number, noun) + of for number, noun, of in kinds if number]
        if not parts:
            return "No text and no goal has changed."
        changed = sentence_case(listed(parts))
        if not self.with_cause:
            return f"{changed}; no cause is recorded yet."
        if self.with_cause == self.versions + self.goals:
            return f"{changed}, with the cause recorded."
        return f"{changed}; for {self.with_cause:,} of these a cause is recorded."


def returned_this_year() -> Returned:
    """This year's versions after a policy's first, by the moment of publishing, and changed goals.

    A version has a cause where somebody wrote down why one of its clauses reads as it does before it was published.
    """
    now = timezone.localtime()
    begin = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    frozen = (Version.State.PUBLISHED, Version.State.SUPERSEDED)
    why = Because.objects.filter(version=OuterRef("pk"), at__lte=OuterRef("published_at"))
    rows = Version.objects.filter(number__gt=1, state__in=frozen, published_at__gte=begin, published_at__lte=now)
    versions = list(rows.annotate(why=Exists(why)).values_list("published_at", "why"))
    changed = JournalEntry.objects.filter(at__gte=begin, code=GOAL_CHANGED).order_by("at").values_list("at", "record")
    goals = list(changed)
    caused = [at for at, record in goals if str(json.loads(record).get("why", "")).strip()]
    caused = sorted([*caused, *(at for at, with_why in versions if with_why and at is not None)])
    return Returned(_placed(caused[-MOST:], begin), len(versions), len(goals), len(caused))


def _placed(kept: list[datetime], begin: datetime) -> tuple[Mark, ...]:
    """Where each stands on the rail: the year from foot to top, none so near another that they overlap."""
    year = (begin.replace(year=begin.year + 1) - begin).total_seconds()
    places: list[float] = []
    for at in kept:
        place = FOOT - (FOOT - TOP) * (at - begin).total_seconds() / year
        places.append(min(place, places[-1] - APART) if places else place)
    lift = TOP - min(places, default=TOP)
    if lift > 0:
        places = [min(place + lift, FOOT) for place in places]
    return tuple(Mark(f"{place:.1f}%") for place in places)

"""What came back round this year: what was learned and changed the text, the course or a goal. Marks on the rail."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from handrail.kernel.models import JournalEntry

TOP, FOOT, APART = 4.0, 95.0, 2.6
MOST = 34
AMENDED, GOAL_CHANGED = "policy.published", "strategy.goal_changed"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the way back up: its kind (a amendment, c course, g goal) and how far down it stands, in percent."""

    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Returned:
    """This year's marks and their counts."""

    marks: tuple[Mark, ...]
    amendments: int
    goals: int

    @property
    def anything(self) -> bool:
        """Whether anything came back at all."""
        return bool(self.amendments or self.goals)


def returned_this_year() -> Returned:
    """Read this year's amended versions and changed goals from the journal, oldest at the foot of the rail."""
    now = timezone.localtime()
    begin = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    entries = JournalEntry.objects.filter(at__gte=begin, code__in=(AMENDED, GOAL_CHANGED)).order_by("id")
    found = [(entry.at, _kind(entry)) for entry in entries]
    kept = [(at, kind) for at, kind in found if kind]
    amendments = sum(kind == "a" for _, kind in kept)
    marks = _placed(kept[-MOST:], begin)
    return Returned(marks, amendments, len(kept) - amendments)


def _kind(entry: JournalEntry) -> str:
    if entry.code == GOAL_CHANGED:
        return "g"
    number = json.loads(entry.record).get("number")
    return "a" if isinstance(number, int) and number > 1 else ""


def _placed(kept: list[tuple[datetime, str]], begin: datetime) -> tuple[Mark, ...]:
    year = (begin.replace(year=begin.year + 1) - begin).total_seconds()
    places: list[float] = []
    for at, _ in kept:
        place = FOOT - (FOOT - TOP) * (at - begin).total_seconds() / year
        places.append(min(place, places[-1] - APART) if places else place)
    lift = TOP - min(places, default=TOP)
    if lift > 0:
        places = [min(place + lift, FOOT) for place in places]
    return tuple(Mark(kind, f"{place:.1f}%") for place, (_, kind) in zip(places, kept, strict=True))

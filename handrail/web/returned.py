"""What came back round this year: what was learned and changed the text, the course or a goal. Marks on the rail."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from handrail.kernel.models import JournalEntry
from handrail.policy.models import Version

TOP, FOOT, APART = 4.0, 95.0, 2.6
MOST = 34
GOAL_CHANGED = "strategy.goal_changed"


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
    """This year's amended versions, by the day they took effect, and changed goals; oldest at the foot of the rail."""
    now = timezone.localtime()
    begin = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    amended = [(at, "a") for at in _amended() if begin <= at <= now]
    changed = JournalEntry.objects.filter(at__gte=begin, code=GOAL_CHANGED).values_list("at", flat=True)
    kept = sorted([*amended, *((at, "g") for at in changed)])
    return Returned(_placed(kept[-MOST:], begin), len(amended), len(kept) - len(amended))


def _amended() -> list[datetime]:
    """When each version after a policy's first took effect."""
    frozen = (Version.State.PUBLISHED, Version.State.SUPERSEDED)
    rows = Version.objects.filter(number__gt=1, state__in=frozen).values_list("effective_on", "published_at")
    days = [(on, published) for on, published in rows if published]
    return [timezone.make_aware(datetime.combine(on, time(12))) if on else published for on, published in days]


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

"""What was heard this week, for Home: the same seven days and the same counts that Listening shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from handrail.listening.reads import in_topics, span_of, volume

DAYS = 7
PARTS = ("negative", "neutral", "positive", "unsure")


@dataclass(frozen=True, slots=True)
class Heard:
    """Seven days: posts by how they sound, each day's from the first to the last, and how many stand in a topic."""

    total: int
    negative: int
    positive: int
    days: tuple[tuple[date, tuple[int, int, int, int]], ...]
    first: date
    last: date
    is_recent: bool
    in_topics: int | None = None

    @property
    def judged(self) -> int:
        """Posts whose sound the machine was sure enough of."""
        return sum(sum(parts[:3]) for _, parts in self.days)


def heard_lately() -> Heard | None:
    """Listening's week, day by day, or None when nothing has been heard at all."""
    span = span_of("week", None)
    if span is None:
        return None
    week = volume(span)
    # Where midnight is not on a full hour of UTC, the first hour begins late on the day before.
    first = timezone.localtime(span.start + timedelta(minutes=59)).date()
    found: Counter[tuple[date, str]] = Counter()
    for bucket in week.buckets:
        for part in PARTS:
            found[max(timezone.localtime(bucket.start).date(), first), part] += getattr(bucket, part)
    stretch = [first + timedelta(days=n) for n in range(DAYS)]
    days = tuple(
        (day, (found[day, "negative"], found[day, "neutral"], found[day, "positive"], found[day, "unsure"]))
        for day in stretch
    )
    sums = (week.total, week.sum("negative"), week.sum("positive"))
    return Heard(*sums, days, first, stretch[-1], not span.old, in_topics(span))

"""What was heard lately, from the hourly counts that listening keeps; no post is counted again for this."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from handrail.listening.models import HourCount, Label

DAYS = 7


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of days: how many posts by how they sound, per day from the first to the last, and when it ends."""

    total: int
    negative: int
    positive: int
    days: tuple[tuple[date, tuple[int, int, int, int]], ...]
    first: date
    last: date

    @property
    def judged(self) -> int:
        """Posts whose sound the machine was sure enough of."""
        return sum(sum(parts[:3]) for _, parts in self.days)

    @property
    def is_recent(self) -> bool:
        """Whether the stretch reaches up to this week; older posts are shown as of their own time."""
        return (timezone.localdate() - self.last).days < DAYS


def heard_lately() -> Heard | None:
    """The seven days up to the newest post, or None when nothing has been heard at all."""
    newest = (
        HourCount.objects.filter(topic__isnull=True, n__gt=0).order_by("-hour").values_list("hour", flat=True).first()
    )
    if newest is None:
        return None
    last = timezone.localtime(min(newest, timezone.now())).date()
    first = last - timedelta(days=DAYS - 1)
    begin = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    rows = HourCount.objects.filter(topic__isnull=True, hour__gte=begin, hour__lt=begin + timedelta(days=DAYS))
    found: Counter[tuple[date, int]] = Counter()
    for hour, label, posts in rows.values_list("hour", "label", "n"):
        found[timezone.localtime(hour).date(), label] += posts
    days = tuple(
        (day, (found[day, 0], found[day, 1], found[day, 2], found[day, 3]))
        for day in (first + timedelta(days=n) for n in range(DAYS))
    )
    sums = [sum(parts[label] for _, parts in days) for label in range(4)]
    return Heard(sum(sums), sums[Label.NEGATIVE], sums[Label.POSITIVE], days, first, last)

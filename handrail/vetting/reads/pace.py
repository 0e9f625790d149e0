"""How the open remarks burn down, day by day, and how many may be left on the last day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from handrail.vetting.forecast import METHOD, ahead
from handrail.vetting.models import Disposition, Remark, Round
from handrail.vetting.reads.hindrances import open_remarks_in


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many remarks were made and settled on it, and how many were open at its end."""

    day: date
    made: int
    settled: int
    open: int


@dataclass(frozen=True, slots=True)
class BurnDown:
    """The days so far, how many are open now, and what the pace says of the last day (None: too early to say)."""

    days: tuple[Day, ...]
    open: int
    low: int | None
    middle: int | None
    high: int | None
    closes_on: date
    method: str

    @property
    def peak(self) -> int:
        """The most that were open at the end of a day."""
        return max((each.open for each in self.days), default=0)

    @property
    def words(self) -> str:
        """The forecast in words."""
        if self.low is None or self.high is None:
            return "too early to say"
        return f"{self.low} at this pace" if self.low == self.high else f"{self.low} to {self.high} at this pace"


def burn_down(round: Round) -> BurnDown:
    """Open remarks by day from the record, and the forecast for the last day with its method."""
    made, settled = _moves(round)
    first, last = _local(round.opened_at), _end(round)
    days, waiting = [], 0
    for number in range(max(0, (last - first).days) + 1):
        day = first + timedelta(days=number)
        waiting += made[day] - settled[day]
        days.append(Day(day, made[day], settled[day], waiting))
    closes_on = _local(round.closes_at)
    left = max(0, (closes_on - last).days) if round.is_open else 0
    # Today is not over, so it would make the pace look slower than it is.
    past = [each for each in days if each.day < timezone.localdate()] or days
    seen = (
        ahead([each.made for each in past], [each.settled for each in past], left, round.pk) if round.is_open else None
    )
    now = open_remarks_in(round).count()
    return BurnDown(
        tuple(days),
        now,
        seen.low if seen else None,
        seen.middle if seen else None,
        seen.high if seen else None,
        closes_on,
        METHOD,
    )


def _moves(round: Round) -> tuple[Counter[date], Counter[date]]:
    made: Counter[date] = Counter()
    settled: Counter[date] = Counter()
    rows = Remark.objects.filter(round=round, parent__isnull=True).values_list("made_on", "withdrawn_on")
    for made_on, withdrawn_on in rows:
        made[made_on] += 1
        if withdrawn_on:
            settled[withdrawn_on] += 1
    for at, reopened_at in Disposition.objects.filter(remark__round=round).values_list("at", "reopened_at"):
        settled[_local(at)] += 1
        if reopened_at:
            settled[_local(reopened_at)] -= 1
    return made, settled


def _end(round: Round) -> date:
    ended = round.cleared_at or round.withdrawn_at
    return _local(ended) if ended else timezone.localdate()


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()

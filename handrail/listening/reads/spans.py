"""Which stretch of time a page shows: the last day, week or quarter, or all, ending now or with the newest post."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from handrail.listening.models import Mention, Topic, TopicMention

Step = Literal["quarter", "hour", "day", "week"]
CHOICES: dict[str, tuple[str, timedelta | None]] = {
    "day": ("24 hours", timedelta(days=1)),
    "week": ("7 days", timedelta(days=7)),
    "season": ("13 weeks", timedelta(weeks=13)),
    "all": ("All", None),
}
STEP_WORDS: dict[Step, str] = {
    "quarter": "every quarter of an hour",
    "hour": "every hour",
    "day": "every day",
    "week": "every week",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time from `start` up to but not including `end`, cut into steps; `old` when it ends before today."""

    choice: str
    start: datetime
    end: datetime
    step: Step
    old: bool
    first: datetime
    newest: datetime

    @property
    def words(self) -> str:
        """The stretch as a sentence says it: in 7 days; in the 7 days up to 24 February 2015."""
        name = CHOICES[self.choice][0].lower()
        if self.choice == "all":
            return f"from {_day(self.first)} to {_day(self.newest)}"
        return f"in the {name} up to {_day(self.newest)}" if self.old else f"in {name}"

    def before(self) -> "Span":
        """The stretch of the same length just before."""
        return replace(self, start=self.start - (self.end - self.start), end=self.start)


def linked(topic: Topic | None) -> "QuerySet[Mention] | QuerySet[TopicMention]":
    """The rows that carry time and label: of one topic, or of all posts."""
    return Mention.objects.all() if topic is None else TopicMention.objects.filter(topic=topic)


def span_of(choice: str, topic: Topic | None, now: datetime | None = None) -> Span | None:
    """The stretch for a choice; None while nothing was heard. An unknown choice is a week."""
    choice = choice if choice in CHOICES else "week"
    ends = linked(topic).aggregate(first=Min("posted_at"), newest=Max("posted_at"))
    first, newest = ends["first"], ends["newest"]
    if first is None or newest is None:
        return None
    now = now or timezone.now()
    if choice == "week":
        return _week(first, newest, now)
    length = CHOICES[choice][1]
    if length is None:
        step: Step = _step(newest - first)
        return Span(
            choice, floor(first, step), _ceiling(newest, step), step, newest < now - timedelta(days=1), first, newest
        )
    step = {"day": "quarter", "season": "day"}[choice]  # type: ignore[assignment]
    old = newest < now - length
    end = _ceiling(newest if old else now, step)
    return Span(choice, floor(end - length, step), end, step, old, first, newest)


def _week(first: datetime, newest: datetime, now: datetime) -> Span:
    """Today and the six days before it, by the organisation's clock, so that Home's seven columns are these same days.

    Where nothing newer than that was written, the seven days end with the newest post.
    """
    old = newest < _six_days_before(now)
    end = newest if old else now
    return Span("week", floor(_six_days_before(end), "hour"), _ceiling(end, "hour"), "hour", old, first, newest)


def _six_days_before(moment: datetime) -> datetime:
    return _midnight(timezone.localtime(moment).date() - timedelta(days=6))


def floor(moment: datetime, step: Step) -> datetime:
    """The start of the step a moment falls in, in UTC; days and weeks begin by the organisation's clock."""
    if step in ("quarter", "hour"):
        minute = moment.minute // 15 * 15 if step == "quarter" else 0
        return moment.astimezone(UTC).replace(minute=minute, second=0, microsecond=0)
    local = timezone.localtime(moment).date()
    return _midnight(local - timedelta(days=local.weekday() if step == "week" else 0))


def following(start: datetime, step: Step) -> datetime:
    """The start of the next step."""
    if step in ("quarter", "hour"):
        return start + timedelta(minutes=15 if step == "quarter" else 60)
    return _midnight(timezone.localtime(start).date() + timedelta(days=7 if step == "week" else 1))


def _ceiling(moment: datetime, step: Step) -> datetime:
    return following(floor(moment, step), step)


def _midnight(day: date) -> datetime:
    """The start of a day by the organisation's clock, in UTC."""
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)


def _step(length: timedelta) -> Step:
    if length <= timedelta(days=2):
        return "quarter" if length <= timedelta(hours=30) else "hour"
    if length <= timedelta(days=10):
        return "hour"
    return "day" if length <= timedelta(days=400) else "week"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")

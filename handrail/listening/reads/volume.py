"""How much is said over time and how it sounds, from the hourly counts; by the quarter hour from the posts."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Sum
from django.utils import timezone

from handrail.listening.models import HourCount, Label, Mention, Topic, TopicMention
from handrail.listening.reads.spans import Span, floor, following, linked


@dataclass(frozen=True, slots=True)
class Bucket:
    """One step of time and its posts by how they sound."""

    start: datetime
    end: datetime
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0

    @property
    def total(self) -> int:
        """All posts of the step."""
        return self.negative + self.neutral + self.positive + self.unsure


@dataclass(frozen=True, slots=True)
class Volume:
    """A stretch of time, step by step, empty steps included."""

    span: Span
    buckets: tuple[Bucket, ...]
    before: int

    def sum(self, name: str) -> int:
        """The posts of the whole stretch that sound one way, or `total`."""
        return sum(getattr(bucket, name) for bucket in self.buckets)

    @property
    def total(self) -> int:
        """All posts of the stretch."""
        return self.sum("total")

    @property
    def negative_share(self) -> float | None:
        """The negative part of those that could be judged; None where none could."""
        judged = self.total - self.sum("unsure")
        return self.sum("negative") / judged if judged else None

    @property
    def peak(self) -> Bucket | None:
        """The fullest step, where it stands out: at least ten posts and three times the middle one."""
        filled = sorted(bucket.total for bucket in self.buckets if bucket.total)
        if len(filled) < 5:
            return None
        top = max(self.buckets, key=lambda bucket: bucket.total)
        return top if top.total >= max(10, 3 * filled[len(filled) // 2]) else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in the last days: posts, the negative share of those judged, and when the newest was written."""

    posts: int
    negative_share: float | None
    newest: datetime | None


def volume(span: Span, topic: Topic | None = None) -> Volume:
    """Posts by step and sound over a stretch, and how many the stretch before held."""
    counts: Counter[tuple[datetime, int]] = Counter()
    for moment, label, n in _rows(span, topic):
        counts[floor(moment, span.step), label] += n
    buckets = []
    start = span.start
    while start < span.end:
        end = following(start, span.step)
        buckets.append(Bucket(start, end, *(counts[start, label] for label in Label.values)))
        start = end
    return Volume(span, tuple(buckets), _count(span.before(), topic))


def in_topics(span: Span) -> int | None:
    """How many posts of a stretch stand in at least one live topic, each counted once; None while there is no topic."""
    live = list(Topic.objects.live()[:2])
    if not live:
        return None
    if len(live) == 1 and span.step != "quarter":
        return _count(span, live[0])
    rows = TopicMention.objects.filter(topic__in=Topic.objects.live(), posted_at__gte=span.start)
    return rows.filter(posted_at__lt=span.end).order_by().values("mention").distinct().count()


def heard(days: int) -> Heard:
    """What was heard in the last `days` days, for pages that only mention it."""
    since = timezone.now() - timedelta(days=days)
    counts = dict(
        HourCount.objects.filter(topic=None, hour__gte=since)
        .values_list("label")
        .annotate(posts=Sum("n"))
        .values_list("label", "posts")
    )
    total = sum(counts.values())
    judged = total - counts.get(Label.UNSURE, 0)
    newest = Mention.objects.aggregate(newest=Max("posted_at"))["newest"]
    return Heard(total, counts.get(Label.NEGATIVE, 0) / judged if judged else None, newest)


def _rows(span: Span, topic: Topic | None) -> list[tuple[datetime, int, int]]:
    if span.step == "quarter":
        posts = linked(topic).filter(posted_at__gte=span.start, posted_at__lt=span.end)
        return [(moment, label, 1) for moment, label in posts.order_by().values_list("posted_at", "label")]
    counts = HourCount.objects.filter(topic=topic, hour__gte=span.start, hour__lt=span.end)
    return list(counts.values_list("hour", "label", "n"))


def _count(span: Span, topic: Topic | None) -> int:
    counts = HourCount.objects.filter(topic=topic, hour__gte=span.start, hour__lt=span.end)
    return counts.aggregate(n=Sum("n"))["n"] or 0


def counts_by_topic(span: Span) -> dict[int, dict[int, int]]:
    """Posts of each topic in a stretch, by label."""
    rows = HourCount.objects.filter(topic__isnull=False, hour__gte=span.start, hour__lt=span.end)
    counts: dict[int, dict[int, int]] = {}
    for topic, label, n in rows.values_list("topic_id", "label").annotate(posts=Sum("n")).order_by():
        counts.setdefault(topic, {})[label] = n
    return counts

"""The posts themselves, newest first, a page at a time, and how many came since a page was opened."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from handrail.engine.query import Query, parse
from handrail.listening.models import Label, Mention, Topic, TopicMention
from handrail.listening.reads.spans import linked

PAGE = 15


@dataclass(frozen=True, slots=True)
class StreamPage:
    """A page of posts, and the mark that opens the next page ("" on the last)."""

    posts: tuple[Mention, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which posts: of a topic, sounding one way, written in a stretch of time; empty is no limit."""

    topic: Topic | None = None
    label: Label | None = None
    since: datetime | None = None
    until: datetime | None = None


def stream(wanted: Wanted, mark: str = "", size: int = PAGE) -> StreamPage:
    """One page of the stream after `mark`; an unreadable mark starts at the newest."""
    key = "mention_id" if wanted.topic else "id"
    rows = linked(wanted.topic).order_by("-posted_at", f"-{key}")
    if wanted.label is not None:
        rows = rows.filter(label=wanted.label)
    if wanted.since:
        rows = rows.filter(posted_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(posted_at__lt=wanted.until)
    if after := _read_mark(mark):
        moment, pk = after
        rows = rows.filter(Q(posted_at__lt=moment) | Q(posted_at=moment, **{f"{key}__lt": pk}))
        rows = rows.filter(posted_at__lte=moment)
    pks = list(rows.values_list(key, flat=True)[: size + 1])
    found = Mention.objects.in_bulk(pks[:size])
    posts = tuple(found[pk] for pk in pks[:size])
    more = len(pks) > size
    return StreamPage(posts, f"{posts[-1].posted_at.isoformat()}_{posts[-1].pk}" if more else "")


def newest_key(topic: Topic | None) -> int:
    """The key of the post that came in last, to count from later."""
    key = "mention_id" if topic else "id"
    return linked(topic).order_by(f"-{key}").values_list(key, flat=True).first() or 0


def came_since(topic: Topic | None, key: int) -> int:
    """How many posts came in since `key` was the newest; at most 1,000 are counted."""
    rows = TopicMention.objects.filter(topic=topic, mention_id__gt=key) if topic else Mention.objects.filter(pk__gt=key)
    return rows.order_by()[:1000].count()


def every_post(wanted: Wanted) -> "list[int]":
    """The keys of all posts wanted, newest first, for a file."""
    key = "mention_id" if wanted.topic else "id"
    rows = linked(wanted.topic).order_by("-posted_at", f"-{key}")
    if wanted.label is not None:
        rows = rows.filter(label=wanted.label)
    if wanted.since:
        rows = rows.filter(posted_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(posted_at__lt=wanted.until)
    return list(rows.values_list(key, flat=True)[:100_000])


def _read_mark(mark: str) -> tuple[datetime, int] | None:
    moment, _, pk = mark.rpartition("_")
    try:
        when = datetime.fromisoformat(moment)
        return (when, int(pk)) if when.tzinfo else None
    except ValueError:
        return None


def queries_for_marks(topic: Topic | None, most: int = 20) -> list[Query]:
    """The queries whose words are marked in the stream: the topic's own, or those of the first live topics."""
    texts = [topic.query] if topic else Topic.objects.live().values_list("query", flat=True)[:most]
    return [parse(text) for text in texts]

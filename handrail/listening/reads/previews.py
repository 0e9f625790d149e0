"""What a query would match among the posts kept, before it is saved: how many, which, and what changes."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from handrail.engine.matching import Matcher
from handrail.engine.query import Query, Warned, leaves
from handrail.engine.query.nodes import Leaf, Or
from handrail.listening.models import Mention, Topic, TopicMention
from handrail.listening.queries import as_post, checked, marked

MOST_POSTS = 20_000
MOST_SECONDS = 1.5
SAMPLE = 8
_STEP = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the query and how many of the posts looked at hold something it asks for (or excludes)."""

    number: int
    text: str
    count: int | None
    excludes: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One post of the sample, its text in pieces with the words asked for marked."""

    post: Mention
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a query would match among the newest `looked_at` posts; `whole` when those are all there are."""

    query: Query
    matches: int
    looked_at: int
    whole: bool
    lines: tuple[Line, ...]
    sample: tuple[Shown, ...]
    adds: int
    loses: int

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What may not be meant."""
        return self.query.warnings


def preview(query_text: str, topic: Topic | None = None) -> Preview:
    """Look through the newest posts, at most MOST_POSTS of them or MOST_SECONDS; raises BadInput for a bad query."""
    query = checked(query_text)
    matcher = Matcher({0: query} | _line_queries(query))
    counts = Counter[int]()
    began = time.monotonic()
    matched: list[int] = []
    sample: list[Mention] = []
    looked_at, lowest, whole = 0, None, True
    for posts in _newest():
        found = matcher.match_many([as_post(post) for post in posts])
        hits = [post for post, ids in zip(posts, found, strict=True) if 0 in ids]
        counts.update(line for ids in found for line in ids)
        matched += [post.pk for post in hits]
        sample += hits[: SAMPLE - len(sample)]
        looked_at += len(posts)
        lowest = (posts[-1].posted_at, posts[-1].pk)
        if looked_at >= MOST_POSTS or time.monotonic() - began > MOST_SECONDS:
            whole = Mention.objects.count() <= looked_at
            break
    had = _had(topic, lowest)
    shown = tuple(Shown(post, marked(post.text, [query])) for post in sample)
    return Preview(
        query=query,
        matches=len(matched),
        looked_at=looked_at,
        whole=whole,
        lines=_lines(query, counts),
        sample=shown,
        adds=len(set(matched) - had),
        loses=len(had - set(matched)),
    )


def _newest() -> Iterator[list[Mention]]:
    """Posts newest first, in short lists."""
    rows = Mention.objects.order_by("-posted_at", "-id")
    after = None
    while posts := list((rows if after is None else rows.filter(after))[:_STEP]):
        yield posts
        last = posts[-1]
        after = Q(posted_at__lte=last.posted_at) & (Q(posted_at__lt=last.posted_at) | Q(pk__lt=last.pk))


def _had(topic: Topic | None, lowest: tuple[datetime, int] | None) -> set[int]:
    """The posts the topic holds now, among those looked at."""
    if topic is None or lowest is None:
        return set()
    moment, pk = lowest
    rows = TopicMention.objects.filter(topic=topic, posted_at__gte=moment)
    return set(rows.exclude(posted_at=moment, mention_id__lt=pk).values_list("mention_id", flat=True))


def _line_queries(query: Query) -> dict[int, Query]:
    """For each line of the query, one that asks for anything the line holds, whether it asks for it or excludes it."""
    by_line: dict[int, list[Leaf]] = {}
    for part in leaves(query):
        by_line.setdefault(part.line, []).append(part.node)
    return {line: Query(Or(tuple(nodes)) if len(nodes) > 1 else nodes[0]) for line, nodes in by_line.items()}


def _lines(query: Query, counts: Counter[int]) -> tuple[Line, ...]:
    """Each line with its count; a line that asks for nothing has none."""
    excludes = {part.line: part.negated for part in leaves(query)}
    return tuple(
        Line(number, text, counts[number] if number in excludes else None, excludes.get(number, False))
        for number, text in enumerate(query.text.splitlines() or [query.text], 1)
    )

"""The way of a post through the engine: decoded → matched → scored, in batches of ready rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from handrail.engine.post import BadRow, Post


class Matching(Protocol):
    """What finds, for each post of a batch, the ids of the queries it matches."""

    def match_many(self, posts: Sequence[Post]) -> Sequence[Iterable[Any]]:
        """One collection of query ids per post, in the posts' order."""


class Scoring(Protocol):
    """What scores texts: one sentiment (`label`, `p`) per text, in order."""

    def __call__(self, texts: Sequence[str], langs: Sequence[tuple[str, ...]], /) -> Sequence[Any]:
        """Score texts with the languages each was declared in (none when it was not)."""


class Ready(msgspec.Struct, frozen=True, gc=False):
    """A post with everything the engine knows about it: the queries it matches and how it sounds."""

    post: Post
    matched: tuple[Any, ...]
    label: str
    p: tuple[float, float, float]


class Batch(msgspec.Struct, frozen=True):
    """The ready rows and the bad ones of one stretch of the source, in order."""

    ready: list[Ready]
    bad: list[BadRow]


def flow(
    rows: Iterable[Post | BadRow], matcher: Matching | None, scorer: Scoring, batch: int = 1000
) -> Iterator[Batch]:
    """Pass rows through matching and scoring; memory holds one batch, whatever the length of the source."""
    posts: list[Post] = []
    bad: list[BadRow] = []
    for row in rows:
        if isinstance(row, Post):
            posts.append(row)
        else:
            bad.append(row)
        if len(posts) + len(bad) >= batch:
            yield Batch(ready=prepare(posts, matcher, scorer), bad=bad)
            posts, bad = [], []
    if posts or bad:
        yield Batch(ready=prepare(posts, matcher, scorer), bad=bad)


def prepare(posts: Sequence[Post], matcher: Matching | None, scorer: Scoring) -> list[Ready]:
    """Match and score one batch."""
    if not posts:
        return []
    matched = matcher.match_many(posts) if matcher is not None else [()] * len(posts)
    scores = scorer([post.text for post in posts], [post.langs for post in posts])
    return [
        Ready(post=post, matched=tuple(ids), label=str(_of(score, "label")), p=_three(_of(score, "p")))
        for post, ids, score in zip(posts, matched, scores, strict=True)
    ]


def _of(score: Any, name: str) -> Any:
    return score[name] if isinstance(score, Mapping) else getattr(score, name)


def _three(p: Sequence[float]) -> tuple[float, float, float]:
    return float(p[0]), float(p[1]), float(p[2])

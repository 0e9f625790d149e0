"""Which of many stored queries does each post match? The door: it picks the compiled way where that pays."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Literal, Protocol

from handrail.engine.matching.anchors import Shares
from handrail.engine.matching.pure import PureMatcher
from handrail.engine.post import Post
from handrail.engine.query.nodes import Query

Way = Literal["auto", "pure", "compiled"]
# Below this much work (posts times their cost in Python) the two seconds that numba takes to load are not won back.
_POSTS_WORTH_LOADING = 50_000
_QUERIES_PER_COST = 2_000
_POSTS_WORTH_CALLING = 32


class _Stored(Protocol):
    def add(self, number: int, query: Query) -> None: ...
    def remove(self, number: int) -> None: ...
    def match_many(self, posts: Sequence[Post]) -> list[list[int]]: ...


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


class Matcher:
    """Stored queries by number. `add` and `remove` hold from the next post on.

    `shares` says which share of posts holds a word (see `word_shares`); without it rare words are guessed by length,
    which is never wrong, only slower. `way` is for tests and measurements.
    """

    def __init__(
        self,
        queries: Mapping[int, Query] | None = None,
        *,
        shares: Mapping[str, float] | None = None,
        way: Way = "auto",
    ) -> None:
        self.queries: dict[int, Query] = dict(queries or {})
        self.shares = Shares(shares)
        self.way = way
        self._pure: PureMatcher | None = None
        self._compiled: _Stored | None = None

    def __len__(self) -> int:
        return len(self.queries)

    def add(self, number: int, query: Query) -> None:
        """Take a query in, in place of the one with this number if there is one."""
        self.queries[number] = query
        for stored in (self._pure, self._compiled):
            if stored is not None:
                stored.add(number, query)

    def remove(self, number: int) -> None:
        """Forget a query, if it is known."""
        self.queries.pop(number, None)
        for stored in (self._pure, self._compiled):
            if stored is not None:
                stored.remove(number)

    def match(self, post: Post) -> list[int]:
        """The numbers of the queries the post matches, in order."""
        return self.match_many((post,))[0]

    def match_many(self, posts: Sequence[Post]) -> list[list[int]]:
        """For each post the numbers of the queries it matches, in order."""
        if not self.queries:
            return [[] for _ in posts]
        if self._pays(len(posts)):
            if self._compiled is None:
                self._compiled = _compiled_matcher(self.queries, self.shares)
            if self._compiled is not None:
                return self._compiled.match_many(posts)
            self.way = "pure"
        if self._pure is None:
            self._pure = PureMatcher(self.queries, self.shares)
        return [self._pure.match(post) for post in posts]

    def _pays(self, posts: int) -> bool:
        """Whether the compiled way is the quicker one for so many posts."""
        if self.way != "auto":
            return self.way == "compiled"
        if "handrail.engine.matching.fast" in sys.modules:
            return posts >= _POSTS_WORTH_CALLING
        cost = 1 + len(self.queries) / _QUERIES_PER_COST
        return posts * cost >= _POSTS_WORTH_LOADING and can_compile()


def _compiled_matcher(queries: Mapping[int, Query], shares: Shares) -> _Stored | None:
    """None where numba is there and does not load, such as after an upgrade of one half of it."""
    try:
        fast = import_module("handrail.engine.matching.fast")
    except ImportError:
        return None
    stored: _Stored = fast.FastMatcher(queries, shares)
    return stored

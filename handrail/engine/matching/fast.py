"""Which stored queries many posts match, compiled. Edits take effect at once: they go to a small second batch."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from handrail.engine.matching.alphabet import alphabet
from handrail.engine.matching.anchors import Shares
from handrail.engine.matching.assembling import Assembly
from handrail.engine.matching.cutting import cut
from handrail.engine.matching.deciding import decide
from handrail.engine.matching.keys import field_key
from handrail.engine.matching.naming import name
from handrail.engine.post import Post
from handrail.engine.query.fields import field_keys
from handrail.engine.query.nodes import Query

# So many characters at a time, so that the arrays stay near the processor.
_CHUNK = 400_000
# A batch of edits this large, or this share of the main one, is worth merging.
_EDITS, _EDITS_SHARE = 256, 0.1


class Batch:
    """Queries assembled together; a removed one is struck out until the next assembly."""

    def __init__(self, queries: Mapping[int, Query], shares: Shares) -> None:
        self.numbers = sorted(queries)
        self.places = {number: place for place, number in enumerate(self.numbers)}
        self.struck: set[int] = set()
        assembly = Assembly(shares)
        for number in self.numbers:
            assembly.take(queries[number])
        self.programs = assembly.programs()
        self.vocabulary = assembly.vocabulary()
        self.wildcards = assembly.wildcards()
        self.fields = assembly.field_terms()

    def match(self, posts: Sequence[Post]) -> list[list[int]]:
        """For each post of one chunk the numbers of the queries it matches, in order."""
        letters = alphabet()
        texts = [post.text for post in posts]
        bounds = np.fromiter(accumulate((len(text) + 1 for text in texts), initial=0), np.int64, len(texts) + 1)
        points = np.frombuffer(("\0".join(texts) + "\0").encode("utf-32-le", "surrogatepass"), np.uint32)
        words = cut(points, bounds, letters.kinds)
        occurrences = name(points, *words, letters, self.vocabulary, self.wildcards)
        held, opens = decide(self.programs, *occurrences, *self._field_terms(posts))
        numbers = [self.numbers[query] for query in held.tolist()]
        found = [numbers[begin:end] for begin, end in pairwise(opens.tolist())]
        if self.struck:
            found = [[number for number in one if number not in self.struck] for one in found]
        return found

    def _field_terms(self, posts: Sequence[Post]) -> tuple[np.ndarray, np.ndarray]:
        """The field terms of each post, and where each post's begin."""
        firsts = np.zeros(len(posts) + 1, np.int32)
        if not self.fields:
            return np.zeros(0, np.int32), firsts
        terms: list[int] = []
        for index, post in enumerate(posts, 1):
            terms.extend(self.fields[key] for key in map(field_key, field_keys(post)) if key in self.fields)
            firsts[index] = len(terms)
        return np.array(terms, np.int32), firsts


class FastMatcher:
    """A large batch of queries, and a small one of those that came since."""

    def __init__(self, queries: Mapping[int, Query], shares: Shares) -> None:
        self.shares = shares
        self.main = Batch(queries, shares)
        self.queries = dict(queries)
        self.young: dict[int, Query] = {}
        self.edits: Batch | None = None

    def add(self, number: int, query: Query) -> None:
        """Take a query in, in place of the one with this number if there is one."""
        self.remove(number)
        self.queries[number] = self.young[number] = query
        self.edits = None

    def remove(self, number: int) -> None:
        """Forget a query, if it is known."""
        self.queries.pop(number, None)
        if self.young.pop(number, None) is not None:
            self.edits = None
        if number in self.main.places:
            self.main.struck.add(number)

    def match_many(self, posts: Sequence[Post]) -> list[list[int]]:
        """For each post the numbers of the queries it matches, in order."""
        self._settle()
        found: list[list[int]] = []
        for chunk in _chunks(posts):
            matched = self.main.match(chunk)
            if self.edits is not None:
                matched = [sorted(old + new) for old, new in zip(matched, self.edits.match(chunk), strict=True)]
            found.extend(matched)
        return found

    def _settle(self) -> None:
        """Merge the edits where they have become many, assemble them where they are new."""
        many = max(_EDITS, _EDITS_SHARE * len(self.main.numbers))
        if len(self.young) + len(self.main.struck) > many:
            self.main, self.young, self.edits = Batch(self.queries, self.shares), {}, None
        elif self.young and self.edits is None:
            self.edits = Batch(self.young, self.shares)


def _chunks(posts: Sequence[Post]) -> list[Sequence[Post]]:
    chunks: list[Sequence[Post]] = []
    begin = length = 0
    for index, post in enumerate(posts):
        length += len(post.text) + 1
        if length > _CHUNK:
            chunks.append(posts[begin : index + 1])
            begin, length = index + 1, 0
    if begin < len(posts):
        chunks.append(posts[begin:])
    return chunks

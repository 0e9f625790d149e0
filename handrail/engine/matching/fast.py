"""Which stored queries many posts match, compiled. Edits take effect at once: they go to a small second batch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from handrail.engine.matching.alphabet import Alphabet, Array, alphabet
from handrail.engine.matching.anchors import Shares
from handrail.engine.matching.assembling import Assembly
from handrail.engine.matching.cutting import cut
from handrail.engine.matching.deciding import NOWHERE, decide, joined
from handrail.engine.matching.fitting import fit
from handrail.engine.matching.hashing import START_SEED
from handrail.engine.matching.keys import field_key
from handrail.engine.matching.naming import exact_numbers, name, plain_numbers, raw_numbers, signs_of
from handrail.engine.post import Post
from handrail.engine.query.fields import field_keys
from handrail.engine.query.nodes import Form, Query

# Terms, at which word each stands, and where each post's begin.
Met: TypeAlias = tuple[Array, Array, Array]
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
        self.wildcards = (assembly.wildcards(Form.PLAIN), assembly.wildcards(Form.EXACT))
        self.fields = assembly.field_terms()

    def match(self, posts: Sequence[Post]) -> list[list[int]]:
        """For each post of one chunk the numbers of the queries it matches, in order."""
        letters = alphabet()
        texts = [post.text for post in posts]
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=bounds[1:])
        points = np.frombuffer(("\0".join(texts) + "\0").encode("utf-32-le", "surrogatepass"), np.uint32)
        starts, ends, first = cut(points, bounds, letters.kinds)
        signs = signs_of(points, starts, letters.kinds)
        words = (points, starts, ends, signs)
        known = self.vocabulary
        met = name(self._numbers(words, letters), signs, first, known.asks_pairs, known.hashes, known.terms)
        for wild, forms in zip(self.wildcards, (letters.plain, letters.exact), strict=True):
            if wild is not None:
                folding = (letters.kinds, letters.row, forms, letters.accents)
                met = joined(*met, *fit(np.uint64(START_SEED), *words, first, *folding, *wild))
        if self.fields:
            met = joined(*met, *self._field_terms(posts))
        held, opens = decide(*self.programs, *met)
        return self._listed(held.tolist(), opens)

    def _listed(self, held: list[int], opens: Array) -> list[list[int]]:
        """A list of query numbers for each post; most stay empty, so only the others are touched."""
        found: list[list[int]] = [[] for _ in range(len(opens) - 1)]
        numbers = [self.numbers[query] for query in held]
        bounds = opens.tolist()
        for post in np.flatnonzero(np.diff(opens)).tolist():
            one = numbers[bounds[post] : bounds[post + 1]]
            found[post] = [number for number in one if number not in self.struck] if self.struck else one
        return found

    def _numbers(self, words: tuple[Array, Array, Array, Array], letters: Alphabet) -> Array:
        """A row of numbers for each form that some query asks for."""
        kinds, row, exact = letters.kinds, letters.row, letters.exact
        rows = [plain_numbers(*words, kinds, row, letters.plain)]
        if self.vocabulary.asks_exact:
            rows.append(exact_numbers(*words, kinds, row, exact, letters.differs))
        if self.vocabulary.asks_raw:
            rows.append(raw_numbers(*words, kinds, row, exact))
        return np.stack(rows)

    def _field_terms(self, posts: Sequence[Post]) -> Met:
        """The field terms of each post; they stand nowhere."""
        terms: list[int] = []
        opens = [0]
        for post in posts:
            terms.extend(self.fields[key] for key in map(field_key, field_keys(post)) if key in self.fields)
            opens.append(len(terms))
        return np.array(terms, np.int32), np.full(len(terms), NOWHERE, np.int32), np.array(opens, np.int32)


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


def _chunks(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    """The posts in stretches of about as many characters."""
    ends = np.cumsum(np.fromiter((len(post.text) + 1 for post in posts), np.int64, len(posts)))
    begin = 0
    while begin < len(posts):
        before = ends[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + _CHUNK)))
        yield posts[begin:end]
        begin = end

"""Which stored queries a post matches, in plain Python: candidates by their rarest words, then a closer look."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from handrail.engine.matching.anchors import Shares, anchor_keys
from handrail.engine.matching.keys import EXACT_MARK, FIELD_MARK, PAIR_MARK, RAW_MARK, field_key, keys_in
from handrail.engine.matching.looks import Look, look_at
from handrail.engine.matching.patterns import Patterns
from handrail.engine.post import Post
from handrail.engine.query.checks import words_in
from handrail.engine.query.fields import field_keys
from handrail.engine.query.nodes import Node, Query
from handrail.engine.query.tokens import Token, ascii_words, tokens

_NOWHERE: list[int] = []
# Marks that stand inside a key; the others open it.
_INSIDE = (FIELD_MARK, PAIR_MARK)


class PureMatcher:
    """Stored queries under an index of anchors; adding and removing one takes effect at once."""

    def __init__(self, queries: Mapping[int, Query], shares: Shares) -> None:
        self.shares = shares
        self.nodes: dict[int, Node] = {}
        self.looks: dict[int, Look] = {}
        self.anchors: dict[int, frozenset[str]] = {}
        self.anchored: defaultdict[str, set[int]] = defaultdict(set)
        self.uses: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.patterns = Patterns()
        for number, query in queries.items():
            self.add(number, query)

    def add(self, number: int, query: Query) -> None:
        """Take a query in, in place of the one with this number if there is one."""
        self.remove(number)
        node = query.node
        self.nodes[number] = node
        self.looks[number] = look_at(node, self.shares)
        self.anchors[number] = anchor_keys(node, self.shares)
        for key in self.anchors[number]:
            self.anchored[key].add(number)
        self._count(node, self.anchors[number], 1)
        self.patterns.add(word for word in words_in(node) if word.is_pattern)

    def remove(self, number: int) -> None:
        """Forget a query, if it is known."""
        node = self.nodes.pop(number, None)
        if node is None:
            return
        del self.looks[number]
        anchor = self.anchors.pop(number)
        for key in anchor:
            self.anchored[key].discard(number)
            if not self.anchored[key]:
                del self.anchored[key]
        self._count(node, anchor, -1)
        self.patterns.remove(word for word in words_in(node) if word.is_pattern)

    def _count(self, node: Node, anchor: frozenset[str], by: int) -> None:
        pairs = [key for key in anchor if PAIR_MARK in key]
        for key in (*keys_in(node), *pairs):
            self.uses[key] += by
            if not self.uses[key]:
                del self.uses[key]
            self.marks[next((mark for mark in _INSIDE if mark in key), key[0])] += by

    def match(self, post: Post) -> list[int]:
        """The numbers of the queries the post matches, in order."""
        found = self.places_in(post)
        anchored, looks = self.anchored, self.looks
        candidates: set[int] = set()
        for key in found:
            if key in anchored:
                candidates |= anchored[key]
        return sorted(number for number in candidates if looks[number](found))

    def places_in(self, post: Post) -> dict[str, list[int]]:
        """Where the post's known keys stand, counted in words."""
        found: dict[str, list[int]] = {}
        text, uses = post.text, self.uses
        if text.isascii() and not self.patterns and not self.marks[RAW_MARK]:
            keyed: Iterable[tuple[int, str]] = _ascii_keys(text)
        else:
            keyed = ((at, key) for at, token in enumerate(tokens(text)) for key in self._keys(token))
        for at, key in keyed:
            if key in uses:
                found.setdefault(key, []).append(at)
        if self.marks[PAIR_MARK]:
            self._pair(found)
        if self.marks[FIELD_MARK]:
            for field in field_keys(post):
                key = field_key(field)
                if key in uses:
                    found[key] = _NOWHERE
        return found

    def _pair(self, found: dict[str, list[int]]) -> None:
        """Add the known keys of two words in a row."""
        at_place: dict[int, list[str]] = {}
        for key, standing in found.items():
            for at in standing:
                at_place.setdefault(at, []).append(key)
        for at, keys in at_place.items():
            for one, two in product(keys, at_place.get(at + 1, ())):
                pair = f"{one}{PAIR_MARK}{two}"
                if pair in self.uses:
                    found[pair] = _NOWHERE

    def _keys(self, token: Token) -> Iterator[str]:
        signs = ("", token.sigil) if token.sigil else ("",)
        for sign in signs:
            yield sign + token.plain
            if token.exact != token.plain:
                yield EXACT_MARK + sign + token.exact
            if self.marks[RAW_MARK]:
                yield RAW_MARK + sign + token.raw
        if self.patterns:
            yield from self.patterns.keys(token)


def _ascii_keys(text: str) -> Iterable[tuple[int, str]]:
    """The keys of a text that has only plain ones; a tag or handle stands for its word too."""
    words = ascii_words(text)
    if "#" not in text and "@" not in text:
        return enumerate(words)
    return ((at, key) for at, word in enumerate(words) for key in ((word, word[1:]) if word[0] in "#@" else (word,)))

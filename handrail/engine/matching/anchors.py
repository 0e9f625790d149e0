"""Of which keys must a post hold at least one, for a query to be worth a closer look? The rarer, the better."""

from collections.abc import Mapping

from handrail.engine.matching.keys import (
    EXACT_MARK,
    FIELD_MARK,
    PAIR_MARK,
    PATTERN_MARK,
    RAW_MARK,
    field_keys_of,
    pair_keys,
    word_key,
)
from handrail.engine.query.nodes import And, Close, Field, Near, Node, Not, Or, Phrase, Side, Word, alternatives

# Rough shares of posts, until real ones are known.
_FIELD_SHARES = {"lang": 0.3, "platform": 0.5, "has": 0.3, "site": 0.01, "from": 0.0005}
_BY_LENGTH = (0.5, 0.2, 0.1, 0.04, 0.02, 0.01, 0.006, 0.004, 0.003, 0.002)


# Words that a query pairs are found side by side this much more often than chance would have it.
_PAIRED = 3.0


class Shares:
    """Which share of posts holds a key: as measured where it was, guessed by its length elsewhere."""

    def __init__(self, measured: Mapping[str, float] | None = None) -> None:
        self.measured = measured or {}

    def of_key(self, key: str) -> float:
        """The share of posts that hold this key."""
        if PAIR_MARK in key:
            one, two = (self.of_key(word) for word in key.split(PAIR_MARK))
            return min(one, two, _PAIRED * one * two)
        known = self.measured.get(key)
        if known is not None:
            return known
        # A word that never occurred while others were counted is rare; the longer, the rarer.
        counted = bool(self.measured) and FIELD_MARK not in key
        return self._guess(key) * (0.001 if counted else 1)

    def _guess(self, key: str) -> float:
        if FIELD_MARK in key:
            return _FIELD_SHARES[key.split(FIELD_MARK)[0]]
        mark, bare = key[0], key.lstrip(EXACT_MARK + RAW_MARK + PATTERN_MARK)
        length = min(len(bare.rstrip("*")), len(_BY_LENGTH) - 1)
        return _BY_LENGTH[length] * (4 if mark == PATTERN_MARK else 0.5 if mark in (EXACT_MARK, RAW_MARK) else 1)

    def of_keys(self, keys: frozenset[str]) -> float:
        """The share of posts that hold one of these keys, at most."""
        return sum(self.of_key(key) for key in keys)

    def of_node(self, node: Node) -> float:
        """The share of posts in which the node holds, at a guess; for ordering, never for deciding."""
        match node:
            case Word():
                return self.of_key(word_key(node))
            case Phrase() | Close():
                return 0.2 * min(self.of_key(word_key(word)) for word in node.words)
            case Near():
                return 0.3 * min(self.of_keys(_side(side, self)) for side in (node.left, node.right))
            case Field():
                return self.of_keys(frozenset(field_keys_of(node)))
            case Not():
                return 1 - min(1.0, self.of_node(node.part))
            case And():
                return min(self.of_node(part) for part in node.parts)
            case Or():
                return min(1.0, sum(self.of_node(part) for part in node.parts))


def anchor_keys(node: Node, shares: Shares) -> frozenset[str]:
    """The keys of which every matching post holds at least one; the cheapest such set that one branch gives.

    The node must require something (parse refuses queries that only exclude).
    """
    found = _anchor(node, shares)
    if found is None:
        raise ValueError("This query requires nothing, so no word can stand for it.")
    return found


def _anchor(node: Node, shares: Shares) -> frozenset[str] | None:
    """None where posts without any of the node's keys can match."""
    match node:
        case Word():
            return frozenset((word_key(node),))
        case Phrase():
            return frozenset((_rarest(node.words, shares),))
        case Close():
            return frozenset((min(map(word_key, node.words), key=shares.of_key),))
        case Near():
            return min((_side(side, shares) for side in (node.left, node.right)), key=shares.of_keys)
        case Field():
            return frozenset(field_keys_of(node))
        case Not():
            return None
        case And():
            offered = [keys for keys in (_anchor(part, shares) for part in node.parts) if keys is not None]
            return min(offered, key=shares.of_keys) if offered else None
        case Or():
            needed = [_anchor(part, shares) for part in node.parts]
            known = [keys for keys in needed if keys is not None]
            return frozenset().union(*known) if len(known) == len(needed) else None


def _side(side: Side, shares: Shares) -> frozenset[str]:
    return frozenset(_rarest(run, shares) for run in alternatives(side))


def _rarest(run: tuple[Word, ...], shares: Shares) -> str:
    """The word of a phrase, or the pair of words in it, that the fewest posts hold."""
    return min((*map(word_key, run), *pair_keys(run)), key=shares.of_key)


def second_key(node: Node, anchor: frozenset[str], shares: Shares) -> str | None:
    """One more key that every matching post holds, the rarest beside the anchor; None when there is no such key."""
    others = required_keys(node) - anchor
    for key in anchor:
        others -= set(key.split(PAIR_MARK))
    return min(others, key=shares.of_key, default=None)


def required_keys(node: Node) -> set[str]:
    """Keys that a post must hold, every one, for the node to hold; not always all such keys."""
    match node:
        case Word():
            return {word_key(node)}
        case Phrase() | Close():
            return set(map(word_key, node.words))
        case Near():
            return required_keys(node.left) | required_keys(node.right)
        case And():
            return set().union(*map(required_keys, node.parts))
        case Field() if len(node.values) == 1:
            return set(field_keys_of(node))
        case _:
            return set()

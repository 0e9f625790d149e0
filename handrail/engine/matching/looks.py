"""The closer look at a candidate: each query as a chain of small functions over where its keys stand."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from handrail.engine.matching.anchors import Shares
from handrail.engine.matching.keys import field_keys_of, word_key
from handrail.engine.query.nodes import And, Close, Field, Near, Node, Not, Or, Phrase, Side, Word, alternatives

# Where each known key stands in a post; fields stand nowhere.
Places: TypeAlias = Mapping[str, list[int]]
Look: TypeAlias = Callable[[Places], bool]
Keys: TypeAlias = tuple[str, ...]


def look_at(node: Node, shares: Shares) -> Look:
    """What decides the node; the likeliest to settle the matter is asked first."""
    match node:
        case Word():
            key = word_key(node)
            return lambda found: key in found
        case Field():
            keys = field_keys_of(node)
            return lambda found: any(key in found for key in keys)
        case Phrase():
            return _phrase(tuple(word_key(word) for word in node.words))
        case Close():
            return _close(Counter(word_key(word) for word in node.words), len(node.words) + node.within)
        case Near():
            return _near(node)
        case Not():
            inner = look_at(node.part, shares)
            return lambda found: not inner(found)
        case And():
            looks = [look_at(part, shares) for part in sorted(node.parts, key=shares.of_node)]
            return lambda found: all(look(found) for look in looks)
        case Or():
            looks = [look_at(part, shares) for part in sorted(node.parts, key=shares.of_node, reverse=True)]
            return lambda found: any(look(found) for look in looks)


def _phrase(keys: Keys) -> Look:
    return lambda found: bool(_starts(keys, found))


def _starts(keys: Keys, found: Places) -> list[int]:
    """At which words the run of keys starts."""
    if not all(key in found for key in keys):
        return []
    rest = list(enumerate(keys))[1:]
    return [at for at in found[keys[0]] if all(at + after in found[key] for after, key in rest)]


def _close(asked: Counter[str], length: int) -> Look:
    def look(found: Places) -> bool:
        if not all(key in found for key in asked):
            return False
        return any(
            all(sum(start <= at < start + length for at in found[key]) >= times for key, times in asked.items())
            for start in {at for key in asked for at in found[key]}
        )

    return look


def _near(node: Near) -> Look:
    left, right = _runs_of(node.left), _runs_of(node.right)
    within, ordered = node.within, node.ordered

    def look(found: Places) -> bool:
        rights = _spots(right, found)
        return bool(rights) and any(
            0 <= second - end - 1 <= within or (not ordered and 0 <= start - second_end - 1 <= within)
            for start, end in _spots(left, found)
            for second, second_end in rights
        )

    return look


def _runs_of(side: Side) -> tuple[Keys, ...]:
    return tuple(tuple(word_key(word) for word in run) for run in alternatives(side))


def _spots(runs: tuple[Keys, ...], found: Places) -> list[tuple[int, int]]:
    return [(at, at + len(keys) - 1) for keys in runs for at in _starts(keys, found)]

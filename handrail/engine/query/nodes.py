"""What a query is once it is read: a tree of words, phrases, nearness, fields, AND, OR and NOT."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

# Where a part stands in the text of the query; no part of what it means.
Place: TypeAlias = tuple[int, int]
_NOWHERE: Place = (0, 0)


class Form(StrEnum):
    """With which form of a post's word a query's word is compared."""

    PLAIN = "plain"  # no case, no accents
    EXACT = "exact"  # no case, accents kept
    RAW = "raw"  # as typed


@dataclass(frozen=True, slots=True)
class Word:
    """One word, perhaps with * (any letters) and ? (one letter); a sign asks for a tag or a handle."""

    text: str
    form: Form = Form.PLAIN
    sigil: str = ""
    at: Place = field(default=_NOWHERE, compare=False)

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for several words."""
        return "*" in self.text or "?" in self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one directly after the other."""

    words: tuple[Word, ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Close:
    """Words in any order, in a stretch that holds at most `within` words more than these."""

    words: tuple[Word, ...]
    within: int
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Two sides that do not overlap, with at most `within` words between them; `ordered`: left comes first."""

    left: "Side"
    right: "Side"
    within: int
    ordered: bool = False
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """What is known about a post beside its text; any one of the values will do."""

    name: str
    values: tuple[str, ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All parts; none of them is an And."""

    parts: tuple["Node", ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part; none of them is an Or."""

    parts: tuple["Node", ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Not this part, which is no Not itself."""

    part: "Node"
    at: Place = field(default=_NOWHERE, compare=False)


Node: TypeAlias = Word | Phrase | Close | Near | Field | And | Or | Not
Side: TypeAlias = Word | Phrase | Or
Leaf: TypeAlias = Word | Phrase | Close | Near | Field


@dataclass(frozen=True, slots=True)
class Warned:
    """A remark on a query that works: what may not be meant, where, and how to write it."""

    code: str
    position: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be matched; two are equal when they mean the same, tree for tree."""

    node: Node
    text: str = field(default="", compare=False)
    warnings: tuple[Warned, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a query, where it stands, on which line (from 1), and whether its matches exclude a post."""

    node: Leaf
    start: int
    end: int
    line: int
    negated: bool


def alternatives(side: Side) -> tuple[tuple[Word, ...], ...]:
    """The runs of words of which one will do for a side of NEAR."""
    found: list[tuple[Word, ...]] = []
    for part in side.parts if isinstance(side, Or) else (side,):
        if isinstance(part, Word):
            found.append((part,))
        elif isinstance(part, Phrase):
            found.append(part.words)
    return tuple(found)


def leaves(query: Query) -> tuple[Part, ...]:
    """The words, phrases, nearness and fields of a query in reading order, so that each can be counted by its line."""
    return tuple(
        Part(node, *node.at, line=query.text.count("\n", 0, node.at[0]) + 1, negated=negated)
        for node, negated in _leaves(query.node, False)
    )


def _leaves(node: Node, negated: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Not):
        yield from _leaves(node.part, not negated)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _leaves(part, negated)
    else:
        yield node, negated

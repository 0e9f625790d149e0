"""Whether a post matches a query, and where: slow, obvious, and what every faster matcher is held against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from handrail.engine.post import Post
from handrail.engine.query.fields import FieldKey, field_keys, holds
from handrail.engine.query.folding import exact_form
from handrail.engine.query.letters import ACCENTS
from handrail.engine.query.nodes import (
    And,
    Close,
    Field,
    Form,
    Near,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    Query,
    Side,
    Word,
    alternatives,
    leaves,
)
from handrail.engine.query.tokens import Token, tokens

# From which word to which, both included.
Run = tuple[int, int]
_ACCENT = "".join(f"{chr(first)}-{chr(last)}" for first, last in ACCENTS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as queries see it: its words in order, and its fields."""

    tokens: tuple[Token, ...]
    fields: frozenset[FieldKey] = frozenset()


def read(post: Post | str) -> Reading:
    """What queries see of a post, or of a bare text."""
    if isinstance(post, str):
        return Reading(tuple(tokens(post)))
    return Reading(tuple(tokens(post.text)), field_keys(post))


def evaluate(query: Query, post: Post | Reading | str) -> bool:
    """Whether the post matches."""
    return _holds(query.node, post if isinstance(post, Reading) else read(post))


def _holds(node: Node, reading: Reading) -> bool:
    match node:
        case And():
            return all(_holds(part, reading) for part in node.parts)
        case Or():
            return any(_holds(part, reading) for part in node.parts)
        case Not():
            return not _holds(node.part, reading)
        case Field():
            return holds(node, reading.fields)
        case _:
            return next(runs(node, reading.tokens), None) is not None


def runs(node: Word | Phrase | Close | Near, words: tuple[Token, ...]) -> Iterator[Run]:
    """The stretches of a post's words where a leaf holds; NEAR gives its sides one by one, ~ its words."""
    match node:
        case Word():
            yield from ((at, at) for at, token in enumerate(words) if fits(node, token))
        case Phrase():
            yield from _phrases(node.words, words)
        case Close():
            yield from _stretches(node, words)
        case Near():
            for left in _side_runs(node.left, words):
                for right in _side_runs(node.right, words):
                    if _are_near(left, right, node):
                        yield left
                        yield right


def _phrases(asked: tuple[Word, ...], words: tuple[Token, ...]) -> Iterator[Run]:
    for start in range(len(words) - len(asked) + 1):
        if all(fits(word, token) for word, token in zip(asked, words[start : start + len(asked)], strict=True)):
            yield start, start + len(asked) - 1


def _stretches(node: Close, words: tuple[Token, ...]) -> Iterator[Run]:
    """The asked words in each stretch, as long as they and `within` more, that holds them as often as asked."""
    length = len(node.words) + node.within
    for start, first in enumerate(words):
        if any(fits(word, first) for word in node.words):
            stretch = words[start : start + length]
            if all(sum(fits(word, token) for token in stretch) >= node.words.count(word) for word in node.words):
                asked = (at for at, token in enumerate(stretch, start) if any(fits(word, token) for word in node.words))
                yield from ((at, at) for at in asked)


def _side_runs(side: Side, words: tuple[Token, ...]) -> Iterator[Run]:
    for asked in alternatives(side):
        yield from _phrases(asked, words)


def _are_near(left: Run, right: Run, node: Near) -> bool:
    if left[1] < right[0]:
        return right[0] - left[1] - 1 <= node.within
    return not node.ordered and right[1] < left[0] and left[0] - right[1] - 1 <= node.within


def fits(word: Word, token: Token) -> bool:
    """Whether one word of a post is the one asked for."""
    if word.sigil and word.sigil != token.sigil:
        return False
    form = token.plain if word.form is Form.PLAIN else token.exact if word.form is Form.EXACT else token.raw
    asked = exact_form(word.text) if word.form is Form.EXACT else word.text
    return pattern_of(asked).fullmatch(form) is not None if word.is_pattern else asked == form


@lru_cache(maxsize=4096)
def pattern_of(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression; ? stands for a letter with the marks on it.

    What stands between two * is looked for at its first place only (an atomic group), which is enough, and keeps the
    time linear whatever a post holds.
    """
    one = f"[^{_ACCENT}][{_ACCENT}]*+"
    first, *rest = ("".join(one if sign == "?" else re.escape(sign) for sign in part) for part in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL)
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(f"{first}{between}.*{rest[-1]}", re.DOTALL)


def spans(query: Query, text: str) -> list[tuple[int, int]]:
    """Where the matching words stand in a text, for marking them; nothing that is only excluded."""
    words = tuple(tokens(text))
    found: set[tuple[int, int]] = set()
    for part in leaves(query):
        if not part.negated and not isinstance(part.node, Field):
            found.update((words[first].start, words[last].end) for first, last in runs(part.node, words))
    return _merged(sorted(found))


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def part_holds(part: Part, post: Post | Reading | str) -> bool:
    """Whether one leaf holds for a post, so that a page can count what each line of a query adds."""
    return _holds(part.node, post if isinstance(post, Reading) else read(post))

"""Which words of a sentence carry its meaning, cut to a rough stem, so that two sentences can be compared."""

import re
from collections.abc import Iterable
from functools import lru_cache

from handrail.policy.lint.words import words

_PLAIN = words("empty_words")
_WORD = re.compile(r"[a-z][a-z’'-]{0,40}|\d[\d.,:%]{0,20}")
_ENDINGS = re.compile(r"(?:ations?|ings?|ements?|ments?|ies|ied|ers?|ed|es|e|s|ly)$")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough stem: the word without its ending, never shorter than three letters."""
    bare = word.strip("'’-").replace("’", "'").removesuffix("'s")
    for _ in range(2):
        cut = _ENDINGS.sub("", bare)
        if len(cut) < 3 or cut == bare:
            break
        bare = cut
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare


def weighty(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in _PLAIN]


def likeness(one: Iterable[object], other: Iterable[object]) -> float:
    """The share of members two sets have in common (Jaccard)."""
    first, second = frozenset(one), frozenset(other)
    return len(first & second) / len(first | second) if first and second else 0.0

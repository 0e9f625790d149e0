"""The query language's characters as arrays, for compiled code: the kind and the folded forms of every code point."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handrail.engine.query.folding import exact_letter, is_folded, plain_letter
from handrail.engine.query.letters import ACCENTS, GAP, KINDS, SINGLE, Span, kind

Array = NDArray[Any]
POINTS = 0x110000
# The longest folded form of one character: a Greek letter with three marks.
WIDTH = 4
# All planes that have characters with names.
_NAMED: tuple[Span, ...] = ((0, 0x33FF), (0x4DC0, 0x4DFF), (0xA000, 0xABFF), (0xD7A4, 0x1FFFF), (0xE0000, 0xE01FF))
# Nothing but letters that are words of their own: Han and Hangul.
_SOLID: tuple[Span, ...] = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x323AF))


class Alphabet(NamedTuple):
    """What compiled code knows of characters.

    `kinds` holds places in KINDS. `row` is 0 for a character that stays as it is, else its row of `plain` and
    `exact`, which end at the first 0; `differs` says whether those two differ. `accents` are spans, first and last.
    """

    kinds: NDArray[np.uint8]
    row: NDArray[np.uint16]
    plain: NDArray[np.uint32]
    exact: NDArray[np.uint32]
    differs: NDArray[np.bool_]
    accents: NDArray[np.uint32]


@lru_cache(maxsize=1)
def alphabet() -> Alphabet:
    """The one alphabet; made at the first call, in a fraction of a second."""
    kinds = np.full(POINTS, KINDS.index(GAP), np.uint8)
    row = np.zeros(POINTS, np.uint16)
    plain, exact = [[0] * WIDTH], [[0] * WIDTH]
    for point in _points(_NAMED):
        kinds[point] = KINDS.index(kind(point))
        if kinds[point] != KINDS.index(GAP) and is_folded(point):
            row[point] = len(plain)
            plain.append(_padded(plain_letter(point)))
            exact.append(_padded(exact_letter(point)))
    kinds[list(_points(_SOLID))] = KINDS.index(SINGLE)
    bare, kept = np.array(plain, np.uint32), np.array(exact, np.uint32)
    return Alphabet(kinds, row, bare, kept, np.any(bare != kept, axis=1), np.array(ACCENTS, np.uint32))


def _points(spans: tuple[Span, ...]) -> Iterator[int]:
    """The code points of the spans that have a character, or may have an emoji soon."""
    category = unicodedata.category
    for first, last in spans:
        for point in range(first, last + 1):
            if 0x1F000 <= point <= 0x1FAFF or category(chr(point)) not in ("Cn", "Co", "Cs"):
                yield point


def _padded(letters: str) -> list[int]:
    points = [ord(letter) for letter in letters]
    return points + [0] * (WIDTH - len(points))

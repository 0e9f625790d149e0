"""Which features a post has, in NumPy: words alone, in twos and threes, loud, stretched, negated, and their letters.

This is the definition; `compiled.py` finds the same features faster.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from handrail.engine.sentiment import alphabet as a

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
T = TypeVar("T", np.uint64, np.int64)


@dataclass(frozen=True)
class Strand:
    """Features of one sort, in the order of the posts: their hashes, and the post each belongs to."""

    hashes: Hashes
    posts: Whole


@dataclass(frozen=True)
class _Letters:
    """The bytes of a blob after lower-casing and squeezing, with what was lost on the way."""

    low: Bytes
    upper: Flags
    squeezed: Flags
    kind: Bytes
    begins: Flags
    posts: Whole


@dataclass(frozen=True)
class _Tokens:
    first: Whole
    last: Whole
    posts: Whole
    kind: Bytes
    hashes: Hashes
    loud: Flags
    stretched: Flags
    lettered: Flags


def mix(hashes: Hashes) -> Hashes:
    """Scatter the bits of hashes, so that any of them can pick a row of the table."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def token_hash(word: str) -> int:
    """The hash of one lower-case word, as the readers compute it."""
    total = 0
    for place, byte in enumerate(word.encode()):
        total += byte * pow(int(a.POWER), place, 2**64)
    return int(mix(np.array([total % 2**64], np.uint64))[0])


def read(
    blob: bytes, negators: Hashes, covered: Hashes, foreign: Hashes
) -> tuple[list[Strand], list[Strand], NDArray[np.int32]]:
    """The features of each post of a cleaned blob, words and grams apart, and a tally of its words, votes, letters."""
    letters = _letters(np.frombuffer(blob, np.uint8))
    tokens = _tokens(letters)
    count = blob.count(a.BREAK) - 1
    tallies = _tally(letters, tokens, covered, foreign, count)
    return _word_strands(tokens, negators), _gram_strands(letters), tallies


def _letters(raw: Bytes) -> _Letters:
    low = a.LOWER[raw]
    drop = np.zeros(len(raw), bool)
    drop[2:] = (low[2:] == low[1:-1]) & (low[2:] == low[:-2]) & (low[2:] < 0x80) & (low[2:] != a.BREAK)
    keep = ~drop
    kept = low[keep]
    follows_drop = np.zeros(len(kept), bool)
    follows_drop[np.cumsum(keep)[drop] - 1] = True
    upper = (raw != low)[keep]
    kind, begins = _kinds(kept)
    return _Letters(kept, upper, follows_drop, kind, begins, np.cumsum(kept == a.BREAK) - 1)


def _kinds(low: Bytes) -> tuple[Bytes, Flags]:
    kind = a.KIND[low].copy()
    begins = np.zeros(len(low), bool)
    leads = np.flatnonzero(kind == a.SYMBOL)
    for length in (2, 3, 4):
        of_length = leads[a.SYMBOL_LENGTH[low[leads]] == length]
        for place in range(1, length):
            kind[of_length + place] = a.SYMBOL
    is_word = kind == a.WORD
    inside = np.flatnonzero(low == a.APOSTROPHE)
    inside = inside[is_word[inside - 1] & is_word[inside + 1]]
    kind[inside] = a.WORD
    begins[1:] = (kind[1:] != a.GAP) & ((kind[1:] != kind[:-1]) | (kind[1:] == a.MARKER))
    begins[leads] = True
    return kind, begins


def _tokens(letters: _Letters) -> _Tokens:
    first = np.flatnonzero(letters.begins)
    ends = letters.begins.copy()
    ends[1:] |= letters.kind[1:] != letters.kind[:-1]
    borders = np.append(np.flatnonzero(ends), len(ends))
    last = borders[np.searchsorted(borders, first, side="right")]
    kind = letters.kind[first]
    powers, inverses = _powers(_room(len(letters.low)))
    spelled = _sums_before(letters.low.astype(np.uint64) * powers[: len(letters.low)])
    hashes = mix((spelled[last] - spelled[first]) * inverses[first])
    caps = _sums_before(letters.upper.astype(np.int64))
    alphabetic = _sums_before(((letters.low >= 0x61) & (letters.low <= 0x7A)).astype(np.int64))
    beyond = _sums_before((letters.low >= 0x80).astype(np.int64))
    drops = _sums_before(letters.squeezed.astype(np.int64))
    latin = alphabetic[last] - alphabetic[first]
    return _Tokens(
        first=first,
        last=last,
        posts=letters.posts[first],
        kind=kind,
        hashes=hashes,
        loud=(latin >= 2) & (caps[last] - caps[first] == latin),
        stretched=drops[last] > drops[first],
        lettered=(kind == a.WORD) & (latin + beyond[last] - beyond[first] > 0),
    )


def _word_strands(tokens: _Tokens, negators: Hashes) -> list[Strand]:
    before = _back(tokens, 1)
    second = _back(tokens, 2)
    with_pair = mix(before * a.PAIR + tokens.hashes)
    with_triple = mix(second * a.TRIPLE + before * a.PAIR + tokens.hashes)
    negated = _negated(tokens, negators)
    stretched = np.full(int(tokens.stretched.sum()), a.STRETCHED)
    return [
        Strand(tokens.hashes, tokens.posts),
        Strand(with_pair, tokens.posts),
        Strand(with_triple, tokens.posts),
        Strand(mix(tokens.hashes[tokens.loud] + a.LOUD), tokens.posts[tokens.loud]),
        Strand(stretched, tokens.posts[tokens.stretched]),
        Strand(mix(tokens.hashes[negated] ^ a.NEGATED), tokens.posts[negated]),
    ]


def _back(tokens: _Tokens, steps: int) -> Hashes:
    earlier = np.full(len(tokens.hashes), a.FIRST_TOKEN)
    earlier[steps:] = np.where(tokens.posts[steps:] == tokens.posts[:-steps], tokens.hashes[:-steps], a.FIRST_TOKEN)
    return earlier


def _negated(tokens: _Tokens, negators: Hashes) -> Flags:
    negator = np.isin(tokens.hashes, negators)
    is_word = tokens.kind == a.WORD
    barriers = np.cumsum(~is_word)
    reached = np.zeros(len(negator), bool)
    for steps in range(1, a.NEGATION_REACH + 1):
        unbroken = (barriers[steps:] == barriers[:-steps]) & (tokens.posts[steps:] == tokens.posts[:-steps])
        reached[steps:] |= negator[:-steps] & unbroken
    negated: Flags = reached & is_word
    return negated


def _gram_strands(letters: _Letters) -> list[Strand]:
    in_word = letters.kind == a.WORD
    spelled = np.where(in_word, letters.low, 0).astype(np.uint64)
    packed = spelled.copy()
    strands = []
    inner = np.ones(len(spelled) - 1, bool)
    for length in range(2, a.LONGEST_GRAM + 1):
        room = len(spelled) - length + 1
        packed = packed[:room] | (spelled[length - 1 :] << np.uint64(8 * (length - 1)))
        inner = inner[:room] & in_word[length - 2 : length - 2 + room] if length > 2 else inner[:room]
        if length >= a.SHORTEST_GRAM:
            place = np.flatnonzero(inner)
            keyed = packed[place] | np.uint64(length << 40)
            strands.append(Strand(mix(keyed + a.GRAM), letters.posts[place + 1]))
    return strands


def _tally(letters: _Letters, tokens: _Tokens, covered: Hashes, foreign: Hashes, count: int) -> NDArray[np.int32]:
    sort = np.where(letters.kind == a.WORD, a.LETTER[letters.low], 0)
    columns = np.empty((count, a.TALLY_COLUMNS), np.int32)
    columns[:, a.WORDS] = _count(tokens.posts[tokens.lettered], count)
    columns[:, a.COVERED_VOTES] = _count(tokens.posts[np.isin(tokens.hashes, covered)], count)
    columns[:, a.FOREIGN_VOTES] = _count(tokens.posts[np.isin(tokens.hashes, foreign)], count)
    columns[:, a.PLAIN_LETTERS] = _count(letters.posts[sort == a.PLAIN_LETTER], count)
    columns[:, a.OTHER_LETTERS] = _count(letters.posts[sort == a.OTHER_LETTER], count)
    return columns


def _count(posts: Whole, count: int) -> Whole:
    return np.bincount(posts, minlength=count)


def _sums_before(values: NDArray[T]) -> NDArray[T]:
    sums = np.zeros(len(values) + 1, values.dtype)
    np.cumsum(values, out=sums[1:])
    return sums


def _room(length: int) -> int:
    return max(1 << 16, 1 << length.bit_length())


@lru_cache(maxsize=4)
def _powers(length: int) -> tuple[Hashes, Hashes]:
    up = np.full(length, a.POWER)
    down = np.full(length, a.POWER_INVERSE)
    up[0] = down[0] = np.uint64(1)
    return np.cumprod(up), np.cumprod(down)

"""Compiled: where each word of each post starts and ends. Says what query.tokens.places says."""

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.compiling import compiled
from handrail.engine.query.letters import (
    APOSTROPHE,
    DRAWING,
    FLAG,
    GAP,
    JOINER,
    KINDS,
    LOW_LINE,
    PICTURE,
    SIGIL,
    SINGLE,
    TAIL,
    TONE,
    WORD,
)

WORDS, TAILS, SINGLES, PICTURES = (KINDS.index(one) for one in (WORD, TAIL, SINGLE, PICTURE))
TONES, FLAGS, JOINERS, DRAWINGS = (KINDS.index(one) for one in (TONE, FLAG, JOINER, DRAWING))
LOW_LINES, SIGILS, TIES, GAPS = (KINDS.index(one) for one in (LOW_LINE, SIGIL, APOSTROPHE, GAP))
_COLON, _SLASH = ord(":"), ord("/")
_D, _E, _L, _M, _R, _S, _T, _V = (ord(letter) for letter in "delmrstv")
# WORDS to DRAWINGS, the first four kinds, go on with a word that has begun.
# The bit that tells a small ASCII letter from its capital.
_SMALL = 32


@compiled
def cut(points: Array, bounds: Array, kinds: Array) -> tuple[Array, Array, Array]:
    """Starts and ends of all words, and at which of them each post begins.

    `bounds` says where each post starts in `points`; one separator stands between two posts.
    """
    starts = np.empty(len(points) + 1, np.int32)
    ends = np.empty(len(points) + 1, np.int32)
    first = np.zeros(len(bounds), np.int32)
    count = 0
    for post in range(len(bounds) - 1):
        begin, stop = bounds[post], bounds[post + 1] - 1
        at = begin
        while at < stop:
            kind = kinds[points[at]]
            if kind == GAPS:
                at += 1
                continue
            if kind == WORDS:
                # Most words are letters with a space behind them; this loop alone is worth a third of the time.
                end = at + 1
                while end < stop and kinds[points[end]] == WORDS:
                    end += 1
                if end < stop and kinds[points[end]] != GAPS:
                    end = _word_end(points, end, stop, kinds)
            else:
                end = _rare_end(points, at, begin, stop, kinds)
                if end == at:
                    at += 1
                    continue
            if not _is_scheme(points, end, stop):
                starts[count] = at
                ends[count] = end
                count += 1
            at = end
        first[post + 1] = count
    return starts[:count], ends[:count], first


@compiled
def _rare_end(points: Array, at: int, begin: int, stop: int, kinds: Array) -> int:
    """Where what starts here ends, if it is a word without being letters; here, if none does."""
    kind = kinds[points[at]]
    if kind == SINGLES:
        return _tail_end(points, at + 1, stop, kinds)
    if kind == SIGILS:
        return _signed_end(points, at, begin, stop, kinds)
    if kind == PICTURES:
        return _picture_end(points, at + 1, stop, kinds)
    if kind == FLAGS:
        return at + 2 if at + 1 < stop and kinds[points[at + 1]] == FLAGS else at + 1
    return at


@compiled
def _is_tail(kind: int) -> bool:
    return TAILS <= kind <= DRAWINGS


@compiled
def _is_scheme(points: Array, end: int, stop: int) -> bool:
    return end + 2 < stop and points[end] == _COLON and points[end + 1] == _SLASH and points[end + 2] == _SLASH


@compiled
def _tail_end(points: Array, at: int, stop: int, kinds: Array) -> int:
    while at < stop and _is_tail(kinds[points[at]]):
        at += 1
    return at


@compiled
def _signed_end(points: Array, at: int, begin: int, stop: int, kinds: Array) -> int:
    """The end of a tag or handle; a sign inside a word is none."""
    if at > begin:
        before = kinds[points[at - 1]]
        if before <= DRAWINGS:
            return at
    if at + 1 < stop:
        after = kinds[points[at + 1]]
        if after == WORDS:
            return _word_end(points, at + 2, stop, kinds)
        if after == SINGLES:
            return _tail_end(points, at + 2, stop, kinds)
    return at


@compiled
def _word_end(points: Array, at: int, stop: int, kinds: Array) -> int:
    while at < stop:
        kind = kinds[points[at]]
        if kind <= DRAWINGS:
            at += 1
        elif kind == GAPS:
            return at
        elif kind == LOW_LINES:
            after = at + 1
            while after < stop and kinds[points[after]] == LOW_LINES:
                after += 1
            if after == stop or kinds[points[after]] != WORDS:
                return at
            at = after
        elif kind == TIES:
            tied = _tied(points, at, stop, kinds)
            if tied == 0:
                return at
            at += 1 + tied
        else:
            return at
    return at


@compiled
def _tied(points: Array, at: int, stop: int, kinds: Array) -> int:
    """How many letters the apostrophe here ties to the word before it."""
    if at + 1 >= stop:
        return 0
    first = points[at + 1] | _SMALL
    if at + 2 < stop:
        second = points[at + 2] | _SMALL
        two = (second == _E and first in (_R, _V)) or (first == _L and second == _L)
        if two:
            return 2 if _closes(points, at + 3, stop, kinds) else 0
    one = first in (_S, _T, _D, _M)
    return 1 if one and _closes(points, at + 2, stop, kinds) else 0


@compiled
def _closes(points: Array, at: int, stop: int, kinds: Array) -> bool:
    if at >= stop:
        return True
    kind = kinds[points[at]]
    return bool(kind > DRAWINGS and kind != LOW_LINES)


@compiled
def _picture_end(points: Array, at: int, stop: int, kinds: Array) -> int:
    while at < stop:
        kind = kinds[points[at]]
        if kind in (TONES, DRAWINGS):
            at += 1
        elif kind == JOINERS and at + 1 < stop and kinds[points[at + 1]] == PICTURES:
            at += 2
        else:
            return at
    return at

"""Compiled: which of the stored queries' words each word of a post is. Says what matching.keys says."""

from typing import NamedTuple

import numpy as np

from handrail.engine.matching.alphabet import Alphabet, Array
from handrail.engine.matching.compiling import compiled
from handrail.engine.matching.cutting import DRAWINGS, PICTURES, SIGILS, TONES
from handrail.engine.matching.hashing import (
    EXACT_SEED,
    EXACT_START_SEED,
    PLAIN_SEED,
    PLAIN_START_SEED,
    PRIME,
    RAW_SEED,
    SPREAD,
)

_PRIME, _SPREAD = np.uint64(PRIME), np.uint64(SPREAD)
_PLAIN, _EXACT, _RAW = np.uint64(PLAIN_SEED), np.uint64(EXACT_SEED), np.uint64(RAW_SEED)
_PLAIN_START, _EXACT_START = np.uint64(PLAIN_START_SEED), np.uint64(EXACT_START_SEED)
_AT, _WIDE_AT, _TICK, _LAST_ASCII = ord("@"), 0xFF20, ord("'"), 127
_A, _Z, _SMALL = ord("A"), ord("Z"), 32
_STAR, _ANY = ord("*"), ord("?")
# A word has at most a name in each of three forms, with its sign and without.
_NAMES = 6


class Vocabulary(NamedTuple):
    """Numbers of known words: an open table from hash to term, -1 where it is free."""

    hashes: Array
    terms: Array
    asks_exact: bool
    asks_raw: bool


class Wildcards(NamedTuple):
    """Patterns under the hash of how they start (`table` of hash, `group`), in groups from `opens` on."""

    hashes: Array
    groups: Array
    lengths: Array
    opens: Array
    terms: Array
    signs: Array
    texts: Array
    text_opens: Array
    simple: Array


@compiled
def name(
    points: Array, starts: Array, ends: Array, first: Array, letters: Alphabet, known: Vocabulary, wild: Wildcards
) -> tuple[Array, Array, Array]:
    """The terms that occur, at which word, and where each post's begin."""
    margin = _NAMES + 2 * len(wild.terms)
    terms = np.empty(len(starts) + margin + 1, np.int32)
    places = np.empty(len(terms), np.int32)
    opens = np.zeros(len(first), np.int32)
    longest = 1
    for word in range(len(starts)):
        longest = max(longest, ends[word] - starts[word])
    folded = np.empty(longest * letters.plain.shape[1], np.uint32)
    count = 0
    for post in range(len(first) - 1):
        for word in range(first[post], first[post + 1]):
            if count + margin > len(terms):
                terms, places = _grown(terms), _grown(places)
            before = count
            start, end = starts[word], ends[word]
            count = _name_word(points, start, end, letters, known, terms, count)
            if len(wild.terms) > 0:
                count = _name_patterns(points, start, end, letters, wild, folded, terms, count)
            for index in range(before, count):
                places[index] = word
        opens[post + 1] = count
    return terms[:count], places[:count], opens


@compiled
def _grown(old: Array) -> Array:
    new = np.empty(2 * len(old), old.dtype)
    new[: len(old)] = old
    return new


@compiled
def _sign(points: Array, start: int, kinds: Array) -> int:
    if kinds[points[start]] != SIGILS:
        return 0
    return 2 if points[start] in (_AT, _WIDE_AT) else 1


@compiled
def _name_word(
    points: Array, start: int, end: int, letters: Alphabet, known: Vocabulary, terms: Array, count: int
) -> int:
    """Write down the terms of one word's plain, exact and raw forms, with and without its sign."""
    sign = _sign(points, start, letters.kinds)
    begin = start + 1 if sign else start
    value, differs = _hash_plain(points, begin, end, letters)
    count = _note(value, sign, known, terms, count)
    if differs and known.asks_exact:
        count = _note(_hash_exact(points, begin, end, letters), sign, known, terms, count)
    if known.asks_raw:
        count = _note(_hash_raw(points, begin, end, letters), sign, known, terms, count)
    return count


@compiled
def _note(value: np.uint64, sign: int, known: Vocabulary, terms: Array, count: int) -> int:
    term = _find(value, known.hashes, known.terms)
    if term >= 0:
        terms[count] = term
        count += 1
    if sign:
        term = _find((value ^ np.uint64(sign)) * _PRIME, known.hashes, known.terms)
        if term >= 0:
            terms[count] = term
            count += 1
    return count


@compiled
def _find(value: np.uint64, hashes: Array, found: Array) -> int:
    mask = np.uint64(len(hashes) - 1)
    slot = (value ^ (value >> _SPREAD)) & mask
    while found[slot] >= 0:
        if hashes[slot] == value:
            return int(found[slot])
        slot = (slot + np.uint64(1)) & mask
    return -1


@compiled
def _hash_plain(points: Array, start: int, end: int, letters: Alphabet) -> tuple[np.uint64, bool]:
    """The number of the plain form, and whether the exact form differs from it."""
    value, differs = _PLAIN, False
    picture = letters.kinds[points[start]] == PICTURES
    for at in range(start, end):
        point = points[at]
        if point <= _LAST_ASCII:
            if _A <= point <= _Z:
                value = (value ^ np.uint64(point + _SMALL)) * _PRIME
            elif point != _TICK:
                value = (value ^ np.uint64(point)) * _PRIME
        elif picture:
            kind = letters.kinds[point]
            if kind == TONES:
                differs = True
            elif kind != DRAWINGS:
                value = (value ^ np.uint64(point)) * _PRIME
        else:
            row = letters.row[point]
            if row == 0:
                value = (value ^ np.uint64(point)) * _PRIME
            else:
                differs = differs or letters.differs[row]
                for part in letters.plain[row]:
                    if part == 0:
                        break
                    value = (value ^ np.uint64(part)) * _PRIME
    return value, differs


@compiled
def _hash_exact(points: Array, start: int, end: int, letters: Alphabet) -> np.uint64:
    value = _EXACT
    picture = letters.kinds[points[start]] == PICTURES
    for at in range(start, end):
        point = points[at]
        row = 0 if picture else letters.row[point]
        if row == 0:
            if not (picture and letters.kinds[point] == DRAWINGS):
                value = (value ^ np.uint64(point)) * _PRIME
        else:
            for part in letters.exact[row]:
                if part == 0:
                    break
                value = (value ^ np.uint64(part)) * _PRIME
    return value


@compiled
def _hash_raw(points: Array, start: int, end: int, letters: Alphabet) -> np.uint64:
    value = _RAW
    picture = letters.kinds[points[start]] == PICTURES
    for at in range(start, end):
        point = points[at]
        row = letters.row[point]
        silent = letters.kinds[point] == DRAWINGS if picture else row > 0 and letters.exact[row, 0] == 0
        if not silent:
            value = (value ^ np.uint64(point)) * _PRIME
    return value


@compiled
def _name_patterns(
    points: Array,
    start: int,
    end: int,
    letters: Alphabet,
    wild: Wildcards,
    folded: Array,
    terms: Array,
    count: int,
) -> int:
    """Write down the terms of the patterns that one word fits, in its plain form and in its exact one."""
    sign = _sign(points, start, letters.kinds)
    begin = start + 1 if sign else start
    length = _fold(points, begin, end, letters, letters.plain, folded)
    count = _patterns_of(folded, length, sign, _PLAIN_START, letters, wild, terms, count)
    length = _fold(points, begin, end, letters, letters.exact, folded)
    return _patterns_of(folded, length, sign, _EXACT_START, letters, wild, terms, count)


@compiled
def _fold(points: Array, start: int, end: int, letters: Alphabet, forms: Array, folded: Array) -> int:
    """Write the word's folded letters to `folded`, and say how many they are."""
    picture = letters.kinds[points[start]] == PICTURES
    count = 0
    for at in range(start, end):
        point = points[at]
        row = letters.row[point]
        if row == 0 or (picture and letters.kinds[point] not in (TONES, DRAWINGS)):
            folded[count] = point
            count += 1
            continue
        for part in forms[row]:
            if part == 0:
                break
            folded[count] = part
            count += 1
    return count


@compiled
def _patterns_of(
    folded: Array,
    length: int,
    sign: int,
    seed: np.uint64,
    letters: Alphabet,
    wild: Wildcards,
    terms: Array,
    count: int,
) -> int:
    value = seed
    at = 0
    for wanted in wild.lengths:
        if wanted > length:
            break
        while at < wanted:
            value = (value ^ np.uint64(folded[at])) * _PRIME
            at += 1
        group = _find(value, wild.hashes, wild.groups)
        if group < 0:
            continue
        for pattern in range(wild.opens[group], wild.opens[group + 1]):
            if wild.signs[pattern] not in (0, sign):
                continue
            text = wild.texts[wild.text_opens[pattern] : wild.text_opens[pattern + 1]]
            if wild.simple[pattern] or _fits(text, folded, length, letters.accents):
                terms[count] = wild.terms[pattern]
                count += 1
    return count


@compiled
def _fits(pattern: Array, folded: Array, length: int, accents: Array) -> bool:
    """Whether a folded word fits a pattern; each * grows only as far as the rest demands."""
    at = asked = 0
    star, resume = -1, 0
    while True:
        if asked == len(pattern) and at == length:
            return True
        if asked < len(pattern) and pattern[asked] == _STAR:
            star, resume = asked, at
            asked += 1
            continue
        if asked < len(pattern) and at < length:
            if pattern[asked] == _ANY and not _is_accent(folded[at], accents):
                at += 1
                while at < length and _is_accent(folded[at], accents):
                    at += 1
                asked += 1
                continue
            if pattern[asked] == folded[at]:
                at += 1
                asked += 1
                continue
        if star < 0 or resume >= length:
            return False
        resume += 1
        at, asked = resume, star + 1


@compiled
def _is_accent(point: int, accents: Array) -> bool:
    for span in range(len(accents)):  # noqa: SIM110 - numba wants loops
        if accents[span, 0] <= point <= accents[span, 1]:
            return True
    return False

"""Compiled: the number of each word of a post in each form, and which known terms those are. Says what keys says.

Arrays are handed over one by one: handed over in tuples they are counted in and out at every call, which measured
seven times slower.
"""

from typing import NamedTuple

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.compiling import compiled
from handrail.engine.matching.cutting import DRAWINGS, PICTURES, SIGILS, TONES
from handrail.engine.matching.hashing import EXACT_SEED, PLAIN_SEED, PRIME, RAW_SEED, SPREAD

_PRIME, _SPREAD = np.uint64(PRIME), np.uint64(SPREAD)
_PLAIN, _EXACT, _RAW = np.uint64(PLAIN_SEED), np.uint64(EXACT_SEED), np.uint64(RAW_SEED)
_NONE = np.uint64(0)
_AT, _WIDE_AT, _TICK, _LAST_ASCII = ord("@"), 0xFF20, ord("'"), 127
_A, _Z, _SMALL = ord("A"), ord("Z"), 32


class Vocabulary(NamedTuple):
    """Numbers of known words: an open table from hash to term, -1 where it is free; and which forms are asked for."""

    hashes: Array
    terms: Array
    asks_exact: bool
    asks_raw: bool
    asks_pairs: bool


@compiled
def signs_of(points: Array, starts: Array, kinds: Array) -> Array:
    """For each word what its sign adds to its number: 1 for a tag, 2 for a handle, else 0."""
    signs = np.zeros(len(starts), np.uint8)
    for word in range(len(starts)):
        point = points[starts[word]]
        if kinds[point] == SIGILS:
            signs[word] = 2 if point in (_AT, _WIDE_AT) else 1
    return signs


@compiled
def plain_numbers(
    points: Array, starts: Array, ends: Array, signs: Array, kinds: Array, row: Array, plain: Array
) -> Array:
    """The number of each word's plain form."""
    numbers = np.empty(len(starts), np.uint64)
    for word in range(len(starts)):
        value = _PLAIN
        begin = starts[word] + (1 if signs[word] else 0)
        picture = kinds[points[begin]] == PICTURES
        for at in range(begin, ends[word]):
            point = points[at]
            if point <= _LAST_ASCII:
                if _A <= point <= _Z:
                    value = (value ^ np.uint64(point + _SMALL)) * _PRIME
                elif point != _TICK:
                    value = (value ^ np.uint64(point)) * _PRIME
            elif row[point] == 0:
                value = (value ^ np.uint64(point)) * _PRIME
            elif picture:
                if kinds[point] not in (TONES, DRAWINGS):
                    value = (value ^ np.uint64(point)) * _PRIME
            else:
                value = _with_form(value, plain, row[point])
        numbers[word] = value
    return numbers


@compiled
def _with_form(value: np.uint64, forms: Array, row: int) -> np.uint64:
    """The number with the folded letters of one character added."""
    for part in range(forms.shape[1]):
        if forms[row, part] == 0:
            break
        value = (value ^ np.uint64(forms[row, part])) * _PRIME
    return value


@compiled
def exact_numbers(
    points: Array, starts: Array, ends: Array, signs: Array, kinds: Array, row: Array, exact: Array, differs: Array
) -> Array:
    """The number of each word's exact form, 0 where it is no other than the plain one."""
    numbers = np.zeros(len(starts), np.uint64)
    for word in range(len(starts)):
        value, accented = _EXACT, False
        begin = starts[word] + (1 if signs[word] else 0)
        picture = kinds[points[begin]] == PICTURES
        for at in range(begin, ends[word]):
            point = points[at]
            if row[point] == 0 or (picture and kinds[point] != DRAWINGS):
                value = (value ^ np.uint64(point)) * _PRIME
                accented = accented or (picture and kinds[point] == TONES)
            elif not picture:
                value = _with_form(value, exact, row[point])
                accented = accented or differs[row[point]]
        if accented:
            numbers[word] = value
    return numbers


@compiled
def raw_numbers(
    points: Array, starts: Array, ends: Array, signs: Array, kinds: Array, row: Array, exact: Array
) -> Array:
    """The number of each word as typed."""
    numbers = np.empty(len(starts), np.uint64)
    for word in range(len(starts)):
        value = _RAW
        begin = starts[word] + (1 if signs[word] else 0)
        picture = kinds[points[begin]] == PICTURES
        for at in range(begin, ends[word]):
            point = points[at]
            silent = kinds[point] == DRAWINGS if picture else row[point] > 0 and exact[row[point], 0] == 0
            if not silent:
                value = (value ^ np.uint64(point)) * _PRIME
        numbers[word] = value
    return numbers


@compiled
def find(value: np.uint64, hashes: Array, found: Array) -> int:
    """What stands for this number in an open table; -1 when nothing does."""
    mask = np.uint64(len(hashes) - 1)
    slot = (value ^ (value >> _SPREAD)) & mask
    while found[slot] >= 0:
        if hashes[slot] == value:
            return int(found[slot])
        slot = (slot + np.uint64(1)) & mask
    return -1


@compiled
def name(
    numbers: Array, signs: Array, first: Array, pairs: bool, hashes: Array, found: Array
) -> tuple[Array, Array, Array]:
    """The terms that occur, at which word, and where each post's begin.

    `numbers` has a row for each form, the plain one first; `first` says at which word each post begins. `pairs`: two
    words in a row can be a term too, if each of them is one.
    """
    forms = numbers.shape[0]
    terms = np.empty((2 * forms + 1) * len(signs), np.int32)
    places = np.empty(len(terms), np.int32)
    opens = np.zeros(len(first), np.int32)
    count = 0
    for post in range(len(first) - 1):
        paired = False
        for word in range(first[post], first[post + 1]):
            known = False
            for form in range(forms):
                value = numbers[form, word]
                if value == _NONE:
                    continue
                term = find(value, hashes, found)
                if term >= 0:
                    terms[count], places[count] = term, word
                    count += 1
                    known = known or form == 0
                if signs[word]:
                    term = find((value ^ np.uint64(signs[word])) * _PRIME, hashes, found)
                    if term >= 0:
                        terms[count], places[count] = term, word
                        count += 1
            if paired and known:
                term = find((numbers[0, word - 1] * _PRIME ^ numbers[0, word]) * _PRIME, hashes, found)
                if term >= 0:
                    terms[count], places[count] = term, word
                    count += 1
            paired = pairs and known
        opens[post + 1] = count
    return terms[:count], places[:count], opens

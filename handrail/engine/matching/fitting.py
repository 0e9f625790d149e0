"""Compiled: which wildcard patterns each word of a post fits. Says what matching.patterns says."""

from typing import NamedTuple

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.compiling import compiled
from handrail.engine.matching.cutting import DRAWINGS, PICTURES, TONES
from handrail.engine.matching.hashing import PRIME
from handrail.engine.matching.naming import find

_PRIME = np.uint64(PRIME)
_STAR, _ANY = ord("*"), ord("?")


class Wildcards(NamedTuple):
    """The patterns of one form, in groups that start alike; `hashes` and `groups` are a table of those starts.

    Pattern `p` of group `g` lies in `opens[g]` to `opens[g + 1]`; its letters in `texts` from `text_opens[p]`.
    `simple`: nothing follows its start but one *.
    """

    hashes: Array
    groups: Array
    lengths: Array
    opens: Array
    terms: Array
    signs: Array
    simple: Array
    texts: Array
    text_opens: Array


@compiled
def fit(
    seed: np.uint64,
    points: Array,
    starts: Array,
    ends: Array,
    signs: Array,
    first: Array,
    kinds: Array,
    row: Array,
    forms: Array,
    accents: Array,
    hashes: Array,
    groups: Array,
    lengths: Array,
    opens: Array,
    terms: Array,
    asked_signs: Array,
    simple: Array,
    texts: Array,
    text_opens: Array,
) -> tuple[Array, Array, Array]:
    """The terms of the patterns that fit, at which word, and where each post's begin."""
    fitting, places = np.empty(1024, np.int32), np.empty(1024, np.int32)
    begins = np.zeros(len(first), np.int32)
    folded = np.empty(forms.shape[1] * _longest(starts, ends), np.uint32)
    count = 0
    for post in range(len(first) - 1):
        for word in range(first[post], first[post + 1]):
            begin = starts[word] + (1 if signs[word] else 0)
            length = _fold(points, begin, ends[word], kinds, row, forms, folded)
            value, at = seed, 0
            for wanted in lengths:
                if wanted > length:
                    break
                while at < wanted:
                    value = (value ^ np.uint64(folded[at])) * _PRIME
                    at += 1
                group = find(value, hashes, groups)
                if group < 0:
                    continue
                for pattern in range(opens[group], opens[group + 1]):
                    if asked_signs[pattern] != 0 and asked_signs[pattern] != signs[word]:
                        continue
                    begin, end = text_opens[pattern], text_opens[pattern + 1]
                    if simple[pattern] or _fits(texts, begin, end, folded, length, accents):
                        if count == len(fitting):
                            fitting, places = grown(fitting), grown(places)
                        fitting[count], places[count] = terms[pattern], word
                        count += 1
        begins[post + 1] = count
    return fitting[:count], places[:count], begins


@compiled
def grown(old: Array) -> Array:
    """The same array with twice the room."""
    new = np.empty(2 * len(old), old.dtype)
    new[: len(old)] = old
    return new


@compiled
def _longest(starts: Array, ends: Array) -> int:
    longest = 1
    for word in range(len(starts)):
        longest = max(longest, ends[word] - starts[word])
    return longest


@compiled
def _fold(points: Array, start: int, end: int, kinds: Array, row: Array, forms: Array, folded: Array) -> int:
    """Write the word's folded letters to `folded`, and say how many they are."""
    picture = kinds[points[start]] == PICTURES
    count = 0
    for at in range(start, end):
        point = points[at]
        if row[point] == 0 or (picture and kinds[point] not in (TONES, DRAWINGS)):
            folded[count] = point
            count += 1
            continue
        for part in range(forms.shape[1]):
            if forms[row[point], part] == 0:
                break
            folded[count] = forms[row[point], part]
            count += 1
    return count


@compiled
def _fits(texts: Array, begin: int, end: int, folded: Array, length: int, accents: Array) -> bool:
    """Whether a folded word fits the pattern in `texts`; each * grows only as far as the rest demands."""
    at, asked = 0, begin
    star, resume = -1, 0
    while asked < end or at < length:
        if asked < end and texts[asked] == _STAR:
            star, resume = asked, at
            asked += 1
        elif asked < end and at < length and texts[asked] == _ANY and not _is_accent(folded[at], accents):
            at += 1
            while at < length and _is_accent(folded[at], accents):
                at += 1
            asked += 1
        elif asked < end and at < length and texts[asked] == folded[at]:
            at += 1
            asked += 1
        elif star < 0 or resume >= length:
            return False
        else:
            resume += 1
            at, asked = resume, star + 1
    return True


@compiled
def _is_accent(point: int, accents: Array) -> bool:
    for span in range(len(accents)):  # noqa: SIM110 - numba wants loops
        if accents[span, 0] <= point <= accents[span, 1]:
            return True
    return False

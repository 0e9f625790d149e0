"""The features of `features.py`, found by compiled loops: one pass over the bytes, no table of positions.

Importing this module needs numba; `reading.py` asks for it only where it is installed and worth its start.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from handrail.engine.sentiment import alphabet as a

Read = TypeVar("Read", bound=Callable[..., Any])
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Hashes = NDArray[np.uint64]
Counts = NDArray[np.int32]
Rows = NDArray[np.uint32]
Words = tuple[Hashes, Hashes, Hashes]  # negators, words of the covered language, words of others; each sorted

_within = cast("Callable[[Read], Read]", numba.njit(cache=True, inline="always"))
_compile = cast("Callable[[Read], Read]", numba.njit(cache=True, nogil=True))

_KIND, _LOWER, _LETTER, _SYMBOL_LENGTH = a.KIND, a.LOWER, a.LETTER, a.SYMBOL_LENGTH
_ONE, _EIGHT = np.uint64(1), np.uint64(8)
_THREE, _FOUR = np.uint64(2**24 - 1), np.uint64(2**32 - 1)
_MARKED_THREE, _MARKED_FOUR, _MARKED_FIVE = np.uint64(3 << 40), np.uint64(4 << 40), np.uint64(5 << 40)


@_within
def _mix(hashed: np.uint64) -> np.uint64:
    hashed = (hashed ^ (hashed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashed = (hashed ^ (hashed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashed ^ (hashed >> np.uint64(31))


@_compile
def _known(words: Hashes, hashed: np.uint64) -> bool:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle] < hashed:
            low = middle + 1
        else:
            high = middle
    return low < len(words) and words[low] == hashed


@_compile
def _squeeze(raw: Bytes, first: int, last: int, low: Bytes, upper: Flags, squeezed: Flags) -> int:
    """Lower-case the bytes of a post and drop the third and later of a run; returns how many are left."""
    kept = 0
    one, two = 256, 256
    for place in range(first, last):
        byte = raw[place]
        small = _LOWER[byte]
        if small == one and small == two and small < 0x80:
            squeezed[kept - 1] = True
            continue
        two, one = one, small
        low[kept] = small
        upper[kept] = small != byte
        squeezed[kept] = False
        kept += 1
    return kept


@_compile
def _name_kinds(low: Bytes, kept: int, kind: Bytes) -> None:
    place = 0
    while place < kept:
        byte = low[place]
        length = _SYMBOL_LENGTH[byte]
        if length:
            for step in range(length):
                kind[place + step] = a.SYMBOL
            place += length
            continue
        kind[place] = _KIND[byte]
        place += 1
    for place in range(1, kept - 1):
        inside = kind[place - 1] == a.WORD and kind[place + 1] == a.WORD and low[place - 1] != a.APOSTROPHE
        if low[place] == a.APOSTROPHE and inside:
            kind[place] = a.WORD


@_compile
def _token_end(low: Bytes, kind: Bytes, start: int, kept: int) -> int:
    sort = kind[start]
    if sort == a.MARKER:
        return start + 1
    if sort == a.SYMBOL:
        return start + int(_SYMBOL_LENGTH[low[start]])
    end = start + 1
    while end < kept and kind[end] == sort:
        end += 1
    return end


@_compile
def _grams(low: Bytes, start: int, end: int, out: Rows, found: int) -> int:
    """Runs of three to five letters within one word and its two edges, which are spelled as zero."""
    window = np.uint64(0)  # the next five letters, first one lowest
    for place in range(start, min(start + 4, end)):
        window |= np.uint64(low[place]) << np.uint64(8 * (place - start + 1))
    for begin in range(start - 1, end - 1):
        out[found] = _mix((window & _THREE | _MARKED_THREE) + a.GRAM)
        found += 1
        if begin + 3 <= end:
            out[found] = _mix((window & _FOUR | _MARKED_FOUR) + a.GRAM)
            found += 1
        if begin + 4 <= end:
            out[found] = _mix((window | _MARKED_FIVE) + a.GRAM)
            found += 1
        window >>= _EIGHT
        if begin + 5 < end:
            window |= np.uint64(low[begin + 5]) << np.uint64(32)
    return found


@_compile
def _spell(low: Bytes, upper: Flags, squeezed: Flags, start: int, end: int) -> tuple[np.uint64, bool, bool, bool]:
    """A token's hash, and whether it is loud, stretched, and has letters."""
    spelled, power = np.uint64(0), _ONE
    latin = caps = beyond = 0
    stretched = False
    for place in range(start, end):
        byte = low[place]
        spelled += np.uint64(byte) * power
        power *= a.POWER
        latin += 0x61 <= byte <= 0x7A
        beyond += byte >= 0x80
        caps += upper[place]
        stretched |= squeezed[place]
    return _mix(spelled), latin >= 2 and caps == latin, stretched, latin + beyond > 0


@_compile
def _count_letters(low: Bytes, start: int, end: int, tally: Counts) -> None:
    for place in range(start, end):
        letter = _LETTER[low[place]]
        tally[a.PLAIN_LETTERS] += letter == a.PLAIN_LETTER
        tally[a.OTHER_LETTERS] += letter == a.OTHER_LETTER


@_compile
def _post(
    low: Bytes,
    upper: Flags,
    squeezed: Flags,
    kind: Bytes,
    kept: int,
    words: Words,
    tally: Counts,
    out: Rows,
    grams: Rows,
) -> tuple[int, int]:
    """Write the rows of one post's words and grams, count its words, votes and letters; returns how many rows."""
    negators, covered, foreign = words
    before = second = a.FIRST_TOKEN
    found = gram_count = 0
    reach = 0
    start = 0
    while start < kept:
        sort = kind[start]
        if sort == a.GAP:
            start += 1
            continue
        end = _token_end(low, kind, start, kept)
        hashed, loud, stretched, lettered = _spell(low, upper, squeezed, start, end)
        out[found] = hashed
        out[found + 1] = _mix(before * a.PAIR + hashed)
        out[found + 2] = _mix(second * a.TRIPLE + before * a.PAIR + hashed)
        found += 3
        if loud:
            out[found] = _mix(hashed + a.LOUD)
            found += 1
        if stretched:
            out[found] = a.STRETCHED
            found += 1
        if sort == a.WORD:
            tally[a.WORDS] += lettered
            _count_letters(low, start, end, tally)
            if reach > 0:
                out[found] = _mix(hashed ^ a.NEGATED)
                found += 1
            gram_count = _grams(low, start, end, grams, gram_count)
        tally[a.COVERED_VOTES] += _known(covered, hashed)
        tally[a.FOREIGN_VOTES] += _known(foreign, hashed)
        reach = reach - 1 if sort == a.WORD else 0
        if _known(negators, hashed):
            reach = a.NEGATION_REACH
        second, before = before, hashed
        start = end
    return found, gram_count


@_compile
def _longest(raw: Bytes) -> int:
    longest = since = 0
    for byte in raw:
        since += 1
        if byte == a.BREAK:
            longest, since = max(longest, since), 0
    return longest


@_compile
def _add_up(table: NDArray[np.int8], rows: Rows, found: int, sums: Counts) -> None:
    mask = np.uint32(len(table) - 1)
    for place in range(found):
        row = rows[place] & mask
        for column in range(table.shape[1]):
            sums[column] += table[row, column]


@_compile
def bags(raw: Bytes, words: Words, table: NDArray[np.int8], count: int) -> tuple[Counts, Counts, Counts]:
    """Per post, words and grams apart: the sum of their rows of the table, how many they are; and the post's tally."""
    width = table.shape[1]
    sums = np.zeros((count, 2 * width), np.int32)
    counts = np.zeros((count, 2), np.int32)
    tallies = np.zeros((count, a.TALLY_COLUMNS), np.int32)
    room = _longest(raw)
    low, kind = np.empty(room, np.uint8), np.empty(room, np.uint8)
    upper, squeezed = np.empty(room, np.bool_), np.empty(room, np.bool_)
    out, grams = np.empty(6 * room, np.uint32), np.empty(6 * room, np.uint32)
    first = 1
    for post in range(count):
        last = first
        while raw[last] != a.BREAK:
            last += 1
        kept = _squeeze(raw, first, last, low, upper, squeezed)
        _name_kinds(low, kept, kind)
        found, gram_count = _post(low, upper, squeezed, kind, kept, words, tallies[post], out, grams)
        counts[post, 0], counts[post, 1] = found, gram_count
        _add_up(table, out, found, sums[post, :width])
        _add_up(table, grams, gram_count, sums[post, width:])
        first = last + 1
    return sums, counts, tallies


@_compile
def rows(raw: Bytes, words: Words, count: int) -> tuple[Rows, NDArray[np.int64]]:
    """Hashes of each post's words, then of its grams, and where each of the two begins; for learning."""
    flat = np.empty(6 * len(raw), np.uint32)
    begins = np.zeros(2 * count + 1, np.int64)
    tally = np.zeros(a.TALLY_COLUMNS, np.int32)
    room = _longest(raw)
    low, kind = np.empty(room, np.uint8), np.empty(room, np.uint8)
    upper, squeezed = np.empty(room, np.bool_), np.empty(room, np.bool_)
    grams = np.empty(6 * room, np.uint32)
    first = 1
    for post in range(count):
        last = first
        while raw[last] != a.BREAK:
            last += 1
        kept = _squeeze(raw, first, last, low, upper, squeezed)
        _name_kinds(low, kept, kind)
        begin = begins[2 * post]
        found, gram_count = _post(low, upper, squeezed, kind, kept, words, tally, flat[begin:], grams)
        middle = begin + found
        flat[middle : middle + gram_count] = grams[:gram_count]
        begins[2 * post + 1], begins[2 * post + 2] = middle, middle + gram_count
        first = last + 1
    return flat[: begins[2 * count]].copy(), begins

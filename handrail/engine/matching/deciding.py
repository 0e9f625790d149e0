"""Compiled: which queries hold for each post. Says what matching.looks says, as steps that jump.

A step asks one thing and says where to go on for yes and for no; places below zero end the query. What it asks about
more than one term stands in `lists`:
a run is its length and its terms; a side of NEAR is how many runs, then the runs; a stretch is how many different
terms, then each term and how often it must be there.

`found` holds for each term the last post it stood in, and the first and last link of its chain there; `chain` holds
for each link the word it stands at and the next link.
"""

from typing import NamedTuple

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.compiling import compiled

# TERM: term. RUN: its list. CLOSE: its list, length of the stretch. NEAR: list of the left side, list of the right
# side, twice `within` (one more if ordered).
TERM, RUN, CLOSE, NEAR = range(4)
HOLDS, FAILS = -1, -2
# The place of what is true of a post as a whole.
NOWHERE = -1
_POST, _HEAD, _LAST = range(3)


class Programs(NamedTuple):
    """All queries: `begins[query]` is its first step; a step is kind, three numbers, next for yes, next for no.

    `anchored[opens[term]:opens[term + 1]]` are the queries to try when a term occurs, each with one more term that must
    occur, or -1.
    """

    steps: Array
    lists: Array
    begins: Array
    opens: Array
    anchored: Array


@compiled
def decide(
    steps: Array,
    lists: Array,
    begins: Array,
    opens: Array,
    anchored: Array,
    terms: Array,
    places: Array,
    firsts: Array,
) -> tuple[Array, Array]:
    """The queries that hold, post after post, and where each post's begin; `terms` stand at `places`."""
    found = np.full((len(opens) - 1, 3), -1, np.int32)
    chain = np.empty((len(places) + 1, 2), np.int32)
    tried = np.full(len(begins), -1, np.int32)
    met = np.empty(len(opens), np.int32)
    held = np.empty(1024, np.int32)
    held_opens = np.zeros(len(firsts), np.int32)
    count = 0
    for post in range(len(firsts) - 1):
        meetings = _meet(post, terms, places, firsts[post], firsts[post + 1], found, chain, met)
        before = count
        for index in range(meetings):
            for slot in range(opens[met[index]], opens[met[index] + 1]):
                query, second = anchored[slot, 0], anchored[slot, 1]
                if (second >= 0 and found[second, _POST] != post) or tried[query] == post:
                    continue
                tried[query] = post
                if _holds(steps, lists, begins[query], post, found, chain):
                    if count == len(held):
                        held = _grown(held)
                    held[count] = query
                    count += 1
        if count > before + 1:
            held[before:count].sort()
        held_opens[post + 1] = count
    return held[:count], held_opens


@compiled
def _grown(old: Array) -> Array:
    new = np.empty(2 * len(old), old.dtype)
    new[: len(old)] = old
    return new


@compiled
def joined(
    terms: Array, places: Array, opens: Array, more: Array, more_places: Array, more_opens: Array
) -> tuple[Array, Array, Array]:
    """Two lists of terms and their places as one, post by post."""
    all_terms = np.empty(len(terms) + len(more), np.int32)
    all_places = np.empty(len(all_terms), np.int32)
    count = 0
    for post in range(len(opens) - 1):
        for index in range(opens[post], opens[post + 1]):
            all_terms[count], all_places[count] = terms[index], places[index]
            count += 1
        for index in range(more_opens[post], more_opens[post + 1]):
            all_terms[count], all_places[count] = more[index], more_places[index]
            count += 1
    return all_terms, all_places, opens + more_opens


@compiled
def _meet(post: int, terms: Array, places: Array, begin: int, end: int, found: Array, chain: Array, met: Array) -> int:
    """Chain up where each term of the post stands; the different terms go to `met`."""
    meetings = 0
    for link in range(begin, end):
        term = terms[link]
        chain[link, 0] = places[link]
        chain[link, 1] = -1
        if found[term, _POST] != post:
            found[term, _POST] = post
            found[term, _HEAD] = link
            met[meetings] = term
            meetings += 1
        else:
            chain[found[term, _LAST], 1] = link
        found[term, _LAST] = link
    return meetings


@compiled
def _holds(steps: Array, lists: Array, at: int, post: int, found: Array, chain: Array) -> bool:
    while at >= 0:
        kind, one = steps[at, 0], steps[at, 1]
        if kind == TERM:
            yes = found[one, _POST] == post
        elif kind == RUN:
            yes = _has_all(lists, one, post, found) and _run_stands(lists, one, post, found, chain)
        elif kind == CLOSE:
            yes = _are_close(lists, one, steps[at, 2], post, found, chain)
        else:
            yes = _are_near(lists, one, steps[at, 2], steps[at, 3], post, found, chain)
        at = steps[at, 4] if yes else steps[at, 5]
    return at == HOLDS


@compiled
def _is_there(term: int, place: int, post: int, found: Array, chain: Array) -> bool:
    if found[term, _POST] != post:
        return False
    link = found[term, _HEAD]
    while link >= 0:
        if chain[link, 0] == place:
            return True
        link = chain[link, 1]
    return False


@compiled
def _has_all(lists: Array, run: int, post: int, found: Array) -> bool:
    for word in range(run + 1, run + 1 + lists[run]):  # noqa: SIM110 - numba wants loops
        if found[lists[word], _POST] != post:
            return False
    return True


@compiled
def _goes_on(lists: Array, run: int, place: int, post: int, found: Array, chain: Array) -> bool:
    """Whether the run goes on from a place where its first word stands."""
    for after in range(1, lists[run]):  # noqa: SIM110 - numba wants loops
        if not _is_there(lists[run + 1 + after], place + after, post, found, chain):
            return False
    return True


@compiled
def _run_stands(lists: Array, run: int, post: int, found: Array, chain: Array) -> bool:
    link = found[lists[run + 1], _HEAD]
    while link >= 0:
        if _goes_on(lists, run, chain[link, 0], post, found, chain):
            return True
        link = chain[link, 1]
    return False


@compiled
def _are_close(lists: Array, asked: int, length: int, post: int, found: Array, chain: Array) -> bool:
    count = lists[asked]
    for term in range(count):
        if found[lists[asked + 1 + 2 * term], _POST] != post:
            return False
    for term in range(count):
        link = found[lists[asked + 1 + 2 * term], _HEAD]
        while link >= 0:
            if _stretch_holds(lists, asked, chain[link, 0], length, found, chain):
                return True
            link = chain[link, 1]
    return False


@compiled
def _stretch_holds(lists: Array, asked: int, place: int, length: int, found: Array, chain: Array) -> bool:
    for term in range(lists[asked]):
        missing = lists[asked + 2 + 2 * term]
        link = found[lists[asked + 1 + 2 * term], _HEAD]
        while link >= 0 and missing > 0:
            if place <= chain[link, 0] < place + length:
                missing -= 1
            link = chain[link, 1]
        if missing > 0:
            return False
    return True


@compiled
def _are_near(lists: Array, left: int, right: int, measure: int, post: int, found: Array, chain: Array) -> bool:
    if not _has_any(lists, right, post, found):
        return False
    run = left + 1
    for _ in range(lists[left]):
        if _has_all(lists, run, post, found):
            link = found[lists[run + 1], _HEAD]
            while link >= 0:
                place = chain[link, 0]
                end = place + lists[run] - 1
                if _goes_on(lists, run, place, post, found, chain) and _side_is_near(
                    lists, right, place, end, measure, post, found, chain
                ):
                    return True
                link = chain[link, 1]
        run += 1 + lists[run]
    return False


@compiled
def _has_any(lists: Array, side: int, post: int, found: Array) -> bool:
    run = side + 1
    for _ in range(lists[side]):
        if _has_all(lists, run, post, found):
            return True
        run += 1 + lists[run]
    return False


@compiled
def _side_is_near(
    lists: Array, side: int, start: int, end: int, measure: int, post: int, found: Array, chain: Array
) -> bool:
    """Whether one of the side's runs stands close enough to the words from `start` to `end`."""
    within, ordered = measure // 2, measure % 2 == 1
    run = side + 1
    for _ in range(lists[side]):
        if _has_all(lists, run, post, found):
            link = found[lists[run + 1], _HEAD]
            while link >= 0:
                place = chain[link, 0]
                after = place - end - 1
                before = start - (place + lists[run])
                close = 0 <= after <= within or (not ordered and 0 <= before <= within)
                if close and _goes_on(lists, run, place, post, found, chain):
                    return True
                link = chain[link, 1]
        run += 1 + lists[run]
    return False

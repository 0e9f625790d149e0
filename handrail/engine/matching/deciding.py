"""Compiled: which queries hold for each post. Says what matching.looks says, as steps that jump.

A step asks one thing and says where to go on for yes and for no; places below zero end the query.
"""

from typing import NamedTuple

import numpy as np

from handrail.engine.matching.alphabet import Array
from handrail.engine.matching.compiling import compiled

TERM, PHRASE, CLOSE, NEAR = range(4)
HOLDS, FAILS = -1, -2


class Programs(NamedTuple):
    """All queries as steps.

    A step is kind, three numbers, next for yes, next for no. TERM: term. PHRASE: run. CLOSE: from and to in `asked`
    (pairs of term and how often), length of the stretch. NEAR: left side, right side, twice `within` (odd: ordered).
    A side is the runs from and to `sides[side]`; a run the terms of `words` from `runs[run]` on.
    `anchored[opens[term]:opens[term + 1]]` are the queries to try when a term occurs.
    """

    steps: Array
    begins: Array
    words: Array
    runs: Array
    sides: Array
    asked: Array
    opens: Array
    anchored: Array


class Found(NamedTuple):
    """Where the terms of the post at hand stand: a chain for each term, from `head` through `following`."""

    post_of: Array
    head: Array
    last: Array
    following: Array
    places: Array


@compiled
def decide(
    programs: Programs, terms: Array, places: Array, firsts: Array, extra: Array, extra_firsts: Array
) -> tuple[Array, Array]:
    """The queries that hold, post after post, and where each post's begin. `extra` terms stand nowhere (fields)."""
    count_of_terms = len(programs.opens) - 1
    found = Found(
        np.full(count_of_terms, -1, np.int32),
        np.empty(count_of_terms, np.int32),
        np.empty(count_of_terms, np.int32),
        np.empty(len(places) + 1, np.int32),
        places,
    )
    tried = np.full(len(programs.begins), -1, np.int32)
    out = np.empty(1024, np.int32)
    opens = np.zeros(len(firsts), np.int32)
    met = np.empty(count_of_terms + 1, np.int32)
    count = 0
    for post in range(len(firsts) - 1):
        meetings = _meet(post, terms, firsts, found, met)
        for index in range(extra_firsts[post], extra_firsts[post + 1]):
            if found.post_of[extra[index]] != post:
                found.post_of[extra[index]] = post
                found.head[extra[index]] = -1
                met[meetings] = extra[index]
                meetings += 1
        before = count
        for index in range(meetings):
            for slot in range(programs.opens[met[index]], programs.opens[met[index] + 1]):
                query = programs.anchored[slot]
                if tried[query] != post:
                    tried[query] = post
                    if _holds(programs, programs.begins[query], post, found):
                        if count == len(out):
                            out = _grown(out)
                        out[count] = query
                        count += 1
        out[before:count].sort()
        opens[post + 1] = count
    return out[:count], opens


@compiled
def _grown(old: Array) -> Array:
    new = np.empty(2 * len(old), old.dtype)
    new[: len(old)] = old
    return new


@compiled
def _meet(post: int, terms: Array, firsts: Array, found: Found, met: Array) -> int:
    """Chain up where each term of the post stands; the different terms go to `met`."""
    meetings = 0
    for index in range(firsts[post], firsts[post + 1]):
        term = terms[index]
        found.following[index] = -1
        if found.post_of[term] != post:
            found.post_of[term] = post
            found.head[term] = index
            met[meetings] = term
            meetings += 1
        else:
            found.following[found.last[term]] = index
        found.last[term] = index
    return meetings


@compiled
def _holds(programs: Programs, at: int, post: int, found: Found) -> bool:
    steps = programs.steps
    while at >= 0:
        kind, one, two, three = steps[at, 0], steps[at, 1], steps[at, 2], steps[at, 3]
        if kind == TERM:
            yes = found.post_of[one] == post
        elif kind == PHRASE:
            yes = _run_stands(programs, one, post, found)
        elif kind == CLOSE:
            yes = _are_close(programs, one, two, three, post, found)
        else:
            yes = _are_near(programs, one, two, three, post, found)
        at = steps[at, 4] if yes else steps[at, 5]
    return at == HOLDS


@compiled
def _is_there(term: int, place: int, post: int, found: Found) -> bool:
    if found.post_of[term] != post:
        return False
    index = found.head[term]
    while index >= 0:
        if found.places[index] == place:
            return True
        index = found.following[index]
    return False


@compiled
def _starts_here(programs: Programs, run: int, place: int, post: int, found: Found) -> bool:
    """Whether the run goes on from a place where its first word stands."""
    begin = programs.runs[run]
    for after in range(1, programs.runs[run + 1] - begin):
        if not _is_there(programs.words[begin + after], place + after, post, found):
            return False
    return True


@compiled
def _has_all(programs: Programs, run: int, post: int, found: Found) -> bool:
    for word in programs.words[programs.runs[run] : programs.runs[run + 1]]:  # noqa: SIM110 - numba wants loops
        if found.post_of[word] != post:
            return False
    return True


@compiled
def _run_stands(programs: Programs, run: int, post: int, found: Found) -> bool:
    if not _has_all(programs, run, post, found):
        return False
    index = found.head[programs.words[programs.runs[run]]]
    while index >= 0:
        if _starts_here(programs, run, found.places[index], post, found):
            return True
        index = found.following[index]
    return False


@compiled
def _are_close(programs: Programs, begin: int, end: int, length: int, post: int, found: Found) -> bool:
    for asked in range(begin, end):
        if found.post_of[programs.asked[asked, 0]] != post:
            return False
    for asked in range(begin, end):
        index = found.head[programs.asked[asked, 0]]
        while index >= 0:
            if _stretch_holds(programs, begin, end, found.places[index], length, found):
                return True
            index = found.following[index]
    return False


@compiled
def _stretch_holds(programs: Programs, begin: int, end: int, place: int, length: int, found: Found) -> bool:
    for asked in range(begin, end):
        times = 0
        index = found.head[programs.asked[asked, 0]]
        while index >= 0:
            if place <= found.places[index] < place + length:
                times += 1
            index = found.following[index]
        if times < programs.asked[asked, 1]:
            return False
    return True


@compiled
def _are_near(programs: Programs, left: int, right: int, measure: int, post: int, found: Found) -> bool:
    if not _has_any(programs, right, post, found):
        return False
    for run in range(programs.sides[left, 0], programs.sides[left, 1]):
        if _has_all(programs, run, post, found):
            length = programs.runs[run + 1] - programs.runs[run]
            index = found.head[programs.words[programs.runs[run]]]
            while index >= 0:
                place = found.places[index]
                if _starts_here(programs, run, place, post, found) and _side_is_near(
                    programs, right, place, place + length - 1, measure, post, found
                ):
                    return True
                index = found.following[index]
    return False


@compiled
def _has_any(programs: Programs, side: int, post: int, found: Found) -> bool:
    for run in range(programs.sides[side, 0], programs.sides[side, 1]):  # noqa: SIM110 - numba wants loops
        if _has_all(programs, run, post, found):
            return True
    return False


@compiled
def _side_is_near(programs: Programs, side: int, start: int, end: int, measure: int, post: int, found: Found) -> bool:
    """Whether one of the side's runs stands close enough to the words from `start` to `end`."""
    within, ordered = measure // 2, measure % 2 == 1
    for run in range(programs.sides[side, 0], programs.sides[side, 1]):
        if not _has_all(programs, run, post, found):
            continue
        length = programs.runs[run + 1] - programs.runs[run]
        index = found.head[programs.words[programs.runs[run]]]
        while index >= 0:
            place = found.places[index]
            after = place - end - 1
            before = start - (place + length - 1) - 1
            close = 0 <= after <= within or (not ordered and 0 <= before <= within)
            if close and _starts_here(programs, run, place, post, found):
                return True
            index = found.following[index]
    return False

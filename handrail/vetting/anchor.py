"""Where a remark's words are after a redraft: still there, moved or changed but found again, or gone."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from handrail.vetting.text import TextClause

WHOLE, CARRIED, REANCHORED, DETACHED = "whole", "carried", "reanchored", "detached"
WORD = re.compile(r"\w+(?:[’'-]\w+)*", re.UNICODE)
# How alike words must be to be taken for the same: in their own clause, and in another one.
AT_HOME, ELSEWHERE = 0.5, 0.6
CANDIDATES = 6
# A word put in between tells less against a place than one that is missing.
ADDED = 0.45
LONGEST = 160
# A clause of more words than this is first searched for the stretch that holds most of the rarer words.
LONG = 400
# That stretch must hold this share of them, or it is not worth a closer look.
SHARED = 0.35


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words somebody marked: the clause, the quotation (none for the whole clause) and what stood around it."""

    clause_key: str
    quote: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where they are now. A quotation is always a part of its clause's present text."""

    place: str
    clause_key: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    said: str
    start: int
    end: int


@dataclass(slots=True)
class _Clause:
    clause: TextClause
    words: list[_Word]
    bag: Counter[str] = field(default_factory=Counter)


class Finder:
    """Looks for marked words in one new text; the clauses are taken apart once for all remarks."""

    def __init__(self, before: Sequence[TextClause], after: Sequence[TextClause]) -> None:
        self._old = {each.key: each for each in before}
        self._new = {each.key: each for each in after}
        self._parts = {each.key: _taken_apart(each) for each in after}
        self._holding: dict[str, set[str]] = defaultdict(set)
        for key, part in self._parts.items():
            for word in part.bag:
                self._holding[word].add(key)

    def place(self, anchor: Anchor, was: str) -> Placed:
        """The place of one remark in the new text; `was` is its place in the text before."""
        if not anchor.clause_key and was != DETACHED:
            return Placed(WHOLE, "")
        old, new = self._old.get(anchor.clause_key), self._new.get(anchor.clause_key)
        if new is not None and was != DETACHED:
            if old is not None and old.sha == new.sha and anchor.quote in new.text:
                return Placed(was, new.key, anchor.quote)
            if anchor.quote in new.text:
                return Placed(CARRIED if was != REANCHORED else REANCHORED, new.key, anchor.quote)
        found = self._words(anchor) if anchor.quote else self._clause(anchor, old)
        return found or Placed(DETACHED, "", "")

    def _clause(self, anchor: Anchor, old: TextClause | None) -> Placed | None:
        """A remark on a whole clause follows the clause: by its key, else to the clause that took its words over."""
        if anchor.clause_key in self._new:
            return Placed(CARRIED, anchor.clause_key)
        if old is None:
            return None
        wanted = _taken_apart(old)
        best, key = 0.0, ""
        for candidate in self._candidates(list(wanted.bag)):
            part = self._parts[candidate]
            shared = sum((wanted.bag & part.bag).values())
            # Split and merge keep one of the two texts whole, so the smaller one says how alike they are.
            alike = shared / max(1, min(len(wanted.words), len(part.words)))
            covers = shared / max(1, len(wanted.words))
            score = min(alike, 0.4 + covers)
            if score > best:
                best, key = score, candidate
        return Placed(REANCHORED, key) if best >= ELSEWHERE else None

    def _words(self, anchor: Anchor) -> Placed | None:
        wanted = [each.said for each in _words_of(anchor.quote)][:LONGEST]
        if not wanted:
            return self._literal(anchor)
        around = _Around(anchor)
        best: tuple[float, Placed] | None = None
        for key in self._candidates(wanted, first=anchor.clause_key):
            part = self._parts[key]
            if not part.words:
                continue
            likeness, start, end = _nearest_in(part, wanted)
            if end <= start:
                continue
            known = around.likeness(part, start, end)
            needed = AT_HOME if key == anchor.clause_key else ELSEWHERE
            if len(wanted) < 3 and key != anchor.clause_key and known < 0.5:
                continue  # Two words are found everywhere; without their neighbours they prove nothing.
            if likeness < needed:
                continue
            score = likeness + 0.3 * known + (0.1 if key == anchor.clause_key else 0.0)
            if best is None or score > best[0]:
                text = part.clause.text[part.words[start].start : part.words[end - 1].end]
                best = (score, Placed(REANCHORED, key, text))
        return best[1] if best else None

    def _literal(self, anchor: Anchor) -> Placed | None:
        """A quotation without a letter in it, such as an emoji, is found only as it stands, in its own clause."""
        clause = self._new.get(anchor.clause_key)
        found = clause is not None and anchor.quote in clause.text
        return Placed(CARRIED, anchor.clause_key, anchor.quote) if found else None

    def _candidates(self, wanted: list[str], first: str = "") -> list[str]:
        """The clauses that share most of the rarer words, the remark's own clause first."""
        scores: Counter[str] = Counter()
        for word in set(wanted):
            holding = self._holding.get(word, set())
            for key in holding:
                scores[key] += 1000 // len(holding)
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:CANDIDATES]
        # Of long clauses only those are looked through that share nearly as much of the rare words as the best.
        enough = ranked[0][1] * 0.6 if ranked else 0.0
        best = [key for key, score in ranked if score >= enough or len(self._parts[key].words) <= LONG]
        if first in self._parts:
            best = [first, *(key for key in best if key != first)]
        return best


class _Around:
    """The words on both sides of a quotation."""

    def __init__(self, anchor: Anchor) -> None:
        self._before = [each.said for each in _words_of(anchor.before)][-8:]
        self._after = [each.said for each in _words_of(anchor.after)][:8]

    def likeness(self, part: _Clause, start: int, end: int) -> float:
        """How much of what stood around the words still stands around this place, from 0 to 1."""
        wanted = len(self._before) + len(self._after)
        if not wanted:
            return 0.0
        left = Counter(each.said for each in part.words[max(0, start - 10) : start])
        right = Counter(each.said for each in part.words[end : end + 10])
        kept = sum((left & Counter(self._before)).values()) + sum((right & Counter(self._after)).values())
        return kept / wanted


def neighbours(text: str, quote: str) -> tuple[str, str]:
    """What stands before and after the first place of a quotation, up to 80 letters each."""
    at = text.find(quote) if quote else -1
    if at < 0:
        return "", ""
    end = at + len(quote)
    return text[max(0, at - 80) : at], text[end : end + 80]


def as_it_stands(text: str, quote: str) -> str | None:
    """The quotation as the text has it, however its white space was typed; None where the text lacks it."""
    if quote in text:
        return quote
    parts = quote.split()
    if not parts:
        return None
    found = re.search(r"\s+".join(re.escape(part) for part in parts), text)
    return found.group(0) if found else None


def _words_of(text: str) -> list[_Word]:
    return [_Word(found.group(0).casefold(), found.start(), found.end()) for found in WORD.finditer(text)]


def _taken_apart(clause: TextClause) -> _Clause:
    words = _words_of(clause.text)
    return _Clause(clause, words, Counter(each.said for each in words))


def _nearest_in(part: _Clause, wanted: list[str]) -> tuple[float, int, int]:
    """The nearest run in a clause; in a long one, in the stretch where most of the rarer wanted words stand."""
    words = [each.said for each in part.words]
    if len(words) <= LONG:
        return _nearest(wanted, words)
    asked = set(wanted)
    worth = [1.0 / part.bag[word] if word in asked else 0.0 for word in words]
    wide = len(wanted) + max(10, len(wanted) // 4)
    total = best = sum(worth[:wide])
    at = 0
    for start in range(1, max(1, len(words) - wide + 1)):
        total += worth[start + wide - 1] - worth[start - 1]
        if total > best + 1e-9:
            best, at = total, start
    low = max(0, at - 10)
    stretch = words[low : at + wide + 10]
    if sum((Counter(stretch) & Counter(wanted)).values()) < SHARED * len(wanted):
        return 0.0, 0, 0
    likeness, start, end = _nearest(wanted, stretch)
    return likeness, start + low, end + low


def _nearest(wanted: list[str], words: list[str]) -> tuple[float, int, int]:
    """The run of `words` nearest to `wanted`: likeness from 0 to 1, first place, place after the last.

    Edit distance by words with free ends: the run may begin and end anywhere.
    """
    costs = [0.0] * (len(words) + 1)
    starts = list(range(len(words) + 1))
    for row, word in enumerate(wanted, start=1):
        above, came = costs[:], starts[:]
        costs[0], starts[0] = float(row), 0
        for column, other in enumerate(words, start=1):
            swap = above[column - 1] + _distance(word, other)
            drop = above[column] + 1.0
            add = costs[column - 1] + ADDED
            least = min(swap, drop, add)
            costs[column] = least
            starts[column] = (
                came[column - 1] if least == swap else came[column] if least == drop else starts[column - 1]
            )
    end = min(range(len(costs)), key=lambda column: (costs[column], column))
    return 1.0 - costs[end] / len(wanted), starts[end], end


def _distance(word: str, other: str) -> float:
    if word == other:
        return 0.0
    # Another ending of the same word: name, names, naming.
    if len(word) > 3 and len(other) > 3 and word[: max(4, len(word) - 3)] == other[: max(4, len(word) - 3)]:
        return 0.4
    return 1.0

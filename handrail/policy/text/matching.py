"""Which clause of the new text is which clause of the old one: by id, by the same words, by similar words."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from handrail.policy.clause import Clause, Document
from handrail.policy.text.ids import new_id
from handrail.policy.text.inline import ID_COMMENT

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ALIKE = 0.55
_ALIKE_IN_PLACE = 0.3
_COMMON = 40


def words_of(text: str) -> list[str]:
    """Words in lower case, for comparing."""
    return _WORD.findall(text.lower().replace("’", "'"))


class _Bag:
    """The words and pairs of neighbouring words of a clause."""

    __slots__ = ("grams", "size")

    def __init__(self, clause: Clause) -> None:
        words = words_of(clause.text)
        self.grams: Counter[str | tuple[str, str]] = Counter(words)
        self.grams.update(pairwise(words))
        self.size = sum(self.grams.values())

    def alike(self, other: "_Bag") -> float:
        """From 0, nothing shared, to 1, the same words in the same order."""
        small, large = (self, other) if len(self.grams) <= len(other.grams) else (other, self)
        shared = sum(min(count, large.grams[gram]) for gram, count in small.grams.items() if gram in large.grams)
        alike = 2 * shared / max(self.size + other.size, 1)
        within = shared / max(min(self.size, other.size), 1)
        # A short rule that grew a tail is still that rule: nearly all of it is in the other.
        return max(alike, within * 0.7 if min(self.size, other.size) >= 5 else 0.0)


class Pairing:
    """Old and new places that belong together; `old_of[new]` and `new_of[old]` are the two ways to ask."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.old, self.new = old, new
        self.old_of: dict[int, int] = {}
        self.new_of: dict[int, int] = {}

    def join(self, at_old: int, at_new: int) -> None:
        """Say that two clauses are one."""
        self.old_of[at_new], self.new_of[at_old] = at_old, at_new

    def open_old(self) -> list[int]:
        """Old clauses without a partner."""
        return [at for at in range(len(self.old)) if at not in self.new_of]

    def open_new(self) -> list[int]:
        """New clauses without a partner."""
        return [at for at in range(len(self.new)) if at not in self.old_of]


def pair(old: Sequence[Clause], new: Sequence[Clause], *, trusted: frozenset[str] | None = None) -> Pairing:
    """Pair two texts clause by clause. Ids count first; `trusted` limits them to those an author kept on purpose."""
    pairing = Pairing(old, new)
    where = {clause.id: at for at, clause in enumerate(old)}
    for at, clause in enumerate(new):
        if clause.id in where and (trusted is None or clause.id in trusted):
            pairing.join(where[clause.id], at)
    _by_same_words(pairing)
    _by_similar_words(pairing)
    _by_place(pairing)
    return pairing


def _by_same_words(pairing: Pairing) -> None:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in pairing.open_old():
        places[tuple(words_of(pairing.old[at].text))].append(at)
    waiting: list[int] = []
    for at in pairing.open_new():
        candidates = places.get(tuple(words_of(pairing.new[at].text)))
        if not candidates:
            continue
        under_same = [one for one in candidates if pairing.old[one].heading == pairing.new[at].heading]
        if under_same:
            candidates.remove(under_same[0])
            pairing.join(under_same[0], at)
        else:
            waiting.append(at)
    for at in waiting:
        candidates = places[tuple(words_of(pairing.new[at].text))]
        if candidates:
            pairing.join(candidates.pop(0), at)


def _by_similar_words(pairing: Pairing) -> None:
    bags_old = {at: _Bag(pairing.old[at]) for at in pairing.open_old()}
    bags_new = {at: _Bag(pairing.new[at]) for at in pairing.open_new()}
    holders: dict[object, list[int]] = defaultdict(list)
    for at, bag in bags_old.items():
        for gram in bag.grams:
            holders[gram].append(at)
    scored: list[tuple[float, int, int]] = []
    for at_new, bag in bags_new.items():
        near: Counter[int] = Counter()
        for gram in bag.grams:
            if len(holders.get(gram, ())) <= _COMMON:
                near.update(holders.get(gram, ()))
        for at_old, _ in near.most_common(12):
            score = bag.alike(bags_old[at_old])
            if score >= _ALIKE:
                same_part = 0.1 if pairing.old[at_old].heading == pairing.new[at_new].heading else 0.0
                scored.append((-score - same_part, at_new, at_old))
    for _, at_new, at_old in sorted(scored):
        if at_new not in pairing.old_of and at_old not in pairing.new_of:
            pairing.join(at_old, at_new)


def _by_place(pairing: Pairing) -> None:
    """A clause between the same neighbours may differ more and still be the same clause."""
    for at_new in pairing.open_new():
        before = pairing.old_of.get(at_new - 1) if at_new else -1
        after = pairing.old_of.get(at_new + 1) if at_new + 1 < len(pairing.new) else len(pairing.old)
        for at_old in (before + 1 if before is not None else -1, after - 1 if after is not None else -1):
            if not 0 <= at_old < len(pairing.old) or at_old in pairing.new_of or at_new in pairing.old_of:
                continue
            mine, theirs = pairing.new[at_new], pairing.old[at_old]
            if mine.form == theirs.form and _Bag(mine).alike(_Bag(theirs)) >= _ALIKE_IN_PLACE:
                pairing.join(at_old, at_new)


def written_ids(document: Document) -> frozenset[str]:
    """Ids that stand in the text itself, as opposed to those made from its words."""
    found = {match[1] for match in ID_COMMENT.finditer(document.markdown)}
    fences = re.findall(r"^[ >]*(?:`{3,}|~{3,})[^\n`]*?(c-[a-z0-9]{3,32})", document.markdown, re.M)
    return frozenset(found | set(fences))


def assign_ids(new: Document, old: Document) -> Document:
    """The new text with the ids of the old one carried over edits and moves; an id written in it stays."""
    kept = written_ids(new)
    pairing = pair(old.clauses, new.clauses, trusted=kept)
    taken = {clause.id for clause in old.clauses} | set(kept)
    clauses: list[Clause] = []
    for at, clause in enumerate(new.clauses):
        if clause.id in kept:
            clauses.append(clause)
            continue
        at_old = pairing.old_of.get(at)
        identity = old.clauses[at_old].id if at_old is not None else new_id(clause.text, taken)
        taken.add(identity)
        clauses.append(replace(clause, id=identity))
    return replace(new, clauses=tuple(clauses))

"""What changed between two texts of a policy, clause by clause and word by word, and does it ask more or less?"""

from bisect import bisect_left
from dataclasses import dataclass, replace

from handrail.policy.clause import Clause, Document
from handrail.policy.text.change_type import Change, type_of
from handrail.policy.text.matching import Pairing, pair, words_of
from handrail.policy.text.parts import Parts, parts_of
from handrail.policy.text.words import Piece, word_pieces

__all__ = ["Change", "ClauseChange", "Piece", "compare"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause. `clause` is its permanent id; `old` is None for a new one, `new` for a removed one.

    `split_from` names the clause a new one was cut out of; `merged_into` the one that a removed one went into.
    """

    clause: str
    change: Change
    words: tuple[Piece, ...]
    why: str
    old: Clause | None
    new: Clause | None
    split_from: str = ""
    merged_into: str = ""

    @property
    def heading(self) -> str:
        """The heading it stands under today, or stood under."""
        shown = self.new or self.old
        return shown.heading if shown else ""


def compare(old: Document, new: Document) -> list[ClauseChange]:
    """Every clause of both texts in reading order, removed ones where they stood."""
    pairing = pair(old.clauses, new.clauses)
    moved, parts = _moved(pairing), parts_of(pairing)
    gone = _gone_after(pairing)
    changes = [_removed(pairing, parts, at) for at in gone.get(-1, ())]
    for at, clause in enumerate(new.clauses):
        at_old = pairing.old_of.get(at)
        if at_old is None:
            changes.append(_new(pairing, parts, at, clause))
        else:
            changes.append(_change(pairing, parts, at_old, at, at in moved))
            changes += [_removed(pairing, parts, each) for each in gone.get(at_old, ())]
    return changes


def _new(pairing: Pairing, parts: Parts, at: int, clause: Clause) -> ClauseChange:
    if at in parts.split:
        source = pairing.old[parts.split[at]].id
        why = f"It was split from {source}; its words stood there before."
        return ClauseChange(clause.id, "split", (Piece("equal", clause.text),), why, None, clause, split_from=source)
    why = "No clause like it was there before."
    return ClauseChange(clause.id, "new", (Piece("ins", clause.text),), why, None, clause)


def _change(pairing: Pairing, parts: Parts, at_old: int, at_new: int, moved: bool) -> ClauseChange:
    old, new = pairing.old[at_old], pairing.new[at_new]
    before, after, pieces = _whole(pairing, parts, at_old, at_new)
    typed = type_of(before, after, word_pieces(before.text, after.text))
    change, why = typed.change, typed.why
    if before is not old or after is not new:
        ids = [pairing.new[at].id for at in parts.split_off(at_old)] or [
            pairing.old[at].id for at in parts.merged_in(at_new)
        ]
        verb: Change = "split" if after is not new else "merged"
        said = (
            f"It was split; the rest stands in {', '.join(ids)}"
            if verb == "split"
            else f"{', '.join(ids)} went into it"
        )
        same = change in ("unchanged", "editorial")
        change, why = (verb, f"{said}.") if same else (change, f"{why} {said[:1].upper()}{said[1:]}.")
    if moved:
        place = f"under “{new.heading}”" if new.heading and new.heading != old.heading else "to another place"
        change = "moved" if change == "unchanged" else change
        why = f"It moved {place}." if change == "moved" else f"{why} It also moved {place}."
    return ClauseChange(old.id, change, pieces, why, old, new)


def _whole(pairing: Pairing, parts: Parts, at_old: int, at_new: int) -> tuple[Clause, Clause, tuple[Piece, ...]]:
    """Both wordings with what was split off put back, or what was merged in put before; and the words to show."""
    old, new = pairing.old[at_old], pairing.new[at_new]
    cut, put = parts.split_off(at_old), parts.merged_in(at_new)
    if cut:
        kept = old.text
        for at in cut:
            kept = " ".join(kept.replace(pairing.new[at].text, " ", 1).split())
        joined = " ".join([new.text, *(pairing.new[at].text for at in cut)])
        # Where the words are the same, what each part asks by itself is no change of what they asked together.
        whole = replace(new, text=joined)
        if words_of(joined) == words_of(old.text):
            whole = replace(whole, text=old.text, kind=old.kind, frame=old.frame)
        return old, whole, word_pieces(kept, new.text)
    if put:
        joined = " ".join(pairing.old[at].text for at in sorted([at_old, *put]))
        whole = replace(old, text=joined)
        if words_of(joined) == words_of(new.text):
            whole = replace(whole, text=new.text, kind=new.kind, frame=new.frame)
        return whole, new, word_pieces(joined, new.text)
    return old, new, word_pieces(old.text, new.text)


def _removed(pairing: Pairing, parts: Parts, at: int) -> ClauseChange:
    old = pairing.old[at]
    if at in parts.merged:
        target = pairing.new[parts.merged[at]].id
        why = f"It was merged into {target}, where its words stand now."
        return ClauseChange(old.id, "removed", (Piece("del", old.text),), why, old, None, merged_into=target)
    return ClauseChange(old.id, "removed", (Piece("del", old.text),), "No clause like it is left.", old, None)


def _moved(pairing: Pairing) -> set[int]:
    """New places of clauses that left the common order: all but the longest run that kept it."""
    order = sorted(pairing.old_of)
    ends: list[int] = []
    ends_at: list[int] = []
    before: dict[int, int | None] = {}
    for at_new in order:
        at_old = pairing.old_of[at_new]
        place = bisect_left(ends, at_old)
        before[at_new] = ends_at[place - 1] if place else None
        if place == len(ends):
            ends.append(at_old)
            ends_at.append(at_new)
        else:
            ends[place], ends_at[place] = at_old, at_new
    kept: set[int] = set()
    step: int | None = ends_at[-1] if ends_at else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return set(order) - kept


def _gone_after(pairing: Pairing) -> dict[int, list[int]]:
    """Removed clauses by the last old clause before them that is still there (-1: none)."""
    gone: dict[int, list[int]] = {}
    last = -1
    for at in range(len(pairing.old)):
        if at in pairing.new_of:
            last = at
        else:
            gone.setdefault(last, []).append(at)
    return gone

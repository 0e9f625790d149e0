"""What changed between two texts of a policy, clause by clause and word by word, and does it ask more or less?"""

from bisect import bisect_left
from dataclasses import dataclass

from handrail.policy.clause import Clause, Document
from handrail.policy.text.change_type import Change, type_of
from handrail.policy.text.matching import Pairing, pair
from handrail.policy.text.words import Piece, word_pieces

__all__ = ["Change", "ClauseChange", "Piece", "compare"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause. `clause` is its permanent id; `old` is None for a new one, `new` for a removed one."""

    clause: str
    change: Change
    words: tuple[Piece, ...]
    why: str
    old: Clause | None
    new: Clause | None

    @property
    def heading(self) -> str:
        """The heading it stands under today, or stood under."""
        shown = self.new or self.old
        return shown.heading if shown else ""


def compare(old: Document, new: Document) -> list[ClauseChange]:
    """Every clause of both texts in reading order, removed ones where they stood."""
    pairing = pair(old.clauses, new.clauses)
    moved = _moved(pairing)
    gone = _gone_after(pairing)
    changes = [_removed(old.clauses[at]) for at in gone.get(-1, ())]
    for at, clause in enumerate(new.clauses):
        at_old = pairing.old_of.get(at)
        if at_old is None:
            changes.append(
                ClauseChange(
                    clause.id, "new", (Piece("ins", clause.text),), "No clause like it was there before.", None, clause
                )
            )
        else:
            changes.append(_change(old.clauses[at_old], clause, at in moved))
            changes += [_removed(old.clauses[at]) for at in gone.get(at_old, ())]
    return changes


def _change(old: Clause, new: Clause, moved: bool) -> ClauseChange:
    pieces = word_pieces(old.text, new.text)
    typed = type_of(old, new, pieces)
    change, why = typed.change, typed.why
    if moved:
        place = f"under “{new.heading}”" if new.heading and new.heading != old.heading else "to another place"
        change = "moved" if change == "unchanged" else change
        why = f"It moved {place}." if change == "moved" else f"{why} It also moved {place}."
    return ClauseChange(old.id, change, pieces, why, old, new)


def _removed(old: Clause) -> ClauseChange:
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

"""Was a new clause split from one that was there, or a removed one merged into one that stays?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handrail.policy.clause import Clause
from handrail.policy.text.matching import Pairing, words_of

_FEWEST = 3
_MOST_TRIED = 400


@dataclass(slots=True)
class Parts:
    """New places by the old place they were split from, and old places by the new place they were merged into."""

    split: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)

    def split_off(self, at_old: int) -> list[int]:
        """New places that were split from this old one."""
        return sorted(new for new, old in self.split.items() if old == at_old)

    def merged_in(self, at_new: int) -> list[int]:
        """Old places that were merged into this new one."""
        return sorted(old for old, new in self.merged.items() if new == at_new)


def parts_of(pairing: Pairing) -> Parts:
    """Every split and merge between two texts."""
    found = Parts()
    edited = [(old, new) for new, old in pairing.old_of.items() if pairing.old[old].text != pairing.new[new].text]
    if not edited or len(edited) > _MOST_TRIED:
        return found
    said = {("o", old): _line(pairing.old[old]) for old, _ in edited} | {
        ("n", new): _line(pairing.new[new]) for _, new in edited
    }
    for at in pairing.open_new():
        source = _holder(_line(pairing.new[at]), ((old, said["o", old], said["n", new]) for old, new in edited))
        if source is not None:
            found.split[at] = source
    for at in pairing.open_old():
        target = _holder(_line(pairing.old[at]), ((new, said["n", new], said["o", old]) for old, new in edited))
        if target is not None:
            found.merged[at] = target
    return found


def _line(clause: Clause) -> str:
    return f" {' '.join(words_of(clause.text))} "


def _holder(line: str, pairs: Iterable[tuple[int, str, str]]) -> int | None:
    """The clause that held (or holds) these very words in a run while its other wording does not."""
    if len(line.split()) < _FEWEST:
        return None
    for place, holds, lacks in pairs:
        if line in holds and line not in lacks:
            return place
    return None

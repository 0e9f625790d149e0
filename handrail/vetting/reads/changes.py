"""What changed because somebody said so: the words of a clause before and after, cut to what differs."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handrail.kernel.words import listed
from handrail.vetting.models import Disposition, Remark
from handrail.vetting.reads.threads import interest_words

_PIECES = re.compile(r"\s+|[^\s]+")
NEAR = 3
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Change:
    """One change of words (or none) that remarks led to, who said so, and the reason that was given."""

    number: str
    before: str
    after: str
    who: tuple[str, ...]
    said: int
    asked: str
    reason: str

    @property
    def has_changed(self) -> bool:
        """Whether any word of the clause differs."""
        return self.before != self.after

    @property
    def who_words(self) -> str:
        """Whose remarks led to it: legal, employees (4)."""
        return f"{listed(list(self.who))}{f', {self.said}' if self.said > 1 else ''}"


def changes_made(live: Sequence[Disposition]) -> list[Change]:
    """Adopted and adapted remarks as changes of words; remarks that led to the same change are said together."""
    together: dict[tuple[str, str, str, int], list[Disposition]] = {}
    for row in live:
        if row.verdict not in (Disposition.Verdict.ADOPTED, Disposition.Verdict.ADAPTED):
            continue
        same = (row.changed_clause, row.words_before, row.words_after)
        alone = row.duplicate_of_id or row.remark_id if row.words_before == row.words_after else 0
        together.setdefault((*same, alone), []).append(row)
    found = []
    for rows in together.values():
        first = rows[0]
        before, after = cut_to_change(first.words_before, first.words_after)
        who = tuple(dict.fromkeys(_voice(row.remark) for row in rows))
        reasons = list(dict.fromkeys(row.reason for row in rows))
        asked = f"“{_short(first.remark.body or first.remark.suggested)}”"
        number = first.changed_number or first.changed_clause
        found.append(Change(number, before, after, who, len(rows), asked, " ".join(reasons)))
    return found


def _voice(remark: Remark) -> str:
    if remark.interest:
        return interest_words(remark.interest).lower()
    return "from elsewhere" if remark.outsider_id else "employees"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def cut_to_change(before: str, after: str) -> tuple[str, str]:
    """The part of both texts that differs, with a few words around it; both whole where they are short."""
    if before == after:
        return before, after
    if not before or not after or max(len(before), len(after)) <= 80:
        return _short(before), _short(after)
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    steps = [
        each for each in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if each[0] != "equal"
    ]
    first, last = steps[0], steps[-1]
    return _part(old, first[1], last[2]), _part(new, first[3], last[4])


def _part(pieces: list[str], start: int, end: int) -> str:
    near = 2 * NEAR
    left, right = max(0, start - near), min(len(pieces), end + near)
    words = "".join(pieces[left:right]).strip()
    return _short(f"{'… ' if left else ''}{words}{' …' if right < len(pieces) else ''}")

"""Suggested wordings beside the clause they would change: as a difference, with who is for and against."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from handrail.kernel.templatetags.handrail import meter
from handrail.policy.clause import Clause
from handrail.policy.ledger import sha_of
from handrail.policy.pure import Piece
from handrail.policy.text.words import word_pieces
from handrail.vetting.reads import Thread


@dataclass(frozen=True, slots=True)
class Wording:
    """One suggested wording; `seen` is the fingerprint of the clause's words it was laid beside."""

    thread: Thread
    pieces: tuple[Piece, ...]
    seen: str

    @property
    def bar(self) -> SafeString:
        """Those for it among those who took a stand."""
        total = self.thread.support + self.thread.against
        return meter(self.thread.support, total, f"{self.thread.support} of {total} are for it", "bar")


def wordings(threads: Sequence[Thread], clause: Clause) -> list[Wording]:
    """Open suggestions on a clause, the best supported first."""
    suggested = [each for each in threads if each.is_open and each.remark.suggested]
    if not suggested:
        return []
    suggested.sort(key=lambda each: each.against - each.support)
    seen = sha_of(clause.text)
    return [Wording(each, word_pieces(clause.text, each.remark.suggested), seen) for each in suggested]

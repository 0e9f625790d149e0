"""Whether the record is whole: no fact changed, dropped, moved or added behind its back. No Django here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from handrail.kernel.canon import START, Line
from handrail.kernel.checkpoints import MARK, Checkpoint, Torn

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with which fact (None for a checkpoint), of what kind, in a sentence."""

    number: int | None
    kind: str
    sentence: str


@dataclass(slots=True)
class Verdict:
    """What was checked and what was found. `signed` is how many facts trusted checkpoints cover."""

    facts: int = 0
    last: str = START
    signed: int = 0
    checkpoints: int = 0
    keys: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def first_bad(self) -> Finding | None:
        """The first thing that is wrong: the lowest fact, else the first checkpoint."""
        facts = [each for each in self.findings if each.number is not None]
        return min(facts, key=lambda each: each.number or 0) if facts else next(iter(self.findings), None)

    def note(self, number: int | None, kind: str, sentence: str) -> None:
        """Keep a finding; past the first twenty only count."""
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(number, kind, sentence))
        else:
            self.more += 1


class Marks:
    """What trusted checkpoints say of each fact."""

    def __init__(self, checkpoints: Sequence[Checkpoint]) -> None:
        self.parts = {each.first(): each for each in checkpoints if each.marks}
        self.count = max((each.count for each in checkpoints), default=0)
        self._all: dict[str, int] | None = None
        self._part: Checkpoint | None = None

    def of(self, number: int) -> tuple[str, Checkpoint] | None:
        """The mark of a fact and the checkpoint that carries it."""
        part = self.parts.get(number) or self._part
        if part is None or not part.first() <= number <= part.count:
            part = next((each for each in self.parts.values() if each.first() <= number <= each.count), None)
        self._part = part
        if part is None:
            return None
        start = (number - part.first()) * MARK
        return part.marks[start : start + MARK], part

    def place_of(self, digest: str) -> int | None:
        """Where a fact with this hash stood when it was signed."""
        if self._all is None:
            self._all = {
                part.marks[start : start + MARK]: first + start // MARK
                for first, part in self.parts.items()
                for start in range(0, len(part.marks), MARK)
            }
        return self._all.get(digest[:MARK])


def check(
    lines: Iterable[Line],
    checkpoints: Sequence[Checkpoint],
    keys: dict[str, str],
    torn: Sequence[Torn] = (),
    promised: int | None = None,
) -> Verdict:
    """Walk the facts in order and hold them against each other and against the signed checkpoints.

    `keys` are the public keys to believe, by fingerprint; `promised` is the number of facts an export says it holds.
    """
    verdict = Verdict(keys=tuple(keys))
    marks = Marks(_believable(checkpoints, keys, torn, verdict))
    expected, previous = 1, START
    for line in lines:
        if line.number != expected:
            _note_gap(verdict, line, expected)
            previous = line.previous
        _hold(verdict, line, previous, marks)
        expected, previous = line.number + 1, line.hash
        verdict.facts += 1
    verdict.last = previous
    ends = max(marks.count, promised or 0)
    if ends >= expected:
        sentence = f"{_span(expected, ends)} missing at the end: {ends:,} were counted, and {verdict.facts:,} are here."
        verdict.note(expected, "dropped", sentence)
    verdict.signed = min(marks.count, expected - 1)
    return verdict


def _believable(
    checkpoints: Sequence[Checkpoint], keys: dict[str, str], torn: Sequence[Torn], verdict: Verdict
) -> list[Checkpoint]:
    for line in torn:
        if not line.unfinished:
            verdict.note(None, "checkpoint", f"Line {line.line} of {line.file} is not a checkpoint.")
    good: list[Checkpoint] = []
    previous, count = "", 0
    for number, each in enumerate(checkpoints, 1):
        if not each.is_signed_by(keys):
            why = "its signature does not hold" if each.key in keys else f"the key {each.key} is not one we know"
            verdict.note(None, "checkpoint", f"Checkpoint {number}, of {each.at[:19]}, can’t be believed: {why}.")
            continue
        if each.previous != previous or each.first() != count + 1:
            sentence = f"Checkpoint {number}, of {each.at[:19]}, does not follow the one before: a line is missing."
            verdict.note(None, "checkpoint", sentence)
        good.append(each)
        previous, count = each.digest(), each.count
    verdict.checkpoints = len(good)
    return good


def _note_gap(verdict: Verdict, line: Line, expected: int) -> None:
    if line.number > expected:
        verdict.note(expected, "dropped", f"{_span(expected, line.number - 1)} missing: the next is {line.number:,}.")
    else:
        verdict.note(line.number, "re-ordered", f"Fact {line.number:,} comes after fact {expected - 1:,}.")


def _hold(verdict: Verdict, line: Line, previous: str, marks: Marks) -> None:
    number, named = line.number, f"Fact {line.number:,} ({line.code})"
    signed = marks.of(number)
    is_as_signed = signed is None or line.hash[:MARK] == signed[0]
    is_as_hashed = line.digest() == line.hash
    if is_as_signed and is_as_hashed and line.previous == previous:
        return
    stood = None if is_as_signed else marks.place_of(line.hash)
    if stood is not None and stood != number:
        verdict.note(number, "re-ordered", f"{named} was announced as fact {stood:,} and now stands here.")
    elif not is_as_hashed:
        verdict.note(number, "changed", f"{named} was changed after it was announced: its hash no longer fits.")
    elif signed is not None and not is_as_signed:
        when = signed[1].at[:19]
        verdict.note(
            number,
            "rewritten",
            f"{named} is not the one that was signed on {when} UTC: it, or one before it, was changed, dropped or "
            "moved, and the hashes were computed anew.",
        )
    else:
        verdict.note(number, "re-ordered", f"{named} does not follow the fact before it: one was dropped or moved.")


def _span(first: int, last: int) -> str:
    return f"Fact {first:,} is" if first == last else f"Facts {first:,} to {last:,} are"

"""What does the record say about a purpose's traits and an initiative's gates, beside what people think?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.strategy.models import Goal, Initiative, Purpose, Target, Trait

Verdict = Literal["holds", "fails", "unsure"]
HIGH, LOW = 3.5, 2.5
SHAPES: dict[Verdict, str] = {"holds": "answered", "fails": "again", "unsure": "open"}


@dataclass(frozen=True, slots=True)
class RecordWord:
    """What the record says: a verdict, a short sentence, the reason behind it, and where the records are."""

    verdict: Verdict
    said: str
    reason: str = ""
    href: str = ""

    @property
    def shape(self) -> str:
        """The state whose shape stands beside it."""
        return SHAPES[self.verdict]


Sayer = Callable[[Ref], RecordWord]
_sayers: dict[str, Sayer] = {}


def record_says(name: str, fn: Sayer) -> None:
    """Name who speaks for the record on a trait or gate ("policy_in_force", "community", "low_risk", "magnetic").

    `fn` gets `Ref("purpose", pk)` for a trait and `Ref("initiative", pk)` for a gate; called in a room's apps.ready.
    """
    _sayers[name] = fn


def forget_sayer(name: str) -> None:
    """Take a speaker out again; tests that name their own clean up with it."""
    _sayers.pop(name, None)


@dataclass(frozen=True, slots=True)
class Judged:
    """One trait: what assessors rated, and what the record says beside it."""

    trait: str
    label: str
    ratings: tuple[int, ...]
    word: RecordWord

    @property
    def mean(self) -> float | None:
        """The mean rating, None before anyone rated."""
        return sum(self.ratings) / len(self.ratings) if self.ratings else None

    @property
    def disagrees(self) -> str:
        """How the rating differs from the record: "higher", "lower" or nothing."""
        if self.mean is None:
            return ""
        if self.mean >= HIGH and self.word.verdict == "fails":
            return "higher"
        return "lower" if self.mean <= LOW and self.word.verdict == "holds" else ""


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing an initiative needs before it goes live."""

    name: str
    word: RecordWord

    @property
    def holds(self) -> bool:
        """Whether it is there; what can't be said is not there."""
        return self.word.verdict == "holds"


def judged(purpose: Purpose) -> list[Judged]:
    """The seven traits of a purpose, as the list on its page shows them."""
    ratings: dict[str, list[int]] = {}
    for row in purpose.assessments.all():
        ratings.setdefault(row.trait, []).append(row.rating)
    return [
        Judged(trait.value, trait.label, tuple(ratings.get(trait.value, ())), trait_word(purpose, trait))
        for trait in Trait
    ]


def trait_word(purpose: Purpose, trait: Trait) -> RecordWord:
    """What the record says on one trait: a higher room's word where one is named, else this room's own."""
    own: dict[str, Callable[[Purpose], RecordWord]] = {
        Trait.ALIGNED: _aligned,
        Trait.SCOPED: _scoped,
        Trait.EVOLUTION: _evolution,
        Trait.MEASURABLE: _measurable,
    }
    if trait in own:
        return own[trait](purpose)
    if trait in _sayers:
        return _sayers[trait](Ref("purpose", purpose.pk))
    why = {
        Trait.MAGNETIC: "Nothing counts yet who comes by themselves.",
        Trait.LOW_RISK: "No record of missteps is kept yet.",
        Trait.COMMUNITY: "Nothing tells yet whose posts the conversation is made of.",
    }
    return RecordWord("unsure", "Can’t say yet.", why[trait])


def gates(initiative: Initiative) -> list[Gate]:
    """What an initiative needs before it goes live, with the record's word on each."""
    policy = _sayers.get("policy_in_force")
    unsaid = RecordWord("unsure", "Can’t say.", "No room that keeps policies answers here.")
    return [
        Gate("An approved purpose", _approved(initiative.purpose)),
        Gate("A measure with a baseline, a target and a fresh reading", _measurable(initiative.purpose)),
        Gate("A policy in force", policy(Ref("initiative", initiative.pk)) if policy else unsaid),
    ]


def page_of(purpose: Purpose) -> str:
    """Where a purpose is read."""
    return reverse("strategy:purpose", args=[purpose.key])


def shown(value: Decimal | None, unit: str = "") -> str:
    """A measured value without idle noughts, with its unit."""
    if value is None:
        return ""
    digits = f"{value:,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{digits}{unit if unit in ('%', '‰') else f' {unit}' if unit else ''}"


def is_fresh(target: Target, today: date | None = None) -> bool:
    """Whether the newest reading is within the measure's own rhythm."""
    newest = next(iter(target.readings.all()), None)
    today = today or timezone.localdate()
    return newest is not None and newest.on >= today - timedelta(days=target.every_days)


def lacks(target: Target) -> list[str]:
    """What a measure lacks: baseline, target, fresh reading."""
    found = []
    if target.baseline is None:
        found.append("No baseline")
    if target.value is None:
        found.append("No target")
    if not is_fresh(target):
        found.append("No fresh reading")
    return found


def _approved(purpose: Purpose) -> RecordWord:
    if purpose.state == Purpose.State.APPROVED and purpose.approved_at:
        who = purpose.approved_by.name if purpose.approved_by else "somebody who left"
        return RecordWord("holds", f"{timezone.localtime(purpose.approved_at):%-d %B}, {who}.", "", page_of(purpose))
    said = f"“{purpose.name}” is {purpose.get_state_display().lower()}."
    return RecordWord("fails", said, purpose.because, page_of(purpose))


def _aligned(purpose: Purpose) -> RecordWord:
    live = [goal for goal in purpose.goals.all() if goal.status == Goal.Status.LIVE]
    if not live:
        return RecordWord("fails", "Linked to no live goal.", "Link it to one, or drop it.", page_of(purpose))
    past = [goal for goal in live if goal.is_past]
    reason = f"The period of “{past[0].statement}” is over." if past else f"The first is “{live[0].statement}”."
    said = f"Linked to {counted(len(live), 'live goal')}."
    return RecordWord("fails" if len(past) == len(live) else "holds", said, reason, page_of(purpose))


def _scoped(purpose: Purpose) -> RecordWord:
    cells = len(purpose.cells.all())
    led = [each for each in purpose.domains.all() if each.lead_id]
    loose = [each.name for each in purpose.domains.all() if not each.lead_id]
    said = f"{counted(cells, 'cell')}, {counted(len(led), 'led domain')}."
    if not 1 <= cells <= 3:
        return RecordWord("fails", said, "One to three cells are a scope; more is a wish.", page_of(purpose))
    if not led:
        return RecordWord("fails", said, "No domain it touches has a lead.", page_of(purpose))
    reason = f"{loose[0]} has no lead yet." if loose else "Every domain it touches is led."
    return RecordWord("holds", said, reason, page_of(purpose))


def _evolution(purpose: Purpose) -> RecordWord:
    revised = sum(step.kind in ("changed", "kept") for step in purpose.steps.all())
    day = purpose.review_on
    if not revised and day is None:
        return RecordWord("fails", "Never revised, no day set.", "Set a day of review.", page_of(purpose))
    if day and day < timezone.localdate():
        return RecordWord("fails", f"Its review was due {day:%-d %B}.", "Look at it again.", page_of(purpose))
    times = {0: "Not revised yet", 1: "Revised once", 2: "Revised twice"}.get(revised, f"Revised {revised} times")
    said = f"{times}, next {day:%-d %B}." if day else f"{times}."
    return RecordWord("holds", said, "Each time with a reason." if revised else "", page_of(purpose))


def _measurable(purpose: Purpose) -> RecordWord:
    targets = list(purpose.targets.all())
    if not targets:
        return RecordWord("fails", "No measure.", "Nobody has said how we would know.", page_of(purpose))
    best = min(targets, key=lambda target: len(lacks(target)))
    missing = lacks(best)
    if not missing:
        newest = next(iter(best.readings.all()))
        said = f"{shown(newest.value, best.unit)}, aim {shown(best.value, best.unit)}."
        return RecordWord("holds", said, f"“{best.measure}”, read {newest.on:%-d %B}.", page_of(purpose))
    reason = f"“{best.measure}” has " + (
        f"a target of {shown(best.value, best.unit)}." if best.value is not None else "no target yet."
    )
    return RecordWord(
        "fails", f"{', '.join(missing[:1] + [each.lower() for each in missing[1:]])}.", reason, page_of(purpose)
    )

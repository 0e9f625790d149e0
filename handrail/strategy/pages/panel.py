"""One purpose as its panel shows it: what it serves, ratings beside the record, gates, and how it evolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString

from handrail.kernel.refs import Ref
from handrail.kernel.words import count, listed, sentence_case
from handrail.people.models import Person
from handrail.people.reads import accountable_for
from handrail.strategy import actions
from handrail.strategy.models import Initiative, Purpose, PurposeStep, Reading, Target, Trait
from handrail.strategy.pages.asked import TOPICS
from handrail.strategy.pages.dots import dot_plot
from handrail.strategy.reads import Gate, Judged, RecordWord, gates, judged, lacks, shown

MEANS = {
    Trait.MAGNETIC: "people come by themselves",
    Trait.ALIGNED: "serves a live goal",
    Trait.LOW_RISK: "little can go wrong",
    Trait.SCOPED: "one to three cells",
    Trait.EVOLUTION: "is re-examined",
    Trait.MEASURABLE: "we’d know if it worked",
    Trait.COMMUNITY: "others carry it",
}
STATES = {"proposed": "open", "approved": "in_progress", "live": "answered", "closed": "open"}
READY = {"not_asked": "again", "trying": "in_progress", "ready": "answered"}
MARKS = {"proposed": "p", "changed": "c", "approved": "", "reopened": "g", "kept": "", "dropped": "p"}


@dataclass(frozen=True, slots=True)
class TraitShown:
    """A trait as its row shows it."""

    judged: Judged
    means: str
    drawn: SafeString

    @property
    def word(self) -> RecordWord:
        """What the record says on it."""
        return self.judged.word


@dataclass(frozen=True, slots=True)
class GateShown:
    """A gate, with who may mend it."""

    gate: Gate
    who: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeShown:
    """An initiative with its gates and what this person may do to it."""

    row: Initiative
    gates: tuple[GateShown, ...]
    may_run: bool
    may_approve: bool
    may_override: bool

    @property
    def missing(self) -> tuple[GateShown, ...]:
        """The gates that don't hold."""
        return tuple(each for each in self.gates if not each.gate.holds)

    @property
    def heading(self) -> str:
        """What keeps it from going live, counted."""
        missing = len(self.missing)
        if not missing:
            return f"Nothing keeps “{self.row.name}” from going live"
        noun = "thing keeps" if missing == 1 else "things keep"
        return f"{sentence_case(count(missing))} {noun} “{self.row.name}” from going live"

    @property
    def off_until(self) -> str:
        """Why the button is off."""
        return listed([each.gate.name[:1].lower() + each.gate.name[1:] for each in self.missing])

    @property
    def words(self) -> list[tuple[str, str]]:
        """What its lead said on mission, strategy, values and outcomes."""
        said = [(topic, getattr(self.row, f"on_{topic}")) for topic in TOPICS]
        return [(topic, words) for topic, words in said if words]

    @property
    def unsaid(self) -> str:
        """The topics its lead hasn't spoken on, listed."""
        return listed([topic for topic in TOPICS if not getattr(self.row, f"on_{topic}")])


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure with where it starts, stands and should be."""

    row: Target
    latest: Reading | None
    missing: str

    @property
    def said(self) -> str:
        """The measure's values in a line."""
        unit = self.row.unit
        parts = [
            f"{shown(self.latest.value, unit)} on {self.latest.on:%-d %B}" if self.latest else "",
            f"from {shown(self.row.baseline, unit)}" if self.row.baseline is not None else "",
            f"aim {shown(self.row.value, unit)}" if self.row.value is not None else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in how a purpose evolved: its mark on the rail, its day, a bold part and the rest."""

    mark: str
    at: datetime | date
    bold: str
    rest: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything a page shows of one purpose."""

    purpose: Purpose
    traits: tuple[TraitShown, ...]
    initiatives: tuple[InitiativeShown, ...]
    measures: tuple[MeasureShown, ...]
    steps: tuple[StepShown, ...]
    assessors: str
    may_change: bool
    may_approve: bool
    may_assess: bool

    @property
    def disagree(self) -> int:
        """How many ratings disagree with the record."""
        return sum(bool(each.judged.disagrees) for each in self.traits)

    @property
    def heading(self) -> str:
        """How ratings and record compare, as a heading."""
        if not any(each.judged.ratings for each in self.traits):
            return "Nobody has rated it yet"
        if not self.disagree:
            return "No rating disagrees with the record"
        verb = "disagrees" if self.disagree == 1 else "disagree"
        return f"{sentence_case(count(self.disagree))} of seven ratings {verb} with the record"

    @property
    def rated_by(self) -> str:
        """The head of the column of ratings."""
        people = len({each.assessor_id for each in self.purpose.assessments.all()})
        noun = "assessor" if people == 1 else "assessors"
        return f"{sentence_case(count(people))} {noun}, 1 to 5" if people else "Ratings, 1 to 5"

    @property
    def in_cells(self) -> str:
        """In how many cells it stands, as its heading says it."""
        cells = len(self.purpose.cells.all())
        return f"Purpose, in {count(cells)} cell{'' if cells == 1 else 's'}"

    @property
    def voice(self) -> tuple[InitiativeShown, str, str] | None:
        """The one thing a lead said that the panel quotes: on values where they did, else the first."""
        for topic in ("values", "mission", "outcomes", "strategy"):
            for each in self.initiatives:
                if words := getattr(each.row, f"on_{topic}"):
                    return each, topic, words
        return None


def panel_of(purpose: Purpose, person: Person) -> Panel:
    """One purpose as this person sees it."""
    prefetch_related_objects([purpose], "domains__activities", "domains__lead", "assessments__assessor", "steps__by")
    traits = tuple(TraitShown(each, MEANS[Trait(each.trait)], dot_plot(each)) for each in judged(purpose))
    open_states = (Purpose.State.PROPOSED, Purpose.State.AGAIN)
    return Panel(
        purpose=purpose,
        traits=traits,
        initiatives=tuple(initiative_shown(each, person) for each in _in_order(purpose.initiatives.all())),
        measures=tuple(measure_shown(each) for each in purpose.targets.all()),
        steps=tuple(_steps(purpose)),
        assessors=_assessors(purpose),
        may_change=actions.may_change_purpose(person, purpose),
        may_approve=purpose.state in open_states and actions.may_approve_purpose(person, purpose),
        may_assess=actions.may_assess(person, purpose),
    )


def initiative_shown(row: Initiative, person: Person) -> InitiativeShown:
    """An initiative as this person sees it."""
    return InitiativeShown(
        row=row,
        gates=tuple(GateShown(each, _who_mends(each, row)) for each in gates(row)),
        may_run=actions.may_run_initiative(person, row),
        may_approve=row.state == Initiative.State.PROPOSED and actions.may_approve_initiative(person, row),
        may_override=actions.may_override_gates(person, row),
    )


def measure_shown(row: Target) -> MeasureShown:
    """A measure with its newest reading and what it lacks."""
    missing = lacks(row)
    said = ", ".join([*missing[:1], *(each.lower() for each in missing[1:])])
    return MeasureShown(row, next(iter(row.readings.all()), None), said)


def reasons_of(purpose: Purpose) -> list[tuple[str, list[Any]]]:
    """The reasons assessors gave, trait by trait."""
    rows = list(purpose.assessments.all())
    given = [(trait.label, [row for row in rows if row.trait == trait.value]) for trait in Trait]
    return [(label, rows) for label, rows in given if rows]


def _in_order(rows: Iterable[Initiative]) -> list[Initiative]:
    order = ["approved", "proposed", "live", "closed"]
    return sorted(rows, key=lambda row: (order.index(row.state), row.name))


def _who_mends(gate: Gate, row: Initiative) -> str:
    if gate.holds:
        return ""
    if gate.name.startswith("An approved"):
        who = accountable_for("approve", Ref("purpose", row.purpose_id))
        return who.name if who else ""
    if gate.name.startswith("A measure"):
        return row.purpose.owner.name if row.purpose.owner else "nobody owns it yet"
    return ""


def _assessors(purpose: Purpose) -> str:
    rows = list(purpose.assessments.all())
    if not rows:
        return ""
    names = sorted({each.assessor.name for each in rows})
    said = listed(names) if len(names) <= 6 else f"{listed(names[:5])} and {len(names) - 5} more"
    days = sorted(timezone.localtime(each.at).date() for each in rows)
    first, last = days[0], days[-1]
    if first == last:
        return f"{said}, {last:%-d %B}."
    from_ = f"{first:%-d}" if (first.month, first.year) == (last.month, last.year) else f"{first:%-d %B}"
    return f"{said}, {from_} to {last:%-d %B}."


def _steps(purpose: Purpose) -> list[StepShown]:
    found: list[StepShown] = []
    statement = ""
    for step in purpose.steps.all():
        bold, rest = _step_words(step)
        before = statement if statement and statement != step.statement else ""
        found.append(StepShown(MARKS[step.kind], step.at, bold, rest, before))
        statement = step.statement
    day = purpose.review_on
    if day and purpose.state != Purpose.State.DROPPED:
        found.append(StepShown("p", day, "", "Next look, or sooner if a goal under it changes."))
    return found


def _step_words(step: PurposeStep) -> tuple[str, str]:
    who = step.by.name if step.by else ""
    said = step.said.rstrip(".")
    if step.kind == "proposed":
        where = said.removeprefix("Proposed in ").lower()
        return "", _sentences(f"Proposed by {who or 'somebody who left'}: {where}", step.why)
    if step.kind == "approved":
        return f"Approved by {who or 'somebody who left'}", ""
    if step.kind == "reopened":
        return said, "" if who else "The purpose was reopened by itself."
    if step.kind == "kept":
        return "Kept after another look", _sentences(step.why, who and f"Looked at by {who}")
    return said, _sentences(step.why, who and f"By {who}")


def _sentences(*parts: str) -> str:
    said = (f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)
    return " ".join(said)

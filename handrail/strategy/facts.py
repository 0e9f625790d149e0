"""What the room of strategy announces."""

from dataclasses import dataclass
from typing import ClassVar

from handrail.kernel.facts import Fact
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class GoalSet(Fact):
    """A goal was written down for the first time."""

    code: ClassVar[str] = "strategy.goal_set"
    goal: Ref
    statement: str


@dataclass(frozen=True, slots=True)
class GoalChanged(Fact):
    """A goal was changed; `what` names the fields that differ. Purposes under it are looked at again."""

    code: ClassVar[str] = "strategy.goal_changed"
    goal: Ref
    what: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class GoalsImported(Fact):
    """A file of goals went in, with its counts."""

    code: ClassVar[str] = "strategy.goals_imported"
    name: str
    new: int
    changed: int
    unchanged: int
    held_back: int


@dataclass(frozen=True, slots=True)
class DomainSet(Fact):
    """A domain was written down or changed, with how many present activities."""

    code: ClassVar[str] = "strategy.domain_set"
    domain: Ref
    name: str
    activities: int


@dataclass(frozen=True, slots=True)
class PurposeProposed(Fact):
    """A purpose was put forward."""

    code: ClassVar[str] = "strategy.purpose_proposed"
    purpose: Ref
    name: str


@dataclass(frozen=True, slots=True)
class PurposeChanged(Fact):
    """A purpose was changed; which parts and why."""

    code: ClassVar[str] = "strategy.purpose_changed"
    purpose: Ref
    what: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PurposeApproved(Fact):
    """Somebody other than its owner said yes to a purpose."""

    code: ClassVar[str] = "strategy.purpose_approved"
    purpose: Ref
    name: str


@dataclass(frozen=True, slots=True)
class PurposeReopened(Fact):
    """An approved purpose needs another look; what caused it and because of what."""

    code: ClassVar[str] = "strategy.purpose_reopened"
    purpose: Ref
    cause: Ref
    because: str


@dataclass(frozen=True, slots=True)
class PurposeReviewDue(Fact):
    """A purpose's day of review is within two weeks."""

    code: ClassVar[str] = "strategy.purpose_review_due"
    purpose: Ref
    on: str


@dataclass(frozen=True, slots=True)
class PurposeKept(Fact):
    """A purpose was looked at again and holds; it waits for approval."""

    code: ClassVar[str] = "strategy.purpose_kept"
    purpose: Ref
    why: str


@dataclass(frozen=True, slots=True)
class PurposeDropped(Fact):
    """A purpose was given up."""

    code: ClassVar[str] = "strategy.purpose_dropped"
    purpose: Ref
    why: str


@dataclass(frozen=True, slots=True)
class PurposeAssessed(Fact):
    """A trait of a purpose was rated from 1 to 5."""

    code: ClassVar[str] = "strategy.purpose_assessed"
    purpose: Ref
    trait: str
    rating: int


@dataclass(frozen=True, slots=True)
class TargetSet(Fact):
    """A purpose has a measure with where it starts and where it should be, or a changed one."""

    code: ClassVar[str] = "strategy.target_set"
    purpose: Ref
    target: Ref
    measure: str


@dataclass(frozen=True, slots=True)
class ReadingNoted(Fact):
    """A value was read for a measure, with the day it holds for."""

    code: ClassVar[str] = "strategy.reading_noted"
    target: Ref
    value: str
    on: str


@dataclass(frozen=True, slots=True)
class CellLeftEmpty(Fact):
    """A cell of the grid stays empty on purpose."""

    code: ClassVar[str] = "strategy.cell_left_empty"
    level: str
    constituency: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellOpened(Fact):
    """A cell of the grid no longer stays empty on purpose."""

    code: ClassVar[str] = "strategy.cell_opened"
    level: str
    constituency: str


@dataclass(frozen=True, slots=True)
class InitiativeProposed(Fact):
    """An initiative was put forward under a purpose."""

    code: ClassVar[str] = "strategy.initiative_proposed"
    initiative: Ref
    name: str


@dataclass(frozen=True, slots=True)
class InitiativeChanged(Fact):
    """An initiative says something else now."""

    code: ClassVar[str] = "strategy.initiative_changed"
    initiative: Ref
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InitiativeApproved(Fact):
    """An initiative may be made ready."""

    code: ClassVar[str] = "strategy.initiative_approved"
    initiative: Ref
    name: str


@dataclass(frozen=True, slots=True)
class InitiativeWentLive(Fact):
    """An initiative went live; with a reason where a gate did not hold."""

    code: ClassVar[str] = "strategy.initiative_went_live"
    initiative: Ref
    name: str
    override_reason: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InitiativeClosed(Fact):
    """An initiative ended; what came of it."""

    code: ClassVar[str] = "strategy.initiative_closed"
    initiative: Ref
    name: str
    came_of: str


@dataclass(frozen=True, slots=True)
class PlanIssued(Fact):
    """A version of the strategy plan was issued; its number and fingerprint."""

    code: ClassVar[str] = "strategy.plan_issued"
    plan: Ref
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RowsImported(Fact):
    """A file of domains, purposes or initiatives went in, with its counts."""

    code: ClassVar[str] = "strategy.rows_imported"
    name: str
    kind: str
    new: int
    changed: int
    unchanged: int
    held_back: int

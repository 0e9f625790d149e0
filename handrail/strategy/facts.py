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

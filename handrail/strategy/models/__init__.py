"""The tables of strategy: goals, domains, purposes, the grid, initiatives, plans."""

from handrail.strategy.models.domains import Activity, Domain
from handrail.strategy.models.goals import Goal, GoalQuerySet, GoalRevision
from handrail.strategy.models.grid import Constituency, EmptyCell, Level
from handrail.strategy.models.initiatives import Initiative, InitiativeCell, InitiativeStep
from handrail.strategy.models.plans import Plan
from handrail.strategy.models.purposes import (
    Assessment,
    Purpose,
    PurposeCell,
    PurposeStep,
    Reading,
    Target,
    Trait,
)

__all__ = [
    "Activity",
    "Assessment",
    "Constituency",
    "Domain",
    "EmptyCell",
    "Goal",
    "GoalQuerySet",
    "GoalRevision",
    "Initiative",
    "InitiativeCell",
    "InitiativeStep",
    "Level",
    "Plan",
    "Purpose",
    "PurposeCell",
    "PurposeStep",
    "Reading",
    "Target",
    "Trait",
]

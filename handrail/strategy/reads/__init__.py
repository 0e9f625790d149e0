"""What pages and higher rooms ask of strategy."""

from handrail.strategy.reads.goals import find_goals, goals_owned_by, live_goals, past_goals
from handrail.strategy.reads.grid import GridShown, domains_with, grid, standing_purposes
from handrail.strategy.reads.plan import Change, changed_since, paper_of, plan_paper, plan_today, record_today
from handrail.strategy.reads.record import (
    Gate,
    Judged,
    RecordWord,
    forget_sayer,
    gates,
    is_fresh,
    judged,
    lacks,
    record_says,
    shown,
    trait_word,
)
from handrail.strategy.reads.tables import mark_of, readings_by_day, table
from handrail.strategy.reads.waiting import (
    GoalUnder,
    Orphan,
    StrategyNeed,
    goal_tree,
    led_functions,
    needs_of,
    orphans,
    purpose_subjects,
)

__all__ = [
    "Change",
    "Gate",
    "GoalUnder",
    "GridShown",
    "Judged",
    "Orphan",
    "RecordWord",
    "StrategyNeed",
    "changed_since",
    "domains_with",
    "find_goals",
    "forget_sayer",
    "gates",
    "goal_tree",
    "goals_owned_by",
    "grid",
    "is_fresh",
    "judged",
    "lacks",
    "led_functions",
    "live_goals",
    "mark_of",
    "needs_of",
    "orphans",
    "paper_of",
    "past_goals",
    "plan_paper",
    "plan_today",
    "purpose_subjects",
    "readings_by_day",
    "record_says",
    "record_today",
    "shown",
    "standing_purposes",
    "table",
    "trait_word",
]

"""The matrix as plain values: reads cells, says what each row means, checks it against named rules. No database."""

from handrail.people.matrix.lint import Verdict, lint, rules
from handrail.people.matrix.says import what_happens
from handrail.people.matrix.table import (
    ACTIVITIES,
    LETTERS,
    Cell,
    Finding,
    Fix,
    Holder,
    Row,
    Someone,
    Stand,
    Table,
    in_order,
)

__all__ = [
    "ACTIVITIES",
    "LETTERS",
    "Cell",
    "Finding",
    "Fix",
    "Holder",
    "Row",
    "Someone",
    "Stand",
    "Table",
    "Verdict",
    "in_order",
    "lint",
    "rules",
    "what_happens",
]

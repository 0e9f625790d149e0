"""The small functions that detect each rule, found by the rule's id."""

from handrail.policy.lint.detectors import (
    balance,
    contradictions,
    coverage,
    currency,
    duties,
    lawful,
    lawful_more,
    layout,
    leftovers,
    names,
    networks,
    old_law,
    people,
    procedures,
    sentences,
    short_forms,
    wording,
)
from handrail.policy.lint.rulebook import DETECTORS

__all__ = [
    "DETECTORS",
    "balance",
    "contradictions",
    "coverage",
    "currency",
    "duties",
    "lawful",
    "lawful_more",
    "layout",
    "leftovers",
    "names",
    "networks",
    "old_law",
    "people",
    "procedures",
    "sentences",
    "short_forms",
    "wording",
]

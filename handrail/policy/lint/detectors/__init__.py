"""The small functions that detect each rule, found by the rule's id."""

from handrail.policy.lint.detectors import (
    contradictions,
    currency,
    duties,
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
    "contradictions",
    "currency",
    "duties",
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

"""The tables of the room of policy, by topic."""

from handrail.policy.models.ledger import Because, ChangeTyping, Clause, ClauseEdit, Unsaved
from handrail.policy.models.versions import FROZEN, ClauseText, Policy, PolicyQuerySet, Version

__all__ = [
    "FROZEN",
    "Because",
    "ChangeTyping",
    "Clause",
    "ClauseEdit",
    "ClauseText",
    "Policy",
    "PolicyQuerySet",
    "Unsaved",
    "Version",
]

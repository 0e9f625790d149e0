"""The tables of the room of policy, by topic."""

from handrail.policy.models.versions import FROZEN, ClauseText, Policy, PolicyQuerySet, Version

__all__ = ["FROZEN", "ClauseText", "Policy", "PolicyQuerySet", "Version"]

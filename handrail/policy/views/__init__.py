"""Pages of policy, by topic."""

from handrail.policy.views import pages

__all__ = ["pages"]

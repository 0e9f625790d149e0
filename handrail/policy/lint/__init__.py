"""The check of a policy's wording and structure: rules as data, small detectors, findings with their sources."""

from handrail.policy.lint.finding import Finding, Source
from handrail.policy.lint.rulebook import Rule, rules
from handrail.policy.lint.run import count_words, lint, standing

__all__ = ["Finding", "Rule", "Source", "count_words", "lint", "rules", "standing"]

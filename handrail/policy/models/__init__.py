"""The tables of the room of policy, by topic."""

from handrail.policy.models.around import (
    Adherence,
    Amendment,
    AmendmentSupport,
    Procedure,
    ProcedureText,
    ReviewReminder,
    Scenario,
    ScenarioCheck,
    ScenarioClause,
    StepMove,
    TranslatedClause,
    Translation,
)
from handrail.policy.models.checks import LegalQuestion, LintProfile, Waiver
from handrail.policy.models.doors import Suggestion
from handrail.policy.models.ledger import Because, ChangeTyping, Clause, ClauseEdit, DraftWriter, Unsaved
from handrail.policy.models.versions import FROZEN, ClauseText, Policy, PolicyQuerySet, Version

__all__ = [
    "FROZEN",
    "Adherence",
    "Amendment",
    "AmendmentSupport",
    "Because",
    "ChangeTyping",
    "Clause",
    "ClauseEdit",
    "ClauseText",
    "DraftWriter",
    "LegalQuestion",
    "LintProfile",
    "Policy",
    "PolicyQuerySet",
    "Procedure",
    "ProcedureText",
    "ReviewReminder",
    "Scenario",
    "ScenarioCheck",
    "ScenarioClause",
    "StepMove",
    "Suggestion",
    "TranslatedClause",
    "Translation",
    "Unsaved",
    "Version",
    "Waiver",
]

"""The verbs of the clause ledger: change a draft clause by clause, say why, undo, and type what changed."""

from handrail.policy.actions.ledger.base import Diverged, Edited, may_edit
from handrail.policy.actions.ledger.because import Reason, entrust_clause, explain_clause
from handrail.policy.actions.ledger.clauses import (
    add_clause,
    edit_clause,
    merge_clauses,
    move_clause,
    nudge_clause,
    remove_clause,
    set_kind,
    split_clause,
)
from handrail.policy.actions.ledger.sections import add_heading, edit_heading, move_section, remove_heading
from handrail.policy.actions.ledger.typing import begin_draft, confirm_changes, type_change
from handrail.policy.actions.ledger.undo import redo, undo
from handrail.policy.actions.ledger.unsaved import drop_unsaved, keep_unsaved

__all__ = [
    "Diverged",
    "Edited",
    "Reason",
    "add_clause",
    "add_heading",
    "begin_draft",
    "confirm_changes",
    "drop_unsaved",
    "edit_clause",
    "edit_heading",
    "entrust_clause",
    "explain_clause",
    "keep_unsaved",
    "may_edit",
    "merge_clauses",
    "move_clause",
    "move_section",
    "nudge_clause",
    "redo",
    "remove_clause",
    "remove_heading",
    "set_kind",
    "split_clause",
    "type_change",
    "undo",
]

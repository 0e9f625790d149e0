"""Changes a policy text clause by clause without losing a word or an id: plain Python, no Django."""

from handrail.policy.ledger.stack import Changed, Slip, Stack, open_stack, reading
from handrail.policy.ledger.verbs import (
    add_clause,
    add_heading,
    edit_clause,
    edit_heading,
    merge_clauses,
    move_clause,
    move_section,
    neighbour_place,
    remove_clause,
    remove_heading,
    set_kind,
    split_clause,
)
from handrail.policy.ledger.wording import sha_of, wording_of

__all__ = [
    "Changed",
    "Slip",
    "Stack",
    "add_clause",
    "add_heading",
    "edit_clause",
    "edit_heading",
    "merge_clauses",
    "move_clause",
    "move_section",
    "neighbour_place",
    "open_stack",
    "reading",
    "remove_clause",
    "remove_heading",
    "set_kind",
    "sha_of",
    "split_clause",
    "wording_of",
]

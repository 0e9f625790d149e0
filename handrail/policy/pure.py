"""The door of the policy room for those without Django: read, write and compare policy texts, and check them."""

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.lint import Finding, count_words, lint, standing
from handrail.policy.text import (
    ClauseChange,
    Piece,
    assign_ids,
    compare,
    read_markdown,
    read_policy,
    write_html,
    write_markdown,
    write_text,
)

__all__ = [
    "Clause",
    "ClauseChange",
    "Document",
    "Finding",
    "Heading",
    "Piece",
    "assign_ids",
    "compare",
    "count_words",
    "lint",
    "read_markdown",
    "read_policy",
    "standing",
    "write_html",
    "write_markdown",
    "write_text",
]

"""Reads, writes and compares policy texts without Django: Markdown, HTML, Word and plain text become clauses."""

from handrail.policy.text.difference import ClauseChange, Piece, compare
from handrail.policy.text.matching import assign_ids
from handrail.policy.text.read import read_markdown, read_policy
from handrail.policy.text.write import write_html, write_markdown, write_text

__all__ = [
    "ClauseChange",
    "Piece",
    "assign_ids",
    "compare",
    "read_markdown",
    "read_policy",
    "write_html",
    "write_markdown",
    "write_text",
]

"""Reads and writes policy texts without Django: Markdown, HTML, Word and plain text become clauses with ids."""

from handrail.policy.text.read import read_markdown, read_policy
from handrail.policy.text.write import write_html, write_markdown, write_text

__all__ = ["read_markdown", "read_policy", "write_html", "write_markdown", "write_text"]

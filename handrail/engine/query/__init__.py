"""The query language: read it, warn, explain it, write it down, and decide slowly and surely what it matches."""

from handrail.engine.query.evaluating import Reading, evaluate, part_holds, read, spans
from handrail.engine.query.nodes import Part, Query, Warned, leaves
from handrail.engine.query.parsing import parse
from handrail.engine.query.refusals import REFUSALS, WARNINGS, QueryError
from handrail.engine.query.tokens import Token, tokens
from handrail.engine.query.writing import as_text, explain

__all__ = [
    "REFUSALS",
    "WARNINGS",
    "Part",
    "Query",
    "QueryError",
    "Reading",
    "Token",
    "Warned",
    "as_text",
    "evaluate",
    "explain",
    "leaves",
    "parse",
    "part_holds",
    "read",
    "spans",
    "tokens",
]

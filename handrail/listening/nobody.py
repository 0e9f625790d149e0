"""Does this query look for somebody who works here? Nobody here is watched, however the name is written."""

import re
from itertools import product

from handrail.engine.query import Query
from handrail.engine.query.folding import plain_form
from handrail.engine.query.nodes import And, Close, Field, Near, Node, Not, Or, Phrase, Word
from handrail.people.models import Person

MOST_TERMS = 5_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Term = frozenset[str]


def names_somebody_here(query: Query) -> str:
    """The full name of someone who works here that the query asks for, or nothing.

    A name counts when its words stand side by side anywhere in the text, when one post would have to hold them all
    (by AND, NEAR or a phrase, in any order, accents or not), or when they are run together in a tag or a handle.
    """
    words = [plain_form(word) for word in _WORD.findall(query.text)]
    runs = {" ".join(words[at : at + length]) for length in (2, 3, 4) for at in range(len(words) - length + 1)}
    terms = _terms(query.node)
    asked = frozenset().union(*terms, words)
    joined = {re.sub(r"\W|_", "", plain_form(part)) for part in query.text.split()}
    worth_a_look: dict[str, bool] = {}  # by first word as typed: few given names serve many people
    for name in Person.objects.here().values_list("name", flat=True).iterator(chunk_size=5000):
        given = name.partition(" ")[0]
        if given not in worth_a_look:
            first = plain_form("".join(_WORD.findall(given)[:1]))
            worth_a_look[given] = first in asked or any(word.startswith(first) for word in joined)
        if not worth_a_look[given]:
            continue
        parts = [plain_form(word) for word in _WORD.findall(name)]
        if len(parts) < 2:
            continue
        if "".join(parts) in joined:
            return name
        if asked.issuperset(parts) and (" ".join(parts) in runs or any(term.issuperset(parts) for term in terms)):
            return name
    return ""


def _terms(node: Node) -> list[Term]:
    """The sets of words of which one would have to stand in a post whole; too many of them count as one."""
    if isinstance(node, Word):
        return [frozenset([plain_form(node.text)])]
    if isinstance(node, Phrase | Close):
        return [frozenset(plain_form(word.text) for word in node.words)]
    if isinstance(node, Not | Field):
        return [frozenset()]
    if isinstance(node, Or):
        return list({term for part in node.parts for term in _terms(part)})
    return _together(node)


def _together(node: And | Near) -> list[Term]:
    parts = node.parts if isinstance(node, And) else (node.left, node.right)
    found: list[Term] = [frozenset()]
    for part in parts:
        more = _terms(part)
        if len(found) * len(more) > MOST_TERMS:
            found, more = [frozenset().union(*found)], [frozenset().union(*more)]
        found = list({one | other for one, other in product(found, more)})
    return found

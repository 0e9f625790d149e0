"""How a query is written down: in its own language, one way for one meaning, and as a tree in words."""

from itertools import pairwise

from handrail.engine.query.letters import SINGLE, kind
from handrail.engine.query.nodes import And, Close, Field, Form, Near, Node, Not, Or, Phrase, Query, Word


def as_text(query: Query) -> str:
    """The query in canonical form: reading it again gives an equal query."""
    return as_words(query.node)


def as_words(node: Node, *, inside: bool = False) -> str:
    """One node in the query language, in brackets where it stands `inside` another and needs them."""
    match node:
        case Word():
            written = node.sigil + node.text
            return f"{{{written}}}" if node.form is Form.RAW else written
        case Phrase():
            return _phrase(node.words)
        case Close():
            return f'"{" ".join(word.sigil + word.text for word in node.words)}"~{node.within}'
        case Field():
            values = ",".join(value if _is_bare(value) else f'"{value}"' for value in node.values)
            return f"{node.name}:{values}"
        case Not():
            return f"NOT {as_words(node.part, inside=True)}"
        case Near():
            joint = f" NEAR/{node.within}{'f' if node.ordered else ''} "
            written = joint.join(as_words(side, inside=True) for side in (node.left, node.right))
        case And() | Or():
            joint = " AND " if isinstance(node, And) else " OR "
            written = joint.join(as_words(part, inside=True) for part in node.parts)
    return f"({written})" if inside else written


def _phrase(words: tuple[Word, ...]) -> str:
    raw = all(word.form is Form.RAW for word in words)
    written = words[0].sigil + words[0].text
    for before, word in pairwise(words):
        run = not word.sigil and kind(ord(before.text[0])) == kind(ord(word.text[0])) == SINGLE
        written += ("" if run else " ") + word.sigil + word.text
    return f"{{{written}}}" if raw else f'"{written}"'


def _is_bare(value: str) -> bool:
    return not any(mark.isspace() or mark in '(){}"“”„,' for mark in value)


def explain(query: Query) -> str:
    """The query as an indented tree in words."""
    return "\n".join(_explain(query.node, ""))


def _explain(node: Node, indent: str) -> list[str]:
    match node:
        case And() | Or():
            head = "all of these:" if isinstance(node, And) else "any of these:"
            return [indent + head, *(line for part in node.parts for line in _explain(part, indent + "  "))]
        case Not():
            return [f"{indent}but not:", *_explain(node.part, indent + "  ")]
        case Near():
            order = "first the left, then the right" if node.ordered else "in any order"
            head = f"{indent}with at most {_words(node.within)} between them, {order}:"
            return [head, *_explain(node.left, indent + "  "), *_explain(node.right, indent + "  ")]
        case Close():
            named = ", ".join(word.sigil + word.text for word in node.words)
            return [f"{indent}close together, at most {_words(node.within)} more among them, in any order: {named}"]
        case Phrase():
            how = ", in exactly these capitals" if all(word.form is Form.RAW for word in node.words) else ""
            return [f"{indent}the phrase “{' '.join(word.sigil + word.text for word in node.words)}”{how}"]
        case Field():
            return [indent + _FIELD_WORDS[node.name].format(" or ".join(node.values))]
        case Word():
            return [f"{indent}{_word(node)}"]


_FIELD_WORDS = {
    "from": "written by {}",
    "has": "with {}",
    "lang": "in the language {}",
    "platform": "published on {}",
    "site": "published at the site {}",
}


def _word(word: Word) -> str:
    kind_of = {"#": "the tag", "@": "the handle"}.get(word.sigil, "the word")
    notes = []
    if word.is_pattern:
        notes.append("* stands for any letters, ? for one")
    if word.form is Form.EXACT:
        notes.append("with exactly these accents")
    if word.form is Form.RAW:
        notes.append("in exactly these capitals")
    return f"{kind_of} “{word.sigil}{word.text}”" + (f" ({'; '.join(notes)})" if notes else "")


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"

"""Under which keys a query's words and fields, and a post's, meet; a key is a short text."""

from collections.abc import Iterator, Sequence

from handrail.engine.query.checks import words_in
from handrail.engine.query.fields import FieldKey
from handrail.engine.query.folding import exact_form
from handrail.engine.query.nodes import And, Field, Form, Node, Not, Or, Word

# No word of a post holds one of these, so the kinds of keys never meet by accident. Plain words have no mark.
EXACT_MARK = "="
RAW_MARK = "!"
PATTERN_MARK = "~"
FIELD_MARK = ":"
PAIR_MARK = " "
_MARKS = {Form.PLAIN: "", Form.EXACT: EXACT_MARK, Form.RAW: RAW_MARK}


def word_key(word: Word) -> str:
    """The key of a query's word; a pattern has one key for all the words it stands for."""
    text = exact_form(word.text) if word.form is Form.EXACT else word.text
    mark = PATTERN_MARK if word.is_pattern else ""
    return mark + _MARKS[word.form] + word.sigil + text


def pair_keys(words: Sequence[Word]) -> list[str]:
    """The keys of two words in a row, for all neighbours of a phrase that are compared in their plain form."""
    plain = [word.form is Form.PLAIN and not word.is_pattern and not word.sigil for word in words]
    return [
        f"{words[at].text}{PAIR_MARK}{words[at + 1].text}"
        for at in range(len(words) - 1)
        if plain[at] and plain[at + 1]
    ]


def field_key(key: FieldKey) -> str:
    """The key of one value of a field."""
    return f"{key[0]}{FIELD_MARK}{key[1]}"


def field_keys_of(field: Field) -> list[str]:
    """The keys of which one must be a post's."""
    return [field_key((field.name, value)) for value in field.values]


def fields_in(node: Node) -> Iterator[Field]:
    """Every field of a node."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Not):
        yield from fields_in(node.part)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from fields_in(part)


def keys_in(node: Node) -> Iterator[str]:
    """Every key of a node, words first, repeated where it is repeated."""
    for word in words_in(node):
        yield word_key(word)
    for field in fields_in(node):
        yield from field_keys_of(field)


def literal_start(word: Word) -> str:
    """What a pattern's words must start with, in the form they are compared in."""
    text = exact_form(word.text) if word.form is Form.EXACT else word.text
    return text[: min(at for at in (text.find("*"), text.find("?")) if at >= 0)]

"""What a query that parses may still get wrong: too many words, only exclusions, words that match too much."""

from collections.abc import Iterator

from handrail.engine.query.nodes import And, Close, Field, Near, Node, Not, Or, Phrase, Warned, Word, alternatives
from handrail.engine.query.refusals import WARNINGS, QueryError


def check_only_excludes(node: Node) -> None:
    """Refuse a query that posts can match by holding none of its words."""
    if not requires(node):
        raise QueryError("E024", *node.at)


def requires(node: Node) -> bool:
    """Whether a matching post must hold something the node names."""
    if isinstance(node, Not):
        return False
    if isinstance(node, And):
        return any(requires(part) for part in node.parts)
    if isinstance(node, Or):
        return all(requires(part) for part in node.parts)
    return True


def words_in(node: Node) -> Iterator[Word]:
    """Every word of a node, in reading order."""
    match node:
        case Word():
            yield node
        case Phrase() | Close():
            yield from node.words
        case Near():
            for side in (node.left, node.right):
                for run in alternatives(side):
                    yield from run
        case Not():
            yield from words_in(node.part)
        case And() | Or():
            for part in node.parts:
                yield from words_in(part)
        case Field():
            return


def remarks(node: Node) -> Iterator[Warned]:
    """Warnings about single words: too short, too open, said twice."""
    yield from _short(node)
    yield from _twice(node)


def _short(node: Node) -> Iterator[Warned]:
    match node:
        case Word():
            literal = len(node.text) - node.text.count("*") - node.text.count("?")
            if node.is_pattern and literal < 4:
                yield _warned("W006", node, found=node.text)
            elif len(node.text) == 1 and node.text.isascii() and node.text.isalpha() and not node.sigil:
                yield _warned("W004", node, found=node.text)
        case And() | Or():
            for part in node.parts:
                yield from _short(part)
        case Not():
            yield from _short(node.part)
        case Near():
            yield from _short(node.left)
            yield from _short(node.right)
        case _:
            return


def _twice(node: Node) -> Iterator[Warned]:
    if isinstance(node, Not):
        yield from _twice(node.part)
    if isinstance(node, And | Or):
        seen: set[Node] = set()
        for part in node.parts:
            if isinstance(part, Word) and part in seen:
                yield _warned("W009", part, found=part.text)
            seen.add(part)
            yield from _twice(part)


def _warned(code: str, word: Word, **words: str) -> Warned:
    return Warned(code, *word.at, WARNINGS[code].format(**words))

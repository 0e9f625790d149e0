"""Which tree a query's text stands for: NOT binds closer than AND, AND closer than OR, NEAR closest of all."""

from dataclasses import replace

from handrail.engine.query.checks import check_only_excludes, remarks
from handrail.engine.query.lexemes import Lexeme, Reader
from handrail.engine.query.nodes import And, Near, Node, Not, Or, Phrase, Place, Query, Side, Warned, Word
from handrail.engine.query.refusals import MAX_DEPTH, MAX_LENGTH, WARNINGS, QueryError
from handrail.engine.query.writing import as_words

_POWERS = {"OR": 10, "AND": 20, "NEAR": 40}
_NOT_POWER = 30
_END = "end"


def parse(text: str) -> Query:
    """Read a query; raises QueryError with a code, the place, and a sentence that says how to mend it."""
    if len(text) > MAX_LENGTH:
        raise QueryError("E002", MAX_LENGTH, len(text), found=len(text))
    reader = Reader(text)
    parser = _Parser(list(reader.lexemes()), len(text))
    node = parser.whole()
    check_only_excludes(node)
    warned = sorted((*reader.warnings, *parser.warnings, *remarks(node)), key=lambda one: (one.position, one.code))
    return Query(node, text, tuple(warned))


class _Parser:
    """Pratt's scheme: each connective has a power, and takes what stands right of it with that power."""

    def __init__(self, lexemes: list[Lexeme], length: int) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0
        self.end = Lexeme(_END, length, length, "")
        self.bracketed: set[Place] = set()
        self.warnings: list[Warned] = []

    def whole(self) -> Node:
        """The tree of the whole text."""
        if not self.lexemes:
            raise QueryError("E001", 0, self.end.end)
        node = self._expression(0)
        left = self._peek()
        if left.kind != _END:
            raise QueryError("E006", left.start, left.end)
        return node

    def _peek(self) -> Lexeme:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else self.end

    def _take(self) -> Lexeme:
        taken = self._peek()
        self.at += 1
        return taken

    def _expression(self, power: int) -> Node:
        left = self._operand()
        while True:
            connective = self._peek()
            if connective.kind in (_END, ")"):
                return left
            understood = connective.kind not in _POWERS
            joins = _POWERS["AND"] if understood else _POWERS[connective.kind]
            if joins < power:
                return left
            if understood:
                self._warn("W001", connective.start, connective.end)
            else:
                self._take()
            right = self._side(connective, joins)
            left = self._join(left, connective, right)

    def _side(self, connective: Lexeme, power: int) -> Node:
        """What stands right of a connective."""
        if connective.kind in _POWERS and self._peek().kind in (_END, ")", *_POWERS):
            raise QueryError("E009", connective.start, connective.end, found=connective.text)
        return self._expression(power + 1)

    def _operand(self) -> Node:
        lexeme = self._take()
        if lexeme.node is not None:
            return lexeme.node
        if lexeme.kind == "(":
            return self._group(lexeme)
        if lexeme.kind == "NOT":
            return self._not(lexeme)
        if lexeme.kind == ")":
            raise QueryError("E006", lexeme.start, lexeme.end)
        raise QueryError("E008", lexeme.start, lexeme.end, found=lexeme.text)

    def _group(self, opens: Lexeme) -> Node:
        if self._peek().kind == ")":
            raise QueryError("E010", opens.start, self._peek().end)
        if self._peek().kind == _END:
            raise QueryError("E005", opens.start, opens.end)
        self._descend(opens)
        node = self._expression(0)
        self.depth -= 1
        closes = self._take()
        if closes.kind != ")":
            raise QueryError("E005", opens.start, opens.end)
        node = replace(node, at=(opens.start, closes.end))
        self.bracketed.add(node.at)
        return node

    def _not(self, lexeme: Lexeme) -> Node:
        if self._peek().kind in (_END, ")", *_POWERS):
            raise QueryError("E009", lexeme.start, lexeme.end, found=lexeme.text)
        self._descend(lexeme)
        part = self._expression(_NOT_POWER)
        self.depth -= 1
        return part.part if isinstance(part, Not) else Not(part, (lexeme.start, part.at[1]))

    def _descend(self, lexeme: Lexeme) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError("E003", lexeme.start, lexeme.end)

    def _join(self, left: Node, connective: Lexeme, right: Node) -> Node:
        at = (left.at[0], right.at[1])
        if connective.kind == "NEAR":
            return Near(_near_side(left), _near_side(right), connective.within, connective.ordered, at)
        if connective.kind != "OR":
            return And((*_flat(left, And), *_flat(right, And)), at)
        joined = Or((*_flat(left, Or), *_flat(right, Or)), at)
        for part in (left, right):
            if isinstance(part, And) and part.at not in self.bracketed:
                self._warn("W002", *part.at, rewrite=as_words(part, inside=True))
        return joined

    def _warn(self, code: str, start: int, end: int, **words: str) -> None:
        self.warnings.append(Warned(code, start, end, WARNINGS[code].format(**words)))


def _flat(node: Node, kind: type[And] | type[Or]) -> tuple[Node, ...]:
    return node.parts if isinstance(node, kind) else (node,)


def _near_side(node: Node) -> Side:
    """The node as a side of NEAR; raises when it can't be one."""
    if isinstance(node, Or):
        for part in node.parts:
            if not isinstance(part, Word | Phrase):
                raise _no_side(part)
        return node
    if isinstance(node, Word | Phrase):
        return node
    raise _no_side(node)


_NAMES = {"And": "AND", "Not": "NOT", "Near": "Another NEAR", "Close": "A phrase with ~", "Field": "A field"}


def _no_side(node: Node) -> QueryError:
    return QueryError("E019", *node.at, found=_NAMES.get(type(node).__name__, "This"))

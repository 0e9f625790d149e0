"""What the pieces of a query's text are: connectives, brackets, and words, phrases and fields ready for the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.engine.query.fields import read_field
from handrail.engine.query.nodes import Close, Field, Phrase, Warned, Word
from handrail.engine.query.refusals import MAX_WITHIN, MAX_WORDS, WARNINGS, QueryError
from handrail.engine.query.words import raw_words, word_or_phrase, words_of

_QUOTES = '"“”„'
_STOPS = rf"\s(){{}}{_QUOTES}"
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_WITHIN = re.compile(rf"~([^{_STOPS}]*)")
_BRACED = re.compile(r"\{([^{}]*)\}")
_FIELD = re.compile(rf"([A-Za-z]+):(?!//)((?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[^{_STOPS}])*)")
_BARE = re.compile(rf"(?:(?!<<<)[^{_STOPS}])+")
_NEAR = re.compile(r"NEAR(?:/(\d+)(f?))?")
CONNECTIVES = ("AND", "OR", "NOT", "NEAR")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece: a connective or bracket named by `kind`, or an operand that carries its node."""

    kind: str
    start: int
    end: int
    text: str
    node: Word | Phrase | Close | Field | None = None
    within: int = 0
    ordered: bool = False


class Reader:
    """Cuts a query into lexemes, keeping the warnings it meets on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.words = 0
        self.warnings: list[Warned] = []

    def lexemes(self) -> Iterator[Lexeme]:
        """The pieces in order, spaces and comments left out."""
        while self._skip_blank():
            lexeme = self._next()
            self.at = lexeme.end
            if lexeme.kind != "left out":
                yield lexeme

    def _skip_blank(self) -> bool:
        """Move to the next piece; False at the end of the text."""
        while self.at < len(self.text):
            if blank := _SPACE.match(self.text, self.at):
                self.at = blank.end()
            elif self.text.startswith("<<<", self.at):
                closes = self.text.find(">>>", self.at)
                if closes < 0:
                    raise QueryError("E025", self.at, self.at + 3)
                self.at = closes + 3
            else:
                return True
        return False

    def _next(self) -> Lexeme:
        mark = self.text[self.at]
        if mark in "()":
            return Lexeme(mark, self.at, self.at + 1, mark)
        if mark in _QUOTES:
            return self._phrase()
        if mark in "{}":
            return self._braced()
        field = _FIELD.match(self.text, self.at)
        return self._field(field) if field else self._bare()

    def _phrase(self) -> Lexeme:
        found = _QUOTED.match(self.text, self.at)
        if found is None:
            raise QueryError("E007", self.at, self.at + 1)
        words = words_of(self.text, *found.span(1))
        if not words:
            raise QueryError("E011", *found.span())
        tail = _WITHIN.match(self.text, found.end())
        if tail is None:
            return self._operand(found.start(), found.end(), word_or_phrase(words, found.span()))
        within = self._count("E020", tail.group(1), tail.span())
        at = (found.start(), tail.end())
        return self._operand(*at, Close(words, within, at) if len(words) > 1 else word_or_phrase(words, at))

    def _braced(self) -> Lexeme:
        found = _BRACED.match(self.text, self.at)
        if found is None:
            raise QueryError("E015" if self.text[self.at] == "{" else "E026", self.at, self.at + 1)
        words = raw_words(self.text, *found.span(1))
        if not words:
            raise QueryError("E016", *found.span())
        return self._operand(*found.span(), word_or_phrase(words, found.span()))

    def _field(self, found: re.Match[str]) -> Lexeme:
        return self._operand(*found.span(), read_field(found.group(1), found.group(2), found.span()))

    def _bare(self) -> Lexeme:
        found = _BARE.match(self.text, self.at)
        text = found.group() if found else self.text[self.at]
        start, end = self.at, self.at + len(text)
        if text in CONNECTIVES[:3]:
            return Lexeme(text, start, end, text)
        if text == "NEAR" or text.startswith("NEAR/"):
            return self._near(text)
        if text.startswith("~"):
            raise QueryError("E027", start, start + 1)
        words = words_of(self.text, start, end)
        if not words:
            self._warn("W008", start, end, found=text)
            return Lexeme("left out", start, end, text)
        if text[0] in "-−" and len(text) > 1:
            self._warn("W007", start, end, found=text[1:])
        if text in ("and", "or", "not", "near"):
            offer = "NEAR/5" if text == "near" else text.upper()
            self._warn("W005", start, end, found=text, offer=offer)
        return self._operand(start, end, word_or_phrase(words, (start, end)))

    def _near(self, text: str) -> Lexeme:
        start, end = self.at, self.at + len(text)
        found = _NEAR.fullmatch(text)
        if found is None or found.group(1) is None:
            raise QueryError("E018", start, end, found=text)
        within = self._count("E018", found.group(1), (start, end), text)
        if within > 10:
            self._warn("W003", start, end, offer=f"10{found.group(2)}")
        return Lexeme("NEAR", start, end, text, within=within, ordered=bool(found.group(2)))

    def _count(self, code: str, digits: str, at: tuple[int, int], found: str = "") -> int:
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 4 or int(digits) > MAX_WITHIN:
            raise QueryError(code, *at, found=found)
        return int(digits)

    def _operand(self, start: int, end: int, node: Word | Phrase | Close | Field) -> Lexeme:
        self.words += len(node.words) if isinstance(node, Phrase | Close) else 1
        if self.words > MAX_WORDS:
            raise QueryError("E004", start, end)
        return Lexeme("operand", start, end, self.text[start:end], node)

    def _warn(self, code: str, start: int, end: int, **words: str) -> None:
        self.warnings.append(Warned(code, start, end, WARNINGS[code].format(**words)))

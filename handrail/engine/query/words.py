"""Which words a stretch of a query's text asks for, wildcards and forms worked out."""

import unicodedata

from handrail.engine.query.letters import SINGLE, kind
from handrail.engine.query.nodes import Form, Phrase, Place, Word
from handrail.engine.query.refusals import QueryError
from handrail.engine.query.tokens import Token, tokens


def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words from `start` to `end`, accents asked for where they are written."""
    found: list[Word] = []
    before: Token | None = None
    for token in tokens(text[start:end], wildcards=True):
        at = (start + token.start, start + token.end)
        _check_wildcards(token, at, before)
        form = Form.PLAIN if token.exact == token.plain else Form.EXACT
        shown = token.plain if form is Form.PLAIN else unicodedata.normalize("NFC", token.exact)
        found.append(Word(shown, form, token.sigil, at))
        before = token
    return tuple(found)


def raw_words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words from `start` to `end` exactly as typed."""
    for at in range(start, end):
        if text[at] in "*?":
            raise QueryError("E017", at, at + 1, found=text[at])
    return tuple(
        Word(token.raw, Form.RAW, token.sigil, (start + token.start, start + token.end))
        for token in tokens(text[start:end])
    )


def word_or_phrase(words: tuple[Word, ...], at: Place) -> Word | Phrase:
    """A single word by itself, several as the phrase they make."""
    if len(words) == 1:
        return Word(words[0].text, words[0].form, words[0].sigil, at)
    return Phrase(words, at)


def _check_wildcards(token: Token, at: Place, before: Token | None) -> None:
    signs = [sign for sign in token.plain if sign in "*?"]
    if not signs:
        return
    if token.plain[0] in "*?":
        joined = before is not None and before.end == token.start and kind(ord(before.plain[0])) == SINGLE
        raise QueryError("E014" if joined and len(signs) == len(token.plain) else "E012", *at, found=signs[0])
    if len(token.plain) - len(signs) < 2:
        raise QueryError("E013", *at, found=token.plain)

"""Which words were added and which removed between two wordings of one clause?"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

Op = Literal["equal", "ins", "del"]
_TOKEN = re.compile(r"\w+(?:['’.@/-]\w+)*|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?。]+[.!?。]*\s*|[.!?。]+\s*")
_LONG = 1500
_TOO_MANY_STEPS = 40_000_000
_SMALL = frozenset((", ; : . a an the of to in on at by for and or is are it as be with").split())


class Piece(NamedTuple):
    """A run of words with the same fate."""

    op: Op
    text: str

    @property
    def gap(self) -> str:
        """The white space it begins with, which is shown outside the mark."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def body(self) -> str:
        """The text without that white space."""
        return self.text.lstrip()


@lru_cache(maxsize=4096)
def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that tell both wordings: equal and del give the old one, equal and ins the new one."""
    if old == new:
        return (Piece("equal", new),) if new else ()
    return tuple(_merged(list(_steps(old, new))))


def _tokens(text: str) -> tuple[list[str], list[str]]:
    """Bare tokens, and each with the white space before it."""
    bare: list[str] = []
    shown: list[str] = []
    end = 0
    for found in _TOKEN.finditer(text):
        bare.append(found[0])
        shown.append(text[end : found.end()])
        end = found.end()
    return bare, shown


def _steps(old: str, new: str) -> Iterator[Piece]:
    old_bare, old_shown = _tokens(old)
    new_bare, new_shown = _tokens(new)
    if len(old_bare) + len(new_bare) > 2 * _LONG:
        yield from _by_sentence(old, new)
        return
    for op, old_from, old_to, new_from, new_to in _opcodes(old_bare, new_bare):
        if op == "equal":
            # Where the new wording begins, a word that followed others keeps the blank before it.
            said = "".join(new_shown[new_from:new_to])
            yield Piece("equal", said if new_from or not old_shown[old_from][:1].isspace() else f" {said}")
            continue
        if old_to > old_from:
            yield Piece("del", "".join(old_shown[old_from:old_to]))
        if new_to > new_from:
            yield Piece("ins", "".join(new_shown[new_from:new_to]))


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """As difflib gives them, with what both wordings begin and end with taken off first."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[start : len(old) - tail], new[start : len(new) - tail]
    codes = [("equal", 0, start, 0, start)] if start else []
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    codes += [(op, a + start, b + start, c + start, d + start) for op, a, b, c, d in matcher.get_opcodes()]
    if tail:
        codes.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return codes


def _by_sentence(old: str, new: str) -> Iterator[Piece]:
    """Very long wordings: sentences first, then words within the sentences that changed."""
    old_parts, new_parts = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(old_parts) * len(new_parts) > _TOO_MANY_STEPS:
        yield from (Piece("del", old), Piece("ins", new))
        return
    for op, old_from, old_to, new_from, new_to in _opcodes(old_parts, new_parts):
        before, after = "".join(old_parts[old_from:old_to]), "".join(new_parts[new_from:new_to])
        if op == "equal":
            yield Piece("equal", after)
        elif (
            op == "replace"
            and len(before) + len(after) < 20 * _LONG
            and max(len(before), len(after)) < len(old) + len(new)
        ):
            bare_old, bare_new = _tokens(before)[0], _tokens(after)[0]
            if len(bare_old) + len(bare_new) <= 2 * _LONG:
                yield from _steps(before, after)
            else:
                yield from (Piece("del", before), Piece("ins", after))
        else:
            if before:
                yield Piece("del", before)
            if after:
                yield Piece("ins", after)


def _merged(pieces: list[Piece]) -> Iterator[Piece]:
    """Runs joined, and a lone small word between two changes counted as changed, because it reads better."""
    removed, added = "", ""
    for at, piece in enumerate(pieces):
        between = 0 < at < len(pieces) - 1
        if piece.op == "equal" and between and (removed or added) and _is_small(piece.text):
            removed, added = removed + piece.text, added + piece.text
        elif piece.op == "equal":
            if removed:
                yield Piece("del", removed)
            if added:
                yield Piece("ins", added)
            removed, added = "", ""
            yield piece
        elif piece.op == "del":
            removed += piece.text
        else:
            added += piece.text
    if removed:
        yield Piece("del", removed)
    if added:
        yield Piece("ins", added)


def _is_small(text: str) -> bool:
    words = text.lower().split()
    return len(words) <= 1 and all(word in _SMALL for word in words)

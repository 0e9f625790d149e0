"""Where one sentence ends and the next begins, and how many words it has."""

import re
from collections.abc import Iterator

from handrail.policy.lint.words import words

# A stop after one of these rarely ends a sentence. Compared without their last full stop.
ABBREVIATIONS = words("abbreviations")
# After these a sentence may well end; the capital that follows decides.
OPEN_ENDED = frozenset({"etc", "a.m", "p.m", "inc", "ltd", "co", "corp", "plc", "u.s", "u.k", "al", "no", "s", "p"})
# What may not open a sentence, since a name or a figure usually follows the abbreviation.
FIGURE_BEFORE = frozenset({"no", "nos", "art", "arts", "sec", "s", "para", "ch", "fig", "vol", "p", "pp"})

_END = re.compile(r"[.!?…。]{1,4}[\"'”’»)\]*_]{0,3}\s{1,20}")
_LAST_WORD = re.compile(r"[\w.’'-]{1,40}$")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w'’.-]{0,60}[^\W_])?")


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, without the space between them."""
    return [text[start:end].strip() for start, end in sentence_spans(text) if text[start:end].strip()]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends in the text."""
    start = 0
    for stop in _END.finditer(text):
        if _ends_here(text, start, stop.start(), stop.group(), stop.end()):
            yield start, stop.end()
            start = stop.end()
    if start < len(text):
        yield start, len(text)


def _ends_here(text: str, start: int, stop: int, mark: str, after: int) -> bool:
    following = text[after : after + 1]
    if not following:
        return True
    if following.islower():
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(start, stop - 40), stop)
    word = before.group() if before else ""
    if word.isdigit() and text[start:stop].strip() == word:
        return False
    bare = word.lower()
    if bare in FIGURE_BEFORE and following.isdigit():
        return False
    if bare in OPEN_ENDED:
        return True
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    return bare not in ABBREVIATIONS


def words_of(sentence: str) -> list[str]:
    """The words of a sentence; a web address counts as one."""
    return _WORD.findall(_LINK.sub(" link ", sentence) if "://" in sentence or "www." in sentence else sentence)

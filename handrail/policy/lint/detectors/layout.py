"""STR-05: numbering, headings, empty list points, pictures and links that hinder readers and screen readers."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.rulebook import detector

_EMPTY_BULLET = re.compile(r"^\s{0,40}(?:[-*+•]|\d{1,3}[.)])\s*$")
_RULE_LINE = re.compile(r"^\s{0,3}(?:-\s*){3,80}$|^\s{0,3}(?:\*\s*){3,80}$")
_EMPTY_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*#{0,6}\s*$")
_PICTURE = re.compile(r"!\[\s{0,20}\]\([^)\s]{0,500}")
_VAGUE_LINK = re.compile(
    r"(?<!!)\[(?P<words>[*_]{0,3}(?:click here|here|this link|this page|link here|link|read more|more"
    r"|this)[*_.]{0,3})\]\(",
    re.IGNORECASE,
)
_BROKEN_LINK = re.compile(
    r"[^\s\[\]]{1,60}\]\(https?://[^\s)]{1,300}\)?"
    r"|\[[^\]\[\n]{2,80}\] \(https?://[^\s)]{1,300}\)"
)
# Only words that no English sentence says twice in a row; "had had" and "that that" may be meant.
_TWICE = re.compile(
    r"\b(?P<word>the|an|of|to|and|for|with|at|by|or|are|be|we|you|your|our|must|should|will|from|if)\s+(?P=word)\b(?!-)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?P<lead>(?:\d{1,3}\.){0,3})(?P<last>\d{1,3})[.)]?$")
_HEADING_NUMBER = re.compile(r"^(?P<lead>(?:\d{1,3}\.){0,3})(?P<last>\d{1,3})(?:[.):]|\s-)?\s{1,5}[^\W\d_]")


@detector("STR-05")
def broken_layout(document: Document, context: Context) -> Iterator[Hit]:
    """Everything about the layout that a reader stumbles over."""
    yield from _heading_levels(document.headings)
    yield from _heading_numbers(document.headings)
    yield from _list_numbers(document.clauses)
    yield from _source_marks(context)
    for clause in document.clauses:
        yield from _links(clause)
    if context.reading.is_english:
        yield from _doubled_words(context)


def _doubled_words(context: Context) -> Iterator[Hit]:
    for passage in context.reading.passages:
        for found in _TWICE.finditer(passage.text):
            yield Hit(found.group(), passage.clause, wording="twice", values={"words": found["word"].lower()})


def _heading_levels(headings: Sequence[Heading]) -> Iterator[Hit]:
    real = [heading for heading in headings if not heading.pseudo]
    for before, heading in pairwise(real):
        if heading.level > before.level + 1:
            values = {"before": before.level, "after": heading.level}
            yield Hit(heading.text, line=heading.line, wording="level", values=values)


def _heading_numbers(headings: Sequence[Heading]) -> Iterator[Hit]:
    last: dict[str, int] = {}
    for heading in headings:
        found = _HEADING_NUMBER.match(heading.text)
        if not found:
            continue
        number, lead = int(found["last"]), found["lead"]
        before = last.get(lead)
        last[lead] = number
        if before is not None and number > before + 1 and number < 100:
            values = {"before": f"{lead}{before}", "after": f"{lead}{number}"}
            yield Hit(heading.text, line=heading.line, wording="numbering", values=values)


def _list_numbers(clauses: Sequence[Clause]) -> Iterator[Hit]:
    """Numbers that jump inside one list; a list that repeats 1. is Markdown's own way and fine."""
    last: dict[tuple[tuple[str, ...], str, int, str], int] = {}
    for clause in clauses:
        found = _NUMBER.match(clause.marker.strip()) if clause.form == "list_item" else None
        if not found:
            continue
        key = (clause.headings, clause.heading, clause.depth, found["lead"])
        number = int(found["last"])
        before = last.get(key)
        last[key] = number
        if before is not None and number > before + 1:
            values = {"before": f"{found['lead']}{before}", "after": f"{found['lead']}{number}"}
            yield Hit(clause.text[:80], clause, wording="numbering", values=values)


def _source_marks(context: Context) -> Iterator[Hit]:
    after_bullet = False
    for index, line in enumerate(context.reading.source_lines):
        if len(line) > 2_000:
            after_bullet = False
            continue
        empty = bool(_EMPTY_BULLET.match(line)) and not _RULE_LINE.match(line)
        if empty and not after_bullet:
            yield _at(context, index, line.strip(), "bullet")
        after_bullet = empty or (after_bullet and not line.strip())
        if _EMPTY_HEADING.match(line):
            yield _at(context, index, line.strip(), "heading")
        for found in _PICTURE.finditer(line):
            yield _at(context, index, found.group(), "image")


def _at(context: Context, index: int, quote: str, wording: str) -> Hit:
    clause, line = context.reading.place(index)
    return Hit(quote, clause, line, wording=wording)


def _links(clause: Clause) -> Iterator[Hit]:
    if clause.form == "code":
        return
    if "](" in clause.markup:
        for found in _VAGUE_LINK.finditer(clause.markup[:20_000]):
            words = found["words"].strip("*_.")
            yield Hit(words, clause, wording="link", values={"words": words})
    if "](" in clause.text or "] (" in clause.text:
        for found in _BROKEN_LINK.finditer(clause.text[:20_000]):
            yield Hit(found.group(), clause, wording="markup")

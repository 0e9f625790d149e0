"""What changed between two texts, as a Word file with real tracked changes that Word accepts or rejects."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher

from handrail.kernel.paper import (
    Block,
    Clause,
    Grid,
    Heading,
    Paper,
    Para,
    Points,
    Quote,
    Span,
    Tracked,
    Words,
    plain,
    to_docx,
)
from handrail.kernel.paper.blocks import Mark
from handrail.policy.clause import Document
from handrail.policy.doors.merged import Element, Step, merged
from handrail.policy.doors.spans import spans_of
from handrail.policy.text.block import Block as Source
from handrail.policy.text.from_markdown import split_row
from handrail.policy.text.words import Piece, word_pieces

_STRICT = re.compile(r"\s+|\w+|[^\w\s]")


def redline(
    old: Document,
    new: Document,
    *,
    author: str,
    at: datetime,
    title: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    stamps: tuple[tuple[str, str], ...] = (),
    organisation: str = "",
) -> bytes:
    """The Word file. All changes accepted give the new text, all rejected the old one."""
    steps = merged(old, new)
    title = title or new.title or "Policy"
    if steps and steps[0].old and steps[0].new and steps[0].old.text == steps[0].new.text == title:
        steps = steps[1:]
    paper = Paper(
        title=title,
        subtitle="",
        organisation=organisation,
        facts=facts,
        blocks=tuple(_blocks(steps)),
        language=new.language or "en",
        at=at,
        author=author,
        stamps=stamps,
        carried=new.markdown,
        cover=False,
        contents=False,
    )
    return to_docx(paper, Tracked(author, at))


def _blocks(steps: list[Step]) -> Iterator[Block]:
    at = 0
    while at < len(steps):
        step = steps[at]
        if step.shown.sort != "table_row":
            yield _block(step)
            at += 1
            continue
        end = at + 1
        while end < len(steps) and _same_table(steps[at], steps[end]):
            end += 1
        yield _table(steps[at:end])
        at = end


def _same_table(one: Step, other: Step) -> bool:
    if other.shown.sort != "table_row" or _source(one.shown).columns != _source(other.shown).columns:
        return False
    for first, second in ((one.old, other.old), (one.new, other.new)):
        if first and second and _source(first).table != _source(second).table:
            return False
    return True


def _source(element: Element) -> Source:
    if element.source is None:
        raise AssertionError("only headings have no source")
    return element.source


def _block(step: Step) -> Block:
    element = step.shown
    spans = _words(step)
    if element.sort == "heading":
        return Heading(element.text, element.level, spans=spans)
    block: Block = Para(spans)
    if element.sort == "list_item" and element.marker:
        count = element.marker.rstrip(".)")
        ordered = count.isdigit()
        block = Points((spans,), ordered, element.level, int(count[:6]) if ordered else 1)
    elif element.sort == "quotation":
        block = Quote(spans)
    return Clause(element.key if step.new else "", "", (block,))


def _words(step: Step) -> Words:
    if step.old is None or step.new is None:
        mark: Mark = "removed" if step.new is None else "added"
        return _marked(_looks(step.shown), mark)
    return changed_words(_looks(step.old), _looks(step.new))


def _looks(element: Element) -> Words:
    if element.sort in ("heading", "code"):
        return (Span(element.text),)
    return spans_of(element.markup, element.text)


def _marked(spans: Words, mark: Mark) -> Words:
    return tuple(replace(span, mark=mark, also=span.mark) for span in spans)


def changed_words(old: Words, new: Words) -> Words:
    """The new words with what was added and removed marked, each with the look it has or had."""
    before, after = plain(old), plain(new)
    if before == after:
        return new
    found: list[Span] = []
    at_old = at_new = 0
    for piece in exact_pieces(before, after):
        length = len(piece.text)
        if piece.op == "del":
            found += _marked(_cut(old, at_old, at_old + length), "removed")
        else:
            part = _cut(new, at_new, at_new + length)
            found += part if piece.op == "equal" else _marked(part, "added")
            at_new += length
        at_old += length if piece.op != "ins" else 0
    return tuple(found)


def exact_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces that give both wordings to the letter; the ledger’s own where they do, stricter ones where not."""
    pieces = word_pieces(old, new)
    if _says(pieces, "del") == old and _says(pieces, "ins") == new:
        return pieces
    a, b = _STRICT.findall(old), _STRICT.findall(new)
    strict: list[Piece] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            strict.append(Piece("equal", "".join(b[k:m])))
        else:
            strict += [Piece("del", "".join(a[i:j]))] * (j > i) + [Piece("ins", "".join(b[k:m]))] * (m > k)
    return tuple(strict)


def _says(pieces: tuple[Piece, ...], op: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ("equal", op))


def _cut(spans: Words, start: int, end: int) -> Words:
    kept: list[Span] = []
    at = 0
    for span in spans:
        piece = span.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            kept.append(replace(span, text=piece))
        at += len(span.text)
    return tuple(kept)


def _table(steps: list[Step]) -> Grid:
    """Rows of a table. The row of heads stands here for those texts whose table begins here."""
    in_old = any(step.old.opens_table for step in steps if step.old)
    in_new = any(step.new.opens_table for step in steps if step.new)
    mark: Mark = "" if in_old and in_new else "added" if in_new else "removed"
    columns = _source(steps[0].shown).columns if in_old or in_new else ()
    head = tuple((Span(column, mark),) for column in columns)
    keys = tuple(step.new.key if step.new else "" for step in steps)
    return Grid(head, tuple(_row(step) for step in steps), keys=keys)


def _row(step: Step) -> tuple[Words, ...]:
    if step.old is None or step.new is None:
        mark: Mark = "removed" if step.new is None else "added"
        return tuple(_marked(cell, mark) for cell in _cells(step.shown))
    before, after = _cells(step.old), _cells(step.new)
    return tuple(changed_words(one, other) for one, other in zip(before, after, strict=True))


def _cells(element: Element) -> tuple[Words, ...]:
    source = _source(element)
    written = split_row(source.markup, source.depth > 0) if not source.in_html else []
    if len(written) != len(source.cells):
        return tuple((Span(cell),) for cell in source.cells)
    return tuple(spans_of(markup, cell) for markup, cell in zip(written, source.cells, strict=True))

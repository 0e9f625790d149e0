"""Writes a changed stack back as Markdown, as few lines touched as can be, and proves that nothing else changed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from handrail.kernel.errors import BadInput
from handrail.policy.ledger.afresh import afresh
from handrail.policy.ledger.render import LINE_START, continued, marked
from handrail.policy.ledger.stack import Slip, Stack, reading
from handrail.policy.ledger.wording import shown
from handrail.policy.text.block import Block, squeeze
from handrail.policy.text.to_markdown import escape

_CANT = (
    "Handrail can’t write this change without touching other clauses, so nothing was changed. "
    "Type it without lists, tables or HTML, or bring the text in again as Markdown."
)
Said = tuple[bool, str, str, str, int]


def written(stack: Stack, slips: list[Slip]) -> str:
    """The Markdown of the changed stack; read again, it has exactly these words and ids in this order."""
    whole = _without_torn_rows(stack, _bold_headings_in_place(slips))
    for ready in (whole, _without_tables(whole, {slip.block.table for slip in whole if slip.block.table})):
        for way in (_as_typed, _starts_escaped, _all_escaped):
            text = _tried(stack, [way(slip) if slip.typed else slip for slip in ready])
            if text is not None:
                return text
    raise BadInput(_CANT, field="markup")


def _tried(stack: Stack, ready: list[Slip]) -> str | None:
    """The first writing that proves itself: changed lines only, all afresh, all afresh with stubborn words escaped."""
    wanted = [_said(slip) for slip in ready]
    if not stack.tangled:
        text = spliced(stack, ready)
        if _same(_read_back(text), wanted):
            return text
    text = afresh(stack, ready)
    got = _read_back(text)
    if _same(got, wanted):
        return text
    if len(got) != len(wanted):
        return None
    mended = [
        slip if _same([one], [other]) else replace(slip, escaped=True, own=None)
        for slip, one, other in zip(ready, got, wanted, strict=True)
    ]
    text = afresh(stack, mended)
    return text if _same(_read_back(text), wanted) else None


def _bold_headings_in_place(slips: list[Slip]) -> list[Slip]:
    """A bold line that stands for a heading is one step under the heading before it."""
    real, result = 0, []
    for slip in slips:
        if slip.is_heading and slip.block.sort == "heading":
            real = slip.block.level
        elif slip.is_heading and slip.block.level != min(real + 1, 7):
            slip = replace(slip, block=replace(slip.block, level=min(real + 1, 7)))
        result.append(slip)
    return result


def _without_torn_rows(stack: Stack, slips: list[Slip]) -> list[Slip]:
    """A row of do’s and don’ts that lost a cell, or has something in it, can’t be written: its table becomes lines."""
    whole = Counter(_row_of(slip) for slip in stack.slips if slip.block.cell >= 0)
    runs = [(row, len(list(run))) for row, run in groupby(slips, _row_of) if row[0]]
    torn = {row[0] for row, count in runs if count != whole[row]}
    return _without_tables(slips, torn)


def _row_of(slip: Slip) -> tuple[int, int]:
    return (slip.block.table, slip.block.line_start) if slip.block.cell >= 0 else (0, 0)


def _without_tables(slips: list[Slip], tables: set[int]) -> list[Slip]:
    return [_as_line(slip) if slip.block.table in tables and slip.block.table else slip for slip in slips]


def _as_line(slip: Slip) -> Slip:
    block = slip.block
    plain = Block("paragraph", block.text, 0, 0, escape(block.text), id=block.id, kind=block.kind)
    return Slip(plain, False, None, slip.gap if not any("|" in line for line in slip.gap) else ("",))


def _as_typed(slip: Slip) -> Slip:
    return replace(slip, block=replace(slip.block, text=_words(slip)))


def _starts_escaped(slip: Slip) -> Slip:
    lines = [LINE_START.sub(_shown_start, line) for line in slip.block.markup.split("\n")]
    return replace(slip, block=replace(slip.block, markup="\n".join(lines), text=_words(slip)))


def _shown_start(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" if not sign.isalnum() and not sign.isspace() else sign for sign in found[0])


def _all_escaped(slip: Slip) -> Slip:
    if slip.block.sort in ("code", "table_row"):
        return _as_typed(slip)
    text = squeeze(slip.block.markup)
    return replace(slip, block=replace(slip.block, markup=escape(text), text=text))


def _words(slip: Slip) -> str:
    if slip.block.sort == "table_row":
        return slip.block.text
    return squeeze(slip.block.markup) if slip.block.sort == "code" else shown(slip.block.markup)


def _said(slip: Slip) -> Said:
    block = slip.block
    if slip.is_heading:
        return (True, "", block.text, "heading", block.level)
    loose = slip.typed and block.sort == "table_row"
    return (False, block.id, "" if loose else block.text, block.sort, block.depth)


def _read_back(text: str) -> list[Said]:
    document = reading(text)
    rows: list[tuple[int, int, Said]] = [
        (each.line, 0, (True, "", each.text, "heading", each.level)) for each in document.headings
    ]
    rows += [(each.line_start, 1, (False, each.id, each.text, each.form, each.depth)) for each in document.clauses]
    return [said for _, _, said in sorted(rows, key=lambda row: row[:2])]


def _same(got: list[Said], wanted: list[Said]) -> bool:
    """Equal, but for the words of a table row that was just typed: those are what its cells say now."""
    if len(got) != len(wanted):
        return False
    return all(
        one == other
        or (other[3] == "table_row" and not other[2] and (one[0], one[1], one[3]) == (False, *other[1:4:2]))
        for one, other in zip(got, wanted, strict=True)
    )


def spliced(stack: Stack, slips: list[Slip]) -> str:
    """The file with only the changed slips written anew."""
    lines = list(stack.before)
    before: Slip | None = None
    for at, slip in enumerate(slips):
        own = slip.own if slip.own is not None else tuple(_fresh(slips, at))
        new_neighbours = before is not None and (
            before.origin < 0 or slip.origin != before.origin + 1 or slip.own is None or before.own is None
        )
        if new_neighbours and before is not None and not _tight(before, slip) and lines and lines[-1].strip():
            lines.append("")
        lines += own
        lines += slip.gap
        before = slip
    text = "\n".join(lines)
    return text if text.endswith("\n") else f"{text}\n"


def _tight(before: Slip, slip: Slip) -> bool:
    one, other = before.block, slip.block
    if one.sort == other.sort == "table_row":
        return one.table == other.table
    return one.sort == other.sort == "list_item" and bool(other.marker)


def _fresh(slips: list[Slip], at: int) -> Iterator[str]:
    slip = slips[at]
    block = slip.block
    if slip.is_heading:
        words = " ".join(block.markup.split("\n"))
        yield f"{'#' * block.level} {words}" if block.sort == "heading" else words
        return
    if block.sort == "table_row":
        yield re.sub(r"\|?[ \t]*$", "", block.markup.rstrip()) + f" {marked(block)} |"
        return
    if block.sort == "code":
        yield f"```` {marked(block)[5:-4]}"
        yield from block.markup.rstrip("\n").split("\n")
        yield "````"
        return
    lead = _lead_for(slips, at) if block.sort == "list_item" else "> " if block.sort == "quotation" else ""
    yield from continued(lead, block)


def _lead_for(slips: list[Slip], at: int) -> str:
    """What stands before a list item's words: its own lead, or one like its sibling's or under its parent's."""
    block = slips[at].block
    if slips[at].lead:
        return slips[at].lead
    for step in (-1, 1):
        near = at + step
        while (
            0 <= near < len(slips) and slips[near].block.sort == "list_item" and slips[near].block.depth >= block.depth
        ):
            other = slips[near]
            if other.block.depth == block.depth and other.lead.strip():
                return other.lead
            near += step
    parent = slips[at - 1] if at else None
    if parent and parent.block.sort == "list_item" and parent.block.depth == block.depth - 1 and parent.lead:
        return " " * len(parent.lead) + "- "
    return "- "

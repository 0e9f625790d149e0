"""Writes a whole stack afresh: plain Markdown in one style, each clause with its emphasis, links and id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.policy.ledger.render import continued, marked
from handrail.policy.ledger.stack import Slip, Stack
from handrail.policy.ledger.wording import wording_of
from handrail.policy.text.block import Block
from handrail.policy.text.from_markdown import split_row
from handrail.policy.text.inline import ID_COMMENT
from handrail.policy.text.to_markdown import escape

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,300}\]:\s*\S")


@dataclass(slots=True)
class _Place:
    """Open list levels (the width of each), the table that is open, and the row line just written."""

    widths: list[int] = field(default_factory=list)
    table: int = 0
    row: tuple[int, int] = (0, 0)


def afresh(stack: Stack, slips: list[Slip]) -> str:
    """The Markdown of all slips; front matter and the targets of links are kept."""
    lines = list(stack.front)
    place = _Place()
    before: Slip | None = None
    for at, slip in enumerate(slips):
        block = slip.block
        if block.sort != "table_row" or slip.is_heading:
            place.table = 0
        text = list(_lines_of(slips, at, place))
        if not text:
            before = slip
            continue
        if lines and not _tight(before, slip, text):
            lines.append("")
        lines += text
        before = slip
    gaps = [*stack.before, *(line for slip in stack.slips for line in slip.gap)]
    definitions = [line for line in gaps if _DEFINITION.match(line)]
    return "\n".join([*lines, *([""] if definitions else []), *definitions]) + "\n"


def _tight(before: Slip | None, slip: Slip, text: list[str]) -> bool:
    if before is None:
        return False
    one, other = before.block, slip.block
    if one.sort == other.sort == "table_row":
        return one.table == other.table and len(text) == 1
    return one.sort == other.sort == "list_item" and bool(other.marker)


def _lines_of(slips: list[Slip], at: int, place: _Place) -> Iterator[str]:
    slip = slips[at]
    block = slip.block
    words = escape(block.text) if slip.escaped or block.in_html else _inline(slip)
    in_list = block.sort == "list_item" or (block.sort == "code" and block.depth and place.widths)
    if slip.is_heading or not in_list:
        place.widths.clear()
    if slip.is_heading:
        level = min(block.level, 6)
        plain = " ".join(words.split("\n"))
        pseudo = block.sort != "heading"
        yield (plain if plain.startswith("**") else f"**{plain}**") if pseudo else f"{'#' * level} {plain}"
    elif block.sort == "list_item":
        yield from continued(_item_lead(block, place.widths), block, words)
    elif block.sort == "table_row":
        yield from _row(slips, at, place)
    elif block.sort == "code":
        yield from _listing(block, " " * sum(place.widths))
    else:
        yield from continued("> " if block.sort == "quotation" else "", block, words)


def _inline(slip: Slip) -> str:
    return slip.block.markup if slip.typed else wording_of(slip.block)


def _item_lead(block: Block, widths: list[int]) -> str:
    depth = min(block.depth, len(widths))
    if not block.marker and widths and depth < len(widths):
        del widths[depth + 1 :]
        return " " * sum(widths)
    del widths[depth:]
    marker = block.marker if re.fullmatch(r"[-+*]|\d{1,9}[.)]", block.marker) else "-"
    indent = " " * sum(widths)
    widths.append(len(marker) + 1)
    return f"{indent}{marker} "


def _row(slips: list[Slip], at: int, place: _Place) -> Iterator[str]:
    """A row of a table once, however many clauses its cells are, under a head where the table begins."""
    block = slips[at].block
    if place.table and place.row == (block.table, block.line_start) and block.cell >= 0:
        return
    mates = [
        slip.block
        for slip in slips[at:]
        if slip.block.cell >= 0 and (slip.block.table, slip.block.line_start) == (block.table, block.line_start)
    ]
    cells = [cell.replace("|", "\\|") for cell in _cells(block)]
    for mate in mates or [block]:
        where = mate.cell if mate.cell >= 0 else len(cells) - 1
        cells[where] = f"{cells[where]} {marked(mate)}"
    if place.table != block.table:
        width = max(len(block.columns), len(cells))
        heads = [escape(head) for head in block.columns] + [""] * (width - len(block.columns))
        yield "| " + " | ".join(heads) + " |"
        yield "|" + " --- |" * width
    place.table, place.row = block.table, (block.table, block.line_start)
    yield "| " + " | ".join(cells) + " |"


def _cells(block: Block) -> list[str]:
    if block.in_html or not block.markup:
        return [escape(cell).replace("\\|", "|") for cell in block.cells] or [escape(block.text)]
    return split_row(ID_COMMENT.sub("", block.markup), nested=True)


def _listing(block: Block, indent: str) -> Iterator[str]:
    source = (block.markup or block.text).rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", source)), default=2)
    fence = "`" * (longest + 1)
    yield f"{indent}{fence} {marked(block)[5:-4]}"
    for line in source.split("\n"):
        yield indent + line if line.strip() else ""
    yield indent + fence

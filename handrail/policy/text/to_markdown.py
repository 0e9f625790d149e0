"""Writes blocks read from another format as Markdown that reads back as the same blocks."""

import re
from collections.abc import Iterator

from handrail.policy.text.block import Block

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!#])")
_LINE_START = re.compile(r"^([-+=•◦▪●○‣·–])|^(\d{1,9})([.)])(?=\s|$)|^(:)")


def escape(text: str) -> str:
    """Text whose characters are all shown as they are when read as Markdown, at the start of a line too."""
    escaped = _SPECIAL.sub(r"\\\1", text)

    def mend(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[2]}\\{found[3]}"
        sign = found[1] or found[4]
        return f"\\{sign}" if sign in "-+=:" else f"&#{ord(sign)};"

    return _LINE_START.sub(mend, escaped)


def markdown_of(blocks: list[Block]) -> tuple[str, list[tuple[int, int]]]:
    """The Markdown, and for each of its lines the lines of the source it came from."""
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    widths: list[int] = []
    before: Block | None = None
    for block in blocks:
        if block.marker == "head" and not _alone(block, blocks):
            continue
        if not block.text and block.marker != "head":
            continue
        text = list(_lines_of(block, before, widths))
        tight = before is not None and _tight(before, block)
        if lines and not tight:
            text.insert(0, "")
        lines += text
        spans += [(block.line_start, block.line_end)] * len(text)
        before = block
    return "\n".join(lines) + "\n", spans


def _alone(head: Block, blocks: list[Block]) -> bool:
    """Whether a table has a head and no row with words: then the head must be written by itself."""
    return not any(each.table == head.table and each.text and each is not head for each in blocks)


def _tight(before: Block, block: Block) -> bool:
    if before.sort == block.sort == "table_row":
        return before.table == block.table
    return before.sort == block.sort == "list_item" and bool(block.marker)


def _lines_of(block: Block, before: Block | None, widths: list[int]) -> Iterator[str]:
    in_list = before is not None and before.sort in ("list_item", "code") and bool(widths)
    if block.sort != "list_item" and not (block.sort == "code" and block.depth and in_list):
        widths.clear()
    match block.sort:
        case "heading":
            yield f"{'#' * block.level} {escape(block.text)}"
        case "list_item":
            yield _item(block, widths)
        case "table_row":
            yield from _row(block, before)
        case "quotation":
            yield f"> {escape(block.text)}"
        case "code":
            yield from _listing(block, " " * sum(widths))
        case _:
            yield f"**{escape(block.text)}**" if block.bold else escape(block.text)


def _item(block: Block, widths: list[int]) -> str:
    """One item, indented under the item it hangs from; a further paragraph of an item has no marker."""
    depth = min(block.depth, len(widths))
    if not block.marker and widths and depth < len(widths):
        del widths[depth + 1 :]
        return " " * sum(widths) + escape(block.text)
    del widths[depth:]
    marker = block.marker or "-"
    indent = " " * sum(widths)
    widths.append(len(marker) + 1)
    return f"{indent}{marker} {escape(block.text)}"


def _row(block: Block, before: Block | None) -> Iterator[str]:
    if before is None or before.sort != "table_row" or before.table != block.table:
        width = max(len(block.columns), len(block.cells))
        columns = block.cells if block.marker == "head" else block.columns
        heads = [*columns, *[""] * (width - len(columns))]
        yield "| " + " | ".join(escape(head) for head in heads) + " |"
        yield "|" + " --- |" * width
    if block.marker == "head":
        return
    yield "| " + " | ".join(escape(cell) for cell in block.cells) + " |"


def _listing(block: Block, indent: str) -> Iterator[str]:
    source = block.markup or block.text
    longest = max((len(run) for run in re.findall(r"`{3,}", source)), default=2)
    fence = "`" * (longest + 1)
    yield indent + fence
    for line in source.split("\n"):
        yield indent + line if line.strip() else ""
    yield indent + fence

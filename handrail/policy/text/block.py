"""What a policy file is between its format and its clauses: a flat run of blocks in reading order."""

from dataclasses import dataclass
from typing import Literal

Sort = Literal["heading", "paragraph", "list_item", "table_row", "quotation", "code", "image"]


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item, table row, quotation, listing or picture, in visible words.

    Lines are 1-based and inclusive. `bold` means that every visible word of it is bold, so that it may stand in for
    a heading. `columns` and `cells` belong to table rows. `id` and `kind` were found written beside the block.
    `end` is where in the file (line from 1, column from 0) a mark may stand that belongs to this block, if not at the
    end of its last line; `cell` is the cell of the row that a block is made of, where it is only one.
    """

    sort: Sort
    text: str
    line_start: int
    line_end: int
    markup: str = ""
    level: int = 0
    depth: int = 0
    marker: str = ""
    bold: bool = False
    id: str = ""
    kind: str = ""
    table: int = 0
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    cell: int = -1
    in_html: bool = False
    end: tuple[int, int] | None = None


def squeeze(text: str) -> str:
    """The text with every run of white space made one blank."""
    return " ".join(text.split())


def row_text(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """A table row as one readable line, each cell beside the head of its column."""
    heads = columns + ("",) * (len(cells) - len(columns))
    said = [f"{head.rstrip(':')}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False) if cell]
    return "; ".join(said)

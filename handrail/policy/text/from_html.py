"""Reads HTML, however untidy, into blocks: what a browser would show, and nothing of scripts, styles or comments."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import islice

from handrail.policy.text.block import Block, Sort, row_text, squeeze
from handrail.policy.text.inline import ID_COMMENT

_HIDDEN = frozenset({"script", "style", "template", "iframe", "object", "title", "svg", "math", "noembed", "noframes"})
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output "
        "progress q ruby rp rt s samp small span strike strong sub sup time tt u var wbr img picture source "
        "map area button input select option canvas audio video track embed param base link meta nobr"
    ).split()
)
_VOID = frozenset(("area base br col embed hr img input link meta param source track wbr").split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PROGRAM = re.compile(r"<\?(?:php|=|\s).*?(?:\?>|\Z)|<%.*?(?:%>|\Z)", re.S | re.I)
_UNCLOSED = re.compile(r"<(?=[^<>]{0,5000}<)")
_MOST_UNCLOSED = 200
_NOT_LINE_END = re.compile(r"[^\n]")
_BOLD = frozenset({"b", "strong", "summary"})


def blocks_of_fragment(source: str, first_line: int = 1) -> list[Block]:
    """Blocks of a piece of HTML, lines counted from `first_line`."""
    blocks = blocks_of_page(source, first_line)[0]
    return [each for row in blocks for each in _with_head(row, blocks)]


def blocks_of_page(source: str, first_line: int = 1) -> tuple[list[Block], str]:
    """Blocks of a page and the words of its title element."""
    source = _tame(_PROGRAM.sub(lambda found: _NOT_LINE_END.sub(" ", found[0]), source))
    reader = _Reader(first_line)
    reader.feed(source)
    reader.close()
    reader.finish()
    return list(_with_tables(reader.blocks)), squeeze("".join(reader.title)).replace("\x01", "<")


def _tame(source: str) -> str:
    """The page with signs that open a tag or a comment and never close it made plain text of the same length.

    A browser would show or drop them; the parser would look for their end again and again, for minutes.
    """
    whole = source.rfind(">") + 1
    comments = source.rfind("-->") + 1
    loose = source[comments:whole].replace("<!--", "\x01!--")
    source = source[:comments] + loose + source[whole:].replace("<", "\x01")
    if sum(1 for _ in islice(_UNCLOSED.finditer(source), _MOST_UNCLOSED + 1)) > _MOST_UNCLOSED:
        source = _UNCLOSED.sub("\x01", source)
    return source


class _Reader(HTMLParser):
    """Collects visible words into blocks as tags come and go; unclosed and stray tags do no harm."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = first_line
        self.finished = False
        self.end = first_line
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self.hidden = ""
        self.items: list[str] = []
        self.lists: list[tuple[str, int]] = []
        self.fresh: list[bool] = []
        self.open: list[str] = []
        self.tables: list[int] = []
        self.table_count = 0
        self.row: list[str] | None = None
        self.row_heads = 0
        self.row_line = 1
        self.row_id = ("", "")
        self._clear()

    def _clear(self) -> None:
        self.text: list[str] = []
        self.not_bold = False
        self.pictures = False
        self.start: int | None = None
        self.found = ("", "")

    def _line(self) -> int:
        return self.getpos()[0] + self.first_line - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a list, a row or an inline tag."""
        if self.hidden:
            return
        if tag in _HIDDEN:
            self.hidden = tag
            return
        if tag == "img":
            alt = squeeze(dict(attrs).get("alt") or "")
            if alt:
                self._words(alt)
                self.pictures = True
            return
        if tag not in _INLINE:
            self._break(tag)
        match tag:
            case "ul" | "ol" | "menu":
                self.lists.append((tag, _number(dict(attrs).get("start"))))
            case "li":
                self._item(dict(attrs).get("value"))
            case "table":
                self._leave_row(as_text=True)
                self.table_count += 1
                self.tables.append(self.table_count)
            case "tr":
                self._leave_row()
                self.row, self.row_heads, self.row_line, self.row_id = [], 0, self._line(), ("", "")
            case "td" | "th":
                if self.row is None:
                    self.row, self.row_heads, self.row_line, self.row_id = [], 0, self._line(), ("", "")
                self._cell()
                self.row_heads += tag == "th"
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open, and everything left open inside it."""
        if self.hidden:
            if tag == self.hidden:
                self.hidden = ""
            return
        if tag not in _INLINE:
            self._break(tag)
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                continue
        match tag:
            case "ul" | "ol" | "menu":
                if self.lists:
                    self.lists.pop()
                    while len(self.items) > len(self.lists):
                        self.items.pop()
                        self.fresh.pop()
            case "li":
                if self.items and len(self.items) >= max(len(self.lists), 1):
                    self.items.pop()
                    self.fresh.pop()
            case "tr":
                self._leave_row()
            case "table":
                self._leave_row()
                if self.tables:
                    self.tables.pop()

    def _item(self, value: str | None) -> None:
        while self.items and len(self.items) >= max(len(self.lists), 1):
            self.items.pop()
            self.fresh.pop()
        marker = "-"
        if self.lists and self.lists[-1][0] == "ol":
            number = _number(value) if value else self.lists[-1][1]
            self.lists[-1] = ("ol", number + 1)
            marker = f"{number}."
        self.items.append(marker)
        self.fresh.append(True)

    def handle_data(self, data: str) -> None:
        """Visible words, unless a script, a style or the like is open."""
        if self.hidden:
            if self.hidden == "title":
                self.title.append(data)
            return
        self._words(data)

    def handle_comment(self, data: str) -> None:
        """Only our own id is of interest in a comment."""
        found = ID_COMMENT.fullmatch(f"<!--{data}-->")
        if not found or self.hidden:
            return
        identity = (found[1], found[2] or "")
        if self.row is not None:
            self.row_id = self.row_id if self.row_id[0] else identity
        elif self.start is not None:
            self.found = self.found if self.found[0] else identity
        elif self.blocks and not self.blocks[-1].id:
            self.blocks[-1].id, self.blocks[-1].kind = identity

    def unknown_decl(self, data: str) -> None:
        """A CDATA section in a page is no text for people."""

    def _words(self, data: str) -> None:
        data = data.replace("\x01", "<")
        self.text.append(data)
        if data.strip():
            if self.start is None:
                self.start = self._line() + data[: len(data) - len(data.lstrip())].count("\n")
            self.end = self._line() + data.rstrip().count("\n")
            self.not_bold = self.not_bold or not any(tag in _BOLD for tag in self.open)

    def _break(self, tag: str) -> None:
        if self.row is not None:
            if tag in ("tr", "td", "th", "table", "tbody", "thead", "tfoot"):
                return
            if tag in _HEADINGS or tag in ("ul", "ol"):
                self._leave_row(as_text=True)
                return
            self.text.append(" ")
            return
        if tag == "br":
            self.text.append("\n")
            return
        self._flush()

    def _flush(self) -> None:
        text = squeeze("".join(self.text))
        if not text or self.start is None:
            self.text = []
            return
        sort, level = self._sort()
        block = Block(
            sort, text, self.start, max(self.end, self.start), level=level, id=self.found[0], kind=self.found[1]
        )
        block.markup = "".join(self.text).strip("\n") if sort == "code" else ""
        if sort == "paragraph":
            block.bold = not self.not_bold
            if self.pictures and text and not self.not_bold:
                block.bold = False
        if self.items and sort in ("list_item", "code"):
            block.depth = len(self.items) - 1
            if sort == "list_item" and self.fresh[-1]:
                block.marker, self.fresh[-1] = self.items[-1], False
        block.end = self._mark()
        self.blocks.append(block)
        self._clear()

    def _mark(self) -> tuple[int, int] | None:
        return None if self.finished else (self._line(), self.getpos()[1])

    def _sort(self) -> tuple[Sort, int]:
        for tag in reversed(self.open):
            if tag in _HEADINGS:
                return "heading", _HEADINGS[tag]
            if tag in ("pre", "textarea", "xmp"):
                return "code", 0
            if tag == "li" and self.items:
                return "list_item", 0
            if tag == "blockquote":
                return "quotation", 0
        return "paragraph", 0

    def _cell(self) -> None:
        if self.row is not None and (self.row or "".join(self.text).strip()):
            self.row.append(squeeze("".join(self.text)))
        elif self.row is not None:
            self.row.append("")
        self.text = []

    def _leave_row(self, *, as_text: bool = False) -> None:
        if self.row is None:
            if not as_text:
                self._flush()
            return
        self.row.append(squeeze("".join(self.text)))
        # The first piece is what stood before the first cell: nearly always nothing.
        cells = tuple(self.row[1:] if not self.row[0] else self.row)
        line, heads = self.row_line, self.row_heads
        self._clear()
        self.row = None
        if not any(cells):
            return
        if as_text or not self.tables:
            self.blocks.extend(Block("paragraph", cell, line, self._line()) for cell in cells if cell)
            return
        block = Block("table_row", "", line, self._line(), table=self.tables[-1], cells=cells)
        block.id, block.kind = self.row_id
        block.end = self._mark()
        block.level = 1 if heads and heads >= len(cells) else 0
        self.blocks.append(block)

    def finish(self) -> None:
        """Whatever is still open at the end of the text is closed."""
        self.finished = True
        self._leave_row()
        self._flush()


def _number(text: str | None) -> int:
    try:
        number = int(text or "1")
    except ValueError:
        return 1
    return number if 0 <= number < 100_000_000 else 1


def _with_tables(blocks: list[Block]) -> Iterator[Block]:
    """Table rows with the heads of their columns; a first row is the head only where all its cells are heads."""
    columns: dict[int, tuple[str, ...]] = {}
    for block in blocks:
        if block.sort != "table_row":
            yield block
            continue
        if block.table not in columns:
            columns[block.table] = block.cells if block.level else ()
            if block.level:
                yield replace(block, marker="head", level=0)
                continue
        heads = columns[block.table]
        yield replace(block, columns=heads, level=0, text=row_text(heads, block.cells))


def _with_head(row: Block, blocks: list[Block]) -> Iterator[Block]:
    """A head is shown as a row of its own only where some word of it stands in no other row."""
    if row.marker != "head":
        yield row
        return
    rest = [each for each in blocks if each.table == row.table and each.sort == "table_row" and each is not row]
    printed = {at for each in rest for at, cell in enumerate(each.cells) if cell}
    if any(cell for at, cell in enumerate(row.cells) if at not in printed):
        yield replace(row, text=row_text((), row.cells))

"""Reads Markdown (CommonMark with tables) into blocks: what a renderer would show is what we keep."""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from handrail.kernel.errors import BadInput
from handrail.policy.text import duty, front_matter
from handrail.policy.text.block import Block, row_text, squeeze
from handrail.policy.text.from_html import blocks_of_fragment
from handrail.policy.text.inline import ID_COMMENT, Inline, visible

_DEEPEST = 120
_PASTED_BULLET = re.compile(r"^\s{0,3}[•◦▪●○‣·–]\s*", re.M)
# Inside raw HTML a renderer shows Markdown as it is typed; we keep its words, the address too, without the marks.
_RAW_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\(([^()\s]{1,2000})\)")
_PLAIN_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,500}?)(?<=\S)\1")
_FENCE_ID = re.compile(r"(?:^|\s)(c-[a-z0-9]{3,32})(?:\s+(principle|do|don't|definition|example))?$")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The one Markdown parser: raw HTML kept, tables and strikethrough on, inline text read by us."""
    md = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    md.core.ruler.disable(["inline", "text_join"])
    return md


def read(text: str) -> tuple[list[Block], dict[str, str]]:
    """Blocks of a Markdown text and its front matter; line numbers count the whole text."""
    values, skipped = front_matter.split(text)
    if skipped:
        text = "\n" * skipped + text.split("\n", skipped)[-1] if text.count("\n") >= skipped else ""
    md = parser()
    env: MutableMapping[str, Any] = {}
    state = StateCore(text, md, env)
    md.core.process(state)
    if any(token.level >= _DEEPEST - 2 for token in state.tokens):
        raise BadInput(f"Lists or quotations are nested more than {_DEEPEST // 2} deep. Flatten them and try again.")
    return list(_Walk(md, env, text.split("\n"), state.tokens).blocks()), values


class _Walk:
    """One pass over the tokens of a text."""

    def __init__(self, md: MarkdownIt, env: MutableMapping[str, Any], lines: list[str], tokens: list[Token]) -> None:
        self.md, self.env, self.lines, self.tokens = md, env, lines, tokens
        self.markers: list[str] = []
        self.fresh: list[bool] = []
        self.quotes = 0
        self.tables = 0

    def blocks(self) -> Iterator[Block]:
        """Every block, shown or empty, in reading order."""
        at = 0
        last: Block | None = None
        while at < len(self.tokens):
            token = self.tokens[at]
            match token.type:
                case "list_item_open":
                    self.markers.append(f"{token.info}{token.markup}" if token.info else token.markup)
                    self.fresh.append(True)
                case "list_item_close":
                    self.markers.pop()
                    self.fresh.pop()
                case "blockquote_open":
                    self.quotes += 1
                case "blockquote_close":
                    self.quotes -= 1
                case "table_open":
                    end = next(i for i in range(at, len(self.tokens)) if self.tokens[i].type == "table_close")
                    for last in self._table(self.tokens[at:end]):
                        yield last
                    at = end
                case "html_block":
                    found = ID_COMMENT.fullmatch(token.content.strip())
                    if found and last is not None and not last.id:
                        last.id, last.kind = found[1], found[2] or ""
                    else:
                        for last in self._html(token):
                            yield last
                case "inline":
                    for last in self._run(token, self.tokens[at - 1]):
                        yield last
                case "fence" | "code_block":
                    last = self._code(token)
                    yield last
            at += 1

    def _run(self, token: Token, opener: Token) -> Iterator[Block]:
        start, end = _lines(token)
        if opener.type == "heading_open":
            seen = visible(self.md, token.content, self.env)
            yield Block("heading", seen.text, start, end, token.content, level=int(opener.tag[1:]))
            return
        if not self.markers and _PASTED_BULLET.match(token.content):
            yield from self._pasted(token.content, start)
            return
        seen = visible(self.md, token.content, self.env)
        block = Block("paragraph", seen.text, start, end, token.content, id=seen.id, kind=seen.kind, bold=seen.bold)
        if self.markers:
            self._place_in_list(block)
        elif self.quotes:
            block.sort = "quotation"
        elif seen.picture:
            block.sort = "image"
        yield block

    def _place_in_list(self, block: Block) -> None:
        block.sort, block.depth, block.bold = "list_item", len(self.markers) - 1, False
        if self.fresh[-1]:
            block.marker = self.markers[-1]
            self.fresh[-1] = False

    def _pasted(self, source: str, start: int) -> Iterator[Block]:
        """Lines that begin with a typed bullet, as a paste from a PDF leaves them: each is an item."""
        lines = source.split("\n")
        firsts = [i for i, line in enumerate(lines) if _PASTED_BULLET.match(line)]
        for first, after in zip(firsts, [*firsts[1:], len(lines)], strict=True):
            part = "\n".join(lines[first:after])
            bullet = _PASTED_BULLET.match(part)
            seen = visible(self.md, part[bullet.end() :] if bullet else part, self.env)
            yield Block(
                "list_item", seen.text, start + first, start + after - 1, part, marker="•", id=seen.id, kind=seen.kind
            )

    def _code(self, token: Token) -> Block:
        start, end = _lines(token)
        found = _FENCE_ID.search(token.info.strip())
        block = Block("code", squeeze(token.content), start, end, token.content)
        if found:
            block.id, block.kind = found[1], found[2] or ""
        block.depth = max(len(self.markers) - 1, 0)
        return block

    def _html(self, token: Token) -> Iterator[Block]:
        start, _ = _lines(token)
        inner = token.content.split("\n")
        for block in blocks_of_fragment(token.content, first_line=start):
            if block.end:
                line, column = block.end
                shift = len(self.lines[line - 1]) - len(inner[line - start]) if line - start < len(inner) else 0
                block.end = (line, column + shift)
            yield replace(block, text=_PLAIN_EMPHASIS.sub(r"\2", _RAW_LINK.sub(r"\1 (\2)", block.text)), in_html=True)

    def _table(self, tokens: list[Token]) -> Iterator[Block]:
        self.tables += 1
        columns: tuple[str, ...] = ()
        printed: set[int] = set()
        head: Block | None = None
        for token in tokens:
            if token.type != "tr_open":
                continue
            line = (token.map or [0])[0]
            seen = [
                visible(self.md, cell, self.env)
                for cell in split_row(self.lines[line], bool(self.markers or self.quotes))
            ]
            cells = tuple(each.text for each in seen)
            block = Block("table_row", "", line + 1, line + 1, self.lines[line], table=self.tables, cells=cells)
            if head is None:
                marked = next((each for each in seen if each.id), Inline(""))
                columns, head = cells, replace(block, id=marked.id, kind=marked.kind)
                continue
            yield from _rows_of(replace(block, columns=columns), seen)
            printed |= {i for i, cell in enumerate(cells) if cell}
        if head is not None and any(cell for i, cell in enumerate(columns) if i not in printed):
            head.text, head.marker = row_text((), columns), "head"
            yield head


def _rows_of(row: Block, seen: list[Inline]) -> Iterator[Block]:
    """A table row as clauses: one, or one for each cell where the columns are headed Do and Don't."""
    duties = [duty.heading_frame(column) for column in row.columns]
    if len(row.columns) > 1 and all(duties) and len(row.cells) <= len(row.columns):
        for at, (column, cell) in enumerate(zip(row.columns, seen, strict=False)):
            text = f"{column.rstrip(':')}: {cell.text}" if cell.text else ""
            yield replace(row, text=text, marker=column, cell=at, id=cell.id, kind=cell.kind)
        return
    marked = next((each for each in seen if each.id), seen[0] if seen else Inline(""))
    yield replace(row, text=row_text(row.columns, row.cells), id=marked.id, kind=marked.kind)


def split_row(line: str, nested: bool) -> list[str]:
    """The cells of a table row, more than there are columns too; a pipe after a backslash belongs to its cell."""
    line = line.strip()
    if nested:
        line = re.sub(r"^(?:>\s?)+", "", line).lstrip()
    cells, cell = [], ""
    for piece in re.split(r"(\\.|\|)", line):
        if piece == "|":
            cells.append(cell)
            cell = ""
        else:
            cell += "|" if piece == "\\|" else piece
    cells.append(cell)
    if cells and not cells[0].strip():
        cells.pop(0)
    if cells and not cells[-1].strip():
        cells.pop()
    return [each.strip() for each in cells]


def _lines(token: Token) -> tuple[int, int]:
    start, end = token.map or [0, 1]
    return start + 1, max(end, start + 1)

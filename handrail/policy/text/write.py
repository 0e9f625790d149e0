"""Writes a document with its ids: as Markdown that reads back the same, as a web page, as plain text."""

import html
import re
from collections.abc import Iterator

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.text.assemble import assemble
from handrail.policy.text.block import Block
from handrail.policy.text.from_markdown import read

_BARE_MARKER = re.compile(r"^[\s>]*(?:[-+*]|\d{1,9}[.)])\s*$")
_LAST_PIPE = re.compile(r"\|[ \t]*$")


def write_markdown(document: Document) -> str:
    """The text with each clause's id beside it in a comment no reader sees; reading it gives the same clauses back."""
    blocks, _ = read(document.markdown)
    computed = assemble(blocks)
    lines = document.markdown.split("\n")
    edits: list[tuple[int, int, int, int, str]] = []
    for turn, (clause, block, own) in enumerate(zip(document.clauses, computed.blocks, computed.clauses, strict=True)):
        stated = clause.kind if clause.kind != own.kind or block.kind else ""
        if block.id != clause.id or block.kind != stated:
            comment = f"<!-- {clause.id}{' ' if stated else ''}{stated} -->"
            at, start, end, mark = _standing(lines, block, comment) or _place(lines, block, comment)
            edits.append((at, start, turn, end, mark))
    for at, start, _, end, mark in sorted(edits, reverse=True):
        lines[at] = lines[at][:start] + mark + lines[at][end:]
    return "\n".join(lines)


def _standing(lines: list[str], block: Block, comment: str) -> tuple[int, int, int, str] | None:
    """Where the block's id already stands, to be exchanged for another."""
    if not block.id:
        return None
    for at in range(block.line_start - 1, min(block.line_end + 3, len(lines))):
        old = re.search(rf"<!--[ \t]*{block.id}\b[^>]{{0,20}}-->", lines[at])
        if old:
            return at, old.start(), old.end(), comment
        if block.sort == "code" and _fenced(lines[at]) and (old := re.search(rf"{block.id}\b.*$", lines[at])):
            return at, old.start(), old.end(), comment[5:-4]
    return None


def _place(lines: list[str], block: Block, comment: str) -> tuple[int, int, int, str]:
    """Line, columns and mark where the comment changes nothing a reader sees."""
    first, last = block.line_start - 1, block.line_end - 1
    line = lines[last]
    if block.in_html and block.end:
        return block.end[0] - 1, block.end[1], block.end[1], comment
    if block.sort == "code" and not block.in_html:
        opening = len(lines[first].rstrip())
        if _fenced(lines[first]):
            return first, opening, opening, f" {comment[5:-4]}"
        indent = lines[first][4 : len(lines[first]) - len(lines[first].lstrip())]
        return last, len(line), len(line), f"\n\n{indent}{comment}\n"
    if block.cell >= 0:
        at = _cell_end(line, block.cell)
        return last, at, at, f" {comment} "
    if block.sort == "table_row" and not block.in_html and _LAST_PIPE.search(line):
        at = line.rstrip().rindex("|")
        return last, at, at, f"{comment} "
    if last > first and _BARE_MARKER.match(line):
        # A lone “1.” goes on with the paragraph above it; with words behind it, it would begin a list.
        last -= 1
        line = lines[last].rstrip().removesuffix("\\")
    at = len(line.rstrip())
    return last, at, at, f" {comment}"


def _cell_end(line: str, cell: int) -> int:
    """Where the cell of a table row ends: before the pipe that closes it."""
    pipes = [found.start() for found in re.finditer(r"\\.|\|", line) if found[0] == "|"]
    before = line[: pipes[0]] if pipes else line
    at = cell + 1 if not before.strip(" >") else cell
    return pipes[at] if at < len(pipes) else len(line.rstrip())


def _fenced(line: str) -> bool:
    return line.lstrip(" >-+*0123456789.)\t").startswith(("```", "~~~"))


def write_html(document: Document) -> str:
    """The text as a small page of its own, each clause an anchor with its id."""
    title = html.escape(document.title or "Policy")
    body = "\n".join(_page_lines(document))
    language = html.escape(document.language or "en", quote=True)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _flow(document: Document) -> Iterator[Heading | Clause]:
    """Headings and clauses as a reader meets them."""
    headings = list(document.headings)
    for clause in document.clauses:
        while headings and headings[0].line <= clause.line_start:
            yield headings.pop(0)
        yield clause
    yield from headings


def _page_lines(document: Document) -> Iterator[str]:
    depth = 0
    for each in _flow(document):
        wanted = each.depth + 1 if isinstance(each, Clause) and each.form == "list_item" else 0
        while depth > wanted:
            yield "</ul>"
            depth -= 1
        while depth < wanted:
            yield "<ul>"
            depth += 1
        yield _page_line(each)
    yield from ["</ul>"] * depth


def _page_line(each: Heading | Clause) -> str:
    text = html.escape(each.text)
    if isinstance(each, Heading):
        level = min(each.level, 6)
        return f"<h{level}>{text}</h{level}>"
    tag = {"list_item": "li", "quotation": "blockquote", "code": "pre"}.get(each.form, "p")
    identity, kind = html.escape(each.id, quote=True), html.escape(each.kind, quote=True)
    return f'<{tag} id="{identity}" data-kind="{kind}">{text}</{tag}>'


def write_text(document: Document) -> str:
    """The text without any marks, for reading aloud, counting and pasting."""
    lines: list[str] = []
    for each in _flow(document):
        if isinstance(each, Heading):
            lines += ["", each.text, ("=" if each.level == 1 else "-") * min(len(each.text), 72)]
        elif each.form == "list_item":
            lines.append(f"{'  ' * each.depth}{each.marker or ' '} {each.text}")
        else:
            lines += ["", each.text]
    return "\n".join(lines).strip() + "\n"

"""A paper as Markdown (CommonMark with tables), every word of it escaped so that it stays words."""

import re
from collections.abc import Iterator

from handrail.kernel.paper.blocks import (
    Annex,
    Block,
    Break,
    Clause,
    Grid,
    Heading,
    Listing,
    Note,
    Paper,
    Para,
    Points,
    Quote,
    Sides,
    Span,
    Words,
    opened,
)
from handrail.kernel.paper.safe import safe_address

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)](?=\s|$))")
_MARKS = {"bold": ("**", "**"), "italic": ("*", "*"), "added": ("<ins>", "</ins>"), "removed": ("~~", "~~")}


def to_markdown(paper: Paper) -> str:
    """The whole paper: its title, its facts as a list, then its blocks."""
    lines = [f"# {escaped(paper.title)}", ""]
    if paper.subtitle:
        lines += [escaped(paper.subtitle), ""]
    named = (("Organisation", paper.organisation), *paper.facts) if paper.organisation else paper.facts
    lines += [f"- **{escaped(name)}**: {escaped(value)}" for name, value in named]
    lines += [""] if named else []
    lines += _lines(paper.blocks, 1)
    if paper.footer:
        lines += ["", "---", "", escaped(paper.footer)]
    return "\n".join(lines).rstrip() + "\n"


def markdown_of_blocks(blocks: tuple[Block, ...], over: int = 1) -> str:
    """Some blocks alone; their headings stand `over` levels deeper than they say."""
    return "\n".join(_lines(blocks, over)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Plain text that reads as itself in Markdown, on one line."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    found = _LINE_START.match(flat)
    if found is None:
        return flat
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}{flat[found.end() :]}"


def _spans(spans: Words) -> str:
    said = "".join(_span(span) for span in spans).strip()
    found = _LINE_START.match(said)
    return f"{said[: found.end() - 1]}\\{said[found.end() - 1 :]}" if found else said


def _span(span: Span) -> str:
    flat = re.sub(r"\s+", " ", span.text)
    body = flat.strip()
    if not body:
        return flat
    before, after = flat[: len(flat) - len(flat.lstrip())], flat[len(flat.rstrip()) :]
    if span.mark == "code":
        fence = "`" * (max((len(run) for run in re.findall("`+", body)), default=0) + 1)
        pad = " " if body.startswith("`") or body.endswith("`") else ""
        shown = f"{fence}{pad}{body}{pad}{fence}"
    else:
        opening, closing = _MARKS.get(span.mark, ("", ""))
        shown = opening + _SPECIAL.sub(r"\\\1", body) + closing
    address = safe_address(span.href)
    return f"{before}[{shown}](<{address}>){after}" if address else f"{before}{shown}{after}"


def _lines(blocks: tuple[Block, ...], over: int) -> Iterator[str]:
    last: Block | None = None
    for block in blocks:
        if last is not None and not (_is_list(last) and _is_list(block)):
            yield ""
        yield from _block(block, over)
        last = block


def _is_list(block: Block) -> bool:
    if isinstance(block, Clause):
        return len(block.blocks) == 1 and _is_list(block.blocks[0])
    return isinstance(block, Points)


def _block(block: Block, over: int) -> Iterator[str]:
    match block:
        case Heading():
            number = f"{escaped(block.number)} " if block.number else ""
            yield f"{'#' * max(1, min(block.level + over, 6))} {number}{_spans(block.spans) or escaped(block.text)}"
        case Para():
            yield _spans(block.spans)
        case Points():
            for at, point in enumerate(block.points, block.start):
                yield f"{'    ' * block.depth}{f'{at}.' if block.ordered else '-'} {_spans(point)}"
        case Grid():
            yield from _grid(block)
        case Quote():
            yield f"> {_spans(block.spans)}"
            if block.who:
                yield ">"
                yield f"> — {escaped(block.who)}"
        case Note():
            yield f"> {_spans(block.spans)}"
        case Listing():
            fence = "`" * max(3, max((len(run) for run in re.findall("`+", block.text)), default=0) + 1)
            yield from (fence, *block.text.split("\n"), fence)
        case Break():
            yield "---"
        case Clause():
            yield from _lines(_numbered(block), over)
        case Annex():
            yield from _lines(opened(block), over)
        case Sides():
            for side in block.sides:
                yield from ("", f"**{escaped(side.title)}**", "")
                yield from _lines(side.blocks, over)


def _numbered(clause: Clause) -> tuple[Block, ...]:
    first = clause.blocks[0] if clause.blocks else None
    if clause.number and isinstance(first, Para):
        return (Para((Span(f"{clause.number} ", "bold"), *first.spans)), *clause.blocks[1:])
    return clause.blocks


def _grid(grid: Grid) -> Iterator[str]:
    width = max([len(grid.head), *(len(row) for row in grid.rows)], default=0)
    if not width:
        return
    if grid.caption:
        yield from (f"*{escaped(grid.caption)}*", "")
    for at, row in enumerate((grid.head, *grid.rows)):
        cells = [_spans(cell) for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield f"|{' --- |' * width}"

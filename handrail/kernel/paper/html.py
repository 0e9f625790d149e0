"""A paper as a web page, or as a piece of one; every word escaped, no script, no style attribute."""

import re
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

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
from handrail.kernel.paper.safe import holdable, is_right_to_left, safe_address

_TAGS = {"bold": "strong", "italic": "em", "code": "code", "added": "ins", "removed": "del", "discussed": "mark"}
_STYLE = """
:root{color-scheme:light dark}
body{max-width:44rem;margin:2.5rem auto;padding:0 1.25rem;font:1.05rem/1.6 "Source Serif 4",Georgia,serif}
h1,h2,h3,h4,h5,h6,th,dt,.number,.note{font-family:"Source Sans 3",system-ui,sans-serif;line-height:1.25}
h1{font-size:2rem;margin-bottom:.25rem}h2{margin-top:2.5rem}.organisation{letter-spacing:.06em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8886;padding:.4rem .6rem;text-align:start;
vertical-align:top}blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:3px solid #8888}
.note{border:1px solid #8886;border-radius:.4rem;padding:.6rem .9rem;font-size:.95rem}.sides{display:grid;gap:1.5rem;
grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}.number{color:#777;margin-inline-end:.5rem}
pre{overflow-x:auto}ins{text-decoration:underline}@media print{body{max-width:none}.break{break-before:page}}
"""


def to_html(paper: Paper) -> str:
    """A whole page that stands alone: open it from a mail, print it, keep it."""
    language, title = escape(paper.language or "en", quote=True), _text(paper.title)
    direction = ' dir="rtl"' if is_right_to_left(paper.language) else ""
    head = [f'<p class="organisation">{_text(paper.organisation)}</p>'] if paper.organisation else []
    head.append(f"<h1>{title}</h1>")
    if paper.subtitle:
        head.append(f"<p>{_text(paper.subtitle)}</p>")
    if paper.facts:
        pairs = "\n".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in paper.facts)
        head.append(f"<dl>\n{pairs}\n</dl>")
    footer = f"<footer><p>{_text(paper.footer)}</p></footer>\n" if paper.footer else ""
    return (
        f'<!doctype html>\n<html lang="{language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n{chr(10).join(head)}\n</header>\n"
        f"<main>\n{html_of_blocks(paper.blocks, 1)}</main>\n{footer}</body>\n</html>\n"
    )


def html_fragment(paper: Paper, over: int = 1) -> SafeString:
    """The blocks of the paper for a place in a page; headings stand `over` levels deeper than they say."""
    return html_of_blocks(paper.blocks, over)


def html_of_blocks(blocks: tuple[Block, ...], over: int = 1) -> SafeString:
    """Some blocks alone, every word escaped, so that a template takes them as they are."""
    return mark_safe("\n".join(_lines(blocks, over)) + "\n")  # noqa: S308 - `_text` escapes every word


def _text(text: str) -> str:
    return escape(holdable(text), quote=True)


def _spans(spans: Words) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    shown = _text(span.text)
    for mark in (span.also, span.mark):
        if mark in _TAGS:
            shown = f"<{_TAGS[mark]}>{shown}</{_TAGS[mark]}>"
    address = safe_address(span.href)
    return f'<a href="{escape(address, quote=True)}" rel="nofollow noopener">{shown}</a>' if address else shown


def _lines(blocks: tuple[Block, ...], over: int) -> Iterator[str]:
    """Blocks one after the other; list lines that follow each other share one list."""
    open_lists: list[str] = []
    for block in blocks:
        points = _points_of(block)
        if points is None:
            yield from _closed(open_lists, 0)
            yield from _block(block, over)
            continue
        yield from _in_list(points, block.key if isinstance(block, Clause) else "", open_lists)
    yield from _closed(open_lists, 0)


def _points_of(block: Block) -> Points | None:
    if isinstance(block, Points):
        return block
    if isinstance(block, Clause) and len(block.blocks) == 1 and isinstance(block.blocks[0], Points):
        return block.blocks[0]
    return None


def _in_list(points: Points, key: str, open_lists: list[str]) -> Iterator[str]:
    tag = "ol" if points.ordered else "ul"
    depth = min(points.depth, len(open_lists)) + 1
    yield from _closed(open_lists, depth)
    if len(open_lists) == depth and open_lists[-1] != tag:
        yield from _closed(open_lists, depth - 1)
    if len(open_lists) < depth:
        start = f' start="{points.start}"' if points.ordered and points.start != 1 else ""
        yield f"<{tag}{start}>"
        open_lists.append(tag)
    elif open_lists:
        yield "</li>"
    for at, point in enumerate(points.points):
        # The last line stays open: a list under it belongs inside it.
        before = "</li>" if at else ""
        anchor = f' id="{_anchor(key)}"' if key and not at else ""
        value = f' value="{points.start + at}"' if points.ordered else ""
        yield f"{before}<li{anchor}{value}>{_spans(point)}"


def _closed(open_lists: list[str], depth: int) -> Iterator[str]:
    while len(open_lists) > depth:
        yield f"</li></{open_lists.pop()}>"


def _anchor(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", key)


def _block(block: Block, over: int) -> Iterator[str]:
    match block:
        case Heading():
            level = max(1, min(block.level + over, 6))
            anchor = f' id="{_anchor(block.anchor)}"' if block.anchor else ""
            number = f'<span class="number">{_text(block.number)}</span>' if block.number else ""
            yield f"<h{level}{anchor}>{number}{_spans(block.spans) or _text(block.text)}</h{level}>"
        case Para():
            yield f"<p>{_spans(block.spans)}</p>"
        case Quote():
            who = f"<footer>{_text(block.who)}</footer>" if block.who else ""
            yield f"<blockquote><p>{_spans(block.spans)}</p>{who}</blockquote>"
        case Note():
            yield f'<p class="note {block.tone}">{_spans(block.spans)}</p>'
        case Listing():
            yield f"<pre>{_text(block.text)}</pre>"
        case Break():
            yield '<hr class="break">'
        case Grid():
            yield from _grid(block)
        case Clause():
            yield f'<section class="clause" id="{_anchor(block.key)}">'
            if block.number:
                yield f'<span class="number">{_text(block.number)}</span>'
            yield from _lines(block.blocks, over)
            yield "</section>"
        case Annex():
            yield '<section class="annex">'
            yield from _lines(opened(block), over)
            yield "</section>"
        case Sides():
            yield '<div class="sides">'
            for side in block.sides:
                yield f'<section class="side {side.tone}"><h6>{_text(side.title)}</h6>'
                yield from _lines(side.blocks, over)
                yield "</section>"
            yield "</div>"
        case Points():
            raise AssertionError("lists are drawn by _lines")


def _grid(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if grid.caption:
        yield f"<caption>{_text(grid.caption)}</caption>"
    heads = "".join(f'<th scope="col">{_spans(cell)}</th>' for cell in grid.head)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for at, row in enumerate(grid.rows):
        anchor = f' id="{_anchor(grid.keys[at])}"' if at < len(grid.keys) and grid.keys[at] else ""
        yield f"<tr{anchor}>{''.join(f'<td>{_spans(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"

"""What does the printer's template need to know of a paper? Its blocks as plain values, lists gathered into trees."""

import re
from math import sqrt
from typing import Any
from unicodedata import bidirectional

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
    plain,
)
from handrail.kernel.paper.safe import holdable, is_right_to_left, safe_address
from handrail.kernel.paper.signs import SIGNS

_LONG = 1100
_DEEPEST = 7
_HEX = re.compile(r"[0-9a-f]{40,128}")
_WEB = re.compile(r"^(?:https?://|mailto:)", re.I)
_ANCHOR = re.compile(r"[^A-Za-z0-9_-]")


def packed(paper: Paper) -> dict[str, Any]:
    """The paper as values that JSON can hold."""
    pack = _Pack(paper)
    language, _, region = (paper.language or "en").replace("_", "-").partition("-")
    signs = SIGNS.get(language.lower(), SIGNS["en"])
    return {
        "title": flat(paper.title) or "Untitled",
        "subtitle": flat(paper.subtitle),
        "organisation": flat(paper.organisation),
        "running": flat(paper.running or paper.title),
        "footer": flat(paper.footer),
        "author": flat(paper.author or paper.organisation),
        "facts": [
            {"name": flat(name), "value": flat(value), "hex": bool(_HEX.fullmatch(value))}
            for name, value in paper.facts
        ],
        "at": [paper.at.year, paper.at.month, paper.at.day] if paper.at else None,
        "lang": language.lower() if re.fullmatch(r"[A-Za-z]{2,3}", language) else "en",
        "region": region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else None,
        "rtl": is_right_to_left(paper.language),
        "rtl-title": runs_right_to_left(paper.title),
        "cover": paper.cover,
        "contents": paper.contents and pack.has_headings,
        "contents-title": signs.contents,
        "of": signs.of,
        "blocks": pack.blocks(paper.blocks),
    }


def flat(text: str) -> str:
    """The text on one line, in letters a document can hold."""
    return re.sub(r"\s+", " ", holdable(text))


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for letter in text[:400]:
        direction = bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


class _Pack:
    """One packing: it knows which places the links may lead to, and hands each place's name out once."""

    def __init__(self, paper: Paper) -> None:
        self.rtl = is_right_to_left(paper.language)
        self.places = set(_places(paper.blocks))
        self.given: set[str] = set()
        self.has_headings = any(isinstance(block, Heading | Annex) for block in paper.blocks)
        self.level = 0

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        """Blocks in order, list lines that follow each other as one list."""
        result: list[dict[str, Any]] = []
        lists: list[dict[str, Any]] = []
        for block in blocks:
            points = points_of(block)
            if isinstance(block, Annex):
                lists, self.level = [], 0
                result += self.blocks(opened(block))
            elif points is None:
                lists = []
                result.append(self.block(block))
            else:
                number, key = (block.number, block.key) if isinstance(block, Clause) else ("", "")
                self.into_lists(points, number, key, lists, result)
        return result

    def into_lists(
        self, points: Points, number: str, key: str, lists: list[dict[str, Any]], result: list[dict[str, Any]]
    ) -> None:
        """Put lines into the list they continue, or into a new one; `lists` are the open ones, outermost first."""
        depth = min(points.depth, len(lists), _DEEPEST)
        del lists[depth + 1 :]
        if len(lists) == depth + 1 and lists[depth]["ordered"] != points.ordered:
            del lists[depth]
        if len(lists) == depth:
            opened = {"t": "lines", "ordered": points.ordered, "start": max(points.start, 0), "items": []}
            (result if depth == 0 else lists[-1]["items"][-1]["below"]).append(opened)
            lists.append(opened)
        for at, point in enumerate(points.points):
            own = (number, self.place(key)) if not at else ("", "")
            line = {"s": self.spans(point), "n": own[0], "k": own[1], "rtl": self.runs(point), "below": []}
            lists[-1]["items"].append(line)

    def block(self, block: Block) -> dict[str, Any]:
        """One block that is no list."""
        match block:
            case Heading():
                # A reader by ear is lost where a level is left out, so none is.
                self.level = max(1, min(block.level, self.level + 1, 6))
                text = flat(block.text) or "…"
                rtl = runs_right_to_left(text) if _letters(text) else self.rtl
                return {
                    "t": "heading",
                    "level": self.level,
                    "n": flat(block.number),
                    "k": self.place(block.anchor),
                    "s": self.spans(block.spans or (Span(text),)),
                    "rtl": rtl,
                }
            case Para():
                return {"t": "para", "s": self.spans(block.spans), "rtl": self.runs(block.spans)}
            case Quote():
                spans = self.spans(block.spans)
                return {"t": "quote", "s": spans, "rtl": self.runs(block.spans), "who": flat(block.who)}
            case Note():
                return {"t": "note", "s": self.spans(block.spans), "rtl": self.runs(block.spans), "tone": block.tone}
            case Listing():
                return {"t": "listing", "text": holdable(block.text)}
            case Grid():
                return self.grid(block)
            case Clause():
                inner = self.blocks(block.blocks)
                long = sum(_length(each) for each in block.blocks) > _LONG
                return {
                    "t": "clause",
                    "n": flat(block.number),
                    "k": self.place(block.key),
                    "long": long,
                    "blocks": inner,
                }
            case Sides():
                sides = [
                    {"title": flat(side.title), "tone": side.tone, "blocks": self.blocks(side.blocks)}
                    for side in block.sides
                ]
                return {"t": "sides", "sides": sides}
            case Break():
                return {"t": "break"}
            case Points() | Annex():
                raise AssertionError("lists and annexes are packed by blocks")

    def grid(self, grid: Grid) -> dict[str, Any]:
        """A table with as many cells in each row as it is wide, and widths that follow the words."""
        width = max([len(grid.head), *(len(row) for row in grid.rows)], default=1) or 1
        rows = [[{"c": self.spans(cell), "k": ""} for cell in _filled(row, width)] for row in grid.rows]
        for row, key in zip(rows, grid.keys, strict=False):
            row[0]["k"] = self.place(key)
        return {
            "t": "grid",
            "caption": flat(grid.caption),
            "head": [self.spans(cell) for cell in _filled(grid.head, width)],
            "rows": rows,
            "widths": _widths(grid, width),
        }

    def spans(self, spans: Words) -> list[dict[str, str]]:
        """Runs of words, each with its look and where it leads."""
        packed_spans = []
        for span in spans:
            address = safe_address(span.href)
            if address.startswith("#"):
                name = _ANCHOR.sub("-", address[1:])
                address = f"#{name}" if name in self.places else ""
            elif not _WEB.match(address):
                address = ""
            packed_spans.append({"t": flat(span.text), "m": span.mark, "a": span.also, "h": address})
        return packed_spans

    def runs(self, spans: Words) -> bool:
        """Whether the words run from right to left; those without letters go with the paper."""
        text = plain(spans)
        return runs_right_to_left(text) if _letters(text) else self.rtl

    def place(self, name: str) -> str:
        """The name of a place, the first time it is met."""
        name = _ANCHOR.sub("-", name)
        if not name or name in self.given:
            return ""
        self.given.add(name)
        return name


def points_of(block: Block) -> Points | None:
    """The list lines that a block is, alone or as a clause."""
    if isinstance(block, Points):
        return block
    if isinstance(block, Clause) and len(block.blocks) == 1 and isinstance(block.blocks[0], Points):
        return block.blocks[0]
    return None


def _places(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Heading) and block.anchor:
            found.append(_ANCHOR.sub("-", block.anchor))
        elif isinstance(block, Clause):
            found += [_ANCHOR.sub("-", block.key), *_places(block.blocks)]
        elif isinstance(block, Sides):
            for side in block.sides:
                found += _places(side.blocks)
        elif isinstance(block, Grid):
            found += [_ANCHOR.sub("-", key) for key in block.keys]
        elif isinstance(block, Annex):
            found += _places(opened(block))
    return found


def _letters(text: str) -> bool:
    return any(bidirectional(letter) in ("L", "R", "AL") for letter in text[:400])


def _length(block: Block) -> int:
    match block:
        case Para() | Quote() | Note():
            return len(plain(block.spans))
        case Points():
            return sum(len(plain(point)) + 40 for point in block.points)
        case Grid():
            return sum(len(plain(cell)) for row in block.rows for cell in row) + 60 * len(block.rows)
        case Listing():
            return len(block.text) + 60 * block.text.count("\n")
        case _:
            return 200


def _filled(row: tuple[Words, ...], width: int) -> tuple[Words, ...]:
    return row + ((),) * (width - len(row))


def _widths(grid: Grid, width: int) -> list[float]:
    """Columns as wide as the root of their longest cell, so that one long column leaves room for the others."""
    rows = [_filled(row, width) for row in (grid.head, *grid.rows[:200])]
    lengths = [max(len(plain(row[at])) for row in rows) for at in range(width)]
    words = [max((len(word) for row in rows for word in plain(row[at]).split()), default=1) for at in range(width)]
    return [
        round(max(sqrt(max(length, 4)), min(word, 18) * 0.62, 2.2), 2)
        for length, word in zip(lengths, words, strict=True)
    ]

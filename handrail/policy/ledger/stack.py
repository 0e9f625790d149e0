"""A policy text as a stack of slips, one for each heading and clause, with the lines of the file between them."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from handrail.policy.clause import Document
from handrail.policy.text import front_matter
from handrail.policy.text.assemble import stands_for_heading
from handrail.policy.text.block import Block
from handrail.policy.text.from_markdown import read
from handrail.policy.text.read import read_markdown


@dataclass(slots=True)
class Slip:
    """One heading or clause; `own` are its lines in the file (None: yet to be written), `gap` what follows them.

    `lead` is what stands before its words on the first line, such as “  - ”. `typed` marks words an author just gave,
    `escaped` words whose every character is to be shown as it is. `origin` is its place in the file as it was.
    """

    block: Block
    is_heading: bool
    own: tuple[str, ...] | None
    gap: tuple[str, ...] = ()
    lead: str = ""
    typed: bool = False
    escaped: bool = False
    origin: int = -1

    @property
    def key(self) -> str:
        """Its clause id; none for a heading."""
        return "" if self.is_heading else self.block.id


@dataclass(slots=True)
class Stack:
    """The slips in reading order, and the lines before the first (front matter, comments)."""

    before: tuple[str, ...]
    slips: list[Slip]
    front: tuple[str, ...] = ()
    tangled: bool = False
    taken: set[str] = field(default_factory=set)

    def place(self, key: str) -> int | None:
        """Where the clause with this id is."""
        return next((at for at, slip in enumerate(self.slips) if slip.key == key), None)

    def headings(self) -> list[int]:
        """Where the headings are."""
        return [at for at, slip in enumerate(self.slips) if slip.is_heading]

    def subtree(self, at: int) -> int:
        """Where what hangs from a list item ends: the first place after it that is no deeper item."""
        block = self.slips[at].block
        end = at + 1
        if block.sort != "list_item" or self.slips[at].is_heading:
            return end
        while end < len(self.slips) and _hangs(self.slips[end], block):
            end += 1
        return end

    def section(self, at: int) -> int:
        """Where the part under a heading ends: the next heading as high."""
        level = self.slips[at].block.level
        end = at + 1
        while end < len(self.slips) and not (self.slips[end].is_heading and self.slips[end].block.level <= level):
            end += 1
        return end


@dataclass(frozen=True, slots=True)
class Changed:
    """What a verb made of a text: the new Markdown, the ids it touched, and where new ones came from."""

    markdown: str
    keys: tuple[str, ...]
    came_from: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)


def _hangs(slip: Slip, parent: Block) -> bool:
    block = slip.block
    if slip.is_heading or block.sort not in ("list_item", "code"):
        return False
    return block.depth > parent.depth or (block.depth == parent.depth and not block.marker and block.sort != "code")


def open_stack(document: Document) -> Stack:
    """The stack of a document whose Markdown has its ids written beside the clauses."""
    blocks = _blocks(document.markdown)
    slips: list[Slip] = []
    clauses = iter(document.clauses)
    real = 0
    for block in blocks:
        heading = block.sort == "heading" or stands_for_heading(block)
        if heading:
            level = block.level if block.sort == "heading" else min(real + 1, 7)
            real = block.level if block.sort == "heading" else real
            slips.append(Slip(replace(block, level=level, markup=block.markup), True, ()))
        else:
            clause = next(clauses)
            slips.append(Slip(replace(block, id=clause.id), False, ()))
    return _with_lines(slips, document.markdown.split("\n"))


def _with_lines(slips: list[Slip], lines: list[str]) -> Stack:
    """Give each slip its lines; `tangled` says that two share one, so that only a fresh writing is safe."""
    tangled = False
    for at, slip in enumerate(slips):
        following = slips[at + 1].block.line_start if at + 1 < len(slips) else len(lines) + 1
        start, end = slip.block.line_start, slip.block.line_end
        while end > start and not lines[end - 1].strip():
            end -= 1
        beside = at > 0 and slips[at - 1].block.line_start == start and slip.block.cell >= 0
        shared = at + 1 < len(slips) and slips[at + 1].block.cell >= 0 and following == start
        if slip.block.in_html or (following <= end and not shared):
            tangled = True
        if shared:
            following = end + 1
        slip.own, slip.gap, slip.origin = tuple(lines[start - 1 : end]), tuple(lines[end : following - 1]), at
        slip.lead = _lead(slip)
        if beside:
            # Cells of one row share its line, which the first of them carries.
            slip.own = ()
        if slip.key and any(slip.key in line for line in slip.gap):
            # An id on a line of its own must go where its clause goes.
            slip.own = None
            slip.gap = tuple(
                "" if re.fullmatch(rf"\s*<!--\s*{slip.key}\b.*-->\s*", line) else line for line in slip.gap
            )
    first = slips[0].block.line_start if slips else len(lines) + 1
    skipped = front_matter.split("\n".join(lines))[1]
    taken = {slip.key for slip in slips if slip.key}
    return Stack(tuple(lines[: first - 1]), slips, tuple(lines[:skipped]), tangled, taken)


def _lead(slip: Slip) -> str:
    line = slip.own[0] if slip.own else ""
    first = slip.block.markup.split("\n")[0].strip()
    return line[: line.index(first)] if first and first in line else ""


@lru_cache(maxsize=16)
def _blocks(markdown: str) -> tuple[Block, ...]:
    """Never changed in place: each slip has a copy."""
    return tuple(block for block in read(markdown)[0] if block.text)


@lru_cache(maxsize=64)
def reading(markdown: str) -> Document:
    """A text read once while it is in use."""
    return read_markdown(markdown)

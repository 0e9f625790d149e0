"""From blocks to clauses: which headings and lead-ins does each inherit, what does it ask, which id has it?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from handrail.policy.clause import Clause, Form, Frame, Heading, Kind
from handrail.policy.text import duty
from handrail.policy.text.block import Block
from handrail.policy.text.ids import new_id

_LEADS = re.compile(
    r"[:：]\s*$|\b(?:must|must not|should|should not|shall|shall not|may|may not|cannot|never|not)\s*$", re.I
)
_PSEUDO_LONGEST = 100
_SENTENCE = re.compile(r"[.!?。]['\"”’)]*$")
_SENTENCE_END = re.compile(r"[.!?;,。]['\"”’)]*$")


@dataclass(slots=True)
class Assembled:
    """Clauses, the block each came from, and the headings passed on the way."""

    clauses: list[Clause] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where the reader stands: open headings, the lead-in in force, and the items that nested lists hang from."""

    path: list[Heading] = field(default_factory=list)
    real_level: int = 0
    lead: str = ""
    lead_frame: Frame = ""
    items: list[tuple[str, str, Frame]] = field(default_factory=list)


def stands_for_heading(block: Block) -> bool:
    """Whether a bold line is a heading in all but name."""
    return (
        block.sort == "paragraph"
        and block.bold
        and len(block.text) <= _PSEUDO_LONGEST
        and not _SENTENCE_END.search(block.text[-20:])
    )


def assemble(blocks: Iterable[Block]) -> Assembled:
    """Turn blocks into clauses, in reading order."""
    result = Assembled()
    place = _Place()
    shown = [block for block in blocks if block.text]
    written = {block.id for block in shown if block.id}
    taken: set[str] = set()
    for index, block in enumerate(shown):
        if block.sort == "heading" or stands_for_heading(block):
            _enter(place, block, result)
            continue
        following = shown[index + 1] if index + 1 < len(shown) else None
        identity = block.id if block.id and block.id not in taken else new_id(block.text, taken | written)
        taken.add(identity)
        clause = _clause(place, block, following, identity)
        result.clauses.append(clause)
        result.blocks.append(block)
        _pass(place, block, clause.frame)
    return result


def _enter(place: _Place, block: Block, result: Assembled) -> None:
    pseudo = block.sort != "heading"
    level = min(place.real_level + 1, 7) if pseudo else block.level
    heading = Heading(text=block.text, level=level, line=block.line_start, pseudo=pseudo)
    result.headings.append(heading)
    while place.path and place.path[-1].level >= level:
        place.path.pop()
    place.path.append(heading)
    if not pseudo:
        place.real_level = level
    place.lead, place.lead_frame, place.items = "", "", []


def _clause(place: _Place, block: Block, following: Block | None, identity: str) -> Clause:
    headings = tuple(each.text for each in place.path)
    lead, over = _governing(place, block)
    text = block.text
    leads = _leads(block, following)
    own = duty.frame_of(text, last=leads)
    frame = duty.inherited_frame(own, text, over or _heading_frame(place.path))
    kind = cast(Kind, block.kind) if block.kind else _kind(text, own, frame, headings, lead, block, leads)
    return Clause(
        id=identity,
        kind=kind,
        heading=headings[-1] if headings else "",
        text=text,
        line_start=block.line_start,
        line_end=block.line_end,
        markup=block.markup,
        headings=headings,
        level=place.path[-1].level if place.path else 0,
        lead_in=lead,
        frame=frame,
        form=cast(Form, block.sort),
        depth=block.depth,
        marker=block.marker,
    )


def _kind(text: str, own: Frame, frame: Frame, headings: tuple[str, ...], lead: str, block: Block, leads: bool) -> Kind:
    if leads:
        return "principle"
    # An order such as “Forward the letter” under a heading that only allows something is still an order.
    plain = not own and (duty.is_consequence(text) or (frame == "may" and duty.is_imperative(text)))
    heard: Frame = "" if plain else frame
    return duty.kind_of(text, heard, headings, lead, block.sort in ("quotation", "code"))


def _leads(block: Block, following: Block | None) -> bool:
    """Whether the block opens a list or goes on below: it ends in a colon or in a duty word."""
    if block.sort not in ("paragraph", "list_item", "quotation") or not _LEADS.search(block.text[-40:]):
        return False
    if following is None or following.sort == "heading":
        return False
    return block.sort == "paragraph" or following.depth > block.depth or following.sort in ("quotation", "code")


def _heading_frame(path: list[Heading]) -> Frame:
    for heading in reversed(path):
        if heading.level > 1 or heading.pseudo:
            frame = duty.heading_frame(heading.text)
            if frame:
                return frame
    return ""


def _governing(place: _Place, block: Block) -> tuple[str, Frame]:
    """The lead-in over a block and what it asks: the nearest item that leads, else the paragraph that does."""
    if block.sort == "table_row" and duty.heading_frame(block.marker):
        return block.marker, duty.heading_frame(block.marker)
    if block.sort != "paragraph" and block.depth:
        for text, lead, frame in reversed(place.items[: block.depth]):
            if _LEADS.search(text[-40:]):
                return text, frame
            if frame:
                return lead, frame
    if block.sort == "paragraph" and _SENTENCE.search(block.text[-20:]):
        return "", ""
    return place.lead, place.lead_frame


def _pass(place: _Place, block: Block, frame: Frame) -> None:
    if block.sort == "paragraph" and (
        not place.lead or _SENTENCE.search(block.text[-20:]) or _LEADS.search(block.text[-40:])
    ):
        leads = bool(_LEADS.search(block.text[-40:]))
        place.lead = block.text if leads else ""
        place.lead_frame = duty.frame_of(block.text, last=True) if leads else ""
        if leads and not place.lead_frame:
            place.lead_frame = frame
        place.items = []
    elif block.sort == "list_item" and block.marker:
        own = duty.frame_of(block.text, last=True) if _LEADS.search(block.text[-40:]) else frame
        del place.items[block.depth :]
        while len(place.items) < block.depth:
            place.items.append(("", place.lead, place.lead_frame))
        place.items.append((block.text, place.lead, own or frame))

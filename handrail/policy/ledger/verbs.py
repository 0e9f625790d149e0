"""The verbs of the ledger on a text: each gives the new Markdown with every other clause as it was."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handrail.kernel.errors import BadInput, NotNow
from handrail.policy.clause import Document
from handrail.policy.ledger.render import marked
from handrail.policy.ledger.stack import Changed, Slip, Stack, open_stack
from handrail.policy.ledger.wording import cleaned, short_enough, shown, wording_of
from handrail.policy.ledger.writing import written
from handrail.policy.text.block import Block, squeeze
from handrail.policy.text.from_markdown import split_row
from handrail.policy.text.ids import new_id

KINDS = ("principle", "do", "don't", "definition", "example")
_PLAIN = ("paragraph", "list_item", "quotation")
_GONE = "That clause isn’t in this text any more. Load the page again to see what it says now."


def edit_clause(document: Document, key: str, markup: str) -> Changed:
    """New words for one clause."""
    stack, at = _at(document, key)
    slips = list(stack.slips)
    if slips[at].block.cell >= 0:
        return Changed(written(stack, _cell_edited(slips, at, cleaned(markup))), (key,))
    slips[at] = _typed(slips[at], markup)
    return Changed(written(stack, slips), (key,))


def _cell_edited(slips: list[Slip], at: int, words: str) -> list[Slip]:
    """One cell of a row of do’s and don’ts; its neighbours share the line and keep their words."""
    block = slips[at].block
    cells = split_row(block.markup, nested=False)
    cells[block.cell] = squeeze(words)
    line = "| " + " | ".join(_piped(cell) for cell in cells) + " |"
    row = (block.table, block.line_start)
    result = [
        replace(slip, block=replace(slip.block, markup=line)) if _row_of(slip.block) == row else slip for slip in slips
    ]
    mates = [number for number, slip in enumerate(slips) if _row_of(slip.block) == row]
    for number in mates:
        cells[slips[number].block.cell] += f" {marked(slips[number].block)}"
    written_row = "| " + " | ".join(_piped(cell) for cell in cells) + " |"
    result[mates[0]] = replace(result[mates[0]], own=(written_row,))
    said = f"{block.marker.rstrip(':')}: {shown(squeeze(words))}"
    result[at] = replace(result[at], block=replace(result[at].block, text=said))
    return result


def _piped(cell: str) -> str:
    return cell.replace("|", "\\|")


def _row_of(block: Block) -> tuple[int, int]:
    return (block.table, block.line_start) if block.cell >= 0 else (0, 0)


def add_clause(
    document: Document,
    markup: str,
    *,
    taken: set[str],
    after: str = "",
    heading: int | None = None,
    form: str = "",
    kind: str = "",
) -> Changed:
    """A new clause after another one, or first under a heading (counted from 0), or first of all."""
    stack = open_stack(document)
    place, neighbour = _spot(stack, after, heading)
    sort = form or (neighbour.block.sort if neighbour and neighbour.block.sort == "list_item" else "paragraph")
    if sort not in _PLAIN:
        raise BadInput("A new clause is a paragraph, a line of a list or a quotation. Choose one.", field="form")
    words = cleaned(markup)
    if kind and kind not in KINDS:
        raise BadInput(f"“{kind}” is no kind of clause. Choose one of: {', '.join(KINDS)}.", field="kind")
    depth = neighbour.block.depth if neighbour and neighbour.block.sort == sort == "list_item" else 0
    key = new_id(shown(words) or words, taken | stack.taken)
    block = Block(sort, "", 0, 0, words, depth=depth, marker="-" if sort == "list_item" else "", id=key, kind=kind)  # type: ignore[arg-type]
    slips = list(stack.slips)
    _put(stack, slips, place, [Slip(block, False, None, typed=True)])
    return Changed(written(stack, slips), (key,))


def _spot(stack: Stack, after: str, heading: int | None, before: str = "") -> tuple[int, Slip | None]:
    if before:
        at = _known(stack, before)
        return at, stack.slips[at]
    if after:
        at = _known(stack, after)
        return stack.subtree(at), stack.slips[at]
    if heading is not None:
        at = _heading(stack, heading)
        following = stack.slips[at + 1] if at + 1 < len(stack.slips) else None
        return at + 1, following if following and not following.is_heading else None
    return 0, None


def remove_clause(document: Document, key: str) -> Changed:
    """One clause less; what hung from it stays, one step higher."""
    stack, at = _at(document, key)
    if len(stack.taken) == 1:
        raise BadInput("It is the last clause. A policy must say something: edit it, or give the draft up.")
    slips = list(stack.slips)
    end = stack.subtree(at)
    _take(stack, slips, at, at + 1)
    _settle(slips, at, end - 1)
    return Changed(written(stack, slips), (key,))


def move_clause(
    document: Document, key: str, *, after: str = "", before: str = "", heading: int | None = None
) -> Changed:
    """A clause, with what hangs from it, to behind or before another one, first under a heading, or first of all."""
    stack, at = _at(document, key)
    end = stack.subtree(at)
    if {after, before} & {slip.key for slip in stack.slips[at:end] if slip.key}:
        raise BadInput("A clause can’t stand beside itself. Choose another place.", field="after")
    slips = list(stack.slips)
    moving = _take(stack, slips, at, end)
    place, neighbour = _spot(replace(stack, slips=slips), after, heading, before)
    depth = neighbour.block.depth if neighbour and neighbour.block.sort == "list_item" else 0
    _put(stack, slips, place, [_in_new_place(slip, moving[0], neighbour, depth) for slip in moving])
    _settle(slips, 0, len(slips))
    return Changed(written(stack, slips), (key,))


def neighbour_place(document: Document, key: str, *, up: bool) -> dict[str, Any]:
    """Where a clause goes when it is moved one step: past its neighbour, or over a heading."""
    stack, at = _at(document, key)
    end, slips = stack.subtree(at), stack.slips
    if not up:
        if end >= len(slips):
            raise NotNow("It is the last clause already.")
        return {"heading": stack.headings().index(end)} if slips[end].is_heading else {"after": slips[end].key}
    if at == 0:
        raise NotNow("It is the first clause already.")
    above = at - 1
    if slips[above].is_heading:
        if above == 0:
            raise NotNow("It is the first clause already.")
        over = slips[above - 1]
        return {"heading": stack.headings().index(above - 1)} if over.is_heading else {"after": over.key}
    while above > 0 and slips[above].block.depth > slips[at].block.depth and slips[above - 1].key:
        above -= 1
    return {"before": slips[above].key}


def _in_new_place(slip: Slip, first: Slip, neighbour: Slip | None, depth: int) -> Slip:
    block = slip.block
    if block.sort == "table_row":
        if neighbour and neighbour.block.table == block.table and block.cell < 0 and slip.own is not None:
            return slip
        plain = Block("paragraph", block.text, 0, 0, block.text, id=block.id, kind=block.kind)
        return Slip(plain, False, None, typed=True, escaped=True)
    if block.sort in ("list_item", "code") and (block.depth or block.sort == "list_item"):
        deeper = max(block.depth - first.block.depth, 0) + depth
        marker = block.marker or ("-" if slip is first else "")
        return replace(
            slip,
            block=replace(block, depth=deeper, marker=marker, markup=wording_of(block)),
            own=None,
            lead="",
            origin=-1,
        )
    return replace(slip, origin=-1)


def split_clause(document: Document, key: str, at: int, *, taken: set[str]) -> Changed:
    """One clause becomes two, cut before the character `at` of its wording; the first part keeps the id."""
    stack, place = _at(document, key)
    slip = stack.slips[place]
    if slip.block.sort not in _PLAIN:
        raise BadInput("A row of a table, a listing or a picture can’t be split. Make it a paragraph first.")
    words = wording_of(slip.block)
    first, second = words[:at].strip(), words[at:].strip()
    if not any(map(str.isalnum, shown(first))) or not any(map(str.isalnum, shown(second))):
        raise BadInput("Put the cursor between two words: both parts must say something.", field="at")
    if words[at - 1].isalnum() and words[at].isalnum():
        raise BadInput("That would cut a word in two. Put the cursor between two words.", field="at")
    if squeeze(f"{shown(first)} {shown(second)}").replace(" ", "") != slip.block.text.replace(" ", ""):
        raise BadInput("That would cut a link or words in bold. Put the cursor before or after them.", field="at")
    fresh = new_id(shown(second), taken | stack.taken)
    slips = list(stack.slips)
    slips[place] = replace(_typed(slip, first), gap=())
    marker = slip.block.marker or ("-" if slip.block.sort == "list_item" else "")
    block = Block(
        slip.block.sort, "", 0, 0, second, depth=slip.block.depth, marker=marker, id=fresh, kind=slip.block.kind
    )
    slips.insert(place + 1, Slip(block, False, None, gap=slip.gap, typed=True))
    return Changed(written(stack, slips), (key, fresh), came_from={fresh: (key,)})


def merge_clauses(document: Document, keys: Sequence[str]) -> Changed:
    """Several clauses become one: the first in reading order keeps its id, the others are merged into it."""
    stack = open_stack(document)
    if len(set(keys)) < 2:
        raise BadInput("Choose at least two clauses to merge.", field="keys")
    places = sorted({_known(stack, key) for key in keys})
    parts = [stack.slips[place] for place in places]
    if any(slip.block.sort not in _PLAIN for slip in parts):
        raise BadInput("Rows of a table, listings and pictures can’t be merged. Make them paragraphs first.")
    words = " ".join(wording_of(slip.block) for slip in parts)
    if shown(words).replace(" ", "") != "".join(slip.block.text for slip in parts).replace(" ", ""):
        raise BadInput("Joined, their marks would read differently. Edit them so that each closes its own.")
    slips = list(stack.slips)
    slips[places[0]] = _typed(parts[0], words)
    for place in reversed(places[1:]):
        end = stack.subtree(place)
        _take(stack, slips, place, place + 1)
        _settle(slips, place, end - 1)
    first = parts[0].key
    others = tuple(slip.key for slip in parts[1:])
    return Changed(written(stack, slips), (first, *others), merged=dict.fromkeys(others, first))


def set_kind(document: Document, key: str, kind: str) -> Changed:
    """Say what a clause is (a principle, a do, a don’t …), or, with nothing, leave it to the words again."""
    if kind and kind not in KINDS:
        raise BadInput(f"“{kind}” is no kind of clause. Choose one of: {', '.join(KINDS)}.", field="kind")
    stack, at = _at(document, key)
    slips = list(stack.slips)
    block = slips[at].block
    words = block.markup if block.sort in ("table_row", "code") else wording_of(block)
    slips[at] = replace(slips[at], block=replace(block, kind=kind, markup=_row_source(block, words)), own=None)
    return Changed(written(stack, slips), (key,))


def _row_source(block: Block, words: str) -> str:
    if block.sort == "table_row" and block.cell < 0:
        return "| " + " | ".join(_piped(cell) for cell in split_row(_plain_line(words), nested=True)) + " |"
    return words


def _plain_line(line: str) -> str:
    return wording_of(Block("table_row", "", 0, 0, line))


def edit_heading(document: Document, number: int, words: str) -> Changed:
    """New words for the heading counted `number` from 0."""
    stack = open_stack(document)
    at = _heading(stack, number)
    text = squeeze(cleaned(words, "words"))
    slips = list(stack.slips)
    slip = slips[at]
    bold = slip.block.sort != "heading"
    block = replace(slip.block, markup=f"**{text}**" if bold else text, text=shown(text))
    slips[at] = replace(slip, block=block, own=None, typed=not bold)
    return Changed(written(stack, slips), ())


def add_heading(document: Document, words: str, *, level: int, after: str = "", last: bool = False) -> Changed:
    """A new heading behind a clause (what follows stands under it), at the start, or at the end."""
    if not 1 <= level <= 6:
        raise BadInput("A heading has a level from 1 to 6.", field="level")
    stack = open_stack(document)
    place = len(stack.slips) if last else _spot(stack, after, None)[0]
    text = squeeze(cleaned(words, "words"))
    slips = list(stack.slips)
    _put(stack, slips, place, [Slip(Block("heading", "", 0, 0, text, level=level), True, None, typed=True)])
    return Changed(written(stack, slips), ())


def remove_heading(document: Document, number: int) -> Changed:
    """One heading less; its clauses stand under the heading before."""
    stack = open_stack(document)
    at = _heading(stack, number)
    slips = list(stack.slips)
    _take(stack, slips, at, at + 1)
    return Changed(written(stack, slips), ())


def move_section(document: Document, number: int, *, up: bool) -> Changed:
    """A heading with everything under it, before or behind its neighbour of the same level."""
    stack = open_stack(document)
    at = _heading(stack, number)
    slips, level = stack.slips, stack.slips[_heading(stack, number)].block.level
    if up:
        earlier = [place for place in stack.headings() if place < at and slips[place].block.level <= level]
        start = earlier[-1] if earlier and slips[earlier[-1]].block.level == level else None
        first, second, end = start, at, stack.section(at)
    else:
        second = stack.section(at)
        same = second < len(slips) and slips[second].block.level == level
        first, end = (at if same else None), stack.section(second) if same else 0
    if first is None:
        raise NotNow(f"It is the {'first' if up else 'last'} part already.")
    moved = [replace(slip, origin=-1) for slip in [*slips[second:end], *slips[first:second]]]
    gaps_lost = _own_gaps(moved, slips[second - 1], slips[end - 1])
    return Changed(
        written(stack, [*slips[:first], *gaps_lost, *slips[end:]]), tuple(each.key for each in moved if each.key)
    )


def _own_gaps(moved: list[Slip], one: Slip, other: Slip) -> list[Slip]:
    """A part at the end of the file has no blank line behind it: it gets one where it stands now."""
    return [
        replace(slip, gap=(*slip.gap, ""))
        if slip.origin < 0 and not slip.gap and slip.key in (one.key, other.key)
        else slip
        for slip in moved
    ]


def _typed(slip: Slip, markup: str) -> Slip:
    """A slip with the words an author gave; bold from end to end would read as a heading, so the marks go."""
    if slip.block.sort == "code":
        text = short_enough(markup).replace("\r\n", "\n").strip("\n")
        if not text.strip():
            raise BadInput("The clause has no words left. Type some, or remove the clause.", field="markup")
        return replace(slip, block=replace(slip.block, markup=text), own=None, typed=True)
    words = cleaned(markup)
    if slip.block.sort == "table_row":
        return replace(
            slip, block=replace(slip.block, markup=_row_source(slip.block, squeeze(words))), own=None, typed=True
        )
    if slip.block.sort == "paragraph" and words.startswith("**") and words.endswith("**") and words.count("**") == 2:
        words = words[2:-2].strip()
    return replace(slip, block=replace(slip.block, markup=words, in_html=False), own=None, typed=True)


def _take(stack: Stack, slips: list[Slip], start: int, end: int) -> list[Slip]:
    """Slips out of the stack; what stood between them and the next stays where it was."""
    taken = slips[start:end]
    left = tuple(line for slip in taken for line in slip.gap)
    kept = left if any(line.strip() for line in left) else ("",) if left else ()
    if start:
        before = slips[start - 1]
        slips[start - 1] = replace(
            before, gap=(*before.gap, *kept) if any(map(str.strip, kept)) or not before.gap else before.gap
        )
    elif any(line.strip() for line in left):
        stack.before = (*stack.before, *left)
    del slips[start:end]
    return [replace(slip, gap=()) for slip in taken]


def _put(stack: Stack, slips: list[Slip], place: int, new: list[Slip]) -> None:
    """Slips into the stack at a place; what stands before the next one (a table’s head) stays before it."""
    if place:
        before = slips[place - 1]
        new[-1] = replace(new[-1], gap=before.gap)
        slips[place - 1] = replace(before, gap=())
    elif slips and len(stack.before) > len(stack.front):
        new[-1] = replace(new[-1], gap=("", *stack.before[len(stack.front) :]))
        stack.before = (*stack.front, "")
    else:
        new[-1] = replace(new[-1], gap=("",))
    slips[place:place] = new


def _settle(slips: list[Slip], start: int, end: int) -> None:
    """No item hangs deeper than one step under the item before it."""
    for at in range(start, min(end, len(slips))):
        block = slips[at].block
        if slips[at].is_heading or block.sort not in ("list_item", "code") or not block.depth:
            continue
        above = slips[at - 1] if at else None
        allowed = 0
        if above and not above.is_heading and above.block.sort in ("list_item", "code"):
            allowed = above.block.depth + (1 if block.sort == "list_item" and above.block.sort == "list_item" else 0)
        if block.depth > allowed:
            fixed = replace(block, depth=allowed, markup=block.markup if block.sort == "code" else wording_of(block))
            slips[at] = replace(slips[at], block=fixed, own=None, lead="", origin=-1)


def _at(document: Document, key: str) -> tuple[Stack, int]:
    stack = open_stack(document)
    return stack, _known(stack, key)


def _known(stack: Stack, key: str) -> int:
    at = stack.place(key)
    if at is None:
        raise NotNow(_GONE)
    return at


def _heading(stack: Stack, number: int) -> int:
    places = stack.headings()
    if not 0 <= number < len(places):
        raise NotNow("That heading isn’t in this text any more. Load the page again.")
    return places[number]

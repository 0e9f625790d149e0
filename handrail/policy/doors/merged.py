"""Two texts as one run of headings and clauses: what both have, what only the old has, what only the new has."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from handrail.policy.clause import Document
from handrail.policy.doors.layout import sources_of
from handrail.policy.text.block import Block as Source
from handrail.policy.text.matching import pair

Fate = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class Element:
    """A heading, a clause or a table row as it stands in a text. `name` is shared by what belongs together."""

    name: tuple[object, ...]
    sort: str
    text: str
    markup: str = ""
    key: str = ""
    level: int = 0
    marker: str = ""
    source: Source | None = None
    opens_table: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One element of the merged run; `old` and `new` are both there where both texts have it."""

    old: Element | None
    new: Element | None

    @property
    def shown(self) -> Element:
        """The element as the newest text that has it says it."""
        found = self.new or self.old
        if found is None:
            raise AssertionError("a step stands for at least one element")
        return found


def merged(old: Document, new: Document) -> list[Step]:
    """The run from which the new text is left when the old is taken out, and the old when the new is."""
    pairing = pair(old.clauses, new.clauses)
    names_old = {clause.id: f"old {clause.id}" for clause in old.clauses}
    for at_new, at_old in pairing.old_of.items():
        names_old[old.clauses[at_old].id] = f"new {new.clauses[at_new].id}"
    names_new = {clause.id: f"new {clause.id}" for clause in new.clauses}
    before, after = list(_elements(old, names_old)), list(_elements(new, names_new))
    before = _headings_renamed(before, after)
    matcher = SequenceMatcher(None, [each.name for each in before], [each.name for each in after], autojunk=False)
    steps: list[Step] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            steps += [Step(one, other) for one, other in zip(before[a:b], after[c:d], strict=True)]
        else:
            steps += [Step(each, None) for each in before[a:b]] + [Step(None, each) for each in after[c:d]]
    return steps


def _elements(document: Document, names: dict[str, str]) -> Iterator[Element]:
    """Headings and clauses in reading order; the cells of a Do-and-Don't row are one row again."""
    sources = sources_of(document)
    headings = list(document.headings)
    seen: dict[tuple[str, int], int] = defaultdict(int)
    row: tuple[int, int] | None = None
    for clause in document.clauses:
        while headings and headings[0].line <= clause.line_start:
            yield _heading(headings[0].text, headings[0].level, seen)
            headings.pop(0)
        source = sources[clause.id]
        if clause.form != "table_row":
            row = None
            shape = (clause.form, clause.depth if clause.form == "list_item" else 0, _counted(clause.marker))
            name = (names[clause.id], *shape)
            yield Element(name, clause.form, clause.text, clause.markup, clause.id, clause.depth, clause.marker, source)
        elif (source.table, source.line_start) != row:
            opens = row is None or row[0] != source.table
            row = (source.table, source.line_start)
            row_name = (names[clause.id], "table_row", source.columns, len(source.cells))
            yield Element(
                row_name, "table_row", clause.text, source.markup, clause.id, source=source, opens_table=opens
            )
    for heading in headings:
        yield _heading(heading.text, heading.level, seen)


def _counted(marker: str) -> str:
    """Whether a list line counts, has a bullet or goes on without a mark."""
    return "" if not marker else "1" if marker[:1].isdigit() else "-"


def _heading(text: str, level: int, seen: dict[tuple[str, int], int]) -> Element:
    seen[(text, level)] += 1
    return Element(("heading", text, level, seen[(text, level)]), "heading", text, level=level)


def _headings_renamed(before: list[Element], after: list[Element]) -> list[Element]:
    """A heading over the same clause as before is the same heading, even where its words changed."""
    kept = {each.name for each in before} & {each.name for each in after}
    over = {
        following.name: heading
        for heading, following in pairwise(after)
        if heading.sort == "heading" and heading.name not in kept and following.sort != "heading"
    }
    result = list(before)
    for at, (each, following) in enumerate(pairwise(before)):
        same = over.get(following.name)
        if each.sort == "heading" and each.name not in kept and same is not None and same.level == each.level:
            result[at] = Element(same.name, "heading", each.text, level=each.level)
    return result

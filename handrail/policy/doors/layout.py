"""How do the clauses of a text stand on paper? Lists, tables, quotations, Do beside Don't, each clause by its id."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from handrail.kernel.paper import (
    Block,
    Clause,
    Grid,
    Heading,
    Listing,
    Note,
    Para,
    Points,
    Quote,
    Side,
    Sides,
    Span,
    Words,
)
from handrail.policy.clause import Document
from handrail.policy.doors.spans import spans_of
from handrail.policy.sheet import Part, Row
from handrail.policy.text.block import Block as Source
from handrail.policy.text.duty import heading_frame
from handrail.policy.text.from_markdown import split_row
from handrail.policy.text.read import assembled

_MARKS = {"ins": "added", "del": "removed"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text is laid out with: the block each clause came from, its number, and remarks under it."""

    sources: Mapping[str, Source]
    numbers: Mapping[str, str]
    under: Callable[[str], tuple[Note, ...]]

    def parts(self, parts: list[Part]) -> Iterator[Block]:
        """Every part with its heading."""
        for part in parts:
            if part.heading:
                yield Heading(part.heading, part.level, part.number, part.anchor)
            yield from self.rows(part.rows)
            if part.sides:
                yield Sides(
                    tuple(
                        Side(side.heading, tuple(self.rows(side.rows)), "dont" if side.is_dont else "do")
                        for side in part.sides
                    )
                )

    def rows(self, rows: list[Row]) -> Iterator[Block]:
        """Clauses in order; rows of one table together."""
        at = 0
        while at < len(rows):
            table = self.table_of(rows[at])
            end = at + 1
            while table and end < len(rows) and self.table_of(rows[end]) == table:
                end += 1
            if table:
                yield self.table(rows[at:end])
                for row in rows[at:end]:
                    yield from self.under(row.clause.id)
            else:
                yield self.clause(rows[at])
                yield from self.under(rows[at].clause.id)
            at = end

    def table_of(self, row: Row) -> int:
        """The number of the table that a row belongs to; 0 where it belongs to none."""
        source = self.sources.get(row.clause.id)
        return source.table if source and row.change != "removed" and row.clause.form == "table_row" else 0

    def table(self, rows: list[Row]) -> Block:
        """A table; one whose columns are Do and Don't becomes two columns of clauses."""
        sources = [self.sources[row.clause.id] for row in rows]
        if all(source.cell >= 0 for source in sources):
            return self.duties(rows, sources)
        columns = tuple((Span(column),) for column in sources[0].columns)
        return Grid(
            columns,
            tuple(_cells(row, source) for row, source in zip(rows, sources, strict=True)),
            keys=tuple(row.clause.id for row in rows),
        )

    def duties(self, rows: list[Row], sources: list[Source]) -> Block:
        """Do and Don't from the cells of a table."""
        columns: dict[str, list[Block]] = {}
        for row, source in zip(rows, sources, strict=True):
            shown = row.clause.text.removeprefix(f"{source.marker.rstrip(':')}: ")
            spans = (Span(shown),) if row.change == "unchanged" else _pieces(row)
            columns.setdefault(source.marker, []).append(
                Clause(row.clause.id, self.numbers.get(row.clause.id, ""), (Points((spans,)),))
            )
        return Sides(
            tuple(
                Side(column, tuple(blocks), "dont" if heading_frame(column) == "must not" else "do")
                for column, blocks in columns.items()
            )
        )

    def clause(self, row: Row) -> Clause:
        """One clause that is no row of a table."""
        clause = row.clause
        spans = _pieces(row) if row.change not in ("unchanged", "moved") else spans_of(clause.markup, clause.text)
        block: Block = Para(spans)
        if clause.form == "list_item" and clause.marker:
            count = clause.marker.rstrip(".)")
            ordered = count.isdigit()
            block = Points((spans,), ordered, clause.depth, int(count[:6]) if ordered else 1)
        elif clause.form == "quotation":
            block = Quote(spans)
        elif clause.form == "code" and row.change == "unchanged":
            block = Listing(clause.markup.rstrip("\n") or clause.text)
        number = "" if row.change == "removed" else self.numbers.get(clause.id, "")
        return Clause(clause.id if row.change != "removed" else "", number, (block,))


def sources_of(document: Document) -> dict[str, Source]:
    """The block that each clause was read from, by the clause's id."""
    found, _ = assembled(document.markdown)
    return {clause.id: block for clause, block in zip(document.clauses, found.blocks, strict=True)}


def _pieces(row: Row) -> Words:
    return tuple(Span(piece.text, _MARKS.get(piece.op, "")) for piece in row.pieces if piece.text)  # type: ignore[arg-type]


def _cells(row: Row, source: Source) -> tuple[Words, ...]:
    if row.change not in ("unchanged", "moved"):
        return (_pieces(row),)
    written = split_row(source.markup, source.depth > 0) if not source.in_html else []
    if len(written) != len(source.cells):
        return tuple((Span(cell),) for cell in source.cells)
    return tuple(spans_of(markup, cell) for markup, cell in zip(written, source.cells, strict=True))

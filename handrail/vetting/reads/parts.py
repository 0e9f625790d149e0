"""The matrix by parts of the text: clauses 2.1(a) to 2.1(f) stand in one column, 2.1, under its heading."""

import re
from collections.abc import Sequence

from handrail.vetting.reads.matrix import Cell, Column, Matrix, Row

START = "Start"
_PART = re.compile(r"[A-Za-z]?\d+(?:\.\d+)*")


def part_of(number: str) -> str:
    """A clause's number before its letter: 2.1 for 2.1(c), nothing for (a); else the number itself."""
    number = number.strip()
    found = _PART.match(number)
    return found.group() if found else number.partition("(")[0]


def parts(columns: Sequence[Column]) -> list[list[int]]:
    """The places of the clauses in each part, in reading order.

    What stands before the first number is one part, the start. Later a clause without a number belongs to the part
    before it, unless it has a heading of its own.
    """
    found: list[list[int]] = []
    known: dict[str, list[int]] = {}
    for at, column in enumerate(columns):
        part = part_of(column.number)
        if part in known and part:
            known[part].append(at)
        elif not part and found and (not known or not column.heading or column.heading == columns[at - 1].heading):
            found[-1].append(at)
        else:
            found.append([at])
            if part:
                known[part] = found[-1]
    return found


def by_part(table: Matrix) -> Matrix:
    """The same table with a column for each part; a cell is read once all its clauses are."""
    groups = parts(table.columns)
    numbered = any(part_of(each.number) for each in table.columns)
    columns = tuple(
        _column([table.columns[at] for at in group], START if not group[0] and numbered else "") for group in groups
    )
    rows = tuple(_row(row, groups) for row in table.rows)
    return Matrix(columns, rows, table.remarks, table.open, table.on_whole, table.detached)


def _column(group: Sequence[Column], unnumbered: str) -> Column:
    heading = next((each.heading for each in group if each.heading), "")
    number = part_of(group[0].number)
    return Column(
        group[0].key,
        number or unnumbered,
        heading,
        sum(each.remarks for each in group),
        sum(each.open for each in group),
        sum(each.clauses for each in group),
    )


def _row(row: Row, groups: Sequence[Sequence[int]]) -> Row:
    cells = tuple(_cell([row.cells[at] for at in group]) for group in groups)
    return Row(row.key, row.name, row.who, row.kind, cells, row.state, row.sign_off, row.more)


def _cell(group: Sequence[Cell]) -> Cell:
    seen = sum(each.seen for each in group)
    hottest = max(group, key=lambda each: (each.open > 0, each.remarks > 0))
    return Cell(
        group[0].key,
        seen == sum(each.clauses for each in group),
        sum(each.remarks for each in group),
        sum(each.open for each in group),
        sum(each.clauses for each in group),
        seen,
        hottest.key,
    )

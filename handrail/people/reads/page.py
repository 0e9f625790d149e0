"""The matrix laid out for a page: columns by function, rows by kind, each cell with its letters and findings."""

from dataclasses import dataclass

from handrail.people.matrix import Finding, Row, Table, Verdict, what_happens
from handrail.people.matrix.rules.register import Rule
from handrail.people.models import Matrix
from handrail.people.reads.matrix import table_of, verdict_on
from handrail.people.reads.subjects import MatrixSubject, subjects_by_kind

_GROUPS = {
    "activity": "Activities",
    "policy": "Documents",
    "procedure": "Procedures",
    "channel": "Channels",
    "initiative": "Initiatives",
}
_ALWAYS = ("activity", "policy")
MOST_MARKED = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One holder; `silent` for a function the work touches that has no voice."""

    key: str
    name: str
    short: str
    function: str
    leaves: bool
    silent: bool


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell: its letters with the word for each, and the numbers of the findings it is part of."""

    column: Column
    letters: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row with its sentence."""

    key: str
    title: str
    note: str
    href: str
    cells: tuple[PageCell, ...]
    so: str


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number on the page and its rule."""

    number: int
    rule: Rule
    finding: Finding


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """A matrix as a page shows it."""

    columns: tuple[Column, ...]
    functions: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[PageRow, ...]], ...]
    rows: tuple[Row, ...]
    findings: tuple[NumberedFinding, ...]
    waived: tuple[NumberedFinding, ...]
    verdict: Verdict
    people: int

    @property
    def span(self) -> int:
        """How many columns the table has in all."""
        return len(self.columns) + 2


def matrix_page(matrix: Matrix | None) -> MatrixPage:
    """Lay a matrix out: everything on the page comes from one reading of the table."""
    table = table_of(matrix)
    verdict = verdict_on(table)
    findings = tuple(NumberedFinding(at, *each) for at, each in enumerate(verdict.found, start=1))
    columns = _columns(table, findings)
    groups = _groups(table, columns, findings)
    waived = tuple(NumberedFinding(at, *each) for at, each in enumerate(verdict.waived, start=1))
    named = {key for holder in table.holders if holder.kind == "person" for key in holder.people}
    return MatrixPage(columns, _functions(columns), groups, table.rows, findings, waived, verdict, len(named))


def _columns(table: Table, findings: tuple[NumberedFinding, ...]) -> tuple[Column, ...]:
    silent = {each.finding.holders[0] for each in findings if each.finding.rule == "RACI-10"}
    found = []
    for holder in table.holders:
        person = table.someone.get(int(holder.key[7:])) if holder.kind == "person" else None
        leaves = person is not None and (not person.here or person.ends_on is not None)
        short = holder.name.split()[0] if person and holder.name else holder.name
        if holder.kind == "function":
            short = "No one"
        function = holder.function or ("Roles" if holder.kind == "role" else "Others")
        found.append(Column(holder.key, holder.name, short, function, leaves, holder.key in silent))
    known = {column.key for column in found}
    for key in sorted(silent - known):
        name = key.partition(":")[2]
        found.append(Column(key, name, "No one", name, False, True))
    deciding: dict[str, int] = {}
    for cell in table.cells:
        holder_of = table.holder.get(cell.holder)
        if holder_of is not None and "A" in cell.letters:
            deciding[holder_of.function] = deciding.get(holder_of.function, 0) - 1

    def place(column: Column) -> tuple[bool, bool, int, str]:
        """Functions that decide most stand first, roles behind the persons, the silent last."""
        seat = column.silent or column.key.startswith("function:")
        return seat, column.function == "Roles", deciding.get(column.function, 0), column.function

    return tuple(sorted(found, key=place))


def _functions(columns: tuple[Column, ...]) -> tuple[tuple[str, int], ...]:
    spans: dict[str, int] = {}
    for column in columns:
        spans[column.function] = spans.get(column.function, 0) + 1
    return tuple((_soft(name), span) for name, span in spans.items())


def _soft(name: str) -> str:
    """The name with places where a narrow head may break a long word."""
    return " ".join(
        f"{word[: len(word) // 2]}\u00ad{word[len(word) // 2 :]}" if len(word) > 6 else word for word in name.split()
    )


def _groups(
    table: Table, columns: tuple[Column, ...], findings: tuple[NumberedFinding, ...]
) -> tuple[tuple[str, tuple[PageRow, ...]], ...]:
    letters = {(cell.row, cell.holder): cell.letters for cell in table.cells}
    marks: dict[tuple[str, str], tuple[int, ...]] = {}
    for each in findings:
        if each.finding.rule == "RACI-10":
            marks["activity:vet", each.finding.holders[0]] = (each.number,)
        if len(each.finding.rows) * len(each.finding.holders) > MOST_MARKED:
            continue  # marking half the table points at nothing
        for key in each.finding.rows:
            for holder in each.finding.holders:
                marks[key, holder] = (*marks.get((key, holder), ()), each.number)
    subjects = {str(each.ref): each for all in subjects_by_kind().values() for each in all}
    groups: dict[str, list[PageRow]] = {}
    for row in table.rows:
        if row.kind not in _ALWAYS and not table.in_row.get(row.key):
            continue
        cells = tuple(
            PageCell(column, letters.get((row.key, column.key), ""), marks.get((row.key, column.key), ()))
            for column in columns
        )
        group = _GROUPS.get(row.kind, row.kind.capitalize())
        groups.setdefault(group, []).append(_page_row(table, row, cells, subjects.get(row.key)))
    return tuple((name, tuple(rows)) for name, rows in groups.items())


def _page_row(table: Table, row: Row, cells: tuple[PageCell, ...], subject: MatrixSubject | None) -> PageRow:
    note, href = (subject.note, subject.href) if subject else ("", "")
    return PageRow(row.key, row.title, note, href, cells, what_happens(table, row))

"""Rules about the whole table: what is missing from it, who carries too much, which functions are silent."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from handrail.kernel.words import count, listed
from handrail.people.matrix.rules.register import rule
from handrail.people.matrix.table import ACTIVITIES, Cell, Finding, Fix, Row, Table

HEAVY = 3
AT_LEAST = 5
_KINDS = {"policy": "policies"}


@rule(
    "RACI-06", "Nobody carries far more than the others", "Too much on one desk is late everywhere.", severity="advice"
)
def load_is_even(table: Table) -> Iterator[Finding]:
    """Nobody has A or R in five rows or more and three times the median."""
    load: Counter[int] = Counter()
    for row in table.rows:
        load.update(table.people_with(row.key, "AR"))
    if len(load) < 3:
        return
    middle = median(load.values())
    for person, rows in load.most_common():
        if rows >= AT_LEAST and rows >= HEAVY * middle:
            title = f"{table.named(person)} carries {rows} of {len(table.in_row)} rows"
            more = f"The median is {middle:g}. It may be too much for one person."
            yield Finding("RACI-06", title, more, (), (f"person:{person}",))


@rule("RACI-10", "Functions that are touched have a voice", "Rules made without those they bind are not kept.")
def touched_functions_speak(table: Table) -> Iterator[Finding]:
    """Each function the work touches has a person with A, R or C somewhere."""
    heard = set()
    for cell in table.cells:
        if set(cell.letters) & {"A", "R", "C"}:
            holder = table.holder.get(cell.holder)
            for person in holder.people if holder else ():
                if person in table.someone:
                    heard.add(table.someone[person].function)
    for function in table.touched:
        if function and function not in heard:
            more = "It may be told, but it’s never asked. Ask it for a name."
            if any(set(cell.letters) & {"A", "R", "C"} for cell in table.of_holder.get(f"function:{function}", ())):
                more = "A seat is kept for it, and nobody is named. Ask it for a name."
            yield Finding("RACI-10", f"{function} is touched and has no voice", more, (), (f"function:{function}",))


@rule("RACI-19", "Each document has a row", "A text that nobody is named for is nobody’s.", severity="advice")
def subjects_have_rows(table: Table) -> Iterator[Finding]:
    """Each document, channel and initiative the house knows has letters of its own."""
    bare: dict[str, list[Row]] = {}
    for subject in table.subjects:
        if subject.kind != "procedure" and not table.in_row.get(subject.key):  # its department answers for that
            bare.setdefault(subject.kind, []).append(subject)
    for kind, subjects in bare.items():
        rows = tuple(subject.key for subject in subjects)
        title = f"{subjects[0].title} has no row of its own"
        more = "The activities’ rows decide."
        if len(subjects) > 1:
            title = f"{count(len(subjects)).capitalize()} {_KINDS.get(kind, kind + 's')} have no row of their own"
            named = [subject.title for subject in subjects[:4]]
            rest = [f"{count(len(subjects) - 4)} more"] if len(subjects) > 4 else []
            more = f"{listed([*named, *rest])}. {more}"
        yield Finding("RACI-19", title, more, rows, subject=f"{kind} {len(subjects)}")


@rule("RACI-21", "Each row is about something that is here", "A letter on something gone decides nothing.")
def rows_are_known(table: Table) -> Iterator[Finding]:
    """No letters stand on something the house no longer knows."""
    for row in table.rows:
        if not row.known and table.in_row.get(row.key):
            cells = tuple(Cell(cell.row, cell.holder, "") for cell in table.in_row[row.key])
            fix = Fix("Take its letters out", cells)
            holders = tuple(cell.holder for cell in cells)
            yield Finding("RACI-21", f"“{row.title}” is no longer here", "", (row.key,), holders, (fix,))


@rule("RACI-25", "Each activity has letters", "From draft to revise, each step needs a name.")
def activities_have_letters(table: Table) -> Iterator[Finding]:
    """All seven activities are filled."""
    bare = [key for key in ACTIVITIES if not table.in_row.get(f"activity:{key}")]
    if bare and table.cells:
        for key in bare:
            yield Finding(
                "RACI-25", f"Nobody is named for {ACTIVITIES[key]}", "Today’s roles decide.", (f"activity:{key}",)
            )


@rule("RACI-30", "More than one function takes part", "One function alone sees one side.", severity="advice")
def several_functions(table: Table) -> Iterator[Finding]:
    """The persons with A, R or C come from more than one function."""
    functions = set()
    for row in table.rows:
        for person in table.people_with(row.key, "ARC"):
            if person in table.someone:
                functions.add(table.someone[person].function)
    if table.cells and len(functions) == 1:
        only = next(iter(functions)) or "one function"
        yield Finding(
            "RACI-30", f"Only {only} takes part", "Ask the functions that have to live with it.", subject=only
        )


@rule("RACI-31", "Two or more read", "One reader sees one side.")
def two_read(table: Table) -> Iterator[Finding]:
    """Vet has two persons or more, so that it is no formality."""
    readers = table.people_with("activity:vet", "AR")
    if table.in_row.get("activity:vet") and len(readers) < 2:
        more = f"{count(len(readers)).capitalize()} for the whole text."
        yield Finding("RACI-31", "Too few read the text before it holds", more, ("activity:vet",))

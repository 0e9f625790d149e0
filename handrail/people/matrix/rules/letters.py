"""Rules about the letters in a row: who decides, who does it, who is asked, who is told."""

from collections.abc import Iterator

from handrail.kernel.words import count, counted, listed
from handrail.people.matrix.rules.register import rule
from handrail.people.matrix.table import Cell, Finding, Fix, Table, in_order

MOST_ASKED = 8
MOST_DOING = 6


@rule("RACI-01", "One person decides", "Two who decide means nobody does.", stops=True, waivable=False)
def one_accountable(table: Table) -> Iterator[Finding]:
    """Not more than one A in a row."""
    for row in table.rows:
        holders = table.with_letter(row.key, "A")
        if len(holders) > 1:
            yield Finding(
                "RACI-01",
                f"{count(len(holders)).capitalize()} are accountable for {row.title}",
                f"{listed([table.name(key) for key in holders])}. Only one can decide.",
                (row.key,),
                tuple(holders),
                tuple(_keep(table, row.key, key, holders) for key in holders),
            )


def _keep(table: Table, row: str, kept: str, holders: list[str]) -> Fix:
    gone = [
        cell for cell in table.in_row[row] if cell.holder in holders and cell.holder != kept and "A" in cell.letters
    ]
    cells = tuple(Cell(row, cell.holder, in_order(set(cell.letters) - {"A"} | {"R"})) for cell in gone)
    return Fix(f"Keep {table.name(kept)}", cells)


@rule("RACI-02", "Somebody decides", "Where nobody is accountable, work waits.", stops=True)
def some_accountable(table: Table) -> Iterator[Finding]:
    """At least one A in each row that has letters."""
    for row in table.rows:
        cells = table.in_row.get(row.key)
        if cells and not table.with_letter(row.key, "A"):
            doing = table.with_letter(row.key, "R")
            fixes: tuple[Fix, ...] = ()
            if len(doing) == 1:
                letters = next(cell.letters for cell in cells if cell.holder == doing[0])
                fix = Cell(row.key, doing[0], in_order(letters + "A"))
                fixes = (Fix(f"Make {table.name(doing[0])} accountable", (fix,)),)
            yield Finding("RACI-02", f"Nobody is accountable for {row.title}", "", (row.key,), tuple(doing), fixes)


@rule("RACI-03", "Somebody does it", "A decision that nobody carries out changes nothing.")
def some_responsible(table: Table) -> Iterator[Finding]:
    """At least one R in each row that has letters."""
    for row in table.rows:
        if table.in_row.get(row.key) and not table.with_letter(row.key, "R"):
            accountable = table.with_letter(row.key, "A")
            fixes: tuple[Fix, ...] = ()
            if len(accountable) == 1:
                letters = next(cell.letters for cell in table.in_row[row.key] if cell.holder == accountable[0])
                fix = Cell(row.key, accountable[0], in_order(letters + "R"))
                fixes = (Fix(f"{table.name(accountable[0])} does it too", (fix,)),)
            yield Finding("RACI-03", f"Nobody does {row.title}", "", (row.key,), tuple(accountable), fixes)


@rule("RACI-04", "Nobody checks only themselves", "Whoever decides needs somebody else’s eye on it first.")
def not_only_reviewer(table: Table) -> Iterator[Finding]:
    """Whoever is accountable is not the only one who is asked."""
    for row in table.rows:
        accountable = table.people_with(row.key, "A")
        asked = table.people_with(row.key, "C")
        if len(accountable) == 1 and asked == accountable:
            name = table.named(accountable[0])
            yield Finding(
                "RACI-04",
                f"{name} is accountable and the only reviewer of {row.title}",
                "That would be checking oneself.",
                (row.key,),
                tuple(table.with_letter(row.key, "A")),
                tuple(_ask(table, row.key, key) for key in _readers(table) if key not in accountable)[:2],
            )


def _readers(table: Table) -> list[int]:
    return [key for key in table.people_with("activity:vet", "RA") if key in table.someone and table.someone[key].here]


def _ask(table: Table, row: str, person: int) -> Fix:
    return Fix(f"Ask {table.named(person)} to review", (table.with_more(row, person, "C"),))


@rule("RACI-11", "Few are asked", "When many are asked, each leaves it to the others.", severity="advice")
def not_too_many_asked(table: Table) -> Iterator[Finding]:
    """Not more than eight C in a row of one activity or subject."""
    for row in table.rows:
        asked = table.with_letter(row.key, "C")
        if len(asked) > MOST_ASKED:
            title = f"{count(len(asked)).capitalize()} are asked before {row.title}"
            yield Finding(
                "RACI-11", title, f"More than {count(MOST_ASKED)} slows it. Some may be told after.", (row.key,)
            )


@rule("RACI-12", "Somebody is told", "What nobody hears of, nobody can follow.", severity="advice")
def somebody_told(table: Table) -> Iterator[Finding]:
    """After approving, publishing and revising, somebody beyond those who decide is told."""
    for key in ("activity:approve", "activity:publish", "activity:revise"):
        if table.in_row.get(key) and not table.with_letter(key, "I"):
            yield Finding("RACI-12", f"Nobody is told after {table.called(key)}", "", (key,))


@rule("RACI-22", "A cell says one thing", "Asked before and told after at once leaves open which.", severity="advice")
def letters_agree(table: Table) -> Iterator[Finding]:
    """C and I in one cell, or I beside A or R, says too much."""
    for cell in table.cells:
        over = "I" if "I" in cell.letters and len(cell.letters) > 1 else ""
        if over:
            fix = Cell(cell.row, cell.holder, in_order(set(cell.letters) - {"I"}))
            yield Finding(
                "RACI-22",
                f"{table.name(cell.holder)} is told of {table.called(cell.row)}, and more",
                f"{cell.letters} in one cell: who does it or is asked knows already.",
                (cell.row,),
                (cell.holder,),
                (Fix("Leave the I out", (fix,)),),
            )


@rule("RACI-28", "Few do it", "When everyone is responsible, it belongs to no one.", severity="advice")
def not_too_many_doing(table: Table) -> Iterator[Finding]:
    """Not more than six R in a row; vetting is read by many on purpose."""
    for row in table.rows:
        doing = table.with_letter(row.key, "R")
        if len(doing) > MOST_DOING and row.key != "activity:vet":
            title = f"{counted(len(doing), 'holder', 'holders')} do {row.title}"
            yield Finding("RACI-28", title, "Name the few who do it; the others may be asked.", (row.key,))


@rule(
    "RACI-26", "A seat that nobody fills can’t decide", "A function’s name is no person who can be asked.", stops=True
)
def seats_do_not_decide(table: Table) -> Iterator[Finding]:
    """A function's seat has no A or R."""
    for cell in table.cells:
        if cell.holder.startswith("function:") and set(cell.letters) & {"A", "R"}:
            yield Finding(
                "RACI-26",
                f"{table.name(cell.holder)} is to do {table.called(cell.row)}, and nobody there is named",
                "Name a person of that function.",
                (cell.row,),
                (cell.holder,),
            )

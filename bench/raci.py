"""How long does the check of a matrix with 2,000 assignments take, beside rules that each search the plain list?"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from handrail.people.matrix import ACTIVITIES, Cell, Holder, Row, Someone, Stand, Table, lint

AIM_MS = 100
CELLS, ROWS, PEOPLE = 2_000, 120, 200
TODAY = date(2026, 11, 24)


def made_up() -> Table:
    """A matrix of 2,000 cells over 120 rows and 200 persons, the same each time."""
    chance = random.Random(11)
    rows = [Row(f"activity:{key}", title) for key, title in ACTIVITIES.items()]
    rows += [Row(f"policy:{number}", f"Text {number}") for number in range(ROWS - len(rows))]
    functions = [f"Function {number}" for number in range(20)]
    people = tuple(
        Someone(
            key,
            f"Person {key}",
            chance.choice(functions),
            manager=chance.randrange(PEOPLE),
            ends_on=TODAY + timedelta(days=chance.randrange(10, 200)) if chance.random() < 0.05 else None,
        )
        for key in range(PEOPLE)
    )
    places = chance.sample([(row.key, key) for row in rows for key in range(PEOPLE)], CELLS)
    cells = tuple(Cell(row, f"person:{key}", chance.choice("AARRRCCCCIII")) for row, key in places)
    stands = tuple(
        Stand(key, (key + 7) % PEOPLE, TODAY, TODAY + timedelta(days=9), ("approve",)) for key in range(0, 40, 2)
    )
    holders = tuple(Holder(f"person:{each.key}", each.name, (each.key,), each.function) for each in people)
    return Table(tuple(rows), holders, cells, people, stands, tuple(functions), tuple(rows[7:]), {}, TODAY)


def naive(table: Table) -> int:
    """Nine of the rules as a first draft has them: each asks the plain list of cells for every row and person."""
    found = 0
    for row in table.rows:
        for letter in ("A", "R", "C", "I"):
            holders = [cell.holder for cell in table.cells if cell.row == row.key and letter in cell.letters]
            found += len(holders) != 1
        both = [cell for cell in table.cells if cell.row == row.key and {"A", "C"} & set(cell.letters)]
        found += len({cell.holder for cell in both}) == 1
    for person in table.people:
        mine = [cell for cell in table.cells if cell.holder == f"person:{person.key}"]
        found += bool(mine) and person.ends_on is not None
        found += len({cell.row for cell in mine if set(cell.letters) & {"A", "R"}}) > 12
        found += bool(mine) and not person.signs_in
    for function in table.touched:
        speaking = {
            person.function
            for person in table.people
            for cell in table.cells
            if cell.holder == f"person:{person.key}" and set(cell.letters) & {"A", "R", "C"}
        }
        found += function not in speaking
        if function == table.touched[1]:
            break  # twenty functions would take minutes; two are enough to see it
    return found


def taken(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of processor time for each run."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return found


def main() -> int:
    """Print the figure, the ratio and the aim; 1 when the aim is missed."""
    ours = median(taken(lambda: lint(made_up()), 9)) - median(taken(made_up, 9))
    table = made_up()
    plain = median(taken(lambda: naive(table), 3))
    verdict = lint(table)
    print(f"{CELLS:,} assignments, {ROWS} rows, {PEOPLE} people, {verdict.checked} rules: {ours:.1f} ms")
    print("baseline: nine rules that search the plain list (functions: two of twenty)")
    print(f"baseline takes {plain:.1f} ms, {plain / ours:.1f} times as long")
    print(f"aim: at most {AIM_MS} ms: {'met' if ours <= AIM_MS else 'MISSED'}")
    return 0 if ours <= AIM_MS else 1


if __name__ == "__main__":
    sys.exit(main())

"""How long a staff file of 100,000 people takes to go in, and how much memory, beside a bare insert of the same rows.

Aim: at most 60 s and 400 MB. The baseline is Python's csv module with one executemany into a table without any check,
difference, org chart, undo record or fact, in the same run and on the same kind of file.
"""

import argparse
import csv
import io
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACES = ("Dublin", "Galway", "Cork", "Lisbon", "Porto", "Bergen", "Tromsø", "Leeds", "Valencia", "Gdańsk")
FUNCTIONS = ("Front office", "Housekeeping", "Kitchen", "Food and drink", "Spa", "Reservations", "Maintenance")
COUNTRIES = ("IE", "PT", "NO", "GB", "ES", "PL")
LANGUAGES = ("en", "pt", "nb", "es", "pl")
HEADER = (
    "Staff no",
    "Known as",
    "Work email",
    "Reports to",
    "Property",
    "Dept",
    "Job",
    "Grade",
    "Country",
    "Lang",
    "Start",
)


def staff_file(people: int, seed: int = 7) -> bytes:
    """A workforce in random order, eight to a line manager, with accents and a few bad rows."""
    rng = random.Random(seed)
    rows = []
    for number in range(people):
        boss = f"p{(number - 1) // 8}@bench.example" if number else ""
        place = rng.choice(PLACES)
        rows.append(
            (f"{number:06}", f"Zoë Person {number}", f"p{number}@bench.example", boss, f"{place} / House {number % 40}",
             rng.choice(FUNCTIONS), f"Job {number % 60}", str(1 + number % 9), rng.choice(COUNTRIES),
             rng.choice(LANGUAGES), f"{1 + number % 28:02}/{1 + number % 12:02}/{2001 + number % 25}")
        )  # fmt: skip
    rng.shuffle(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode()


def bare_insert(raw: bytes, folder: Path) -> float:
    """The baseline: read the file and insert its cells, nothing else."""
    began = time.perf_counter()
    connection = sqlite3.connect(folder / "bare.sqlite3")
    connection.execute(
        f"CREATE TABLE bare ({', '.join(f'c{n} TEXT' for n in range(len(HEADER)))}, UNIQUE (c0), UNIQUE (c2))"
    )
    reader = csv.reader(io.StringIO(raw.decode()))
    next(reader)
    with connection:
        connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(HEADER))})", reader)
    connection.close()
    return time.perf_counter() - began


def measured(path: Path, home: Path) -> None:
    """Run in a process of its own, so that the peak of memory is the import's."""
    os.environ["HANDRAIL_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from handrail.people.actions import check_people_import, import_people, put_back  # noqa: PLC0415
    from handrail.people.models import PeopleImport  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    raw = path.read_bytes()
    steps = []

    def step(words: str, act: object) -> object:
        began, used = time.perf_counter(), time.process_time()
        result = act()  # type: ignore[operator]
        steps.append((words, time.perf_counter() - began, time.process_time() - used))
        return result

    step("dry run, empty", lambda: check_people_import(raw, "people.csv"))
    step("import", lambda: import_people(raw, "people.csv", by=None))
    step("the same file again", lambda: import_people(raw, "people.csv", by=None))
    changed = raw.replace(b",Kitchen,", b",Galley,").replace(b",Spa,", b",Wellness,")
    last = step("a change for two in seven", lambda: import_people(changed, "people.csv", by=None))
    step("put back", lambda: put_back(PeopleImport.objects.get(pk=last.key), by=_owner()))
    for words, seconds, processor in steps:
        print(f"{words}\t{seconds:.2f}")
        print(f"{words}, processor only\t{processor:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak\t{peak:.0f}")


def _owner() -> object:
    from handrail.people.models import Person, RoleGrant  # noqa: PLC0415

    person = Person.objects.create(staff_number="bench-owner", name="Bench Owner")
    RoleGrant.objects.create(person=person, role="governance_owner")
    return person


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--measured", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measured:
        measured(Path(given.measured[0]), Path(given.measured[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        raw = staff_file(given.people)
        path.write_bytes(raw)
        bare = bare_insert(raw, Path(folder))
        command = [sys.executable, __file__, "--measured", str(path), str(Path(folder) / "home")]
        root = Path(__file__).resolve().parent.parent
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
        )
    found = dict(line.split("\t") for line in done.stdout.strip().splitlines())
    print(f"{given.people:,} people, {len(raw) / 1e6:.1f} MB")
    for words, value in found.items():
        if words != "peak":
            print(f"  {words:<42}{float(value):8.2f} s")
    print(f"  {'bare csv + executemany':<42}{bare:8.2f} s")
    seconds, peak = float(found["import"]), float(found["peak"])
    ratio = f"import takes {seconds / bare:.1f} times the bare insert"
    print(f"{ratio}; {seconds:.1f} s (aim 60 s), peak {peak:.0f} MB (aim 400 MB)")


if __name__ == "__main__":
    main()

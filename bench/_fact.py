"""The measuring half of fact.py: times announce() and a plain insert on the database that the environment names."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

django.setup()

from handrail.kernel.actions import announce  # noqa: E402
from handrail.kernel.canon import canonical  # noqa: E402
from handrail.kernel.facts import Fact  # noqa: E402

ROUNDS, EACH = 5, 400
AIM = 2.5
INSERT = (
    "INSERT INTO bench_plain (id, at, code, who_id, who_label, record, previous, hash) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Measured(Fact):
    """A fact like those of the rooms."""

    code: ClassVar[str] = "bench.measured"
    version: str
    clauses: int
    why: str


FACT = Measured("version:12", 41, "The wording of two clauses was clarified after the round.")
numbers = iter(range(1, 10**9))


def plain() -> None:
    """The same row without number, chain, hash or guard."""
    now = timezone.now()
    at = now if connection.vendor == "postgresql" else connection.ops.adapt_datetimefield_value(now)
    row = [next(numbers), at, FACT.code, None, "", canonical(FACT.as_record()), "0" * 64, "0" * 64]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def one_by_one(act: Callable[[], object]) -> float:
    """Microseconds each, in a transaction each."""
    start = time.perf_counter()
    for _ in range(EACH):
        with transaction.atomic():
            act()
    return (time.perf_counter() - start) / EACH * 1e6


def together(act: Callable[[], object]) -> float:
    """Microseconds each, in one transaction for all."""
    start = time.perf_counter()
    with transaction.atomic():
        for _ in range(EACH):
            act()
    return (time.perf_counter() - start) / EACH * 1e6


def main() -> None:
    """Set the tables up, measure, print the ratios."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_plain")
        cursor.execute("CREATE TABLE bench_plain AS SELECT * FROM kernel_journalentry WHERE 1 = 0")
        cursor.execute("CREATE UNIQUE INDEX bench_plain_id ON bench_plain (id)")
        cursor.execute("CREATE INDEX bench_plain_code ON bench_plain (code, id)")
        cursor.execute("CREATE INDEX bench_plain_at ON bench_plain (at)")
    for words, timed in (("a transaction each", one_by_one), ("one transaction for all", together)):
        pairs = [(timed(plain), timed(lambda: announce(FACT, who=None))) for _ in range(ROUNDS)]
        base, cost = (statistics.median(each) for each in zip(*pairs, strict=True))
        ratio = statistics.median(second / first for first, second in pairs)
        aim = f" (aim ≤ {AIM})" if timed is one_by_one else ""
        print(f"{connection.vendor:10} {words:24} insert {base:6.0f} µs · fact {cost:6.0f} µs · ratio {ratio:.2f}{aim}")


if __name__ == "__main__":
    main()

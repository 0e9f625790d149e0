"""Whether the database guards the journal: the triggers that refuse any change but one more row."""

from importlib import import_module

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

# A migration is the one place where the triggers are written down; here they are only counted, lifted and put back.
_written = import_module("handrail.kernel.migrations.0002_append_only")
NAMES = {
    "sqlite": {"journal_no_change", "journal_no_removal", "journal_at_the_end"},
    "postgresql": {"journal_no_change", "journal_no_truncate", "journal_at_the_end"},
}
_ASK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kernel_journalentry'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'kernel_journalentry'::regclass AND tgenabled <> 'D'",
}


def missing_guards() -> list[str]:
    """The triggers that should be there and are not; empty when the journal is guarded."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return sorted(NAMES[connection.vendor] - there)


def lift(database: BaseDatabaseWrapper) -> None:
    """Take the triggers away, in a test database that is to be emptied."""
    _run(database, _written.POSTGRESQL_LIFTED if database.vendor == "postgresql" else _written.SQLITE_LIFTED)


def put_up(database: BaseDatabaseWrapper) -> None:
    """Put the triggers up again."""
    _run(database, _written.POSTGRESQL if database.vendor == "postgresql" else _written.SQLITE)


def lift_others(database: BaseDatabaseWrapper) -> list[str]:
    """Take away what else refuses to let rows go, in a test database; gives the statements that put it back.

    The rooms write their guards down in their own migrations, which the kernel may not know: the database tells it.
    PostgreSQL empties tables with TRUNCATE, which no guard of a row hears, so there is nothing to take away.
    """
    if database.vendor != "sqlite":
        return []
    with database.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def put_back(database: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Put up again what `lift_others` took away."""
    _run(database, statements)


def _run(database: BaseDatabaseWrapper, statements: list[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

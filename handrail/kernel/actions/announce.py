"""How a fact enters the journal: in the same transaction as the change, chained to the fact before it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from handrail.kernel.actions.follow import follow_up_now
from handrail.kernel.canon import START, Line, canonical, clean, stamp
from handrail.kernel.facts import Fact
from handrail.kernel.models import FollowUp, JournalEntry
from handrail.kernel.when import owed_for

# One number for the whole journal: whoever holds this lock writes the next link of the chain.
CHAIN_LOCK = 0x48414E44
# The first try happens right after the commit; a worker takes over when that has not happened by then.
GRACE = timedelta(seconds=10)
LAST = "SELECT id, hash FROM kernel_journalentry ORDER BY id DESC LIMIT 1"
INSERT = (
    "INSERT INTO kernel_journalentry (id, at, code, who_id, who_label, record, previous, hash) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


class Someone(Protocol):
    """Whoever did the deed: a person's row."""

    @property
    def pk(self) -> int:
        """The row's number."""


def announce(fact: Fact, *, who: Someone | None) -> JournalEntry:
    """Write down what happened, inside the transaction that made it happen, and owe its follow-ups.

    Call it last in a verb: on PostgreSQL the journal stays locked for other writers from here to the commit.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{fact.code} was announced outside a transaction; announce inside the one that makes the change"
        )
    if not fact.code:
        raise TypeError(f"{type(fact).__name__} has no code, so it can't be announced")
    at = timezone.now()
    record = canonical(fact.as_record())
    label = clean(str(who))[:200] if who is not None else ""
    person = who.pk if who is not None else None
    with connection.cursor() as cursor:
        number, previous = _chain_end(cursor)
        line = Line(number + 1, stamp(at), fact.code, person, label, record, previous)
        hashed = line.digest()
        moment = connection.ops.adapt_datetimefield_value(at)
        # By hand, because saving a model costs as much again as all the rest of a fact (bench/fact.py).
        cursor.execute(INSERT, [line.number, moment, line.code, person, label, record, previous, hashed])
    entry = JournalEntry(line.number, at, line.code, person, label, record, previous, hashed)
    entry._state.adding = False
    entry._state.db = connection.alias
    _owe(entry, fact, at + GRACE)
    return entry


def _chain_end(cursor: CursorWrapper) -> tuple[int, str]:
    if connection.vendor == "postgresql":
        # One trip for both: each statement sees what was committed before it began, so the lock comes first.
        cursor.execute(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK}); {LAST}")
        cursor.nextset()
    else:
        cursor.execute(LAST)
    last = cursor.fetchone()
    return (last[0], last[1]) if last else (0, START)


def _owe(entry: JournalEntry, fact: Fact, due_at: datetime) -> None:
    names = owed_for(fact)
    if not names:
        return
    FollowUp.objects.bulk_create(FollowUp(entry=entry, name=name, due_at=due_at) for name in names)
    transaction.on_commit(partial(follow_up_now, entry.id), robust=True)

"""How follow-ups run: after the commit, each in a transaction of its own that also ticks it off, so never twice."""

import json
import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from handrail.kernel.actions.backoff import later
from handrail.kernel.facts import Fact, fact_class
from handrail.kernel.models import FollowUp, JournalEntry
from handrail.kernel.trace import last_lines
from handrail.kernel.when import doer_named

log = logging.getLogger(__name__)

MAX_TRIES = 10
# A worker that dies in the middle of a follow-up leaves it to the others after this time.
HOLD = timedelta(minutes=2)


def follow_up_now(entry_id: int) -> None:
    """Try what is owed for one fact right after its commit. What fails waits for the job loop; nothing is raised."""
    for pk in list(FollowUp.objects.filter(entry_id=entry_id, state="waiting").values_list("pk", flat=True)):
        _attempt(pk)


def follow_up_due(limit: int = 100) -> int:
    """Do what the first try left over and is due; returns how many were tried. Called by the job loop."""
    now = timezone.now()
    due = FollowUp.objects.filter(state="waiting", due_at__lte=now).order_by("due_at", "id")
    tried = 0
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        if _claim(pk, now):
            _attempt(pk)
            tried += 1
    return tried


def _claim(pk: int, now: datetime) -> bool:
    """Count the try before it is made, so that a follow-up that takes its process down is not tried for ever."""
    with transaction.atomic():
        row = _locked(pk)
        if row is None or row.due_at > now:
            return False
        if row.tries >= MAX_TRIES:
            row.state = FollowUp.State.STUCK
            row.error = row.error or "The worker stopped each time it tried this."
        row.tries += 1
        row.due_at = now + HOLD
        row.save(update_fields=["state", "error", "tries", "due_at"])
        return row.state == FollowUp.State.WAITING


def _attempt(pk: int) -> None:
    try:
        with transaction.atomic():
            row = _locked(pk)
            if row is None:
                return
            _act(row)
            row.state = FollowUp.State.DONE
            row.done_at = timezone.now()
            row.error = ""
            row.save(update_fields=["state", "done_at", "error"])
    except Exception as error:
        log.exception("A follow-up failed and is tried again later")
        _failed(pk, error)


def _locked(pk: int) -> FollowUp | None:
    skip = connection.features.has_select_for_update_skip_locked
    rows = FollowUp.objects.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    return rows.filter(pk=pk, state="waiting").first()


def _act(row: FollowUp) -> None:
    doer = doer_named(row.name)
    if doer is None:
        raise LookupError(f"No room declares the follow-up {row.name} any more")
    doer.act(fact_of(JournalEntry.objects.get(pk=row.entry_id)))


def fact_of(entry: JournalEntry) -> Fact:
    """The fact as it was announced; raises LookupError when its class is gone."""
    kind = fact_class(entry.code)
    if kind is None:
        raise LookupError(f"No room announces {entry.code} any more")
    return kind.from_record(json.loads(entry.record))


def _failed(pk: int, error: Exception) -> None:
    try:
        with transaction.atomic():
            row = _locked(pk)
            if row is None:
                return
            row.tries = max(row.tries, 1)
            row.error = last_lines(error)
            row.due_at = later(row.tries)
            if row.tries >= MAX_TRIES:
                row.state = FollowUp.State.STUCK
            row.save(update_fields=["state", "tries", "error", "due_at"])
    except Exception:
        log.exception("A follow-up's failure could not be written down; it stays due")

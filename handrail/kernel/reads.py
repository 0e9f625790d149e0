"""What pages ask of the kernel: the facts, newest first; how jobs and follow-ups stand; whether the chain is sealed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from handrail.kernel.actions.seal import checkpoints_folder, keys_folder
from handrail.kernel.checkpoints import read_all
from handrail.kernel.facts import fact_codes
from handrail.kernel.guards import missing_guards
from handrail.kernel.models import FollowUp, Job, JournalEntry, Schedule, Worker
from handrail.kernel.signing import known_keys

PAGE = 50
ALIVE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts are asked for; empty fields ask for all. `before` is the number to page on from."""

    code: str = ""
    who: int | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered."""
        return replace(self, before=None) == Wanted()


@dataclass(frozen=True, slots=True)
class FactsPage:
    """A page of the journal; `next_before` is None on the last one."""

    rows: list[JournalEntry]
    next_before: int | None
    total: int


def facts(wanted: Wanted) -> QuerySet[JournalEntry]:
    """The facts asked for, newest first."""
    rows = JournalEntry.objects.order_by("-id")
    if wanted.code.endswith("."):
        rows = rows.filter(code__startswith=wanted.code)
    elif wanted.code:
        rows = rows.filter(code=wanted.code)
    if wanted.who is not None:
        rows = rows.filter(who_id=wanted.who)
    if wanted.words:
        rows = rows.filter(Q(record__icontains=wanted.words) | Q(who_label__icontains=wanted.words))
    if wanted.since:
        rows = rows.filter(at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__date__lte=wanted.until)
    return rows


def facts_page(wanted: Wanted, size: int = PAGE) -> FactsPage:
    """One page of the facts asked for."""
    rows = facts(wanted)
    total = rows.count()
    if wanted.before:
        rows = rows.filter(id__lt=wanted.before)
    found = list(rows[: size + 1])
    return FactsPage(found[:size], found[size - 1].id if len(found) > size else None, total)


def facts_about(subject: str) -> QuerySet[JournalEntry]:
    """The facts whose record points at this ref, such as "version:7", newest first."""
    return JournalEntry.objects.filter(record__contains=json.dumps(subject, ensure_ascii=False)).order_by("-id")


def last_fact(code: str) -> JournalEntry | None:
    """The newest fact of this code."""
    return JournalEntry.objects.filter(code=code).order_by("-id").first()


def codes_in_use() -> list[str]:
    """Codes that a room can announce or that the journal holds, for a filter."""
    held = JournalEntry.objects.order_by("code").values_list("code", flat=True).distinct()
    return sorted({*held, *fact_codes()})


@dataclass(frozen=True, slots=True)
class Chain:
    """How the journal is sealed: facts held, facts signed, when last, with which key, and what is missing."""

    facts: int
    signed: int
    sealed_at: datetime | None
    key: str
    missing_guards: tuple[str, ...]

    @property
    def unsigned(self) -> int:
        """Facts that wait for the next checkpoint."""
        return max(self.facts - self.signed, 0)

    @property
    def is_short(self) -> bool:
        """Whether facts are missing that a checkpoint counted."""
        return self.signed > self.facts


def chain_now() -> Chain:
    """The chain's state at a glance; `handrail verify` is the proof."""
    newest = JournalEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    known = known_keys(keys_folder())
    last = next((each for each in reversed(read_all(checkpoints_folder())[0]) if each.is_signed_by(known)), None)
    if last is None:
        return Chain(newest, 0, None, "", tuple(missing_guards()))
    return Chain(newest, last.count, datetime.fromisoformat(last.at), last.key, tuple(missing_guards()))


@dataclass(frozen=True, slots=True)
class JobsNow:
    """What runs, waits and failed; follow-ups that wait or need someone; schedules; workers seen of late."""

    running: list[Job]
    waiting: list[Job]
    waiting_count: int
    failed: list[Job]
    done: list[Job]
    follow_ups_waiting: int
    stuck: list[FollowUp]
    retrying: list[FollowUp]
    schedules: list[Schedule]
    workers: list[Worker]


def jobs_now(limit: int = 50) -> JobsNow:
    """How the background work stands at this moment."""
    jobs = Job.objects.order_by("-id")
    follow_ups = FollowUp.objects.select_related("entry")
    waiting = jobs.filter(state="waiting")
    return JobsNow(
        running=list(jobs.filter(state="running")[:limit]),
        waiting=list(waiting.order_by("due_at", "id")[:limit]),
        waiting_count=waiting.count(),
        failed=list(jobs.filter(state="failed")[:limit]),
        done=list(jobs.filter(state="done")[:20]),
        follow_ups_waiting=follow_ups.filter(state="waiting").count(),
        stuck=list(follow_ups.filter(state="stuck")[:limit]),
        retrying=list(follow_ups.filter(state="waiting", tries__gt=0)[:limit]),
        schedules=list(Schedule.objects.all()),
        workers=list(workers_alive()),
    )


def workers_alive() -> QuerySet[Worker]:
    """Workers that gave a sign of life within the last minute."""
    return Worker.objects.filter(seen_at__gte=timezone.now() - ALIVE)


def job_by_key(key: str) -> Job | None:
    """The job that was queued with this key."""
    return Job.objects.filter(key=key).first()


def as_rows(entries: QuerySet[JournalEntry]) -> Iterator[list[Any]]:
    """Facts as rows of a table: number, time, code, who, record, hash."""
    for entry in entries.iterator(chunk_size=2000):
        yield [entry.id, entry.at.isoformat(), entry.code, entry.who_label, entry.record, entry.hash]


FACT_COLUMNS = ["number", "at", "fact", "who", "record", "hash"]

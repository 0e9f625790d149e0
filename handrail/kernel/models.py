"""The tables every room stands on: the journal, its follow-ups, and the jobs."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from handrail.kernel.canon import Line, stamp


class JournalEntry(models.Model):
    """One row is one fact that happened. Rows are only ever added: triggers refuse any change or removal.

    `id` counts from 1 without a gap; `hash` covers the row and the hash before it, so the rows form a chain.
    `who_label` is the name as it was that day; `record` is the fact as canonical JSON text, kept byte for byte.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=100)
    who_id = models.BigIntegerField(null=True)
    who_label = models.CharField(max_length=200, blank=True)
    record = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "journal entries"
        indexes = [
            models.Index(fields=["code", "id"], name="journal_by_code"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.code}"

    def as_line(self) -> Line:
        """The row as it is hashed and exported."""
        return Line(
            number=self.id,
            at=stamp(self.at),
            code=self.code,
            who=self.who_id,
            who_label=self.who_label,
            record=self.record,
            previous=self.previous,
            hash=self.hash,
        )


class FollowUp(models.Model):
    """One row is one follow-up that is owed for one fact; ticked off in the transaction that does its work."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        STUCK = "stuck", "Needs someone"

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="follow_ups")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_follow_up_per_fact_and_name")]
        indexes = [
            models.Index(fields=["due_at"], name="follow_ups_waiting", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="follow_ups_stuck", condition=Q(state="stuck")),
        ]

    def __str__(self) -> str:
        return f"{self.name} for fact {self.entry_id}"

    @property
    def last_trouble(self) -> str:
        """The last line of why it failed, or nothing."""
        return self.error.strip().rpartition("\n")[2]


class Job(models.Model):
    """One row is one piece of work to do outside a request, written in the transaction that asked for it.

    A running job is leased to one worker until `lease_until`; when the lease runs out another worker takes it.
    With a `key` the same work is never queued twice.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    id = models.BigAutoField(primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=60, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    enqueued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    workers = models.JSONField(default=list)
    tries = models.PositiveIntegerField(default=0)
    max_tries = models.PositiveIntegerField(default=5)
    result = models.JSONField(null=True, blank=True)
    errors = models.JSONField(default=list)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-priority", "due_at", "id"], name="jobs_waiting", condition=Q(state="waiting")),
            models.Index(fields=["lease_until"], name="jobs_running", condition=Q(state="running")),
            models.Index(fields=["state", "-id"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}: {self.task}"

    @property
    def why(self) -> str:
        """Why the last try failed, or nothing: a refusal's sentence, or the end of a traceback."""
        return str(self.errors[-1]["trace"]) if self.errors else ""

    @property
    def last_trouble(self) -> str:
        """The last line of why it failed, or nothing."""
        return self.why.strip().rpartition("\n")[2]


class Schedule(models.Model):
    """One row is one task that is queued again and again; the rule itself is declared in code beside the task."""

    task = models.CharField(max_length=200, unique=True)
    rule = models.CharField(max_length=100)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["task"]

    def __str__(self) -> str:
        return f"{self.task}, {self.rule}"


class Worker(models.Model):
    """One row is one process that does jobs; `seen_at` is its latest sign of life."""

    name = models.CharField(max_length=120, unique=True)
    host = models.CharField(max_length=100)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

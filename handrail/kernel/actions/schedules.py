"""How repeating work is queued: each declared rule has a row, and each of its turns becomes one job, never two."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from handrail.kernel.actions.queue import put
from handrail.kernel.models import Schedule
from handrail.kernel.rules import declared


@transaction.atomic
def sync_schedules() -> None:
    """Make the rows agree with what the code declares; a changed rule starts afresh from now."""
    rules = declared()
    Schedule.objects.exclude(task__in=rules).delete()
    known = {row.task: row for row in Schedule.objects.select_for_update()}
    now = timezone.now()
    for path, rule in rules.items():
        row = known.get(path)
        if row is None:
            Schedule.objects.get_or_create(task=path, defaults={"rule": str(rule), "next_at": rule.after(now)})
        elif row.rule != str(rule):
            row.rule = str(rule)
            row.next_at = rule.after(now)
            row.save()


def queue_due_schedules(now: datetime | None = None) -> int:
    """Queue one job for each rule whose time has come. Turns missed while nothing ran are made up for once."""
    now = now or timezone.now()
    if not Schedule.objects.filter(next_at__lte=now).exists():
        return 0
    queued = 0
    rules = declared()
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        for row in Schedule.objects.select_for_update(skip_locked=skip).filter(next_at__lte=now):
            rule = rules.get(row.task)
            if rule is None:
                continue
            put(rule.task, [], {}, key=f"{row.task} @ {row.next_at.isoformat()}")
            row.last_at = now
            row.next_at = rule.after(now)
            row.save()
            queued += 1
    return queued

"""When repeating work is due: every so many minutes, or daily at a time of the organisation's clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task


@dataclass(frozen=True, slots=True)
class Rule:
    """A task with its rhythm: every `minutes`, or once a day `at` a local time."""

    task: Task[Any, Any]
    minutes: int = 0
    at: time | None = None

    def __str__(self) -> str:
        if self.at is not None:
            return f"daily at {self.at:%H:%M}"
        return "every minute" if self.minutes == 1 else f"every {self.minutes} minutes"

    def after(self, now: datetime) -> datetime:
        """The first turn later than `now`."""
        if self.at is None:
            return now + timedelta(minutes=self.minutes)
        local = timezone.localtime(now)
        turn = timezone.make_aware(datetime.combine(local.date(), self.at))
        if turn <= now:
            turn = timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), self.at))
        return turn


_rules: dict[str, Rule] = {}


def declare(rule: Rule) -> None:
    """Remember a rule by its task's path; the last one declared counts."""
    _rules[rule.task.module_path] = rule


def withdraw(task: Task[Any, Any]) -> None:
    """Take a rule out again; tests that declare their own clean up with it."""
    _rules.pop(task.module_path, None)


def declared() -> dict[str, Rule]:
    """Every rule that the code declares, by the path of its task."""
    return dict(_rules)

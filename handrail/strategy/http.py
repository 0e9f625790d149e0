"""Strategy over the API: the same verbs as the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from handrail.people.guard import person_of
from handrail.strategy.actions import GoalText, import_goals, set_goal
from handrail.strategy.models import Goal
from handrail.strategy.reads import live_goals

router = Router(tags=["strategy"])


class GoalOut(Schema):
    """A goal as the API shows it."""

    key: str
    statement: str
    theme: str
    owner: str | None
    starts_on: date | None
    ends_on: date | None
    status: str


class GoalIn(Schema):
    """A goal to write down."""

    statement: str
    theme: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class HeldBack(Schema):
    """A row that did not go in."""

    line: int
    reason: str
    cell: str


class GoalsReportOut(Schema):
    """What a file of goals changed or would change."""

    new: int
    changed: int
    unchanged: int
    held_back: list[HeldBack]
    written: bool


def _shown(goal: Goal) -> dict[str, Any]:
    names = ("key", "statement", "theme", "starts_on", "ends_on", "status")
    return {name: getattr(goal, name) for name in names} | {"owner": goal.owner.name if goal.owner else None}


@router.get("/goals", response=list[GoalOut], summary="Live goals")
def goals(request: HttpRequest) -> list[dict[str, Any]]:
    """Goals that stand, by theme."""
    return [_shown(goal) for goal in live_goals()]


@router.post("/goals", response={201: GoalOut}, summary="Write a goal down")
def write_goal(request: HttpRequest, goal: GoalIn) -> Status[dict[str, Any]]:
    """A new goal, if the person may."""
    text = GoalText(goal.statement, goal.theme, None, goal.starts_on, goal.ends_on)
    return Status(201, _shown(set_goal(text, by=person_of(request))))


@router.post("/goals/import", response=GoalsReportOut, summary="Bring goals in from CSV")
def bring_goals_in(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """Good rows go in, bad rows come back with their line and reason."""
    report = import_goals(file.read(), file.name or "file", by=person_of(request), dry_run=dry_run)
    return {
        "new": len(report.new),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "held_back": [{"line": bad.line, "reason": bad.reason, "cell": bad.cell} for bad in report.held_back],
        "written": report.written,
    }

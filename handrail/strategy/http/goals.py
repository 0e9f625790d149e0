"""Goals over the API: the same verbs as the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from handrail.people.guard import person_of
from handrail.strategy.actions import GoalText, change_goal, import_goals, set_goal
from handrail.strategy.http.asked import named, person_marked, row_asked
from handrail.strategy.models import Goal
from handrail.strategy.reads import goal_tree, live_goals

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
    """A goal to write down; `owner` by e-mail or staff number, `parent` by its key."""

    statement: str
    theme: str = ""
    owner: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    parent: str = ""


class GoalChange(GoalIn):
    """A goal as it should stand, and why it changes."""

    status: str = Goal.Status.LIVE
    why: str = ""


class GoalUnderOut(Schema):
    """A goal in the tree: how deep it stands, and the keys of the purposes that serve it."""

    key: str
    statement: str
    depth: int
    purposes: list[str]


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
    return Status(201, _shown(set_goal(_text(goal), by=person_of(request))))


@router.get("/goals/tree", response=list[GoalUnderOut], summary="Goals under each other")
def tree(request: HttpRequest) -> list[dict[str, Any]]:
    """Live goals, each under the larger one it is part of, with the purposes that serve it."""
    return [
        {
            "key": each.goal.key,
            "statement": each.goal.statement,
            "depth": each.depth,
            "purposes": [purpose.key for purpose in each.purposes],
        }
        for each in goal_tree()
    ]


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


# After /goals/import, which it would catch.
@router.put("/goals/{key}", response=GoalOut, summary="Change a goal")
def rewrite_goal(request: HttpRequest, key: str, goal: GoalChange) -> dict[str, Any]:
    """How it stood is kept; approved purposes under it come up for another look."""
    row = row_asked(Goal, key)
    text = _text(goal, named(goal.status, Goal.Status.values, "status"))
    return _shown(change_goal(row, text, by=person_of(request), why=goal.why))


def _text(goal: GoalIn, status: str = Goal.Status.LIVE) -> GoalText:
    parent = row_asked(Goal, goal.parent) if goal.parent else None
    owner = person_marked(goal.owner, "owner")
    return GoalText(goal.statement, goal.theme, owner, goal.starts_on, goal.ends_on, parent, status)

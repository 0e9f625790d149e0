"""The verbs of strategy: set a goal, change it, bring goals in from a file."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days, check_words
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.strategy.actions.keys import free_key
from handrail.strategy.actions.reopening import reopen_under
from handrail.strategy.facts import GoalChanged, GoalSet, GoalsImported
from handrail.strategy.goal_rows import BadGoal, GoalRow, columns_left_out, read_goals
from handrail.strategy.models import Goal, GoalRevision

NOT_YOURS = "Only the governance owner sets goals here. Ask them to write it down, or to give you the role."


@dataclass(frozen=True, slots=True)
class GoalText:
    """What a goal says, checked but not yet written."""

    statement: str
    theme: str = ""
    owner: Person | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    parent: Goal | None = None
    status: str = Goal.Status.LIVE


@dataclass(frozen=True, slots=True)
class GoalsReport:
    """What a file of goals would change, or changed."""

    new: tuple[GoalRow, ...]
    changed: tuple[tuple[GoalRow, tuple[tuple[str, str, str], ...]], ...]
    unchanged: int
    held_back: tuple[BadGoal, ...]
    written: bool
    left_out: tuple[str, ...] = ()


def may_set_goals(person: Person) -> bool:
    """Goals are the governance owner's to write down."""
    return has_role(person, Role.GOVERNANCE_OWNER)


@transaction.atomic
def set_goal(goal: GoalText, *, by: Person, key: str = "") -> Goal:
    """Write a new goal down. Raises Refused, or BadInput where the words or dates can't stand."""
    if not may_set_goals(by):
        raise Refused(NOT_YOURS)
    _check(goal)
    row = Goal.objects.create(key=free_key(Goal, key or goal.statement), **_values(goal))
    announce(GoalSet(goal=Ref("goal", row.pk), statement=row.statement), who=by)
    return row


@transaction.atomic
def change_goal(row: Goal, goal: GoalText, *, by: Person, why: str = "") -> Goal:
    """Change a goal and keep how it stood before. Changing nothing writes nothing."""
    if not may_set_goals(by):
        raise Refused(NOT_YOURS)
    _check(goal)
    if goal.parent is not None and row.pk in _ancestry(goal.parent):
        raise BadInput("A goal can’t stand under itself. Choose another parent.", field="parent")
    row = Goal.objects.select_for_update().get(pk=row.pk)
    what = tuple(name for name, value in _values(goal).items() if getattr(row, name) != value)
    if not what:
        return row
    before = row.statement
    GoalRevision.objects.create(
        goal=row,
        by=by,
        why=why.strip()[:500],
        statement=row.statement,
        theme=row.theme,
        owner_name=row.owner.name if row.owner else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        status=row.status,
    )
    for name, value in _values(goal).items():
        setattr(row, name, value)
    row.save()
    announce(GoalChanged(goal=Ref("goal", row.pk), what=what, why=why.strip()[:500]), who=by)
    if what != ("owner",) and what != ("theme",):
        reopen_under(row, before, by=by)
    return row


@transaction.atomic
def import_goals(raw: bytes, name: str, *, by: Person, dry_run: bool = False) -> GoalsReport:
    """Bring goals in from CSV: good rows go in, bad rows are held back with their reason, the same file twice is quiet.

    Raises BadInput when the file as a whole can't be read. With `dry_run` nothing is written.
    """
    if not may_set_goals(by):
        raise Refused(NOT_YOURS)
    rows, held_back = read_goals(raw, name)
    known = {row.key: row for row in Goal.objects.select_related("owner").filter(key__in=[row.key for row in rows])}
    owners = _owners(rows)
    new: list[GoalRow] = []
    changed: list[tuple[GoalRow, tuple[tuple[str, str, str], ...]]] = []
    unchanged = 0
    for row in rows:
        if row.owner and row.owner.casefold() not in owners:
            held_back.append(
                BadGoal(row.line, f"Nobody here has the e-mail or staff number “{row.owner}”. Check it.", row.owner)
            )
            continue
        text = _text(row, owners.get(row.owner.casefold()), known.get(row.key))
        old = known.get(row.key)
        if old is None:
            new.append(row)
            if not dry_run:
                set_goal(text, by=by, key=row.key)
        elif differences := _differences(old, text):
            changed.append((row, differences))
            if not dry_run:
                change_goal(old, text, by=by, why=f"Import of {name}")
        else:
            unchanged += 1
    if not dry_run and (new or changed):
        counts = {"new": len(new), "changed": len(changed), "unchanged": unchanged, "held_back": len(held_back)}
        announce(GoalsImported(name=name[:200], **counts), who=by)
    held_back.sort(key=lambda bad: bad.line)
    left_out = tuple(columns_left_out(raw, name))
    return GoalsReport(tuple(new), tuple(changed), unchanged, tuple(held_back), not dry_run, left_out)


def _values(goal: GoalText) -> dict[str, object]:
    return {field.name: getattr(goal, field.name) for field in fields(goal)}


def _text(row: GoalRow, owner: Person | None, old: Goal | None) -> GoalText:
    return GoalText(
        statement=row.statement,
        theme=row.theme,
        owner=owner,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        parent=old.parent if old else None,
        status=old.status if old else Goal.Status.LIVE,
    )


def _differences(old: Goal, new: GoalText) -> tuple[tuple[str, str, str], ...]:
    shown = []
    for name, value in _values(new).items():
        before = getattr(old, name)
        if before != value:
            shown.append((name.replace("_", " "), str(before or "none"), str(value or "none")))
    return tuple(shown)


def _owners(rows: list[GoalRow]) -> dict[str, Person]:
    wanted = {row.owner for row in rows if row.owner}
    found: dict[str, Person] = {}
    for mark in wanted:
        person = Person.objects.here().filter(email__iexact=mark).first()
        person = person or Person.objects.here().filter(staff_number=mark).first()
        if person:
            found[mark.casefold()] = person
    return found


def _ancestry(goal: Goal) -> set[int]:
    seen: set[int] = set()
    current: Goal | None = goal
    while current is not None and current.pk not in seen:
        seen.add(current.pk)
        current = current.parent
    return seen


def _check(goal: GoalText) -> None:
    if not goal.statement.strip():
        raise BadInput("Write the goal in one sentence.", field="statement")
    if len(goal.statement) > 300:
        raise BadInput("A goal is one sentence, 300 characters at most. Shorten it.", field="statement")
    check_words(statement=goal.statement, theme=goal.theme)
    check_days(starts_on=goal.starts_on, ends_on=goal.ends_on)
    if goal.starts_on and goal.ends_on and goal.ends_on < goal.starts_on:
        raise BadInput("The goal ends before it starts. Choose a later end.", field="ends_on")

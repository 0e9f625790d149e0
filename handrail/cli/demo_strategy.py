"""Plays the demo’s strategy through its verbs: domains, purposes with ratings, what runs, a plan, a changed goal."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from handrail.cli.demo_marks import Step, day_of, person, read_toml
from handrail.people.models import Person
from handrail.strategy import actions
from handrail.strategy.models import Domain, Goal, Initiative, Purpose


def set_strategy_up(place: Path, owner: Person) -> None:
    """Everything that strategy.toml says; purposes that stand before the plan go into its first version."""
    told = read_toml(place / "strategy.toml")
    for row in told["domain"]:
        _domain(row, owner)
    for row in told["empty"]:
        actions.leave_empty([(level, who) for level, who in row["cells"]], row["reason"], by=owner)
    for at, row in enumerate(told["purpose"]):
        if at == told["plan"][0].get("after", 3):
            actions.issue_plan(by=person(told["plan"][0]["who"]))
        _purpose(row)
    for row in told["goal_changed"]:
        _goal(row)


def _domain(row: Step, owner: Person) -> None:
    does = tuple(actions.ActivityText(**each) for each in row.get("activity", ()))
    lead = person(row["lead"]) if "lead" in row else None
    text = actions.DomainText(row["name"], lead, row["expected_impact"], row["readiness"], does)
    actions.set_domain(text, by=owner)


def _purpose(row: Step) -> None:
    text = actions.PurposeText(
        name=row["name"],
        statement=row["statement"],
        why=row.get("why", ""),
        owner=person(row["owner"]),
        cells=tuple((level, who) for level, who in row["cells"]),
        goals=tuple(Goal.objects.get(key=key) for key in row["goals"]),
        domains=tuple(Domain.objects.get(name=name) for name in row["domains"]),
        review_on=day_of(row["review_on"]),
    )
    made = actions.propose_purpose(text, by=person(row["proposed_by"]), key=row["key"])
    if "target" in row:
        _target(made, row["target"])
    for given in row.get("rating", ()):
        for trait, rating in given["ratings"].items():
            actions.assess(made, trait, rating, given["reason"], by=person(given["who"]))
    if "approved_by" in row:
        made = actions.approve_purpose(made, by=person(row["approved_by"]))
    for each in row.get("initiative", ()):
        _initiative(made, each)


def _target(purpose: Purpose, row: Step) -> None:
    owner = purpose.owner or person("maren.castellanos")
    text = actions.TargetText(
        measure=row["measure"],
        unit=row["unit"],
        baseline=Decimal(row["baseline"]) if "baseline" in row else None,
        baseline_on=day_of(row["baseline_on"]) if "baseline_on" in row else None,
        value=Decimal(row["value"]),
        due_on=day_of(row["due_on"]),
        every_days=row["every_days"],
    )
    made = actions.set_target(purpose, text, by=owner)
    for day, value in row.get("readings", ()):
        actions.note_reading(made, Decimal(value), day_of(day), by=owner)


def _initiative(purpose: Purpose, row: Step) -> None:
    text = actions.InitiativeText(
        name=row["name"],
        lead=person(row["lead"]),
        cells=tuple((level, who) for level, who in row["cells"]),
        channels=row["channels"],
        **{name: row.get(name, "") for name in ("on_mission", "on_strategy", "on_values", "on_outcomes")},
    )
    owner = purpose.owner or person("maren.castellanos")
    by = owner if actions.may_propose(owner) else person("maren.castellanos")
    made: Initiative = actions.propose_initiative(purpose, text, by=by, key=row["key"])
    if "approved_by" in row:
        made = actions.approve_initiative(made, by=person(row["approved_by"]))
    if "live_by" in row:
        actions.go_live(made, by=person(row["live_by"]), reason=row.get("live_because", ""))


def _goal(row: Step) -> None:
    goal = Goal.objects.get(key=row["goal"])
    text = actions.GoalText(
        goal.statement, goal.theme, goal.owner, goal.starts_on, goal.ends_on, goal.parent, goal.status
    )
    actions.change_goal(goal, replace(text, statement=row["statement"]), by=person(row["who"]), why=row["why"])

"""What does the strategy plan say, and what changed since the last one? All of it worked out from the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from handrail.kernel.paper import Block, Grid, Heading, Note, Paper, Para, Points, Quote, Span, words
from handrail.strategy.models import Constituency, Domain, EmptyCell, Goal, Initiative, Level, Plan
from handrail.strategy.reads.grid import grid, standing_purposes
from handrail.strategy.reads.record import is_fresh, shown

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two plans: a label such as Added, and the words after it."""

    label: str
    said: str


def record_today() -> Record:
    """What a plan is made of, as plain values: goals, domains, purposes with measures, initiatives, the grid."""
    purposes = standing_purposes()
    picture = grid(purposes)
    return {
        "goals": {goal.key: _goal(goal) for goal in Goal.objects.select_related("owner", "parent").order_by("pk")},
        "domains": {each.key: _domain(each) for each in Domain.objects.select_related("lead").order_by("pk")},
        "purposes": {purpose.key: _purpose(purpose) for purpose in purposes},
        "initiatives": {
            each.key: _initiative(each)
            for each in Initiative.objects.select_related("lead", "purpose").prefetch_related("cells").order_by("pk")
        },
        "empty_on_purpose": {
            f"{cell.get_level_display()}, {cell.get_constituency_display()}": cell.reason
            for cell in EmptyCell.objects.order_by("pk")
        },
        "missing": [column.constituency.label for column in picture.empty_columns],
    }


def changed_since(old: Record, new: Record) -> list[Change]:
    """What changed from one record to a later one, in words; what is still missing comes last."""
    found = [*_goal_changes(old, new), *_purpose_changes(old, new), *_initiative_changes(old, new)]
    for name, each in new["domains"].items():
        if name not in old["domains"]:
            found.append(Change("Added", f"the domain {each['name']}"))
        elif each != old["domains"][name]:
            found.append(Change("Changed domain", each["name"]))
    for cell, reason in new["empty_on_purpose"].items():
        if old["empty_on_purpose"].get(cell) != reason:
            found.append(Change("Empty on purpose", f"{cell}. {reason}"))
    found += [
        Change("Gone", f"the domain {each['name']}")
        for key, each in old["domains"].items()
        if key not in new["domains"]
    ]
    found += [
        Change("No longer empty on purpose", cell)
        for cell in old["empty_on_purpose"]
        if cell not in new["empty_on_purpose"]
    ]
    found += [Change("New gap", f"anything with {_low(who)}") for who in new["missing"] if who not in old["missing"]]
    found += [
        Change("Gap closed", f"something with {_low(who)}") for who in old["missing"] if who not in new["missing"]
    ]
    still = [who for who in new["missing"] if who in old["missing"]]
    return [*found, *(Change("Still missing", f"anything with {_low(who)}") for who in still)] if found else []


def paper_of(record: Record, number: int, before: Record | None = None, at: datetime | None = None) -> Paper:
    """The plan as a document. `before` is the record of the version it follows."""
    blocks: list[Block] = []
    if before is not None:
        changes = changed_since(before, record)
        blocks.append(Heading("What changed since the last version", 1))
        points = tuple(words(Span(f"{change.label}: ", "bold"), f"{change.said}.") for change in changes)
        blocks.append(Points(points) if points else Para(words("Nothing.")))
    blocks += [*_goals_said(record), *_grid_said(record), *_purposes_said(record), *_initiatives_said(record)]
    blocks += _domains_said(record)
    return Paper(
        title="Strategy plan",
        subtitle=f"Version {number}, written from the record",
        organisation=settings.HANDRAIL_ORGANISATION,
        facts=(("Version", str(number)),),
        blocks=tuple(blocks),
        at=at,
    )


def plan_paper(plan: Plan) -> Paper:
    """An issued version as a document, from what was frozen."""
    before = Plan.objects.filter(number=plan.number - 1).first()
    return paper_of(plan.record, plan.number, before.record if before else None, plan.issued_at)


def plan_today() -> tuple[Paper, list[Change]]:
    """The plan as it stands today, not issued, and what changed since the last issue."""
    last = Plan.objects.order_by("-number").first()
    record = record_today()
    paper = paper_of(record, last.number + 1 if last else 1, last.record if last else None, timezone.now())
    return paper, changed_since(last.record, record) if last else []


def _low(words_: str) -> str:
    return words_[:1].lower() + words_[1:]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _goal(goal: Goal) -> Record:
    return {
        "statement": goal.statement,
        "theme": goal.theme,
        "status": goal.status,
        "owner": goal.owner.name if goal.owner else "",
        "starts": _day(goal.starts_on),
        "ends": _day(goal.ends_on),
        "parent": goal.parent.statement if goal.parent else "",
    }


def _domain(each: Domain) -> Record:
    return {
        "name": each.name,
        "lead": each.lead.name if each.lead else "",
        "impact": each.expected_impact,
        "ready": each.get_readiness_display(),
        "today": [
            ", ".join(filter(None, (act.what, act.channel, act.get_audience_display().lower(), act.how_often)))
            for act in each.activities.all()
        ],
    }


def _purpose(purpose: Any) -> Record:
    return {
        "name": purpose.name,
        "statement": purpose.statement,
        "why": purpose.why,
        "state": purpose.state,
        "because": purpose.because,
        "owner": purpose.owner.name if purpose.owner else "",
        "review": _day(purpose.review_on),
        "goals": sorted(goal.statement for goal in purpose.goals.all()),
        "cells": [f"{Level(at.level).label}, {Constituency(at.constituency).label}" for at in purpose.cells.all()],
        "measures": [
            {
                "measure": target.measure,
                "baseline": shown(target.baseline, target.unit),
                "target": shown(target.value, target.unit),
                "due": _day(target.due_on),
                "latest": shown(next((read.value for read in target.readings.all()), None), target.unit),
                "fresh": is_fresh(target),
                "met": _met(target),
            }
            for target in purpose.targets.all()
        ],
    }


def _met(target: Any) -> bool:
    newest = next((read.value for read in target.readings.all()), None)
    if newest is None or target.value is None or target.baseline is None:
        return False
    return bool(newest >= target.value if target.value > target.baseline else newest <= target.value)


def _initiative(each: Initiative) -> Record:
    return {
        "name": each.name,
        "purpose": each.purpose.name,
        "lead": each.lead.name if each.lead else "",
        "state": each.state,
        "channels": each.channels,
        "came_of": each.came_of,
        "override": each.override_reason,
        "override_missing": list(each.override_missing),
        "words": {
            "mission": each.on_mission,
            "strategy": each.on_strategy,
            "values": each.on_values,
            "outcomes": each.on_outcomes,
        },
        "cells": [f"{at.get_level_display()}, {at.get_constituency_display()}" for at in each.cells.all()],
    }


def _goal_changes(old: Record, new: Record) -> list[Change]:
    found = []
    for key, goal in new["goals"].items():
        was = old["goals"].get(key)
        if was is None:
            found.append(Change("Added", f"the goal “{goal['statement']}”"))
        elif goal["status"] != was["status"]:
            label = {"met": "Met", "dropped": "Dropped goal"}.get(goal["status"], "Live again")
            found.append(Change(label, f"“{goal['statement']}”"))
        elif goal["statement"] != was["statement"]:
            found.append(Change("Changed goal", f"“{was['statement']}” now says “{goal['statement']}”"))
        elif goal != was:
            what = [name for name in ("theme", "owner", "starts", "ends", "parent") if goal[name] != was[name]]
            found.append(Change("Changed goal", f"“{goal['statement']}” has another {', '.join(what)}"))
    gone = [goal for key, goal in old["goals"].items() if key not in new["goals"]]
    return [*found, *(Change("Gone", f"the goal “{goal['statement']}”") for goal in gone)]


def _purpose_changes(old: Record, new: Record) -> list[Change]:
    found = []
    for key, purpose in new["purposes"].items():
        was, said = old["purposes"].get(key), f"the purpose “{purpose['name']}”"
        if was is None:
            found.append(
                Change("Added", f"{said}, {'approved' if purpose['state'] == 'approved' else 'not approved yet'}")
            )
            continue
        other_cause = bool(purpose["because"]) and purpose["because"] != was["because"]
        if purpose["state"] != was["state"] or other_cause:
            label = {"approved": "Approved", "again": "Reopened"}.get(purpose["state"], "Proposed again")
            found.append(Change(label, said + (f". {purpose['because']}" if purpose["because"] else "")))
        met = {each["measure"] for each in was["measures"] if each["met"]}
        now_met = [each for each in purpose["measures"] if each["met"] and each["measure"] not in met]
        found += [Change("Met", f"{each['measure']}, from {each['baseline']} to {each['latest']}") for each in now_met]
        parts = ("name", "statement", "why", "owner", "cells", "goals", "review")
        if other := [name for name in parts if purpose[name] != was[name]]:
            found.append(Change("Changed purpose", f"“{purpose['name']}”: {', '.join(other)}"))
        if purpose["measures"] != was["measures"] and not now_met:
            found.append(Change("Measured", f"“{purpose['name']}” has other measures or readings"))
    for key, was in old["purposes"].items():
        if key not in new["purposes"]:
            found.append(Change("Dropped", f"the purpose “{was['name']}”"))
    return found


def _initiative_changes(old: Record, new: Record) -> list[Change]:
    found = []
    for key, each in new["initiatives"].items():
        was, said = old["initiatives"].get(key), f"“{each['name']}”"
        if was is None or each["state"] != was["state"]:
            label = {"closed": "Closed", "live": "Went live", "approved": "Approved"}.get(each["state"], "Added")
            more = (
                f". {each['came_of']}"
                if each["came_of"]
                else f", past a gate: {each['override']}"
                if each["override"]
                else ""
            )
            found.append(Change(label, f"{said}{more}".rstrip(".")))
        elif each != was:
            found.append(Change("Changed initiative", said))
    gone = [each for key, each in old["initiatives"].items() if key not in new["initiatives"]]
    return [*found, *(Change("Gone", f"the initiative “{each['name']}”") for each in gone)]


def _goals_said(record: Record) -> list[Block]:
    live = [goal for goal in record["goals"].values() if goal["status"] == "live"]
    rows = tuple(
        tuple(words(cell) for cell in (goal["statement"], goal["owner"] or "nobody yet", goal["ends"] or "no end set"))
        for goal in live
    )
    return [Heading("What we want", 1), Grid((words("Goal"), words("Owner"), words("Until")), rows)]


def _grid_said(record: Record) -> list[Block]:
    rows = []
    for level in Level:
        cells = [words(Span(level.label, "bold"))]
        for who in Constituency:
            here = [
                each["name"] for each in record["purposes"].values() if f"{level.label}, {who.label}" in each["cells"]
            ]
            reason = record["empty_on_purpose"].get(f"{level.label}, {who.label}")
            cells.append(words("; ".join(here) or (f"Empty on purpose: {reason}" if reason else "nothing yet")))
        rows.append(tuple(cells))
    head = (words("What we do"), *(words(who.label) for who in Constituency))
    blocks: list[Block] = [Heading("What stands where", 1), Grid(head, tuple(rows), "Levels after Rozwell, 2012")]
    for who in record["missing"]:
        blocks.append(Note(words(f"There is nothing yet with {_low(who)}."), "again"))
    return blocks


def _purposes_said(record: Record) -> list[Block]:
    blocks: list[Block] = [Heading("Why we are there", 1)]
    for purpose in record["purposes"].values():
        state = {"approved": "Approved", "again": "Needs another look", "proposed": "Proposed, not approved yet"}
        blocks += [Heading(purpose["name"], 2), Para(words(purpose["statement"]))]
        if purpose["because"]:
            blocks.append(Note(words(f"Needs another look. {purpose['because']}."), "again"))
        serves = "; ".join(purpose["goals"]) or "no goal"
        owner = purpose["owner"] or "nobody yet"
        blocks.append(
            Para(
                words(
                    f"{state[purpose['state']]}. Owner: {owner}. Serves: {serves}. In: {'; '.join(purpose['cells'])}."
                )
            )
        )
        points = tuple(words(_measure_said(each)) for each in purpose["measures"])
        blocks.append(Points(points) if points else Note(words("Nobody has said how we would know."), "again"))
    return blocks if record["purposes"] else [*blocks, Para(words("No purpose is written down yet."))]


def _measure_said(each: Record) -> str:
    stands = (f"{name} {each[name] or 'missing'}" for name in ("baseline", "latest", "target"))
    return f"{each['measure']}: {', '.join(stands)}"


def _initiatives_said(record: Record) -> list[Block]:
    blocks: list[Block] = [Heading("What we do about it", 1)]
    for each in record["initiatives"].values():
        blocks += [Heading(each["name"], 2)]
        lead = each["lead"] or "nobody yet"
        blocks.append(
            Para(
                words(
                    f"{each['state'].capitalize()}, under “{each['purpose']}”. Lead: {lead}. "
                    f"Channels: {each['channels'] or 'not said'}."
                )
            )
        )
        for topic, said in each["words"].items():
            if said:
                blocks.append(Quote(words(said), f"{lead}, on {topic}"))
        if each["override"]:
            missing = " ".join(each["override_missing"])
            blocks.append(
                Note(words(f"Went live past a gate. {missing} The reason given: {each['override']}"), "again")
            )
        if each["came_of"]:
            blocks.append(Para(words(Span("What came of it: ", "bold"), each["came_of"])))
    return blocks if record["initiatives"] else [*blocks, Para(words("No initiative is written down yet."))]


def _domains_said(record: Record) -> list[Block]:
    if not record["domains"]:
        return [Heading("Whom it touches", 1), Para(words("No domain is written down yet."))]
    rows = tuple(
        tuple(
            words(cell)
            for cell in (
                f"{each['name']}, {each['lead'] or 'no lead named'}",
                "; ".join(each["today"]) or "nothing said",
                each["impact"] or "not said",
                each["ready"],
            )
        )
        for each in record["domains"].values()
    )
    head = tuple(words(each) for each in ("Domain", "Today", "What it would change", "Ready"))
    return [Heading("Whom it touches", 1), Grid(head, rows)]

"""The purposes as a list, and the tables of strategy as CSV."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.words import count, listed, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Activity, Domain, Initiative, Purpose
from handrail.strategy.reads import judged, standing_purposes


@guarded(anyone)
@require_GET
def purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose that stands, and those that were dropped with the reason."""
    rows = standing_purposes()
    shown = {
        "rows": [(each, sum(bool(trait.disagrees) for trait in judged(each))) for each in rows],
        "dropped": Purpose.objects.filter(state=Purpose.State.DROPPED).select_related("owner"),
        "headline": _headline(rows),
        "may_propose": actions.may_propose(person_of(request)),
    }
    return render(request, "strategy/purposes.html", shown)


@guarded(anyone)
@require_GET
def purposes_csv(request: HttpRequest) -> HttpResponse:
    """Every purpose as CSV."""
    rows = Purpose.objects.select_related("owner").prefetch_related("cells", "goals")
    return _csv(
        "purposes.csv",
        ["key", "name", "statement", "state", "owner", "cells", "goals", "review"],
        (
            [row.key, row.name, row.statement, row.state, _mail(row.owner), _joined(row.cells.all())]
            + ["; ".join(goal.key for goal in row.goals.all()), row.review_on or ""]
            for row in rows
        ),
    )


@guarded(anyone)
@require_GET
def initiatives_csv(request: HttpRequest) -> HttpResponse:
    """Every initiative as CSV, with what it went past."""
    head = ["key", "name", "purpose", "state", "lead", "cells", "channels", "mission", "strategy", "values", "outcomes"]
    rows = Initiative.objects.select_related("lead", "purpose").prefetch_related("cells")
    return _csv(
        "initiatives.csv",
        [*head, "past a gate because", "what came of it"],
        (
            [row.key, row.name, row.purpose.key, row.state, _mail(row.lead), _joined(row.cells.all()), row.channels]
            + [row.on_mission, row.on_strategy, row.on_values, row.on_outcomes, row.override_reason, row.came_of]
            for row in rows
        ),
    )


@guarded(anyone)
@require_GET
def domains_csv(request: HttpRequest) -> HttpResponse:
    """Every domain as CSV, one line for each thing it does today."""
    head = ["key", "name", "lead", "readiness", "impact", "activity", "channel", "audience", "how often"]
    rows = Domain.objects.select_related("lead").prefetch_related("activities")
    lines = (
        [row.key, row.name, _mail(row.lead), row.readiness, row.expected_impact]
        + [act.what, act.channel, act.audience, act.how_often]
        for row in rows
        for act in (list(row.activities.all()) or [Activity()])
    )
    return _csv("domains.csv", head, lines)


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = csv_answer(name)
    writer = csv.writer(response)
    writer.writerow(head)
    for row in rows:
        writer.writerow([safe_cell(str(value)) for value in row])
    return response


def _mail(person: Person | None) -> str:
    return (person.email or person.staff_number) if person else ""


def _joined(rows: Iterable[object]) -> str:
    return "; ".join(str(row) for row in rows)


def _headline(rows: list[Purpose]) -> str:
    if not rows:
        return "No purpose is written down yet."
    counts = [(state, sum(row.state == state for row in rows)) for state in ("approved", "again", "proposed")]
    words = {"approved": "approved", "again": "to be looked at again", "proposed": "proposed"}
    said = listed([f"{count(number)} {words[state]}" for state, number in counts if number])
    return f"{sentence_case(count(len(rows)))} purpose{'' if len(rows) == 1 else 's'}: {said}."

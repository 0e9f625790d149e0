"""Initiatives over the API: through the gates, or past one with a reason that stays."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from handrail.people.guard import person_of
from handrail.strategy import actions
from handrail.strategy.http.asked import cells_asked, cells_shown, mail, person_marked, row_asked
from handrail.strategy.models import Initiative, Purpose
from handrail.strategy.reads import gates

router = Router(tags=["strategy"])


class InitiativeIn(Schema):
    """An initiative with its lead’s words; the lead by e-mail, cells as share.employees."""

    name: str
    lead: str = ""
    cells: list[str]
    channels: str = ""
    on_mission: str = ""
    on_strategy: str = ""
    on_values: str = ""
    on_outcomes: str = ""

    def text(self) -> actions.InitiativeText:
        """As the verb takes it."""
        said = self.dict() | {"lead": person_marked(self.lead, "lead"), "cells": cells_asked(self.cells)}
        return actions.InitiativeText(**{name: said[name] for name in InitiativeIn.model_fields})


class InitiativeNew(InitiativeIn):
    """An initiative to propose under a purpose, by the purpose’s key."""

    purpose: str


class GateOut(Schema):
    """What an initiative needs, and whether it is there."""

    name: str
    holds: bool
    said: str


class InitiativeOut(Schema):
    """An initiative as the API shows it."""

    key: str
    name: str
    purpose: str
    state: str
    lead: str | None
    cells: list[str]
    channels: str
    on_mission: str
    on_strategy: str
    on_values: str
    on_outcomes: str
    live_at: datetime | None
    override_reason: str
    override_missing: list[str]
    came_of: str


class InitiativeWhole(InitiativeOut):
    """An initiative with its gates as they stand today."""

    gates: list[GateOut]


class GoLiveIn(Schema):
    """A reason, where a gate doesn’t hold."""

    reason: str = ""


class CloseIn(Schema):
    """What came of it."""

    came_of: str


@router.get("/initiatives", response=list[InitiativeOut], summary="Initiatives")
def initiatives(request: HttpRequest) -> list[dict[str, Any]]:
    """Every initiative, however far it came."""
    rows = Initiative.objects.select_related("lead", "purpose").prefetch_related("cells")
    return [_shown(row) for row in rows]


@router.post("/initiatives", response={201: InitiativeOut}, summary="Propose an initiative")
def propose(request: HttpRequest, initiative: InitiativeNew) -> Status[dict[str, Any]]:
    """Under a purpose that stands."""
    purpose = row_asked(Purpose, initiative.purpose)
    return Status(201, _shown(actions.propose_initiative(purpose, initiative.text(), by=person_of(request))))


@router.get("/initiatives/{key}", response=InitiativeWhole, summary="An initiative with its gates")
def initiative(request: HttpRequest, key: str) -> dict[str, Any]:
    """The initiative and what it needs before it goes live."""
    row = row_asked(Initiative, key)
    shown = [{"name": gate.name, "holds": gate.holds, "said": gate.word.said} for gate in gates(row)]
    return _shown(row) | {"gates": shown}


@router.put("/initiatives/{key}", response=InitiativeOut, summary="Change an initiative")
def change(request: HttpRequest, key: str, initiative: InitiativeIn) -> dict[str, Any]:
    """An initiative as it should stand."""
    row = row_asked(Initiative, key)
    return _shown(actions.change_initiative(row, initiative.text(), by=person_of(request)))


@router.post("/initiatives/{key}/approve", response=InitiativeOut, summary="Approve an initiative")
def approve(request: HttpRequest, key: str) -> dict[str, Any]:
    """Never what one leads."""
    return _shown(actions.approve_initiative(row_asked(Initiative, key), by=person_of(request)))


@router.post("/initiatives/{key}/go-live", response=InitiativeOut, summary="Take an initiative live")
def go_live(request: HttpRequest, key: str, said: GoLiveIn) -> dict[str, Any]:
    """Through every gate, or past one with a reason that stays visible."""
    return _shown(actions.go_live(row_asked(Initiative, key), by=person_of(request), reason=said.reason))


@router.post("/initiatives/{key}/close", response=InitiativeOut, summary="Close an initiative")
def close(request: HttpRequest, key: str, said: CloseIn) -> dict[str, Any]:
    """And say what came of it."""
    return _shown(actions.close_initiative(row_asked(Initiative, key), said.came_of, by=person_of(request)))


def _shown(row: Initiative) -> dict[str, Any]:
    plain = ("key", "name", "state", "channels", "on_mission", "on_strategy", "on_values", "on_outcomes")
    kept = ("live_at", "override_reason", "override_missing", "came_of")
    return {name: getattr(row, name) for name in plain + kept} | {
        "purpose": row.purpose.key,
        "lead": mail(row.lead),
        "cells": cells_shown(row.cells.all()),
    }

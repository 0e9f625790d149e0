"""Purposes over the API: proposed, changed, approved, looked at again, rated and measured as on the pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from handrail.people.guard import person_of
from handrail.strategy import actions
from handrail.strategy.http.asked import (
    cells_asked,
    cells_shown,
    domains_asked,
    goals_asked,
    mail,
    person_marked,
    row_asked,
)
from handrail.strategy.models import Purpose, Target
from handrail.strategy.reads import is_fresh, judged, standing_purposes

router = Router(tags=["strategy"])


class PurposeIn(Schema):
    """A purpose: its owner by e-mail, cells as share.employees, goals and domains by key."""

    name: str
    statement: str
    why: str = ""
    owner: str = ""
    cells: list[str]
    goals: list[str] = []
    domains: list[str] = []
    review_on: date | None = None

    def text(self) -> actions.PurposeText:
        """As the verb takes it."""
        return actions.PurposeText(
            name=self.name,
            statement=self.statement,
            why=self.why,
            owner=person_marked(self.owner, "owner"),
            cells=cells_asked(self.cells),
            goals=goals_asked(self.goals),
            domains=domains_asked(self.domains),
            review_on=self.review_on,
        )


class PurposeChange(PurposeIn):
    """A purpose as it should stand, and why it changes."""

    because: str


class PurposeOut(Schema):
    """A purpose as the API shows it."""

    key: str
    name: str
    statement: str
    why: str
    state: str
    because: str
    owner: str | None
    cells: list[str]
    goals: list[str]
    domains: list[str]
    review_on: date | None


class TraitOut(Schema):
    """One trait: ratings, and beside them what the record says."""

    trait: str
    ratings: list[int]
    record: str
    said: str
    reason: str
    disagrees: str


class TargetOut(Schema):
    """A measure with its newest reading."""

    id: int
    measure: str
    unit: str
    baseline: Decimal | None
    baseline_on: date | None
    value: Decimal | None
    due_on: date | None
    every_days: int
    latest: Decimal | None
    fresh: bool


class PurposeWhole(PurposeOut):
    """A purpose with its traits and measures."""

    traits: list[TraitOut]
    targets: list[TargetOut]


class Because(Schema):
    """Why it is done."""

    why: str


class KeepIn(Because):
    """Why a purpose still holds, and when it is looked at next."""

    review_on: date | None = None


class MoveIn(Because):
    """From one cell of the grid, or from none, to another."""

    come_from: str = ""
    to: str


class RatingIn(Schema):
    """A rating of one trait from 1 to 5, with its reason."""

    trait: str
    rating: int
    reason: str


class TargetIn(Schema):
    """A measure with where it starts and where it should be."""

    measure: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    value: Decimal | None = None
    due_on: date | None = None
    every_days: int = 90


class ReadingIn(Schema):
    """A value that was read, with the day it holds for."""

    value: Decimal
    on: date
    note: str = ""


@router.get("/purposes", response=list[PurposeOut], summary="Purposes that stand")
def purposes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every purpose that wasn’t dropped."""
    return [_shown(row) for row in standing_purposes()]


@router.post("/purposes", response={201: PurposeOut}, summary="Propose a purpose")
def propose(request: HttpRequest, purpose: PurposeIn) -> Status[dict[str, Any]]:
    """A new purpose, if the person may."""
    return Status(201, _shown(actions.propose_purpose(purpose.text(), by=person_of(request))))


@router.get("/purposes/{key}", response=PurposeWhole, summary="A purpose with its traits and measures")
def purpose(request: HttpRequest, key: str) -> dict[str, Any]:
    """The purpose, what assessors rated, what the record says, and how it is measured."""
    row = row_asked(Purpose, key)
    traits = [
        {
            "trait": each.trait,
            "ratings": list(each.ratings),
            "record": each.word.verdict,
            "said": each.word.said,
            "reason": each.word.reason,
            "disagrees": each.disagrees,
        }
        for each in judged(row)
    ]
    targets = [_target(each) for each in row.targets.prefetch_related("readings")]
    return _shown(row) | {"traits": traits, "targets": targets}


@router.put("/purposes/{key}", response=PurposeOut, summary="Change a purpose")
def change(request: HttpRequest, key: str, purpose: PurposeChange) -> dict[str, Any]:
    """Other words, cells or goals take an approval away."""
    row = row_asked(Purpose, key)
    return _shown(actions.change_purpose(row, purpose.text(), by=person_of(request), why=purpose.because))


@router.post("/purposes/{key}/move", response=PurposeOut, summary="Move a purpose in the grid")
def move(request: HttpRequest, key: str, way: MoveIn) -> dict[str, Any]:
    """Out of one cell into another."""
    come_from = cells_asked([way.come_from]) if way.come_from else (None,)
    to = cells_asked([way.to])
    row = row_asked(Purpose, key)
    return _shown(actions.move_purpose(row, come_from[0], to[0], by=person_of(request), why=way.why))


@router.post("/purposes/{key}/approve", response=PurposeOut, summary="Approve a purpose")
def approve(request: HttpRequest, key: str) -> dict[str, Any]:
    """Never one’s own."""
    return _shown(actions.approve_purpose(row_asked(Purpose, key), by=person_of(request)))


@router.post("/purposes/{key}/reopen", response=PurposeOut, summary="Ask for another look at a purpose")
def reopen(request: HttpRequest, key: str, because: Because) -> dict[str, Any]:
    """An approved purpose comes up again, with the reason."""
    row = row_asked(Purpose, key)
    actions.reopen_purpose(row, because.why, by=person_of(request))
    return _shown(row_asked(Purpose, key))


@router.post("/purposes/{key}/keep", response=PurposeOut, summary="Say that a purpose still holds")
def keep(request: HttpRequest, key: str, said: KeepIn) -> dict[str, Any]:
    """After another look; approval follows it."""
    row, by = row_asked(Purpose, key), person_of(request)
    return _shown(actions.keep_purpose(row, said.why, by=by, review_on=said.review_on))


@router.post("/purposes/{key}/drop", response=PurposeOut, summary="Drop a purpose")
def drop(request: HttpRequest, key: str, because: Because) -> dict[str, Any]:
    """With the reason, which stays."""
    return _shown(actions.drop_purpose(row_asked(Purpose, key), because.why, by=person_of(request)))


@router.post("/purposes/{key}/ratings", response={201: RatingIn}, summary="Rate a trait")
def rate(request: HttpRequest, key: str, rating: RatingIn) -> Status[dict[str, Any]]:
    """Rating it again replaces one’s earlier rating."""
    row, by = row_asked(Purpose, key), person_of(request)
    kept = actions.assess(row, rating.trait, rating.rating, rating.reason, by=by)
    return Status(201, {"trait": kept.trait, "rating": kept.rating, "reason": kept.reason})


@router.post("/purposes/{key}/targets", response={201: TargetOut}, summary="Say how a purpose is measured")
def set_target(request: HttpRequest, key: str, target: TargetIn) -> Status[dict[str, Any]]:
    """A new measure."""
    text = actions.TargetText(**target.dict())
    return Status(201, _target(actions.set_target(row_asked(Purpose, key), text, by=person_of(request))))


@router.put("/targets/{pk}", response=TargetOut, summary="Change a measure")
def change_target(request: HttpRequest, pk: int, target: TargetIn) -> dict[str, Any]:
    """A measure as it should stand."""
    row = get_object_or_404(Target.objects.select_related("purpose"), pk=pk)
    text = actions.TargetText(**target.dict())
    return _target(actions.set_target(row.purpose, text, by=person_of(request), row=row))


@router.post("/targets/{pk}/readings", response={201: TargetOut}, summary="Note a reading")
def note_reading(request: HttpRequest, pk: int, reading: ReadingIn) -> Status[dict[str, Any]]:
    """The value, the day it holds for, and where it comes from."""
    row = get_object_or_404(Target.objects.select_related("purpose"), pk=pk)
    actions.note_reading(row, reading.value, reading.on, by=person_of(request), note=reading.note)
    return Status(201, _target(row))


def _shown(row: Purpose) -> dict[str, Any]:
    plain = ("key", "name", "statement", "why", "state", "because", "review_on")
    return {name: getattr(row, name) for name in plain} | {
        "owner": mail(row.owner),
        "cells": cells_shown(row.cells.all()),
        "goals": [goal.key for goal in row.goals.all()],
        "domains": [domain.key for domain in row.domains.all()],
    }


def _target(row: Target) -> dict[str, Any]:
    plain = ("id", "measure", "unit", "baseline", "baseline_on", "value", "due_on", "every_days")
    latest = next((each.value for each in row.readings.all()), None)
    return {name: getattr(row, name) for name in plain} | {"latest": latest, "fresh": is_fresh(row)}

"""The matrix, delegates and gaps over the API: the same verbs and refusals as the page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from handrail.kernel.errors import BadInput, NotNow
from handrail.kernel.refs import Ref
from handrail.people import actions
from handrail.people.guard import person_of
from handrail.people.matrix import ACTIVITIES
from handrail.people.models import Delegation, Gap, Matrix, Person
from handrail.people.reads import (
    cross_section,
    decided,
    live_delegations,
    matrix_in_force,
    matrix_proposed,
    may_act,
    open_gaps,
    table_of,
    verdict_on,
)

router = Router(tags=["ownership"])


class ProposeIn(Schema):
    """Why a proposal is begun."""

    why: str = ""


class LettersIn(Schema):
    """What a cell says."""

    row: str
    holder: str
    letters: str = ""


class AgreeIn(Schema):
    """How a proposal was agreed."""

    agreed_on: date
    how: str
    people: list[int]


class WaiveIn(Schema):
    """Why a finding is fine, and until when."""

    finding: str
    why: str
    until: date


class DelegateIn(Schema):
    """Who stands in for whom."""

    person: int
    to: int
    starts_on: date
    ends_on: date
    activities: list[str]


class OfferIn(Schema):
    """Whom a gap is offered to."""

    to: int


def _shown(matrix: Matrix | None) -> dict[str, Any]:
    verdict = verdict_on(table_of(matrix))
    cells = matrix.assignments.values("row", "holder", "letters") if matrix else ()
    return {
        "id": matrix.pk if matrix else None,
        "state": matrix.state if matrix else "none",
        "cells": list(cells),
        "findings": [
            {"key": each.key, "rule": rule.id, "severity": rule.severity, "title": each.title, "more": each.more}
            for rule, each in verdict.found
        ],
    }


def _proposal() -> Matrix:
    found = matrix_proposed()
    if found is None:
        raise NotNow("No proposal is being worked on. Begin one first.")
    return found


@router.get("/matrix", summary="The matrix in force, or the proposal")
def matrix(request: HttpRequest, proposed: bool = False) -> dict[str, Any]:
    """Every cell with what the check finds."""
    return _shown(matrix_proposed() if proposed else matrix_in_force())


@router.get("/matrix/may", summary="Who may do something today")
def who_may(request: HttpRequest, activity: str, subject: str = "") -> dict[str, Any]:
    """The people the matrix names, which row says so, and whether the person who asks may."""
    if activity not in ACTIVITIES:
        raise BadInput(f"Choose an activity: {', '.join(ACTIVITIES)}.", field="activity")
    try:
        ref = Ref.parse(subject) if subject else None
    except ValueError:
        raise BadInput("Write the subject as kind:key, such as policy:3.", field="subject") from None
    found = decided(activity, ref)
    people = [{"id": each.pk, "name": each.name} for each in found.people]
    return {"people": people, "row": found.row, "you": may_act(person_of(request), activity, ref)}


@router.post("/matrix/proposal", summary="Begin a proposal")
def propose(request: HttpRequest, given: ProposeIn) -> dict[str, Any]:
    """A copy of the matrix in force, or what today's roles say."""
    return _shown(actions.propose_matrix(by=person_of(request), why=given.why))


@router.put("/matrix/proposal/cell", summary="Set a cell")
def set_cell(request: HttpRequest, given: LettersIn) -> dict[str, Any]:
    """Any of A, R, C and I, or nothing."""
    proposal = _proposal()
    actions.set_letters(proposal, given.row, given.holder, given.letters, by=person_of(request))
    return _shown(proposal)


@router.post("/matrix/proposal/undo", summary="Take the latest change back")
def undo(request: HttpRequest) -> dict[str, Any]:
    """The change before it is then the latest."""
    proposal = _proposal()
    actions.undo_edit(proposal, by=person_of(request))
    return _shown(proposal)


@router.post("/matrix/proposal/import", summary="Bring a file of cells in")
def bring_in(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """Good rows go in, bad ones come back with their line and reason."""
    data = file.read()
    found = (
        actions.check_matrix_file(data) if dry_run else actions.import_matrix(_proposal(), data, by=person_of(request))
    )
    bad = [{"line": line, "reason": why} for line, why in found.bad]
    return {"cells": len(found.cells), "bad_rows": bad, "written": not dry_run}


@router.post("/matrix/proposal/agree", summary="Put the proposal in force")
def agree(request: HttpRequest, given: AgreeIn) -> dict[str, Any]:
    """Agreed on a day, by named people, in a way that is written down."""
    people = list(Person.objects.filter(pk__in=given.people))
    by = person_of(request)
    return _shown(actions.agree_matrix(_proposal(), agreed_on=given.agreed_on, how=given.how, people=people, by=by))


@router.delete("/matrix/proposal", summary="Drop the proposal")
def drop(request: HttpRequest) -> dict[str, Any]:
    """What is in force stays."""
    return _shown(actions.drop_proposal(_proposal(), by=person_of(request)))


@router.post("/matrix/waivers", summary="Say why a finding is fine")
def waive(request: HttpRequest, given: WaiveIn) -> dict[str, Any]:
    """It comes back on its day."""
    rule = given.finding.partition("|")[0]
    row = actions.waive(rule, given.finding, why=given.why, until=given.until, by=person_of(request))
    return {"id": row.pk, "rule": row.rule, "until": row.until}


def _stand(row: Delegation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": row.person_id,
        "to": row.to_id,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "activities": row.activities,
    }


@router.get("/delegations", summary="Who stands in for whom")
def delegations(request: HttpRequest) -> list[dict[str, Any]]:
    """Now or later."""
    return [_stand(row) for row in live_delegations()]


@router.post("/delegations", summary="Name who stands in")
def delegate(request: HttpRequest, given: DelegateIn) -> dict[str, Any]:
    """For some days and activities; it can't be passed on."""
    away, to = get_object_or_404(Person, pk=given.person), get_object_or_404(Person, pk=given.to)
    days = {"starts_on": given.starts_on, "ends_on": given.ends_on}
    return _stand(actions.delegate(away, to, activities=given.activities, by=person_of(request), **days))


@router.delete("/delegations/{int:key}", summary="End a delegation")
def end(request: HttpRequest, key: int) -> dict[str, Any]:
    """Before its last day."""
    return _stand(actions.end_delegation(get_object_or_404(Delegation, pk=key), by=person_of(request)))


def _gap(row: Gap) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": row.person_id,
        "row": row.row,
        "letters": row.letters,
        "last_day": row.last_day,
        "offered_to": row.offered_to_id,
        "taken_by": row.taken_by_id,
    }


@router.get("/gaps", summary="What leavers leave")
def gaps(request: HttpRequest) -> list[dict[str, Any]]:
    """Still open."""
    return [_gap(row) for row in open_gaps()]


@router.post("/gaps/{int:key}/offer", summary="Offer a gap to somebody")
def offer(request: HttpRequest, key: int, given: OfferIn) -> dict[str, Any]:
    """They take it or not."""
    to = get_object_or_404(Person, pk=given.to)
    return _gap(actions.offer_gap(get_object_or_404(Gap, pk=key), to, by=person_of(request)))


@router.post("/gaps/{int:key}/take", summary="Take over what was offered")
def take(request: HttpRequest, key: int) -> dict[str, Any]:
    """The letters move to whoever takes it."""
    return _gap(actions.take_gap(get_object_or_404(Gap, pk=key), by=person_of(request)))


@router.post("/gaps/{int:key}/decline", summary="Say no to what was offered")
def decline(request: HttpRequest, key: int) -> dict[str, Any]:
    """It waits for another name."""
    return _gap(actions.decline_gap(get_object_or_404(Gap, pk=key), by=person_of(request)))


@router.get("/taking-part", summary="Who takes part, by function, country and level")
def taking_part(request: HttpRequest) -> dict[str, Any]:
    """Small groups hidden."""
    found = cross_section()
    by = {
        field: [{"group": each.name, "workforce": each.workforce, "taking_part": each.taking} for each in shares]
        for field, shares in found.by.items()
    }
    return {"workforce": found.workforce, "taking_part": found.taking, "by": by}

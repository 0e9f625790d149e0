"""Rounds over the API: opened on a text that stands alone, read, redrafted, moved, nudged, closed, withdrawn."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.refs import Ref
from handrail.people.guard import person_of
from handrail.people.models import Audience, Person
from handrail.vetting import actions
from handrail.vetting.actions.ground import MOST
from handrail.vetting.models import Round
from handrail.vetting.reads import TextClause, burn_down, clauses_in, hindrances, matrix, silent_groups, standings
from handrail.vetting.views.asked import round_asked
from handrail.vetting.views.rounds import rounds_seen_by

router = Router(tags=["vetting"])
TEXT = "text"


class ClauseIn(Schema):
    """One clause of a text."""

    key: str
    number: str = ""
    heading: str = ""
    text: str
    level: int = 0


class RoundIn(Schema):
    """A text that stands alone, and who is asked. A policy’s draft is sent out through policy instead."""

    key: str
    title: str
    clauses: list[ClauseIn]
    required: dict[str, int]
    left_out: dict[str, str] = {}
    authors: list[str] = []
    closes_at: datetime
    everyone: bool = False
    audience: int | None = None
    anonymous: bool = False
    asks: str = ""


class RoundOut(Schema):
    """A round as the API shows it."""

    id: int
    subject: str
    title: str
    state: str
    draft: int
    text_sha256: str
    words_sha256: str
    opened_at: datetime
    closes_at: datetime
    invited: int
    anonymous: bool


class RedraftIn(Schema):
    """New words for a text under review."""

    clauses: list[ClauseIn]
    why: str = ""


class GroupIn(Schema):
    """A group of the open part, as the round names it."""

    group: str


class NamingIn(Schema):
    """Whether those who signed are named."""

    names: bool


class ClosingIn(Schema):
    """Another last day."""

    closes_at: datetime


class WhyIn(Schema):
    """A reason."""

    why: str


class KeysIn(Schema):
    """Clauses that were opened."""

    keys: list[str]


def shown(round: Round) -> dict[str, Any]:
    """A round as the API shows it."""
    names = ("id", "title", "state", "text_sha256", "words_sha256", "opened_at", "closes_at", "invited", "anonymous")
    subject = f"{round.subject_kind}:{round.subject_key}"
    return {name: getattr(round, name) for name in names} | {"subject": subject, "draft": round.number}


def _clauses(given: list[ClauseIn]) -> list[TextClause]:
    return [TextClause(each.key, each.number, each.heading, each.text, each.level) for each in given]


@router.get("/rounds", response=list[RoundOut], summary="Rounds that ask you or that you run")
def rounds(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest first."""
    return [shown(each) for each in rounds_seen_by(person_of(request))]


@router.post("/rounds", response={201: RoundOut}, summary="Send a text out for review")
def open_a_round(request: HttpRequest, given: RoundIn) -> Status[dict[str, Any]]:
    """Any text with clauses; authors by e-mail, you among them unless you say otherwise."""
    by = person_of(request)
    found = list(Person.objects.here().filter(email__in=given.authors))
    if len(found) != len(set(given.authors)):
        raise BadInput("One of the authors’ e-mails belongs to nobody here.", field="authors")
    wanted = given.audience or 0
    audience = Audience.objects.filter(pk=wanted).first() if 0 < wanted <= MOST else None
    if given.audience and audience is None:
        raise BadInput("There is no such audience.", field="audience")
    made = actions.open_round(
        Ref(TEXT, given.key),
        given.title,
        "",
        _clauses(given.clauses),
        by=by,
        authors=found or [by],
        required=given.required,
        left_out=given.left_out,
        closes_at=given.closes_at,
        open_to="everyone" if given.everyone else audience,
        anonymous=given.anonymous,
        asks=given.asks,
    )
    return Status(201, shown(made))


@router.get("/rounds/{pk}", summary="One round: standing, matrix, forecast, what stands in the way")
def one_round(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the desk shows, as numbers."""
    round = round_asked(request, pk)
    table, burn = matrix(round), burn_down(round)
    return shown(round) | {
        "clauses": [
            {"key": each.key, "number": each.number, "heading": each.heading, "text": each.text, "sha256": each.sha}
            for each in clauses_in(round)
        ],
        "interests": [
            {
                "interest": each.interest,
                "quorum": each.quorum,
                "signed": len(each.counting),
                "met": each.is_met,
                "on_condition": len(each.conditional),
                "stale": len(each.stale),
            }
            for each in standings(round)
        ],
        "matrix": [
            {
                "row": row.key,
                "name": row.name,
                "kind": row.kind,
                "state": row.state,
                "cells": [
                    {"clause": cell.key, "read": cell.is_read, "remarks": cell.remarks, "open": cell.open}
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "remarks": table.remarks,
        "open": table.open,
        "forecast": {"low": burn.low, "high": burn.high, "method": burn.method},
        "groups": [
            {"name": each.name, "people": each.size, "opened": each.words, "silent": each.is_silent}
            for each in silent_groups(round)
        ],
        "in_the_way": [each.words for each in hindrances(round)],
    }


@router.post("/rounds/{pk}/read", summary="Note that you opened clauses in their present words")
def read(request: HttpRequest, pk: int, given: KeysIn) -> dict[str, int]:
    """For an interest, clause by clause; for everyone else only that somebody did."""
    return {"new": actions.read_clauses(round_asked(request, pk), given.keys, by=person_of(request))}


@router.post("/rounds/{pk}/redraft", summary="Give a text that stands alone new words")
def redraft(request: HttpRequest, pk: int, given: RedraftIn) -> dict[str, Any]:
    """Remarks follow their words; signatures on changed words go stale. A policy’s text is edited in policy."""
    round = round_asked(request, pk)
    if round.subject_kind != TEXT:
        raise Refused("This text has a home of its own. Edit it there, and the round follows.")
    actions.redraft(round, _clauses(given.clauses), by=person_of(request), why=given.why)
    round.refresh_from_db()
    return shown(round)


@router.post("/rounds/{pk}/closing", response=RoundOut, summary="Move the last day")
def closing(request: HttpRequest, pk: int, given: ClosingIn) -> dict[str, Any]:
    """Later or sooner, but not in the past."""
    return shown(actions.move_closing(round_asked(request, pk), given.closes_at, by=person_of(request)))


@router.post("/rounds/{pk}/nudge/{interest}", summary="A friendly word to reviewers who have not signed")
def nudge(request: HttpRequest, pk: int, interest: str) -> dict[str, int]:
    """Once a day at the most."""
    return {"written_to": actions.nudge(round_asked(request, pk), interest, by=person_of(request))}


@router.post("/rounds/{pk}/ask-stewards", summary="Ask the stewards of a group that has hardly been heard")
def ask_stewards(request: HttpRequest, pk: int, given: GroupIn) -> dict[str, int]:
    """Once a day at the most; nobody who opened the text, or did not, is named to them."""
    return {"written_to": actions.ask_stewards(round_asked(request, pk), given.group, by=person_of(request))}


@router.post("/rounds/{pk}/naming", response=RoundOut, summary="Choose whether the record names those who signed")
def naming(request: HttpRequest, pk: int, given: NamingIn) -> dict[str, Any]:
    """Fixed once the round has ended; members of the employee panel are never named."""
    return shown(actions.choose_naming(round_asked(request, pk), given.names, by=person_of(request)))


@router.post("/rounds/{pk}/clear", response=RoundOut, summary="Close a round in whose way nothing stands")
def clear(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The only way to cleared."""
    return shown(actions.clear(round_asked(request, pk), by=person_of(request)))


@router.post("/rounds/{pk}/withdraw", response=RoundOut, summary="End a round without clearing its text")
def withdraw(request: HttpRequest, pk: int, given: WhyIn) -> dict[str, Any]:
    """With a reason that everyone who spoke reads."""
    return shown(actions.withdraw_round(round_asked(request, pk), given.why, by=person_of(request)))

"""Remarks over the API: said, supported, answered, opened again, taken back."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from handrail.kernel.errors import BadInput
from handrail.people.guard import person_of
from handrail.people.models import Person
from handrail.vetting import actions
from handrail.vetting.models import Remark
from handrail.vetting.reads import Thread, remarks_of, thread_of
from handrail.vetting.views.asked import remark_asked, round_asked

router = Router(tags=["vetting"])


class RemarkIn(Schema):
    """Something to say. `once`, a mark of your own, keeps a second try from saying it twice."""

    body: str = ""
    clause: str = ""
    quote: str = ""
    suggested: str = ""
    condition: bool = False
    parent: str = ""
    interest: str = ""
    anonymous: bool = False
    show_group: bool = False
    once: str = ""


class SideIn(Schema):
    """For, against, or neither any more."""

    side: Literal["for", "against", "neither"]


class AnswerIn(Schema):
    """What becomes of a remark, and of those that say the same."""

    verdict: str
    reason: str
    changed_clause: str = ""
    also: list[str] = []


class ReasonIn(Schema):
    """Why a remark is open again."""

    why: str


class WhoIn(Schema):
    """Who is to answer a remark: the key of a person whom the round asks."""

    person: int


class SaidOut(Schema):
    """What was said; `code` once, where it was said without a name."""

    uid: str
    code: str


def shown(thread: Thread) -> dict[str, Any]:
    """A remark with its thread."""
    row, verdict = thread.remark, thread.disposition
    made: date = row.made_on
    return {
        "uid": thread.uid,
        "clause": thread.clause_key,
        "number": thread.number,
        "place": thread.place,
        "quote": row.quote,
        "from": thread.who,
        "interest": thread.interest,
        "made_on": made,
        "body": row.body,
        "suggested": row.suggested,
        "condition": row.is_condition,
        "support": thread.support,
        "against": thread.against,
        "open": thread.is_open,
        "taken_back_on": row.withdrawn_on,
        "who_answers": str(thread.answers) if thread.is_open else None,
        "verdict": verdict.verdict if verdict else None,
        "reason": verdict.reason if verdict else None,
        "replies": [{"from": each.who, "made_on": each.made_on, "body": each.body} for each in thread.replies],
    }


def _one(remark: Remark, person: Person) -> dict[str, Any]:
    return shown(thread_of(remark, viewer=person))


@router.get("/rounds/{pk}/remarks", summary="The remarks of a round with their answers")
def remarks(request: HttpRequest, pk: int, clause: str | None = None) -> list[dict[str, Any]]:
    """In reading order, all or those of one clause."""
    return [shown(each) for each in remarks_of(round_asked(request, pk), clause, viewer=person_of(request))]


@router.post("/rounds/{pk}/remarks", response={201: SaidOut}, summary="Say something about a text")
def say(request: HttpRequest, pk: int, given: RemarkIn) -> Status[dict[str, str]]:
    """On a clause, on words of it, or on the whole; with or without your name."""
    round = round_asked(request, pk)
    values = given.dict(exclude={"clause", "parent"})
    parent = remark_asked(round, given.parent) if given.parent else None
    made, code = actions.remark(round, by=person_of(request), clause_key=given.clause, parent=parent, **values)
    # A remark without a name has no public name yet: it gets one when it comes out.
    return Status(201, {"uid": "" if code else made.uid, "code": code})


@router.get("/rounds/{pk}/remarks/{uid}", summary="One remark with its answers")
def one(request: HttpRequest, pk: int, uid: str) -> dict[str, Any]:
    """As the page shows it."""
    return _one(remark_asked(round_asked(request, pk), uid), person_of(request))


@router.post("/rounds/{pk}/remarks/{uid}/side", summary="Be for or against a remark")
def side(request: HttpRequest, pk: int, uid: str, given: SideIn) -> dict[str, Any]:
    """One person counts once."""
    remark, person = remark_asked(round_asked(request, pk), uid), person_of(request)
    actions.stand(remark, {"for": True, "against": False, "neither": None}[given.side], by=person)
    return _one(remark, person)


@router.post("/rounds/{pk}/remarks/{uid}/answer", summary="Say what becomes of a remark, and why")
def answer(request: HttpRequest, pk: int, uid: str, given: AnswerIn) -> dict[str, Any]:
    """`also` names remarks that say the same; each author is told."""
    round, person = round_asked(request, pk), person_of(request)
    remark = remark_asked(round, uid)
    also = [remark_asked(round, each) for each in given.also]
    actions.dispose(remark, given.verdict, given.reason, by=person, changed_clause=given.changed_clause, also=also)
    return _one(remark, person)


@router.post("/rounds/{pk}/remarks/{uid}/who-answers", summary="Choose who answers a remark")
def who_answers(request: HttpRequest, pk: int, uid: str, given: WhoIn) -> dict[str, Any]:
    """They may then say what becomes of it."""
    remark, by = remark_asked(round_asked(request, pk), uid), person_of(request)
    chosen = Person.objects.here().filter(pk=given.person).first()
    if chosen is None:
        raise BadInput("Nobody who works here has this key.", field="person")
    return _one(actions.assign(remark, chosen, by=by), by)


@router.post("/rounds/{pk}/remarks/{uid}/nudge", summary="A friendly word to whoever answers a remark")
def nudge(request: HttpRequest, pk: int, uid: str) -> dict[str, bool]:
    """Once a day at the most."""
    return {"sent": actions.nudge_answer(remark_asked(round_asked(request, pk), uid), by=person_of(request))}


@router.post("/rounds/{pk}/remarks/{uid}/open-again", summary="Take an answer back, with a reason")
def open_again(request: HttpRequest, pk: int, uid: str, given: ReasonIn) -> dict[str, Any]:
    """The remark waits again."""
    remark, person = remark_asked(round_asked(request, pk), uid), person_of(request)
    actions.reopen(remark, given.why, by=person)
    return _one(remark, person)


@router.post("/rounds/{pk}/remarks/{uid}/take-back", summary="Take your own remark back")
def take_back(request: HttpRequest, pk: int, uid: str) -> dict[str, Any]:
    """It stays in the record, struck out."""
    remark, person = remark_asked(round_asked(request, pk), uid), person_of(request)
    return _one(actions.withdraw_remark(remark, by=person), person)

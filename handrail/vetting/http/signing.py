"""Signatures over the API: given, taken back, their condition met; and the record they end in."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from handrail.kernel.paper import paper_answer
from handrail.people.guard import person_of
from handrail.people.models import Interest
from handrail.vetting import actions
from handrail.vetting.models import SignOff
from handrail.vetting.page import record_paper
from handrail.vetting.views.asked import round_asked

router = Router(tags=["vetting"])


class SignIn(Schema):
    """An interest’s word, with a condition where there is one."""

    interest: str
    condition: str = ""


class SignOut(Schema):
    """A signature."""

    id: int
    interest: str
    who: str
    words_sha256: str
    fresh: bool
    condition: str
    condition_met: bool
    signed_at: datetime
    ended: str


class HowIn(Schema):
    """How a condition was met, or why a signature is taken back."""

    how: str = ""


def _shown(row: SignOff) -> dict[str, Any]:
    return {
        "id": row.pk,
        "interest": row.interest,
        "who": "A panel member" if row.interest == Interest.EMPLOYEES else row.signer,
        "words_sha256": row.words_sha256,
        "fresh": row.ended_at is None and row.words_sha256 == row.round.words_sha256,
        "condition": row.condition,
        "condition_met": row.condition_met_at is not None,
        "signed_at": row.signed_at,
        "ended": row.ended_why,
    }


@router.get("/rounds/{pk}/sign-offs", response=list[SignOut], summary="Every signature of a round")
def sign_offs(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Those taken back among them."""
    round = round_asked(request, pk)
    return [
        _shown(each) for each in SignOff.objects.filter(round=round).select_related("person", "stands_for", "round")
    ]


@router.post("/rounds/{pk}/sign-offs", response={201: SignOut}, summary="Sign the present text for an interest")
def sign(request: HttpRequest, pk: int, given: SignIn) -> Status[dict[str, Any]]:
    """Every clause must have been opened by you in its present words."""
    made = actions.sign(round_asked(request, pk), given.interest, by=person_of(request), condition=given.condition)
    return Status(201, _shown(made))


@router.post("/rounds/{pk}/sign-offs/{number}/take-back", response=SignOut, summary="Take your signature back")
def take_back(request: HttpRequest, pk: int, number: int, given: HowIn) -> dict[str, Any]:
    """That it was given stays in the record."""
    row = get_object_or_404(SignOff, pk=number, round=round_asked(request, pk))
    return _shown(actions.withdraw_sign_off(row, by=person_of(request), why=given.how))


@router.post("/rounds/{pk}/sign-offs/{number}/met", response=SignOut, summary="Say that your condition is met")
def met(request: HttpRequest, pk: int, number: int, given: HowIn) -> dict[str, Any]:
    """From then on your signature counts."""
    row = get_object_or_404(SignOff, pk=number, round=round_asked(request, pk))
    return _shown(actions.confirm_condition(row, by=person_of(request), how=given.how))


@router.get("/rounds/{pk}/record.{ending}", summary="The vetting record as md, html, docx or pdf")
def record(request: HttpRequest, pk: int, ending: str, names: bool | None = None) -> HttpResponse:
    """With the names of those who signed where the round keeps them, unless told; panel members are never named."""
    round = round_asked(request, pk)
    paper = record_paper(round, name_signers=names, organisation=settings.HANDRAIL_ORGANISATION)
    return paper_answer(paper, ending, f"vetting-record-{round.pk}")

"""People from elsewhere over the API: invited, listed, taken back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema, Status

from handrail.people.guard import person_of
from handrail.vetting import actions
from handrail.vetting.models import Outsider
from handrail.vetting.views.asked import round_to_run

router = Router(tags=["vetting"])


class OutsiderIn(Schema):
    """Somebody from elsewhere."""

    name: str
    email: str = ""
    organisation: str = ""
    expires_at: datetime | None = None


class OutsiderOut(Schema):
    """An invitation; `link` only when it is made, since only its fingerprint is kept."""

    id: int
    name: str
    organisation: str
    expires_at: datetime
    opens: bool
    link: str | None = None


def _shown(row: Outsider, link: str | None = None) -> dict[str, Any]:
    names = ("id", "name", "organisation", "expires_at")
    return {name: getattr(row, name) for name in names} | {"opens": row.is_live, "link": link}


@router.get("/rounds/{pk}/outsiders", response=list[OutsiderOut], summary="Who from elsewhere may read")
def outsiders(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Ended and revoked ones among them."""
    return [_shown(each) for each in Outsider.objects.filter(round=round_to_run(request, pk))]


@router.post("/rounds/{pk}/outsiders", response={201: OutsiderOut}, summary="Invite somebody by a link that ends")
def invite(request: HttpRequest, pk: int, given: OutsiderIn) -> Status[dict[str, Any]]:
    """The link is in this answer and nowhere else."""
    row, token = actions.invite_outsider(round_to_run(request, pk), by=person_of(request), **given.dict())
    return Status(201, _shown(row, request.build_absolute_uri(reverse("vetting:guest", args=[token]))))


@router.post("/rounds/{pk}/outsiders/{number}/revoke", response=OutsiderOut, summary="Take an invitation back")
def revoke(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """What was said stays."""
    row = get_object_or_404(Outsider, pk=number, round=round_to_run(request, pk))
    return _shown(actions.revoke_outsider(row, by=person_of(request)))

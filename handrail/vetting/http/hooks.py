"""Channels that are told about rounds, over the API; their addresses go in and never come out."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from handrail.kernel.errors import Refused
from handrail.people.guard import person_of
from handrail.vetting import actions
from handrail.vetting.models import Hook

router = Router(tags=["vetting"])


class HookIn(Schema):
    """A channel of Slack or Teams."""

    name: str
    kind: str
    address: str


class HookOut(Schema):
    """A channel, without its address."""

    id: int
    name: str
    kind: str
    last_went_well: bool
    last_words: str


def _shown(row: Hook) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "name", "kind", "last_went_well", "last_words")}


@router.get("/rounds-channels", response=list[HookOut], summary="Channels that are told about rounds")
def hooks(request: HttpRequest) -> list[dict[str, Any]]:
    """For the governance owner."""
    if not actions.may_set_hooks(person_of(request)):
        raise Refused("Only the governance owner sees where rounds are announced.")
    return [_shown(each) for each in Hook.objects.filter(removed_at__isnull=True)]


@router.post("/rounds-channels", response={201: HookOut}, summary="Tell a channel about rounds")
def add(request: HttpRequest, given: HookIn) -> Status[dict[str, Any]]:
    """Its address is kept sealed."""
    return Status(201, _shown(actions.add_hook(by=person_of(request), **given.dict())))


@router.post("/rounds-channels/{number}/try", response=HookOut, summary="Send a channel one line")
def try_it(request: HttpRequest, number: int) -> dict[str, Any]:
    """To see it arrive."""
    return _shown(actions.try_hook(get_object_or_404(Hook, pk=number), by=person_of(request)))


@router.post("/rounds-channels/{number}/remove", response=HookOut, summary="Tell a channel nothing any more")
def remove(request: HttpRequest, number: int) -> dict[str, Any]:
    """Its address is wiped."""
    return _shown(actions.remove_hook(get_object_or_404(Hook, pk=number), by=person_of(request)))

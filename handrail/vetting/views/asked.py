"""The round or remark that an address names, where this person may look at it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from handrail.kernel.errors import BadInput, Refused
from handrail.people.guard import NOT_YOURS, person_of
from handrail.vetting.actions import may_read, may_run
from handrail.vetting.models import Reading, Remark, Round, Seat


def round_asked(request: HttpRequest, pk: int) -> Round:
    """The round, for those it asks; raises Refused for others."""
    round = get_object_or_404(Round.objects.select_related("opened_by"), pk=pk)
    if not may_read(person_of(request), round):
        raise Refused(NOT_YOURS)
    return round


def round_to_run(request: HttpRequest, pk: int) -> Round:
    """The round, for those who run it; raises Refused for others."""
    round = round_asked(request, pk)
    if not may_run(person_of(request), round):
        raise Refused("Those who wrote the text, whoever opened the round and the governance owner do this.")
    return round


def remark_asked(round: Round, uid: str) -> Remark:
    """A remark of this round by its public name."""
    return get_object_or_404(Remark.objects.select_related("round", "person", "outsider"), uid=uid, round=round)


def side_asked(request: HttpRequest) -> bool | None:
    """The side that a form takes: for, against, or neither any more."""
    sides: dict[str, bool | None] = {"for": True, "against": False, "neither": None}
    said = request.POST.get("side", "")
    if said not in sides:
        raise BadInput("Say for, against or neither.", field="side")
    return sides[said]


def read_by(request: HttpRequest, round: Round) -> set[tuple[str, str]]:
    """The clauses this person opened for an interest, with the fingerprints they had then."""
    seats = Seat.objects.filter(round=round, person=person_of(request)).exclude(interest="")
    return set(Reading.objects.filter(seat__in=seats).values_list("clause_key", "clause_sha"))

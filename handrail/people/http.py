"""People over the API: the same verbs and the same sight as the pages."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from handrail.kernel.errors import Refused
from handrail.people.actions import check_people_import, end_role, grant_role, import_people, may_import_people
from handrail.people.actions.imports import NOT_YOURS
from handrail.people.audience_rules import read_rule, rule_words
from handrail.people.difference import Difference
from handrail.people.guard import person_of
from handrail.people.http_matrix import router as matrix_router
from handrail.people.models import Audience, Person, RoleGrant
from handrail.people.reads import Search, is_governance_owner, live_grants, people_found, people_in

router = Router(tags=["people"])
router.add_router("", matrix_router)
MOST = 200


class PersonOut(Schema):
    """A person as the API shows them; address and staff number for the governance owner only."""

    id: int
    name: str
    job: str
    function: str
    place: str
    country: str
    line_manager: int | None
    email: str | None = None
    staff_number: str | None = None


class PeopleOut(Schema):
    """A page of people; pass `next` as `after` for the following one."""

    people: list[PersonOut]
    next: int | None


class GrantOut(Schema):
    """A role that somebody holds."""

    id: int
    role: str
    interest: str
    person: int
    name: str


class GrantIn(Schema):
    """A role to give."""

    person: int
    role: str
    interest: str = ""


class AudienceOut(Schema):
    """An audience with its rule in words and how many belong to it now."""

    id: int
    name: str
    rule: str
    people: int


class BadRowOut(Schema):
    """A row that can't go in yet."""

    line: int
    cell: str
    reason: str


class PeopleImportOut(Schema):
    """What a staff file changed or would change."""

    new: int
    changed: int
    left: int
    unchanged: int
    bad_rows: list[BadRowOut]
    written: bool
    page: str | None


@router.get("/people", response=PeopleOut, summary="People by key, searched")
def people(request: HttpRequest, q: str = "", function: str = "", country: str = "", after: int = 0) -> dict[str, Any]:
    """Those who work here, at most 200 at once."""
    owner = is_governance_owner(person_of(request))
    search = Search(words=q.replace("\x00", "")[:100], function=function, country=country, private=owner)
    found = people_found(search).filter(pk__gt=after).select_related("unit").order_by("pk")
    rows = list(found[: MOST + 1])
    return {
        "people": [_shown(row, owner) for row in rows[:MOST]],
        "next": rows[MOST - 1].pk if len(rows) > MOST else None,
    }


def _shown(row: Person, owner: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "job": row.job,
        "function": row.function,
        "place": row.unit.path if row.unit else "",
        "country": row.country,
        "line_manager": row.line_manager_id,
        "email": row.email if owner else None,
        "staff_number": row.staff_number if owner else None,
    }


@router.get("/roles", response=list[GrantOut], summary="Roles held today")
def roles(request: HttpRequest) -> list[dict[str, Any]]:
    """Every role and its holder."""
    return [_grant(grant) for grant in live_grants()]


@router.post("/roles", response={201: GrantOut}, summary="Give a role")
def give_role(request: HttpRequest, given: GrantIn) -> Status[dict[str, Any]]:
    """Give somebody a role, if the person may."""
    person = get_object_or_404(Person, pk=given.person)
    return Status(201, _grant(grant_role(person, given.role, interest=given.interest, by=person_of(request))))


@router.delete("/roles/{int:key}", response=GrantOut, summary="End a role")
def stop_role(request: HttpRequest, key: int) -> dict[str, Any]:
    """End a role; the last governance owner stays."""
    return _grant(end_role(get_object_or_404(RoleGrant, pk=key), by=person_of(request)))


def _grant(grant: RoleGrant) -> dict[str, Any]:
    return {
        "id": grant.pk,
        "role": grant.role,
        "interest": grant.interest,
        "person": grant.person_id,
        "name": grant.person.name,
    }


@router.get("/audiences", response=list[AudienceOut], summary="Audiences with their counts")
def audiences(request: HttpRequest) -> list[dict[str, Any]]:
    """Every audience; the count is of today."""
    return [
        {"id": row.pk, "name": row.name, "rule": rule_words(read_rule(row.rule)), "people": people_in(row).count()}
        for row in Audience.objects.all()[:MOST]
    ]


@router.post("/people/import", response=PeopleImportOut, summary="Bring people in from a staff file")
def bring_people_in(
    request: HttpRequest,
    file: File[UploadedFile],
    dry_run: bool = False,
    complete: Form[bool] = False,
    confirmed: Form[bool] = False,
) -> dict[str, Any]:
    """Good rows go in, bad rows come back with their line and reason; a dry run writes nothing."""
    by = person_of(request)
    name = file.name or "people.csv"
    if dry_run:
        if not may_import_people(by):
            raise Refused(NOT_YOURS)
        return _report(check_people_import(file.read(), name, file_is_complete=complete))
    return _report(import_people(file.read(), name, by=by, file_is_complete=complete, confirmed=confirmed))


def _report(done: Difference) -> dict[str, Any]:
    return {
        "new": len(done.new),
        "changed": len(done.changed),
        "left": len(done.leaving),
        "unchanged": done.unchanged,
        "bad_rows": [{"line": bad.line, "cell": bad.cell, "reason": f"{bad.wrong} {bad.mend}"} for bad in done.bad],
        "written": done.key is not None,
        "page": f"/people/import/{done.key}" if done.key else None,
    }

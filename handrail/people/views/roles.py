"""Who may do what: the roles, and their granting and ending."""

import csv
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from handrail.kernel.errors import BadInput, NotNow
from handrail.kernel.files import csv_answer, safe_cell
from handrail.people import actions
from handrail.people.guard import guarded, person_of
from handrail.people.models import Interest, Person, Role, RoleGrant
from handrail.people.reads import anyone, live_grants

DOES = {
    Role.GOVERNANCE_OWNER: "answers for the whole house: people, roles, goals, publishing",
    Role.AUTHOR: "writes and revises policy",
    Role.REVIEWER: "reads a draft on behalf of an interest",
    Role.STEWARD: "guides a channel or a team",
    Role.CARE_ANALYST: "answers guests and customers",
    Role.AUDITOR: "reads the record, changes nothing",
}


@guarded(anyone)
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Every role and who holds it. Those who may give roles find the form here."""
    return _page(request)


@guarded(actions.may_grant_roles)
@require_POST
def give_role(request: HttpRequest) -> HttpResponse:
    """Give somebody a role; what can't stand is answered on the page, with what was typed."""
    try:
        return _grant(request)
    except BadInput as refusal:
        return _page(request, refusal)


def _page(request: HttpRequest, refusal: BadInput | None = None, status: int = 200) -> HttpResponse:
    by_role = {role: list(grants) for role, grants in groupby(live_grants(), key=lambda grant: grant.role)}
    named = Person.objects.here().filter(pk=_number(request.GET.get("person", ""))).first()
    shown = {
        "groups": [(Role(role), label, DOES[Role(role)], _held(by_role.get(role, []))) for role, label in Role.choices],
        "may_grant": actions.may_grant_roles(person_of(request)),
        "interests": Interest.choices,
        "roles": Role.choices,
        "refusal": refusal,
        "typed": request.POST,
        "who": request.POST.get("who", named.name if named else ""),
        "named": named,
        "without": [label for role, label in Role.choices if role not in by_role],
    }
    return render(request, "people/roles.html", shown, status=refusal.status if refusal else status)


def _held(grants: list[RoleGrant]) -> list[tuple[RoleGrant, str]]:
    """Each role held, with the sentence that says why it can't be ended, if it can't."""
    return [(grant, actions.why_role_stays(grant)) for grant in grants]


def _grant(request: HttpRequest) -> HttpResponse:
    person = _named(request.POST.get("who", ""), request.POST.get("person", ""))
    role = request.POST.get("role", "")
    grant = actions.grant_role(person, role, interest=request.POST.get("interest", ""), by=person_of(request))
    messages.success(request, f"{person.name} is now {str(grant).lower()}.")
    return redirect("people:roles")


def _named(words: str, key: str) -> Person:
    """The one person meant by a name, an address or a staff number."""
    words = " ".join(words.replace("\x00", "").split())
    here = Person.objects.here()
    if key and (known := here.filter(pk=_number(key), name=words).first()):
        return known
    for found in (
        here.filter(email=words.lower()),
        here.filter(staff_number=words),
        here.filter(name__iexact=words),
    ):
        people = list(found[:2])
        if len(people) == 1:
            return people[0]
        if people:
            raise BadInput(f"Several people are called {words}. Type the e-mail address instead.", field="who")
    raise BadInput(f"Nobody here is called “{words}”. Type a whole name or an e-mail address.", field="who")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@guarded(actions.may_grant_roles)
@require_POST
def end_role(request: HttpRequest, key: int) -> HttpResponse:
    """End one role; where it has to stay, the page says so beside it."""
    grant = get_object_or_404(RoleGrant.objects.select_related("person"), pk=key)
    try:
        actions.end_role(grant, by=person_of(request))
    except NotNow as refusal:
        return _page(request, status=refusal.status)
    messages.success(request, f"{grant.person.name} is no longer {str(grant).lower()}.")
    return redirect("people:roles")


@guarded(anyone)
@require_GET
def roles_csv(request: HttpRequest) -> HttpResponse:
    """Every role held today, as CSV."""
    response = csv_answer("roles.csv")
    writer = csv.writer(response)
    writer.writerow(["Role", "Interest", "Person", "Job", "Place", "Since"])
    for grant in live_grants():
        place = grant.person.unit.path if grant.person.unit else ""
        cells = [grant.get_role_display(), grant.get_interest_display() if grant.interest else "", grant.person.name]
        cells += [grant.person.job, place, f"{grant.granted_at:%Y-%m-%d}"]
        writer.writerow([safe_cell(str(cell)) for cell in cells])
    return response

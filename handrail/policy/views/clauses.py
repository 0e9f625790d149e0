"""Why a clause is there, in one click; who looks after it; and what each change asks, confirmed by an author."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.files import csv_answer
from handrail.kernel.words import counted
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.models import Audience, Person
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.actions import may_write
from handrail.policy.models import Because, Policy
from handrail.policy.views.pages import frame, version_asked


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def why(request: HttpRequest, key: str, clause: str) -> HttpResponse:
    """Why a clause is there, how it read in each version, where it came from; authors add a reason."""
    policy = get_object_or_404(Policy.objects.select_related("owner"), key=key)
    row = reads.clause_of(policy, clause)
    person = person_of(request)
    versions = [each for each in policy.versions.select_related("policy") if reads.may_read(person, each)]
    wordings = reads.wordings_over_time(policy, clause, versions)
    if row is None:
        raise Http404
    if not wordings:
        raise Refused(NOT_YOURS)
    if request.method == "POST":
        return _written(request, policy, clause)
    writes = may_write(person, policy)
    values: dict[str, Any] = {
        "policy": policy,
        "clause": row,
        "reasons": reads.reasons_of(row),
        "wordings": wordings,
        "now": wordings[0],
        "ancestors": reads.ancestors(row),
        "descendants": reads.descendants(row),
        "around": reads.around_clause(policy, clause, versions, person),
        "may_write": writes,
        "kinds": Because.Kind.choices,
        "audiences": Audience.objects.all() if writes else [],
    }
    htmx = getattr(request, "htmx", False)
    return render(request, "policy/_why.html" if htmx else "policy/why.html", values)


def _written(request: HttpRequest, policy: Policy, clause: str) -> HttpResponse:
    by, said = person_of(request), request.POST
    if said.get("verb") == "entrust":
        actions.entrust_clause(
            policy,
            clause,
            owner=_owner(said.get("owner", "").strip()),
            topics=said.get("topics", "").split(","),
            audience=Audience.objects.filter(pk=said["audience"]).first()
            if said.get("audience", "").isdigit()
            else None,
            by=by,
        )
        messages.success(request, "It is written down who looks after it.")
    else:
        reason = actions.Reason(said.get("kind", ""), said.get("words", ""), said.get("ref", ""))
        actions.explain_clause(policy, clause, reason, by=by)
        messages.success(request, "The reason stands with the clause.")
    return redirect("policy:why", key=policy.key, clause=clause)


def _owner(mark: str) -> Person | None:
    if not mark:
        return None
    person = Person.objects.here().filter(email__iexact=mark).first()
    if person is None:
        raise BadInput(f"Nobody here has the e-mail “{mark}”. Check it, or leave it empty.", field="owner")
    return person


@guarded(may_write)
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What each change asks: the proposal with its reason, to be confirmed or corrected."""
    shown = version_asked(request, key, number)
    by = person_of(request)
    if request.method == "POST":
        if request.POST.get("verb") == "confirm":
            sure = [each.key for each in reads.unconfirmed(shown) if not each.in_doubt]
            done = actions.confirm_changes(shown, sure, by=by)
            messages.success(request, f"{counted(len(done), 'proposal is', 'proposals are')} confirmed.")
        else:
            actions.type_change(shown, request.POST.get("clause", ""), request.POST.get("said", ""), by=by)
        if not getattr(request, "htmx", False):
            return redirect("policy:changes", key=key, number=number)
    typings = reads.typings_of(shown)
    if request.GET.get("format") == "csv":
        return _as_csv(f"{key}-v{number}-changes.csv", typings)
    values = {
        "typings": typings,
        "open_total": sum(not each.said for each in typings),
        "sure_total": sum(not each.said and not each.in_doubt for each in typings),
        "types": reads.TYPES,
        "before": reads.version_before(shown),
    }
    template = "policy/_changes.html" if getattr(request, "htmx", False) else "policy/changes.html"
    return render(request, template, frame(request, shown, "edit") | values)


def _as_csv(name: str, typings: list[reads.Typing]) -> HttpResponse:
    answer = csv_answer(name)
    write = csv.writer(answer)
    write.writerow(("clause", "heading", "proposed", "said", "by", "why"))
    for each in typings:
        by = each.by.name if each.by else ""
        write.writerow((each.key, each.change.heading, each.proposed, each.said, by, each.why))
    return answer

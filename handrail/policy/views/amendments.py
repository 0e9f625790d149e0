"""Pages of amendments: the queue, and the form with which anyone proposes one."""

import csv
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.refs import Ref
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.around_forms import AmendmentForm
from handrail.policy.models import Amendment, Policy


def policy_asked(request: HttpRequest, key: str) -> Policy:
    """The policy, where this person may read it."""
    policy = get_object_or_404(Policy.objects.select_related("owner"), key=key)
    if not actions.may_propose(person_of(request), policy):
        raise Refused(NOT_YOURS)
    return policy


@guarded(anyone)
@require_GET
def amendments(request: HttpRequest, key: str) -> HttpResponse:
    """What people propose: those that wait first, the best backed at the top."""
    policy = policy_asked(request, key)
    person = person_of(request)
    rows = reads.queue_of(policy, person)
    if request.GET.get("format") == "csv":
        return _as_csv(policy, rows)
    waiting = [row for row in rows if row.amendment.state == Amendment.State.PROPOSED]
    values = {
        "policy": policy,
        "rows": rows,
        "waiting": len(waiting),
        "may_write": actions.may_write(person),
        "person": person,
    }
    return render(request, "policy/amendments.html", values)


def _as_csv(policy: Policy, rows: list[reads.Queued]) -> HttpResponse:
    answer = csv_answer(f"{policy.key}-amendments.csv")
    written = csv.writer(answer)
    written.writerow(
        ("number", "clause", "wording", "because", "source", "claim", "measure", "check_on", "state", "for", "reason")
    )
    for row in rows:
        one = row.amendment
        cells = (
            one, one.clause_key, one.wording, one.because, one.because_ref, one.claim, one.measure, one.check_on or "",
            one.get_state_display(), row.supports, one.reason,
        )  # fmt: skip
        written.writerow([safe_cell(str(cell)) for cell in cells])
    return answer


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose other words for a clause, or a new one, with why."""
    policy = policy_asked(request, key)
    clause = request.POST.get("clause", request.GET.get("clause", ""))
    after = request.POST.get("after", request.GET.get("after", ""))
    version = reads.in_force(policy) or reads.on_the_way(policy)
    row = version.clauses.filter(key=clause).first() if version and clause else None
    if clause and row is None:
        raise Http404
    initial = {"wording": row.text if row else "", "once": uuid4().hex}
    form = AmendmentForm(request.POST) if request.method == "POST" else AmendmentForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        proposal = _proposal(form.cleaned_data, clause, after)
        actions.propose_amendment(policy, proposal, by=person_of(request), once=form.cleaned_data["once"])
        messages.success(request, "It is proposed. You’re told what becomes of it.")
        return redirect("policy:amendments", key=key)
    values = {"policy": policy, "form": form, "row": row, "clause": clause, "after": after}
    return render(request, "policy/propose.html", values, status=422 if form.errors else 200)


def _proposal(said: dict[str, Any], clause: str, after: str) -> actions.Proposal:
    guess = None
    if said["claim"] or said["measure"] or said["check_on"]:
        guess = actions.Hypothesis(said["claim"], said["measure"], said["check_on"])
    source = None
    if said["source"].strip():
        try:
            source = Ref.parse(said["source"].strip())
        except ValueError as error:
            raise BadInput(f"{error}.", field="source") from error
    return actions.Proposal(
        because=said["because"],
        clause_key=clause,
        after_key=after,
        wording=said["wording"],
        because_kind=said["because_kind"],
        source=source,
        hypothesis=guess,
    )


@guarded(anyone)
@require_POST
def answer(request: HttpRequest, key: str, amendment: int) -> HttpResponse:
    """Back an amendment, take it up, or decline it."""
    policy = policy_asked(request, key)
    one = get_object_or_404(Amendment.objects.select_related("policy", "proposed_by"), pk=amendment, policy=policy)
    by, said = person_of(request), request.POST
    if said.get("verb") == "take_up":
        done = actions.take_up(one, by=by, wording=said.get("wording", ""))
        number = done.version.number if done.version else 0
        messages.success(request, f"{one} is in the draft of version {number}.")
    elif said.get("verb") == "decline":
        actions.decline_amendment(one, said.get("reason", ""), by=by)
        messages.success(request, f"{one} is declined, and whoever proposed it is told why.")
    else:
        actions.back_amendment(one, by=by, on=said.get("verb") == "back")
    return redirect(f"/policies/{key}/amendments#a-{one.pk}")

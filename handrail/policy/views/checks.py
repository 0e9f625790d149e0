"""What the check found in a version and what becomes of it; every rule; questions to legal; for whom it is set."""

import csv
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.files import csv_answer, safe_cell
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.policy import actions
from handrail.policy.lint import rules, standing
from handrail.policy.lint.places import SECTORS
from handrail.policy.lint.register import register
from handrail.policy.models import LegalQuestion, Version, Waiver
from handrail.policy.reads import document_of, may_see_drafts
from handrail.policy.reads.checks import (
    GROUPS,
    SEVERITIES,
    STATES,
    Checked,
    answers_for_legal,
    checked,
    checked_one,
    countries_of_people,
    counts_of,
    legal_questions_for,
    lint_profile,
    lint_settings,
    narrowed,
    waivers_of,
)
from handrail.policy.views.pages import frame, version_asked

# Where the word of the rules isn't the word of a reader.
_SAID = {"lawful": "law", "counsel": "ask counsel", "asked": "legal is asked", "answered": "legal answered"}
_COLUMNS = (
    "rule",
    "group",
    "severity",
    "state",
    "line",
    "clause",
    "quote",
    "message",
    "why",
    "sources",
    "waived until",
    "rule in words",
)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The findings of a version, narrowed by group, severity and state; a form mends, waives, asks or remarks."""
    shown = version_asked(request, key, number)
    person = person_of(request)
    if not (may_see_drafts(person) or shown.policy.owner_id == person.pk):
        raise Refused(NOT_YOURS)
    if request.method == "POST":
        return _done(request, shown, person)
    rows, house = checked(shown), lint_settings()
    asked = {name: request.GET.get(name, "") for name in ("group", "severity", "state")}
    left = narrowed(rows, **asked)
    if request.GET.get("format") == "csv":
        return _as_csv(shown, left)
    values: dict[str, Any] = {
        "rows": left,
        "total": len(rows),
        "stands": sum(each.state != "waived" for each in rows),
        "waived_total": sum(each.state == "waived" for each in rows),
        "asked_total": sum(each.state == "asked" for each in rows),
        "asked": asked,
        "filters": _filters(rows, asked),
        "waivers": waivers_of(shown.policy),
        "settings": house,
        "standing": standing(document_of(shown), public=house["public"]),
        "may_waive": actions.may_waive(person, shown.policy),
        "may_edit": actions.may_edit(person, shown),
        "may_raise": actions.may_raise(person, shown),
        "may_set": actions.may_set_profile(person),
    }
    return render(request, "policy/checks.html", frame(request, shown, "checks") | values)


def _filters(rows: list[Checked], asked: dict[str, str]) -> list[dict[str, Any]]:
    counts = counts_of(rows)
    choices = {"group": GROUPS, "severity": SEVERITIES, "state": STATES}
    return [
        {
            "name": name,
            "asked": asked[name],
            "choices": [(each, _SAID.get(each, each), counts[name][each]) for each in choices[name]],
        }
        for name in choices
    ]


def _as_csv(shown: Version, rows: list[Checked]) -> HttpResponse:
    answer = csv_answer(f"{shown.policy.key}-{shown.number}-findings.csv")
    writer = csv.writer(answer)
    writer.writerow(_COLUMNS)
    for each in rows:
        found = each.finding
        sources = "; ".join(f"{one.key} ({one.status}, checked {one.checked_on})" for one in found.sources)
        until = each.waiver.expires_on.isoformat() if each.waiver else ""
        cells = (
            found.rule,
            each.group,
            found.severity,
            each.state,
            str(found.line),
            found.clause_id,
            found.quote,
        )
        writer.writerow([safe_cell(cell) for cell in (*cells, found.message, found.why, sources, until, found.title)])
    return answer


def _done(request: HttpRequest, shown: Version, by: Person) -> HttpResponse:
    said = request.POST
    mark, verb = said.get("mark", ""), said.get("verb", "")
    if verb == "end_waiver":
        row = get_object_or_404(Waiver, pk=said.get("waiver", "0"), policy=shown.policy)
        actions.end_waiver(row, by=by)
        messages.success(request, "The waiver ended. The finding is open again.")
    elif verb == "fix":
        actions.apply_fix(shown, mark, by=by)
        messages.success(request, "Mended. Undo in the editor takes it back.")
    elif verb == "remark":
        actions.raise_as_remark(shown, mark, by=by)
        messages.success(request, "It is a remark in the round now, and waits for an answer.")
    else:
        _decide(request, shown, mark, verb, by)
    return redirect(reverse("policy:checks", args=[shown.policy.key, shown.number]) + _back(said.get("back", "")))


def _decide(request: HttpRequest, shown: Version, mark: str, verb: str, by: Person) -> None:
    row = checked_one(shown, mark)
    if row is None:
        raise BadInput("The text doesn’t say that any more. Load the page again.", field="mark")
    found, said = row.finding, request.POST
    if verb == "waive":
        actions.waive(
            shown.policy,
            found.rule,
            clause_key=found.clause_id,
            quote=found.quote,
            reason=said.get("reason", ""),
            expires_on=_day(said.get("expires_on", "")),
            by=by,
        )
        messages.success(request, "Waived, with your reason beside it until that day.")
    elif verb == "ask":
        actions.ask_legal(shown, found, by=by, words=said.get("words", ""))
        messages.success(request, "Legal has the question. Their answer will stand beside the finding.")
    else:
        raise BadInput("That isn’t something to do with a finding. Load the page again.", field="verb")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadInput("Choose the day when somebody looks again, such as 2027-03-01.", field="expires_on") from error


def _back(typed: str) -> str:
    """The narrowing people came from, read anew so that nothing else gets into the address."""
    kept = [part for part in typed.lstrip("?").split("&") if part.partition("=")[0] in ("group", "severity", "state")]
    safe = [part for part in kept if part.replace("=", "").isalpha()]
    return f"?{'&'.join(safe)}" if safe else ""


@guarded(anyone)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every rule of the check: what it looks for, what it says, and on whose word."""
    known = register()
    groups = [
        {
            "name": group,
            "rules": [
                {"rule": rule, "sources": [known[key] for key in rule.citations]}
                for rule in rules().values()
                if rule.group == group
            ],
        }
        for group in GROUPS
    ]
    if request.GET.get("format") == "csv":
        return _catalogue_csv()
    return render(request, "policy/rules.html", {"groups": groups, "total": len(rules())})


def _catalogue_csv() -> HttpResponse:
    answer = csv_answer("rules.csv")
    writer = csv.writer(answer)
    writer.writerow(["rule", "group", "title", "severity", "precision", "message", "why", "fix", "sources"])
    known = register()
    for rule in rules().values():
        sources = "; ".join(f"{known[key].title} ({known[key].status})" for key in rule.citations)
        cells = (rule.id, rule.group, rule.title, rule.severity, rule.precision, rule.messages["default"])
        writer.writerow([safe_cell(cell) for cell in (*cells, rule.why, rule.fix, sources)])
    return answer


@guarded(answers_for_legal)
@require_http_methods(["GET", "POST"])
def legal(request: HttpRequest) -> HttpResponse:
    """The questions that wait for legal, and the answers given."""
    person = person_of(request)
    if request.method == "POST":
        row = get_object_or_404(LegalQuestion, pk=request.POST.get("question", "0"))
        actions.answer_legal(row, request.POST.get("answer", ""), by=person)
        messages.success(request, "Your answer stands beside the finding.")
        return redirect("policy:legal")
    answered = LegalQuestion.objects.exclude(answered_at=None).select_related("policy", "version", "answered_by")[:50]
    waiting = [{"row": each, "rule": rules().get(each.rule)} for each in legal_questions_for(person)]
    return render(request, "policy/legal.html", {"waiting": waiting, "answered": answered})


@guarded(actions.may_set_profile)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """For what house the check reads: where, in which sector, public or private."""
    if request.method == "POST":
        said = request.POST
        actions.set_lint_profile(
            countries=said.get("countries", "").replace(";", ",").split(","),
            sector=said.get("sector", ""),
            public="public" in said,
            by=person_of(request),
        )
        messages.success(request, "The check reads for this house now.")
        return redirect("policy:profile")
    values = {"profile": lint_profile(), "sectors": SECTORS, "from_people": countries_of_people()}
    return render(request, "policy/profile.html", values)

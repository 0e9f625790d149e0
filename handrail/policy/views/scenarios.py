"""Pages of scenarios: the bank of a policy, and the verdicts a draft may flip."""

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.around_forms import FileForm, ScenarioForm
from handrail.policy.models import Policy, Scenario
from handrail.policy.views.amendments import policy_asked
from handrail.policy.views.pages import version_asked


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def scenarios(request: HttpRequest, key: str) -> HttpResponse:
    """Every situation with its verdict and the clauses it tests; the clauses that none tests."""
    policy = policy_asked(request, key)
    person = person_of(request)
    form = ScenarioForm(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        words = actions.ScenarioWords(
            said["situation"], said["question"], said["verdict"], said["why"], said["clauses"]
        )
        actions.keep_scenario(policy, words, by=person)
        messages.success(request, "The scenario is in the bank.")
        return redirect("policy:scenarios", key=key)
    rows = reads.scenarios_of(policy)
    if request.GET.get("format") == "csv":
        return _as_csv(policy, rows)
    source = reads.source_of(policy)
    named = dict(source.clauses.values_list("key", "text")) if source else {}
    values = {
        "policy": policy,
        "rows": [(row, [(test.key, named.get(test.key, "")) for test in row.tests.all()]) for row in rows],
        "untested": [(each, named.get(each, "")) for each in reads.untested(source)] if source else [],
        "source": source,
        "draft": reads.on_the_way(policy) if reads.may_see_drafts(person) else None,
        "form": form,
        "file_form": FileForm(),
        "may_write": actions.may_write(person),
    }
    return render(request, "policy/scenarios.html", values, status=422 if form.errors else 200)


def _as_csv(policy: Policy, rows: list[Scenario]) -> HttpResponse:
    answer = csv_answer(f"{policy.key}-scenarios.csv")
    written = csv.writer(answer)
    written.writerow(("situation", "question", "verdict", "clauses", "why"))
    for row in rows:
        keys = " ".join(test.key for test in row.tests.all())
        cells = (row.situation, row.question, row.verdict, keys, row.why)
        written.writerow([safe_cell(cell) for cell in cells])
    return answer


@guarded(actions.may_write)
@require_POST
def import_list(request: HttpRequest, key: str) -> HttpResponse:
    """A CSV of scenarios: good rows go in, bad ones are named by line."""
    policy = policy_asked(request, key)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        report = actions.import_scenarios(policy, form.cleaned_data["file"].read(), by=person_of(request))
        done = f"{report.made} new, {report.changed} changed, {report.same} as they were."
        messages.success(request, f"{done} {counted(len(report.bad), 'row')} left out." if report.bad else done)
        for row in report.bad[:10]:
            messages.warning(request, f"Line {row.line}: {row.words}")
    else:
        messages.error(request, "Choose a file first.")
    return redirect("policy:scenarios", key=key)


@guarded(actions.may_write)
@require_POST
def retire(request: HttpRequest, key: str, scenario: int) -> HttpResponse:
    """Ask a scenario no longer."""
    policy = policy_asked(request, key)
    actions.retire_scenario(get_object_or_404(policy.scenarios, pk=scenario), by=person_of(request))
    messages.success(request, "It is asked no longer.")
    return redirect("policy:scenarios", key=key)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def verdicts(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The verdict run of a version: which scenarios may flip, and what an author said of each."""
    shown = version_asked(request, key, number)
    person = person_of(request)
    if request.method == "POST":
        digits = request.POST.get("scenario", "")
        row = get_object_or_404(shown.policy.scenarios, pk=digits if digits.isdigit() else 0)
        actions.say_verdict(row, shown, request.POST.get("verdict", ""), by=person)
        messages.success(request, "What it says under this version is written down.")
        return redirect("policy:verdicts", key=key, number=number)
    flips = reads.flips_of(shown)
    values = {
        "policy": shown.policy,
        "version": shown,
        "flips": flips,
        "open_total": sum(flip.is_open for flip in flips),
        "verdicts": Scenario.Verdict.choices,
        "total": shown.policy.scenarios.filter(retired_at__isnull=True).count(),
        "may_write": actions.may_write(person) and not shown.is_frozen,
    }
    return render(request, "policy/verdicts.html", values)

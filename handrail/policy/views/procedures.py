"""Pages of procedures: by department, one with its links and difference, its editor, a file of them, steps moved."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.around_forms import FileForm, MoveStepsForm, ProcedureForm
from handrail.policy.models import Policy, Procedure, ProcedureText, StepMove
from handrail.policy.views.pages import version_asked


@guarded(anyone)
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure by department; the whole list as CSV."""
    rows = reads.procedures_for()
    asked = request.GET.get("department", "")
    shown = [row for row in rows if not asked or row.procedure.department == asked]
    if request.GET.get("format") == "csv":
        return _as_csv(shown)
    values = {
        "rows": shown,
        "flagged": sum(bool(row.flags) for row in rows),
        "total": len(rows),
        "departments": sorted({row.procedure.department for row in rows}),
        "asked": asked,
        "may_write": _may_begin(request),
    }
    return render(request, "policy/procedures.html", values)


def _may_begin(request: HttpRequest) -> bool:
    person = person_of(request)
    return reads.may_write_procedure(person, person.function)


def _as_csv(rows: list[reads.Shown]) -> HttpResponse:
    answer = csv_answer("procedures.csv")
    written = csv.writer(answer)
    written.writerow(("number", "department", "title", "owner", "state", "clauses", "text"))
    for row in rows:
        one = row.procedure
        text = row.draft or row.in_force
        links = " ".join(f"{each.policy.key}/{each.clause_key}" for each in row.clauses if each.policy)
        owner = one.owner.email if one.owner and one.owner.email else ""
        cells = (one.code, one.department, one.title, owner, row.state, links, text.markdown if text else "")
        written.writerow([safe_cell(str(cell)) for cell in cells])
    return answer


def _asked(number: int) -> reads.Shown:
    found = reads.procedure_shown(number)
    if found is None:
        raise Http404
    return found


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def procedure(request: HttpRequest, number: int) -> HttpResponse:
    """One procedure: what is in force, what the draft changes, what it carries out, what must be looked at."""
    shown = _asked(number)
    person = person_of(request)
    if request.method == "POST":
        _act(request, shown.procedure)
        return redirect("policy:procedure", number=number)
    one = shown.procedure
    values: dict[str, Any] = {
        "shown": shown,
        "procedure": one,
        "texts": list(one.texts.all()),
        "difference": reads.text_difference(shown.in_force, shown.draft) if shown.draft and shown.in_force else (),
        "may_write": reads.may_write_procedure(person, one.department, one) and one.retired_at is None,
        "may_approve": reads.may_approve_procedure(person, one) and one.retired_at is None,
        "others": Procedure.objects.filter(retired_at__isnull=True).exclude(pk=one.pk).order_by("number"),
        "policies": Policy.objects.order_by("title"),
        "clause_words": _clause_words(shown),
    }
    return render(request, "policy/procedure.html", values)


def _clause_words(shown: reads.Shown) -> list[dict[str, Any]]:
    """Each clause link with the clause's present words and the version they stand in."""
    found = []
    for link in shown.clauses:
        version = None
        if link.policy is not None:
            version = reads.in_force(link.policy) or reads.on_the_way(link.policy)
        row = version.clauses.filter(key=link.clause_key).first() if version else None
        found.append(
            {"link": link, "version": version, "words": row.text if row else "", "heading": row.heading if row else ""}
        )
    return found


def _act(request: HttpRequest, one: Procedure) -> None:
    by, said = person_of(request), request.POST
    verb = said.get("verb", "")
    if verb == "approve":
        text = actions.approve_procedure(one, by=by)
        messages.success(request, f"Version {text.number} of {one.code} is in force.")
    elif verb == "check":
        keys = actions.check_procedure(one, by=by)
        messages.success(request, f"{one.code} is still right; {counted(len(keys), 'clause')} looked at.")
    elif verb == "adhere":
        policy = get_object_or_404(Policy, key=said.get("policy", ""))
        actions.adhere(one, policy, said.get("clause", "").strip(), by=by)
        messages.success(request, f"{one.code} carries that clause out, and is flagged when it changes.")
    elif verb == "build_on":
        digits = said.get("procedure", "")
        other = get_object_or_404(Procedure, number=int(digits) if digits.isdigit() and len(digits) < 7 else 0)
        actions.build_on(one, other, by=by)
        messages.success(request, f"{one.code} builds on {other.code}.")
    elif verb == "unlink":
        link = one.adherences.filter(pk=said.get("link", "0") if said.get("link", "").isdigit() else 0).first()
        if link is not None:
            actions.unlink(link, by=by)
            messages.success(request, "The link is gone.")
    elif verb == "retire":
        actions.retire_procedure(one, by=by)
        messages.success(request, f"{one.code} is followed no longer. Its number is never given again.")
    else:
        raise BadInput("That button is not known here. Load the page again.")


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def edit_procedure(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Write a procedure down, or give it new words."""
    shown = _asked(number) if number is not None else None
    one = shown.procedure if shown else None
    person = person_of(request)
    form = ProcedureForm(request.POST) if request.method == "POST" else ProcedureForm(initial=_standing(shown, request))
    if request.method == "POST" and form.is_valid():
        words = actions.ProcedureWords(**form.cleaned_data)
        done = actions.write_procedure(one, words, by=person)
        messages.success(request, f"{done.code} is kept as a draft until whoever is accountable approves it.")
        return redirect("policy:procedure", number=done.number)
    values = {"form": form, "procedure": one, "departments": reads.departments()}
    return render(request, "policy/procedure_edit.html", values, status=422 if form.errors else 200)


def _standing(shown: reads.Shown | None, request: HttpRequest) -> dict[str, Any]:
    if shown is None:
        return {"department": person_of(request).function}
    one = shown.procedure
    text: ProcedureText | None = shown.draft or shown.in_force
    return {
        "title": one.title,
        "department": one.department,
        "owner": one.owner.email if one.owner else "",
        "markdown": text.markdown if text else "",
    }


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """A CSV of procedures: good rows go in as drafts, bad ones are named by line."""
    form = FileForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = actions.import_procedures(form.cleaned_data["file"].read(), by=person_of(request))
    values = {"form": form, "report": report}
    return render(request, "policy/procedures_import.html", values, status=422 if form.errors else 200)


@guarded(actions.may_write)
@require_http_methods(["GET", "POST"])
def move_steps(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Choose the steps that stand in a policy, say where they go, and move them in one act."""
    shown = version_asked(request, key, number)
    rows = [row.procedure for row in reads.procedures_for()]
    chosen = request.POST.getlist("clause") or request.GET.getlist("clause")
    form = MoveStepsForm(request.POST or None, procedures=rows)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        into = next((each for each in rows if str(each.number) == said["procedure"]), None)
        move = actions.move_to_procedure(
            shown,
            chosen,
            by=person_of(request),
            department=said["department"],
            title=said["title"],
            procedure=into,
        )
        steps = counted(len(move.keys), "clause")
        messages.success(request, f"{steps} moved to {move.procedure.code}. The policy says where to find them.")
        return redirect("policy:move_steps", key=key, number=number)
    found = {finding.clause_id for finding in reads.findings_of(shown) if finding.rule == "STR-02"}
    values = {
        "policy": shown.policy,
        "version": shown,
        "clauses": reads.document_of(shown).clauses,
        "chosen": set(chosen) or found,
        "found": found,
        "form": form,
        "moves": StepMove.objects.filter(version=shown).select_related("procedure", "by"),
        "departments": reads.departments(),
        "may_edit": actions.may_edit(person_of(request), shown),
    }
    return render(request, "policy/move_steps.html", values, status=422 if form.errors else 200)


@guarded(actions.may_write)
@require_POST
def steps_back(request: HttpRequest, key: str, number: int, move: int) -> HttpResponse:
    """Undo a move of steps."""
    shown = version_asked(request, key, number)
    found = get_object_or_404(StepMove.objects.select_related("version", "procedure"), pk=move, version=shown)
    actions.put_steps_back(found, by=person_of(request))
    messages.success(request, "The steps are back in the policy.")
    return redirect("policy:move_steps", key=key, number=number)

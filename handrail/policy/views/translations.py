"""Pages of translations: how far each has come, the work beside the source, what readers of a language see."""

import csv

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.paper import file_answer
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.around_forms import FileForm
from handrail.policy.views.amendments import policy_asked


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def translations(request: HttpRequest, key: str) -> HttpResponse:
    """Every language of a policy and how far it has come; a new one begins here."""
    policy = policy_asked(request, key)
    person = person_of(request)
    if request.method == "POST":
        made = actions.keep_translation(policy, request.POST.get("language", ""), {}, by=person)
        return redirect("policy:translation", key=key, language=made.language)
    rows = [(each, reads.language_name(each.language), how) for each, how in reads.translations_of(policy)]
    if request.GET.get("format") == "csv":
        answer = csv_answer(f"{key}-translations.csv")
        written = csv.writer(answer)
        written.writerow(("language", "name", "right", "older", "missing", "total", "published_from"))
        for one, name, how in rows:
            number = one.published_from.number if one.published_from else ""
            written.writerow((one.language, safe_cell(name), how.right, how.older, how.missing, how.total, number))
        return answer
    may_write = actions.may_write(person)
    shown = [row for row in rows if may_write or row[0].published_from_id]
    values = {"policy": policy, "rows": shown, "may_write": may_write, "source": reads.source_of(policy)}
    return render(request, "policy/translations.html", values)


@guarded(actions.may_write)
@require_http_methods(["GET", "POST"])
def translation(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The source line by line with the words of a language beside it; older and missing lines first if asked."""
    policy = policy_asked(request, key)
    one = get_object_or_404(policy.translations.select_related("published_from", "policy"), language=language)
    by = person_of(request)
    if request.method == "POST":
        if "confirm" in request.POST:
            done = actions.confirm_translation(one, [request.POST["confirm"]], by=by)
            messages.success(request, f"{counted(done, 'line')} still right.")
        else:
            words = {name[2:]: str(said) for name, said in request.POST.items() if name.startswith("w-")}
            actions.keep_translation(policy, language, words, by=by)
            messages.success(request, "The words are kept. Readers see them once they are published.")
        return redirect("policy:translation", key=key, language=language)
    source = reads.source_of(policy)
    lines = reads.worked_on(one, source)
    only = request.GET.get("only", "")
    values = {
        "policy": policy,
        "translation": one,
        "name": reads.language_name(language),
        "source": source,
        "lines": [line for line in lines if line.state == only] if only in ("older", "missing") else lines,
        "only": only,
        "how": reads.completeness(one, source),
        "form": FileForm(),
    }
    return render(request, "policy/translation.html", values)


@guarded(anyone)
@require_GET
def translated(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The version in force as readers of a language see it, older and missing clauses marked."""
    policy = policy_asked(request, key)
    one, version = reads.for_reader(policy, language), reads.in_force(policy)
    if one is None or version is None:
        raise Http404
    lines = reads.shown_to_readers(one, version)
    values = {
        "policy": policy,
        "translation": one,
        "version": version,
        "name": reads.language_name(language),
        "lines": lines,
        "older": sum(line.state == "older" for line in lines),
        "missing": sum(line.state == "missing" for line in lines),
    }
    return render(request, "policy/translated.html", values)


@guarded(actions.may_write)
@require_GET
def export(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The source as Markdown with its ids, translated where it is."""
    policy = policy_asked(request, key)
    return file_answer(reads.as_markdown(policy, language), "text/markdown; charset=utf-8", f"{key}-{language}.md")


@guarded(actions.may_write)
@require_POST
def bring_in(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """A translated Markdown with the same ids goes in; what could not is said."""
    policy = policy_asked(request, key)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        report = actions.import_translation(policy, language, file.read(), file.name, by=person_of(request))
        left = f" {counted(len(report.bad), 'line')} left out: {report.bad[0].words}" if report.bad else ""
        messages.success(request, f"{counted(report.changed, 'line')} went in; {report.missing} still missing.{left}")
    else:
        messages.error(request, "Choose a file first.")
    return redirect("policy:translation", key=key, language=language)


@guarded(actions.may_write)
@require_POST
def publish(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Show readers what is translated."""
    policy = policy_asked(request, key)
    one = get_object_or_404(policy.translations, language=language)
    done = actions.publish_translation(one, by=person_of(request))
    number = done.published_from.number if done.published_from else 0
    messages.success(request, f"Readers see it, translated from version {number}.")
    return redirect("policy:translated", key=key, language=language)

"""The editor: a draft clause by clause, each turned into a field in place, kept while typing, and never overwritten."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, NotNow, Refusal
from handrail.people.guard import guarded, person_of
from handrail.policy import actions
from handrail.policy.actions import may_write
from handrail.policy.edited import conflict, draft_sheet, look
from handrail.policy.ledger import wording
from handrail.policy.models import Policy, Version
from handrail.policy.reads import document_of, standing_clause, unsaved_of
from handrail.policy.views.pages import frame, version_asked

KINDS = ("principle", "do", "don't", "definition", "example")


@guarded(may_write)
@require_GET
def edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The draft as a sheet to write on; `?clause=` opens one for those without script."""
    shown = version_asked(request, key, number)
    if not actions.may_edit(person_of(request), shown):
        return _not_now(request, shown)
    values = _sheet(request, shown)
    opened = request.GET.get("clause", "")
    if opened:
        values["opened"] = opened
        values["form"] = _form(request, shown, opened)
    return render(request, "policy/edit.html", frame(request, shown, "edit") | values)


def _not_now(request: HttpRequest, shown: Version) -> HttpResponse:
    if shown.state == Version.State.CLEARED:
        raise NotNow(f"Version {shown.number} is cleared: everyone signed these words. Publish it, or begin anew.")
    return render(request, "policy/edit_begin.html", frame(request, shown, "edit"))


def _sheet(request: HttpRequest, shown: Version) -> dict[str, Any]:
    at = {
        "edit_at": reverse("policy:edit", args=[shown.policy.key, shown.number]),
        "why_at": reverse("policy:why", args=[shown.policy.key, "x"])[:-1],
    }
    return draft_sheet(shown, person_of(request)) | at | {"kinds": KINDS, "policy": shown.policy, "version": shown}


def _form(request: HttpRequest, shown: Version, clause: str) -> dict[str, Any]:
    """What the field of a clause shows: what this person typed before, else the wording that stands."""
    standing = standing_clause(shown, clause)
    kept = unsaved_of(person_of(request), shown).get(clause)
    if kept is not None and kept.base_sha == standing.sha and kept.markup == standing.wording:
        kept = None
    markup = kept.markup if kept else standing.wording
    values: dict[str, Any] = {
        "clause": standing,
        "markup": markup,
        "base_sha": kept.base_sha if kept else standing.sha,
        "kept": kept,
        "version": shown,
        "policy": shown.policy,
        "kinds": KINDS,
        "stated": standing.stated,
        "lines": min(max(markup.count("\n") + 1 + len(markup) // 70, 2), 16),
    }
    return values | look(shown, clause, markup)


def _htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


@guarded(may_write)
@require_http_methods(["GET", "POST"])
def clause(request: HttpRequest, key: str, number: int, clause: str) -> HttpResponse:
    """The field of one clause, and what is done with it: save, split, move, merge, remove, say its kind."""
    shown = version_asked(request, key, number)
    if request.method == "GET":
        if not _htmx(request):
            return redirect(f"{reverse('policy:edit', args=[key, number])}?clause={clause}#{clause}")
        if request.GET.get("leave"):
            return _row(request, shown, clause)
        return render(request, "policy/_edit_form.html", {"form": _form(request, shown, clause)})
    verb = request.POST.get("verb", "save")
    try:
        said = _done(request, shown, clause, verb)
    except actions.Diverged as apart:
        actions.keep_unsaved(
            shown, clause, apart.mine, base_sha=request.POST.get("base_sha", ""), by=person_of(request)
        )
        return _apart(request, shown, apart)
    except (BadInput, NotNow) as refusal:
        return _refused(request, shown, clause, refusal)
    fresh = version_asked(request, key, number)
    if verb == "save" and _htmx(request):
        return _row(request, fresh, clause)
    return _answer(request, fresh, said, clause)


def _done(request: HttpRequest, shown: Version, clause: str, verb: str) -> str:
    by, said = person_of(request), request.POST
    base, markup = said.get("base_sha", ""), wording.lines_of(said.get("markup", ""))
    if verb == "save":
        actions.edit_clause(shown, clause, markup, by=by, base_sha=base, because=_reason(request))
        return "Saved."
    if verb == "split":
        return _split(request, shown, clause, markup, base)
    if verb in ("up", "down"):
        actions.nudge_clause(shown, clause, up=verb == "up", by=by)
        return "Moved."
    if verb == "merge":
        actions.merge_clauses(shown, [clause, _next(shown, clause)], by=by)
        return "Merged with the clause behind it."
    if verb == "remove":
        actions.remove_clause(shown, clause, by=by, base_sha=base)
        return "Removed. Undo brings it back."
    if verb == "kind":
        actions.set_kind(shown, clause, said.get("kind", ""), by=by)
        return "Its kind is said."
    if verb == "add":
        actions.add_clause(shown, markup, by=by, after=clause, because=_reason(request))
        return "Added."
    if verb == "drop":
        actions.drop_unsaved(shown, clause, by=by)
        return "What you typed is given up. The clause stands as it was."
    raise BadInput("That can’t be done to a clause.", field="verb")


def _split(request: HttpRequest, shown: Version, clause: str, markup: str, base: str) -> str:
    """Save what was typed, then cut it at the cursor, or before the words that were named."""
    by, words = person_of(request), request.POST.get("before_words", "").strip()
    place = request.POST.get("at", "")
    at = int(place) if place.isdigit() and not words else markup.find(words) if words else -1
    if at <= 0:
        raise BadInput("Put the cursor where the second clause begins, or type the words it begins with.", field="at")
    actions.edit_clause(shown, clause, markup, by=by, base_sha=base)
    actions.split_clause(shown, clause, len(markup[:at].lstrip()), by=by)
    return "Split in two: the second part is a clause of its own, split from this one."


def _next(shown: Version, clause: str) -> str:
    keys = [each.id for each in document_of(shown).clauses]
    if clause not in keys or keys.index(clause) + 1 >= len(keys):
        raise NotNow("There is no clause behind this one to merge with.")
    return keys[keys.index(clause) + 1]


def _reason(request: HttpRequest) -> actions.Reason | None:
    words = request.POST.get("because", "").strip()
    return actions.Reason(request.POST.get("because_kind", "decision"), words) if words else None


def _row(request: HttpRequest, shown: Version, clause: str) -> HttpResponse:
    values = _sheet(request, shown)
    found = [
        (row, 2 if row not in part.rows else part.level)
        for part in values["parts"]
        for row in part.every_row()
        if row.clause.id == clause and row.change != "removed"
    ]
    if not found:
        raise Http404
    row, under = found[0]
    return render(request, "policy/_edit_row.html", values | {"row": row, "under": under, "bar": True})


def _apart(request: HttpRequest, shown: Version, apart: actions.Diverged) -> HttpResponse:
    values = {"apart": conflict(shown, apart), "version": shown, "policy": shown.policy}
    template = "policy/_edit_apart.html" if _htmx(request) else "policy/edit_apart.html"
    around = {} if _htmx(request) else frame(request, shown, "edit")
    # 409 would land in the toasts for htmx; the words belong where they were typed.
    return render(request, template, around | values, status=200 if _htmx(request) else 409)


def _refused(request: HttpRequest, shown: Version, clause: str, refusal: Refusal) -> HttpResponse:
    if not _htmx(request):
        raise refusal
    try:
        form = _form(request, shown, clause)
    except NotNow as gone:
        raise refusal from gone
    form |= {"refusal": refusal, "markup": request.POST.get("markup") or form["markup"]}
    return render(request, "policy/_edit_form.html", {"form": form}, status=422)


def _answer(request: HttpRequest, shown: Version, said: str, clause: str = "") -> HttpResponse:
    """The whole sheet again for htmx, else the page."""
    if _htmx(request):
        answer = render(request, "policy/_edit_sheet.html", _sheet(request, shown) | {"said": said, "focus": clause})
        answer["HX-Retarget"], answer["HX-Reswap"] = "#sheet", "outerHTML"
        return answer
    messages.success(request, said)
    anchor = f"#{clause}" if clause else ""
    return redirect(reverse("policy:edit", args=[shown.policy.key, shown.number]) + anchor)


@guarded(may_write)
@require_POST
def typed(request: HttpRequest, key: str, number: int, clause: str) -> HttpResponse:
    """What is in the field is kept for this person, and shown as it would read, with what it changes."""
    shown = version_asked(request, key, number)
    markup = wording.lines_of(request.POST.get("markup", ""))
    actions.keep_unsaved(shown, clause, markup, base_sha=request.POST.get("base_sha", ""), by=person_of(request))
    return render(request, "policy/_edit_look.html", {"form": look(shown, clause, markup) | {"kept_now": True}})


@guarded(may_write)
@require_POST
def back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Undo or redo this person’s last edit."""
    shown = version_asked(request, key, number)
    again = request.POST.get("verb") == "redo"
    done = (actions.redo if again else actions.undo)(shown, by=person_of(request))
    return _answer(request, version_asked(request, key, number), "Done again." if again else "Undone.", _first(done))


def _first(done: actions.Edited) -> str:
    here = {each.id for each in document_of(done.version).clauses}
    return next((key for key in done.keys if key in here), "")


@guarded(may_write)
@require_POST
def heading(request: HttpRequest, key: str, number: int, at: int) -> HttpResponse:
    """Headings: new words, a new one, one less, a part moved; `at` counts them from 0."""
    shown, by, said = version_asked(request, key, number), person_of(request), request.POST
    verb, was, words = said.get("verb", "save"), said.get("was", ""), said.get("words", "")
    if verb == "save":
        actions.edit_heading(shown, at, words, by=by, was=was)
    elif verb in ("up", "down"):
        actions.move_section(shown, at, up=verb == "up", by=by, was=was)
    elif verb == "remove":
        actions.remove_heading(shown, at, by=by, was=was)
    elif verb == "clause":
        actions.add_clause(shown, said.get("markup", ""), by=by, heading=at)
    elif verb == "add":
        level = int(said.get("level", "2")) if said.get("level", "2").isdigit() else 2
        actions.add_heading(shown, words, level=level, by=by, last=True)
    else:
        raise BadInput("That can’t be done to a heading.", field="verb")
    return _answer(request, version_asked(request, key, number), "Done.")


@guarded(may_write)
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """A draft with the words of the latest version, to be edited."""
    draft = actions.begin_draft(get_object_or_404(Policy, key=key), by=person_of(request))
    return redirect("policy:edit", key=key, number=draft.number)

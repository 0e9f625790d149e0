"""A version as its writers and reviewers look at it: changes word by word, remarks, wordings and findings beside."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from handrail.kernel.refs import Ref
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.policy.actions import may_edit, use_wording
from handrail.policy.clause import Document
from handrail.policy.drawn import Frame, draw
from handrail.policy.models import Version
from handrail.policy.pure import Finding
from handrail.policy.reads import differences, document_of, findings_of, may_read, may_see_drafts, version_before
from handrail.policy.reads.checks import standing_of
from handrail.policy.sheet import change_counts, sheet
from handrail.policy.views.drawing import frame_of
from handrail.policy.views.pages import frame, version_asked
from handrail.vetting.reads import Thread, remarks_of, round_for


@guarded(anyone)
@require_GET
def review(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What changed since another version, and in the margin what people said and the checker found."""
    shown = version_asked(request, key, number)
    person = person_of(request)
    against = _against(request, shown)
    changes = differences(against, shown) if against else None
    findings = findings_of(shown, settings.HANDRAIL_ORGANISATION) if may_see_drafts(person) else []
    round, threads = _said(shown, person)
    counts = change_counts(changes or ())
    parts = sheet(document_of(shown), changes, findings, threads)
    drawing = frame_of(request, shown, round, margin=True)
    values: dict[str, Any] = {
        "parts": parts,
        "text": draw(parts, drawing),
        "of_all": _of_all(document_of(shown), threads, findings, drawing),
        "against": against,
        "earlier": _earlier(request, shown),
        "counts": counts,
        "change_total": sum(number for _, number in counts),
        "findings": findings,
        "standing": standing_of(shown),
        "round": round,
        "open_total": sum(thread.is_open for thread in threads),
        "settled_total": sum(not thread.is_open for thread in threads),
        "may_edit": may_edit(person, shown),
    }
    template = "policy/_sheet.html" if getattr(request, "htmx", False) else "policy/version.html"
    return render(request, template, frame(request, shown, "review") | values)


def _of_all(document: Document, threads: list[Thread], findings: list[Finding], drawing: Frame) -> SafeString:
    """Remarks and findings on the text as a whole, and remarks whose words are gone."""
    keys = {clause.id for clause in document.clauses}
    margin = drawing.margin
    if margin is None:
        return mark_safe("")
    drawn = [
        f'<div class="{"is-open" if each.is_open else "is-settled"}">{margin.remark(each)}</div>'
        for each in threads
        if each.clause_key not in keys
    ]
    drawn += [
        f'<div class="is-finding">{margin.finding(each)}</div>' for each in findings if each.clause_id not in keys
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - drawn by the margin, which escapes every word


def _said(shown: Version, person: Person) -> tuple[Any, list[Thread]]:
    round = round_for(Ref("version", shown.pk))
    return round, remarks_of(round, viewer=person) if round else []


def _earlier(request: HttpRequest, shown: Version) -> list[Version]:
    person = person_of(request)
    rows = shown.policy.versions.exclude(pk=shown.pk).order_by("-number").select_related("policy")
    return [row for row in rows if may_read(person, row)]


def _against(request: HttpRequest, shown: Version) -> Version | None:
    asked = request.GET.get("against", "")
    if asked.isdigit():
        found = next((each for each in _earlier(request, shown) if each.number == int(asked)), None)
        if found is None:
            raise Http404
        return found
    before = version_before(shown)
    return before if before and may_read(person_of(request), before) else None


@guarded(anyone)
@require_POST
def use(request: HttpRequest, key: str, number: int, uid: str) -> HttpResponse:
    """Take a suggested wording over; the remark is settled and its author told."""
    shown = version_asked(request, key, number)
    done = use_wording(shown, uid, by=person_of(request), seen=request.POST.get("seen", ""))
    messages.success(request, "The wording is in the text, and whoever put it forward is told.")
    address = reverse("policy:review", args=[key, number])
    return redirect(f"{address}#{done.keys[0]}" if done.keys else address)

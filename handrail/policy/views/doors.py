"""Pages of the doors: a version as a file, its changes as a Word file, a Word file brought back."""

import csv
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.paper import WORD, Points, file_answer, markdown_of_blocks, paper_answer, to_html
from handrail.kernel.words import counted
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.reads import anyone
from handrail.policy.actions import (
    NOT_YOURS_TO_SUGGEST,
    Brought,
    Diverged,
    bring_word,
    decline,
    may_decide,
    may_suggest,
    take,
    wordings_now,
)
from handrail.policy.doors.coming_back import Came
from handrail.policy.doors.paper import (
    RECORD_TITLE,
    facts_of,
    moment_of,
    policy_paper,
    record_of_version,
    stamps_of,
    waived_of_version,
    waived_title,
)
from handrail.policy.doors.redline import exact_pieces, redline
from handrail.policy.ledger import sha_of
from handrail.policy.models import Policy, Suggestion, Version
from handrail.policy.pure import write_markdown, write_text
from handrail.policy.reads import document_of, may_read, version_before
from handrail.policy.text.annex import with_annex

_LARGEST = 20 * 1024 * 1024


def version_asked(request: HttpRequest, key: str, number: int) -> Version:
    """The version asked for, where this person may read it."""
    policy = get_object_or_404(Policy.objects.select_related("owner"), key=key)
    found = policy.versions.filter(number=number).first()
    if found is None:
        raise Http404
    found.policy = policy
    if not may_read(person_of(request), found):
        raise Refused(NOT_YOURS)
    return found


def _markdown(version: Version) -> str:
    return with_annex(write_markdown(document_of(version)), _behind(version, "## "))


def _behind(version: Version, head: str) -> str:
    """What goes with a text and is none of it: how it was vetted, and the findings people live with."""
    record, waived = record_of_version(version), waived_of_version(version)
    parts = [f"{head}{RECORD_TITLE}\n\n{markdown_of_blocks(record, 2)}"] if record else []
    if waived:
        parts.append(f"{head}{waived_title(len(waived))}\n\n{markdown_of_blocks((Points(waived),), 2)}")
    return "\n\n".join(part.rstrip() for part in parts)


def _page(version: Version) -> str:
    return to_html(policy_paper(version, record=record_of_version(version)))


def _text(version: Version) -> str:
    behind = _behind(version, "")
    return write_text(document_of(version)) + (f"\n{behind}\n" if behind else "")


_PLAIN: dict[str, tuple[Callable[[Version], str], str]] = {
    "md": (_markdown, "text/markdown; charset=utf-8"),
    "html": (_page, "text/html; charset=utf-8"),
    "txt": (_text, "text/plain; charset=utf-8"),
}


@guarded(anyone)
@require_GET
def export(request: HttpRequest, key: str, number: int, ending: str) -> HttpResponse:
    """A version as a file: Markdown with clause ids, web page, text, Word or PDF; the vetting record goes with it."""
    return as_file(version_asked(request, key, number), ending)


def as_file(shown: Version, ending: str) -> HttpResponse:
    """A version in the face that the ending names; 404 for another."""
    name = f"{shown.policy.key}-v{shown.number}"
    if ending in _PLAIN:
        write, kind = _PLAIN[ending]
        return file_answer(write(shown), kind, f"{name}.{ending}")
    return paper_answer(policy_paper(shown, record=record_of_version(shown)), ending, name)


@guarded(anyone)
@require_GET
def changes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What changed since another version, as a Word file with tracked changes."""
    shown = version_asked(request, key, number)
    asked = request.GET.get("against", "")
    if asked:
        against = version_asked(request, key, int(asked)) if asked.isdigit() and len(asked) < 7 else None
    else:
        against = version_before(shown)
    if against is None or not may_read(person_of(request), against):
        raise Http404
    author = shown.published_by or shown.created_by
    written = redline(
        document_of(against),
        document_of(shown),
        author=author.name if author else "Handrail",
        at=moment_of(shown),
        title=shown.policy.title,
        facts=(("Changes since", f"version {against.number}"), *facts_of(shown)),
        stamps=stamps_of(shown),
    )
    return file_answer(written, WORD, f"{shown.policy.key}-v{against.number}-to-v{shown.number}.docx")


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A Word file comes back: first what it suggests, then, on a second press, kept."""
    shown = version_asked(request, key, number)
    person = person_of(request)
    if not may_suggest(person, shown):
        raise Refused(NOT_YOURS_TO_SUGGEST)
    values: dict[str, Any] = {"policy": shown.policy, "version": shown, "found": None, "refusal": None}
    if request.method == "POST":
        try:
            raw, name = _file_of(request)
            found = bring_word(shown, raw, name, by=person, dry_run="keep" not in request.POST)
        except BadInput as error:
            values["refusal"] = error
        else:
            if "keep" in request.POST:
                return _kept(request, found)
            values |= {
                "found": found,
                "rows": _rows_of(found),
                "draft": b64encode(raw).decode() if found.came else "",
                "name": name,
            }
    return render(request, "policy/word.html", values, status=422 if values["refusal"] else 200)


def _file_of(request: HttpRequest) -> tuple[bytes, str]:
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > _LARGEST:
            raise BadInput(
                "The file is larger than 20 MB. Take pictures out of it, save it and try again.", field="file"
            )
        return file.read(), (file.name or "file")[:200]
    try:
        raw = b64decode(request.POST.get("draft", ""), validate=True)
    except ValueError as error:
        raise BadInput("The checked file was lost on the way. Choose it again.", field="file") from error
    if not raw:
        raise BadInput("Choose the Word file that was edited.", field="file")
    return raw, request.POST.get("name", "file")[:200] or "file"


def _kept(request: HttpRequest, found: Brought) -> HttpResponse:
    shown = found.version
    known = f" {counted(found.known, 'was', 'were')} here already." if found.known else ""
    if found.round is not None:
        messages.success(request, f"{counted(found.written, 'remark')} made in the round.{known}")
        return redirect(found.round.href)
    messages.success(request, f"{counted(found.written, 'suggestion')} kept. An author takes or declines each.{known}")
    return redirect("policy:suggestions", key=shown.policy.key, number=shown.number)


def _rows_of(found: Brought) -> list[dict[str, Any]]:
    headings = {clause.id: clause.heading for clause in document_of(found.version).clauses}
    return [
        {
            "came": each,
            "what": Suggestion.Kind(each.kind).label,
            "heading": headings.get(each.clause_key or each.after, ""),
            "pieces": _pieces(each),
            "conflict": found.is_conflict(each),
            "standing": found.standing.get(each.clause_key, ""),
        }
        for each in found.came
    ]


def _pieces(came: Came | Suggestion) -> Any:
    """What changes, word by word; a heading and an edit alike."""
    if came.kind == "new":
        return exact_pieces("", came.words)
    if came.kind == "removed":
        return exact_pieces(came.before, "")
    if came.kind in ("edit", "heading"):
        return exact_pieces(came.before, came.words)
    return ()


@guarded(anyone)
@require_GET
def suggestions(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What came back for a version, to be taken or declined one by one."""
    shown = version_asked(request, key, number)
    person = person_of(request)
    if not may_suggest(person, shown):
        raise Refused(NOT_YOURS_TO_SUGGEST)
    rows = list(
        Suggestion.objects.filter(version=shown).select_related("brought_by", "decided_by").order_by("state", "id")
    )
    if request.GET.get("as") == "csv":
        return _as_csv(shown, rows)
    standing = wordings_now(shown)
    headings = {clause.id: clause.heading for clause in document_of(shown).clauses}
    drawn = [
        {
            "row": row,
            "pieces": _pieces(row),
            "heading": headings.get(row.clause_key or row.after_key, ""),
            "conflict": bool(row.state == "open" and row.base_sha and row.clause_key)
            and sha_of(standing.get(row.clause_key, "")) != row.base_sha,
            "standing": standing.get(row.clause_key, ""),
            "standing_sha": sha_of(standing.get(row.clause_key, "")),
        }
        for row in rows
    ]
    values = {
        "policy": shown.policy,
        "version": shown,
        "open": [each for each, row in zip(drawn, rows, strict=True) if row.state == "open"],
        "settled": [each for each, row in zip(drawn, rows, strict=True) if row.state != "open"],
        "may_decide": may_decide(person),
    }
    return render(request, "policy/suggestions.html", values)


def _as_csv(shown: Version, rows: list[Suggestion]) -> HttpResponse:
    answer = csv_answer(f"{shown.policy.key}-v{shown.number}-suggestions.csv")
    writer = csv.writer(answer)
    writer.writerow(["What", "Clause", "Before", "Words", "By", "Door", "State", "Why"])
    for row in rows:
        cells = (
            row.get_kind_display(),
            row.clause_key,
            row.before,
            row.words,
            row.author_name,
            row.get_door_display(),
            row.get_state_display(),
            row.why,
        )
        writer.writerow([safe_cell(str(cell)) for cell in cells])
    return answer


@guarded(may_decide)
@require_POST
def decide(request: HttpRequest, key: str, number: int, suggestion: int) -> HttpResponse:
    """Take a suggestion into the text, or decline it with a reason."""
    shown = version_asked(request, key, number)
    row = get_object_or_404(Suggestion, pk=suggestion, version=shown)
    person = person_of(request)
    if "decline" in request.POST:
        decline(row, request.POST.get("why", ""), by=person)
        messages.success(request, "Declined. The reason stays beside it.")
    else:
        try:
            take(row, by=person, standing_sha=request.POST.get("standing", "")[:64])
        except Diverged as error:
            messages.warning(request, error.sentence)
        else:
            messages.success(request, "Taken into the text.")
    return redirect("policy:suggestions", key=key, number=number)

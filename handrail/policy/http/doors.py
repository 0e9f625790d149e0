"""The doors over the API: a version as a file, a Word file brought back, suggestions taken or declined."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from handrail.kernel.errors import Refused
from handrail.people.guard import NOT_YOURS, person_of
from handrail.policy.actions import (
    NOT_YOURS_TO_SUGGEST,
    bring_word,
    decline,
    file_of,
    may_suggest,
    push_file,
    take,
)
from handrail.policy.models import Suggestion, Version
from handrail.policy.reads import may_read
from handrail.policy.views import doors as pages

router = Router(tags=["policy"])


class SuggestionOut(Schema):
    """What somebody suggests by Word or Git, and what became of it."""

    id: int | None
    kind: str
    clause: str
    before: str
    words: str
    quote: str
    author_name: str
    written_at: datetime | None
    state: str
    why: str


class BroughtOut(Schema):
    """What a Word file suggests; `conflicts` are clauses that changed meanwhile, with the words that stand."""

    suggestions: list[SuggestionOut]
    conflicts: dict[str, str]
    written: int
    known: int


class PushedOut(Schema):
    """What became of a file of the folder."""

    policy: str
    version: int
    outcome: str
    words: str
    changes: int


class DecisionIn(Schema):
    """Taken, or declined with a reason; `standing_sha` says which wording was looked at in a conflict."""

    take: bool
    why: str = ""
    standing_sha: str = ""


def _version(request: HttpRequest, key: str, number: int) -> Version:
    found = Version.objects.select_related("policy__owner").filter(policy__key=key, number=number).first()
    if found is None:
        raise Http404
    if not may_read(person_of(request), found):
        raise Refused(NOT_YOURS)
    return found


@router.get("/policies/{key}/{number}/text.{ending}", summary="A version as a file")
def text(request: HttpRequest, key: str, number: int, ending: str) -> HttpResponse:
    """Markdown, web page, text, Word or PDF, with the record of its vetting."""
    return pages.as_file(_version(request, key, number), ending)


@router.get("/policies/{key}/{number}/folder.md", summary="A version as the file of a Git folder")
def folder_file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The text with its stamp in the front matter, as `handrail policy pull` writes it."""
    return HttpResponse(file_of(_version(request, key, number)), content_type="text/markdown; charset=utf-8")


@router.post("/policies/push", response=PushedOut, summary="Bring a file of a Git folder back")
def push(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """As `handrail policy push` does it: a draft, suggestions, or a conflict with nothing written."""
    done = push_file(file.read(), file.name or "file.md", by=person_of(request), dry_run=dry_run)
    return {
        "policy": done.key,
        "version": done.number,
        "outcome": done.outcome,
        "words": done.words,
        "changes": done.count,
    }


@router.post("/policies/{key}/{number}/word", response=BroughtOut, summary="Bring a Word file back")
def word(
    request: HttpRequest, key: str, number: int, file: File[UploadedFile], dry_run: bool = False
) -> dict[str, Any]:
    """Each change becomes a suggestion, or a remark while the version is being vetted."""
    shown = _version(request, key, number)
    found = bring_word(shown, file.read(), file.name or "file.docx", by=person_of(request), dry_run=dry_run)
    came = [
        {
            "id": None,
            "kind": each.kind,
            "clause": each.clause_key,
            "before": each.before,
            "words": each.words,
            "quote": each.quote,
            "author_name": each.who,
            "written_at": each.at,
            "state": "open",
            "why": "",
        }
        for each in found.came
    ]
    return {"suggestions": came, "conflicts": found.standing, "written": found.written, "known": found.known}


@router.get("/policies/{key}/{number}/suggestions", response=list[SuggestionOut], summary="Suggestions to a version")
def suggestions(request: HttpRequest, key: str, number: int) -> list[dict[str, Any]]:
    """Those that wait and those that were answered."""
    shown = _version(request, key, number)
    if not may_suggest(person_of(request), shown):
        raise Refused(NOT_YOURS_TO_SUGGEST)
    return [_suggestion_out(row) for row in Suggestion.objects.filter(version=shown)]


@router.post("/policies/{key}/{number}/suggestions/{suggestion}", response=SuggestionOut, summary="Answer a suggestion")
def decide(request: HttpRequest, key: str, number: int, suggestion: int, said: DecisionIn) -> dict[str, Any]:
    """Take it into the text, or decline it with a reason."""
    row = get_object_or_404(Suggestion, pk=suggestion, version=_version(request, key, number))
    person = person_of(request)
    if said.take:
        return _suggestion_out(take(row, by=person, standing_sha=said.standing_sha[:64]))
    return _suggestion_out(decline(row, said.why, by=person))


def _suggestion_out(row: Suggestion) -> dict[str, Any]:
    names = ("id", "kind", "before", "words", "quote", "author_name", "written_at", "state", "why")
    return {name: getattr(row, name) for name in names} | {"clause": row.clause_key}

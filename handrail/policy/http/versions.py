"""Policy over the API: the same verbs as the pages."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from handrail.kernel.errors import Refused
from handrail.people.guard import NOT_YOURS, person_of
from handrail.policy.actions import ImportReport, import_policy, publish
from handrail.policy.models import Version
from handrail.policy.reads import may_read, policies_for

router = Router(tags=["policy"])


class VersionOut(Schema):
    """A version without its words."""

    number: int
    state: str
    words: int
    sha256: str
    vetted: bool
    vetting_note: str
    published_at: datetime | None
    effective_on: date | None


class PolicyOut(Schema):
    """A policy and its versions that the person may read."""

    key: str
    title: str
    owner: str | None
    contact: str
    review_by: date | None
    versions: list[VersionOut]


class ClauseOut(Schema):
    """A clause as one version words it."""

    id: str
    kind: str
    heading: str
    text: str
    lead_in: str
    frame: str
    form: str
    line_start: int
    line_end: int


class VersionText(VersionOut):
    """A version with its words."""

    markdown: str
    clauses: list[ClauseOut]


class WordOut(Schema):
    """A run of words with the same fate."""

    op: str
    text: str


class ChangeOut(Schema):
    """What became of one clause."""

    clause: str
    change: str
    why: str
    words: list[WordOut]


class ImportOut(Schema):
    """What a text changed or would change."""

    key: str
    title: str
    number: int | None
    is_new: bool
    is_unchanged: bool
    clauses: int
    changes: list[ChangeOut]
    written: bool


def _version_out(version: Version) -> dict[str, Any]:
    names = ("number", "state", "words", "sha256", "vetted", "vetting_note", "published_at", "effective_on")
    return {name: getattr(version, name) for name in names}


def _version(request: HttpRequest, key: str, number: int) -> Version:
    found = Version.objects.select_related("policy").filter(policy__key=key, number=number).first()
    if found is None:
        raise Http404
    if not may_read(person_of(request), found):
        raise Refused(NOT_YOURS)
    return found


@router.get("/policies", response=list[PolicyOut], summary="Policies")
def policies(request: HttpRequest) -> list[dict[str, Any]]:
    """Every policy the person may see, with its versions."""
    return [
        {
            "key": policy.key,
            "title": policy.title,
            "owner": policy.owner.name if policy.owner else None,
            "contact": policy.contact,
            "review_by": policy.review_by,
            "versions": [_version_out(version) for version in policy.readable],  # type: ignore[attr-defined]
        }
        for policy in policies_for(person_of(request))
    ]


@router.get("/policies/{key}/{int:number}", response=VersionText, summary="A version with its clauses")
def version(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """The words of a version, clause by clause."""
    found = _version(request, key, number)
    names = ("kind", "heading", "text", "lead_in", "frame", "form", "line_start", "line_end")
    clauses = [{"id": row.key} | {name: getattr(row, name) for name in names} for row in found.clauses.all()]
    return _version_out(found) | {"markdown": found.markdown, "clauses": clauses}


@router.post("/policies/import", response=ImportOut, summary="Bring a policy text in")
def bring_policy_in(
    request: HttpRequest, file: File[UploadedFile], title: str = "", key: str = "", dry_run: bool = False
) -> dict[str, Any]:
    """A Markdown, Word, HTML or text file becomes the draft of its policy."""
    report = import_policy(
        file.read(), file.name or "file", by=person_of(request), title=title or None, key=key or None, dry_run=dry_run
    )
    return _import_out(report)


def _import_out(report: ImportReport) -> dict[str, Any]:
    return {
        "key": report.key,
        "title": report.title,
        "number": report.version.number if report.version else None,
        "is_new": report.is_new,
        "is_unchanged": report.is_unchanged,
        "clauses": len(report.document.clauses),
        "changes": [
            {
                "clause": change.clause,
                "change": change.change,
                "why": change.why,
                "words": [{"op": piece.op, "text": piece.text} for piece in change.words],
            }
            for change in report.changes
            if change.change != "unchanged"
        ],
        "written": report.written,
    }


@router.post("/policies/{key}/{number}/publish", response=VersionOut, summary="Bring a version into force")
def publish_version(request: HttpRequest, key: str, number: int, effective_on: date | None = None) -> dict[str, Any]:
    """A draft comes into force; the version before it is superseded."""
    return _version_out(publish(_version(request, key, number), by=person_of(request), effective_on=effective_on))

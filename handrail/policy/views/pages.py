"""Pages of policy: the list, a version to read or review, its history, a text brought in, who answers for it."""

from base64 import b64decode, b64encode
from typing import Any
from zlib import compress, decompressobj
from zlib import error as BadPacking  # noqa: N812 - it is an exception, named like one

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.words import counted
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.policy.actions import (
    ImportReport,
    drop_draft,
    entrust,
    import_policy,
    may_entrust,
    may_publish,
    may_take_back,
    may_write,
)
from handrail.policy.drawn import draw
from handrail.policy.forms import OwnerForm, PolicyFileForm
from handrail.policy.models import Policy, Version
from handrail.policy.pure import count_words
from handrail.policy.reads import (
    Flip,
    clause_numbers,
    differences,
    document_of,
    flips_of,
    in_force,
    may_read,
    on_the_way,
    policies_for,
    procedures_for,
    round_of,
    what_keeps_it,
)
from handrail.policy.reads.owned import missing
from handrail.policy.sheet import change_counts, sheet
from handrail.policy.views.drawing import frame_of, suggest_at

_LARGEST_DRAFT = 21 * 1024 * 1024


@guarded(anyone)
@require_GET
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy this person may see, with what is in force and what is on the way."""
    person = person_of(request)
    rows = [
        {
            "policy": policy,
            "in_force": next((each for each in policy.readable if each.state == Version.State.PUBLISHED), None),  # type: ignore[attr-defined]
            "draft": next((each for each in policy.readable if not each.is_frozen), None),  # type: ignore[attr-defined]
            "missing": missing(policy),
        }
        for policy in policies_for(person)
    ]
    return render(request, "policy/policies.html", {"rows": rows, "may_write": may_write(person)})


def _policy(key: str) -> Policy:
    return get_object_or_404(Policy.objects.select_related("owner"), key=key)


def version_asked(request: HttpRequest, key: str, number: int | None) -> Version:
    """The version asked for, or the one a reader wants: in force, else on the way."""
    policy = _policy(key)
    person = person_of(request)
    if number is None:
        version = in_force(policy) or on_the_way(policy)
    else:
        version = policy.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.policy = policy
    if not may_read(person, version):
        raise Refused(NOT_YOURS)
    return version


@guarded(anyone)
@require_GET
def version(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """A version as people read it."""
    shown = version_asked(request, key, number)
    parts = sheet(document_of(shown))
    around = frame(request, shown, "read")
    text = draw(parts, frame_of(request, shown, around["round"], margin=False))
    return render(request, "policy/version.html", around | {"parts": parts, "text": text})


def frame(request: HttpRequest, shown: Version, mode: str) -> dict[str, Any]:
    """What every page of a version shows around its text."""
    person = person_of(request)
    draft = on_the_way(shown.policy)
    round = round_of(shown) if not shown.is_frozen else None
    return {
        "policy": shown.policy,
        "version": shown,
        "mode": mode,
        "missing": missing(shown.policy),
        "may_write": may_write(person, shown.policy),
        "may_take_back": may_take_back(person, shown),
        "may_publish": may_publish(person, shown) and not shown.is_frozen,
        "procedures": procedures_for(policy=shown.policy),
        "translations": [each for each in shown.policy.translations.all() if each.published_from_id],
        "round": round,
        "numbers": clause_numbers(shown),
        "flips": _may_flip(person, shown),
        "keeps": what_keeps_it(shown) if not shown.is_public else [],
        "suggest_at": suggest_at(shown, round, person),
        "may_entrust": may_entrust(person),
        "draft": draft if draft and draft.pk != shown.pk and may_read(person, draft) else None,
        "words": count_words(document_of(shown)),
    }


def _may_flip(person: Person, shown: Version) -> list[Flip]:
    """Scenarios whose verdict an author should look at while the words can still change."""
    if shown.is_public or not may_write(person, shown.policy):
        return []
    return [each for each in flips_of(shown) if each.is_open]


@guarded(anyone)
@require_GET
def history(request: HttpRequest, key: str) -> HttpResponse:
    """Every version this person may read, and what each changed."""
    policy = _policy(key)
    person = person_of(request)
    rows = []
    versions = [
        each
        for each in policy.versions.select_related("policy", "created_by", "published_by")
        if may_read(person, each)
    ]
    for at, each in enumerate(versions):
        before = versions[at + 1] if at + 1 < len(versions) else None
        rows.append(
            {"version": each, "before": before, "counts": change_counts(differences(before, each)) if before else []}
        )
    if not rows:
        raise Refused(NOT_YOURS)
    return render(
        request, "policy/history.html", {"policy": policy, "rows": rows, "may_write": may_write(person, policy)}
    )


@guarded(may_write)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A text from a file or a paste: first what it holds and what it would change, then, on a second press, kept."""
    form = PolicyFileForm(request.POST or None, request.FILES or None)
    values: dict[str, Any] = {"form": form, "report": None, "refusal": None}
    if request.method == "POST" and form.is_valid():
        keep = "keep" in request.POST
        try:
            raw, name = _source(form)
            report = import_policy(
                raw, name, title=form.cleaned_data["title"] or None, by=person_of(request), dry_run=not keep
            )
        except BadInput as error:
            values["refusal"] = error
        else:
            if report.written and report.version is not None:
                _said_done(request, report)
                return redirect("policy:review", key=report.key, number=report.version.number)
            values |= _looked_at(report, raw, name)
    status = 422 if form.errors or values["refusal"] else 200
    return render(request, "policy/import.html", values, status=status)


def _source(form: PolicyFileForm) -> tuple[bytes, str]:
    said = form.cleaned_data
    if said["file"]:
        return said["file"].read(), said["file"].name or "file"
    if said["text"].strip():
        return said["text"].encode(), "pasted text"
    try:
        unpacked = decompressobj().decompress(b64decode(said["draft"], validate=True), _LARGEST_DRAFT)
    except (ValueError, BadPacking) as error:
        raise BadInput("The checked text was lost on the way. Choose the file again.") from error
    return unpacked, said["name"] or "file"


def _looked_at(report: ImportReport, raw: bytes, name: str) -> dict[str, Any]:
    changes = [change for change in report.changes if change.change != "unchanged"]
    return {
        "report": report,
        "changes": changes,
        "counts": change_counts(report.changes),
        "kinds": _kinds(report),
        "parts": sheet(report.document),
        "draft": b64encode(compress(raw)).decode(),
        "name": name,
    }


def _kinds(report: ImportReport) -> list[tuple[str, int]]:
    order = ("principle", "do", "don't", "definition", "example")
    kinds = [clause.kind for clause in report.document.clauses]
    return [(kind, kinds.count(kind)) for kind in order if kind in kinds]


def _said_done(request: HttpRequest, report: ImportReport) -> None:
    number = report.version.number if report.version else 0
    clauses = counted(len(report.document.clauses), "clause")
    messages.success(
        request, f"Version {number} is a draft with {clauses}. Nobody is asked anything until it is published."
    )


@guarded(may_write)
@require_POST
def drop(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Give a draft up."""
    drop_draft(version_asked(request, key, number), by=person_of(request))
    messages.success(request, f"The draft of version {number} is given up. What is in force stays.")
    return redirect("policy:policies")


@guarded(may_entrust)
@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, key: str) -> HttpResponse:
    """Who answers for a policy, where people ask, when it is reviewed."""
    policy = _policy(key)
    form = OwnerForm(request.POST) if request.method == "POST" else OwnerForm(initial=_standing(policy))
    if request.method == "POST" and form.is_valid():
        entrust(policy, by=person_of(request), **form.cleaned_data)
        messages.success(request, "It is written down who answers for it.")
        return redirect(reverse("policy:policy", args=[key]))
    return render(request, "policy/owner.html", {"policy": policy, "form": form}, status=422 if form.errors else 200)


def _standing(policy: Policy) -> dict[str, Any]:
    holder: Person | None = policy.owner
    return {"owner": holder.email if holder else "", "contact": policy.contact, "review_by": policy.review_by}

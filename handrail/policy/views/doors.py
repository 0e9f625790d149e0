"""Pages of the doors: a version as a file, its changes as a Word file, a Word file brought back."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from handrail.kernel.errors import Refused
from handrail.kernel.paper import file_answer, markdown_of_blocks, paper_answer, to_html
from handrail.people.guard import NOT_YOURS, guarded, person_of
from handrail.people.reads import anyone
from handrail.policy.doors.paper import RECORD_TITLE, policy_paper, record_of_version
from handrail.policy.models import Policy, Version
from handrail.policy.pure import write_markdown, write_text
from handrail.policy.reads import document_of, may_read
from handrail.policy.text.annex import with_annex


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
    record = record_of_version(version)
    annex = f"## {RECORD_TITLE}\n\n{markdown_of_blocks(record, 2)}" if record else ""
    return with_annex(write_markdown(document_of(version)), annex)


def _page(version: Version) -> str:
    return to_html(policy_paper(version, record=record_of_version(version)))


def _text(version: Version) -> str:
    record = record_of_version(version)
    annex = f"\n{RECORD_TITLE}\n\n{markdown_of_blocks(record, 2)}" if record else ""
    return write_text(document_of(version)) + annex


_PLAIN: dict[str, tuple[Callable[[Version], str], str]] = {
    "md": (_markdown, "text/markdown; charset=utf-8"),
    "html": (_page, "text/html; charset=utf-8"),
    "txt": (_text, "text/plain; charset=utf-8"),
}


@guarded(anyone)
@require_GET
def export(request: HttpRequest, key: str, number: int, ending: str) -> HttpResponse:
    """A version as a file: Markdown with clause ids, web page, text, Word or PDF; the vetting record goes with it."""
    shown = version_asked(request, key, number)
    name = f"{shown.policy.key}-v{shown.number}"
    if ending in _PLAIN:
        write, kind = _PLAIN[ending]
        return file_answer(write(shown), kind, f"{name}.{ending}")
    return paper_answer(policy_paper(shown, record=record_of_version(shown)), ending, name)

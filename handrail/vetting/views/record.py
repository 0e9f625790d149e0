"""The vetting record of a round: as a page, and as a file to keep."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from handrail.kernel.paper import can_docx, can_pdf, paper_answer
from handrail.people.guard import guarded
from handrail.people.reads import anyone
from handrail.vetting.page import record_paper
from handrail.vetting.views.asked import round_asked
from handrail.vetting.views.rounds import record_shown


@guarded(anyone)
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """How a text was vetted, as it goes into the final copy."""
    round = round_asked(request, pk)
    shown = {"round": round, "can_pdf": can_pdf(), "can_docx": can_docx(), **record_shown(request, round)}
    template = "vetting/_record.html" if getattr(request, "htmx", False) else "vetting/record.html"
    return render(request, template, shown)


@guarded(anyone)
@require_GET
def record_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The record as Markdown, web page, Word or PDF."""
    round = round_asked(request, pk)
    paper = record_paper(round, name_signers=None, organisation=settings.HANDRAIL_ORGANISATION)
    return paper_answer(paper, ending, f"vetting-record-{round.pk}")

"""One remark with its thread: for or against, taken back by its maker, answered with a reason, opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.vetting import page
from handrail.vetting.actions import (
    dispose,
    may_dispose,
    may_remark,
    may_reopen,
    may_stand,
    may_withdraw_remark,
    note_answer_seen,
    reopen,
    stand,
    withdraw_remark,
)
from handrail.vetting.forms import DisposeForm, WhyForm, add_refusal
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import clauses_in, remarks_of, thread_of
from handrail.vetting.views.asked import remark_asked, round_asked


@guarded(anyone)
@require_GET
def thread(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """A remark, what was answered, and, for those who run the round, the form that says what becomes of it."""
    round, person = round_asked(request, pk), person_of(request)
    remark = _first(remark_asked(round, uid))
    if remark.person_id == person.pk:
        note_answer_seen(remark, by=person)
    return render(request, "vetting/remark.html", thread_shown(request, round, remark))


def thread_shown(request: HttpRequest, round: Round, remark: Remark, form: DisposeForm | None = None) -> dict[str, Any]:
    """What the page of one remark shows."""
    person = person_of(request)
    shown = thread_of(remark, viewer=person)
    clauses = clauses_in(round)
    answers = shown.is_open and may_dispose(person, round)
    same = page.likely_same(remark, remarks_of(round)) if answers else []
    return {
        "round": round,
        "base": reverse("vetting:round", args=[round.pk]),
        "thread": shown,
        "clause": next((each for each in clauses if each.key == remark.clause_key), None),
        "said_clause": next((each for each in clauses if each.key == remark.said_clause), None),
        "form": form or (DisposeForm(clauses=clauses, same=same) if answers else None),
        "same": same,
        "support": page.support_words(shown),
        "may_dispose": answers,
        "may_reopen": shown.disposition is not None and may_reopen(person, remark),
        "may_stand": may_stand(person, remark) and shown.is_open,
        "may_withdraw": may_withdraw_remark(person, remark) and shown.is_open and round.is_open,
        "may_remark": may_remark(person, round),
        "why_form": WhyForm(),
    }


def _first(remark: Remark) -> Remark:
    return remark.parent or remark


def _back(round: Round, remark: Remark) -> HttpResponse:
    return redirect("vetting:remark", pk=round.pk, uid=remark.uid)


@guarded(anyone)
@require_POST
def take_side(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """For, against, or neither any more."""
    round = round_asked(request, pk)
    remark = remark_asked(round, uid)
    sides: dict[str, bool | None] = {"for": True, "against": False, "neither": None}
    said = request.POST.get("side", "")
    if said not in sides:
        raise BadInput("Say for, against or neither.", field="side")
    stand(remark, sides[said], by=person_of(request))
    if getattr(request, "htmx", False):
        shown = thread_of(remark, viewer=person_of(request))
        return render(
            request,
            "vetting/_sides.html",
            {"round": round, "thread": shown, "may_stand": True, "base": reverse("vetting:round", args=[pk])},
        )
    return redirect(f"{reverse('vetting:read', args=[pk])}#remark-{uid}")


@guarded(anyone)
@require_POST
def take_back(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """Take one’s own remark back."""
    round = round_asked(request, pk)
    remark = withdraw_remark(remark_asked(round, uid), by=person_of(request))
    messages.success(request, "It is taken back. It stays in the record, struck out.")
    return _back(round, remark)


@guarded(anyone)
@require_http_methods(["POST"])
def answer(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """Say what becomes of a remark and of those that say the same: who will be told is said before it is done."""
    round, person = round_asked(request, pk), person_of(request)
    remark = remark_asked(round, uid)
    same = page.likely_same(remark, remarks_of(round)) if may_dispose(person, round) else []
    form = DisposeForm(request.POST, clauses=clauses_in(round), same=same)
    if form.is_valid() and form.cleaned_data["also"] and "sure" not in request.POST:
        return _preview(request, round, remark, form)
    if form.is_valid():
        try:
            also = list(Remark.objects.filter(round=round, uid__in=form.cleaned_data["also"]))
            given = form.cleaned_data
            dispose(remark, given["verdict"], given["reason"], by=person, changed_clause=given["clause"], also=also)
        except BadInput as error:
            add_refusal(form, error)
        else:
            messages.success(request, _told([remark, *also]))
            return redirect(f"{reverse('vetting:round', args=[pk])}#remarks")
    shown = thread_shown(request, round, remark, form)
    return render(request, "vetting/remark.html", shown, status=422)


def _preview(request: HttpRequest, round: Round, remark: Remark, form: DisposeForm) -> HttpResponse:
    also = [each for each in form.same if each.uid in form.cleaned_data["also"]]
    shown = {
        "round": round,
        "thread": thread_of(remark),
        "also": also,
        "form": form,
        "verdict": dict(form.fields["verdict"].choices)[form.cleaned_data["verdict"]],  # type: ignore[attr-defined]
        "told": who_is_told([remark, *[each.remark for each in also]]),
    }
    return render(request, "vetting/answer_sure.html", shown)


def who_is_told(remarks: list[Remark]) -> str:
    """How many authors an answer reaches, and how."""
    named = len({(each.person_id, each.outsider_id) for each in remarks if not each.anonymous})
    nameless = sum(each.anonymous for each in remarks)
    said = f"{counted(named, 'author')} will be told"
    more = f"{counted(nameless, 'author')} without a name will read it with their code"
    return " and ".join([said] * bool(named) + [more] * bool(nameless)) or "Nobody needs telling"


def _told(remarks: list[Remark]) -> str:
    said = who_is_told(remarks).replace("will be told", "is told" if len(remarks) == 1 else "are told")
    return f"{counted(len(remarks), 'remark')} answered. {said}."


@guarded(anyone)
@require_POST
def open_again(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """Take an answer back, with a reason."""
    round = round_asked(request, pk)
    remark = remark_asked(round, uid)
    reopen(remark, request.POST.get("why", ""), by=person_of(request))
    messages.success(request, "It is open again and waits for an answer.")
    return _back(round, remark)

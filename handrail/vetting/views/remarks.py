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
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.vetting import markup, page
from handrail.vetting.actions import (
    assign,
    dispose,
    may_answer,
    may_assign,
    may_dispose,
    may_nudge_answer,
    may_remark,
    may_reopen,
    may_withdraw_remark,
    note_answer_seen,
    nudge_answer,
    reopen,
    stand,
    withdraw_remark,
)
from handrail.vetting.forms import DisposeForm, WhyForm, add_refusal
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import clauses_in, remarks_of, thread_of
from handrail.vetting.views.asked import remark_asked, round_asked, side_asked
from handrail.vetting.views.reading import reader_of


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
    answers = shown.is_open and may_answer(person, remark)
    same = page.likely_same(remark, remarks_of(round)) if answers and may_dispose(person, round) else []
    return {
        "round": round,
        "sides": markup.sides(shown, reader_of(request, round, [shown])),
        "assigning": page.may_be_chosen(round, remark) if shown.is_open and may_assign(person, remark) else [],
        "may_nudge_answer": shown.is_open and may_nudge_answer(person, remark),
        "thread": shown,
        "clause": next((each for each in clauses if each.key == remark.clause_key), None),
        "said_clause": next((each for each in clauses if each.key == remark.said_clause), None),
        "form": form or (DisposeForm(clauses=clauses, same=same) if answers else None),
        "same": same,
        "support": page.support_words(shown),
        "may_dispose": answers,
        "may_reopen": shown.disposition is not None and may_reopen(person, remark),
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
    stand(remark, side_asked(request), by=person_of(request))
    if getattr(request, "htmx", False):
        shown = thread_of(remark, viewer=person_of(request))
        return HttpResponse(markup.sides(shown, reader_of(request, round, [shown])))
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
def choose_answerer(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """Let somebody else answer a remark."""
    round = round_asked(request, pk)
    remark, chosen = remark_asked(round, uid), request.POST.get("person", "")
    person = Person.objects.here().filter(pk=chosen).first() if chosen.isdigit() else None
    if person is None:
        raise BadInput("Choose somebody who works here.", field="person")
    assign(remark, person, by=person_of(request))
    messages.success(request, f"{person} answers it from now on.")
    return _back(round, remark)


@guarded(anyone)
@require_POST
def nudge_answerer(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """A friendly word to whoever is to answer a remark."""
    round = round_asked(request, pk)
    remark = remark_asked(round, uid)
    who = remark.assignee or round.opened_by
    sent = nudge_answer(remark, by=person_of(request))
    said = f"A friendly word goes to {who}."
    messages.success(request, said if sent else f"{who} was nudged about it today already. Once a day is enough.")
    return redirect(f"{reverse('vetting:round', args=[pk])}#remarks")


@guarded(anyone)
@require_POST
def open_again(request: HttpRequest, pk: int, uid: str) -> HttpResponse:
    """Take an answer back, with a reason."""
    round = round_asked(request, pk)
    remark = remark_asked(round, uid)
    reopen(remark, request.POST.get("why", ""), by=person_of(request))
    messages.success(request, "It is open again and waits for an answer.")
    return _back(round, remark)

"""How a person speaks about a text: a remark on a clause or on words of it, with or without their name; a reply."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from handrail.kernel.errors import BadInput
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.vetting.actions import may_remark, remark
from handrail.vetting.forms import SayForm, add_refusal
from handrail.vetting.models import Remark, Round, Seat
from handrail.vetting.reads import clauses_in
from handrail.vetting.views.asked import remark_asked, round_asked


@guarded(anyone)
@never_cache
@sensitive_post_parameters("body", "suggested", "quote")
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something: a form in place or on a page of its own; without a name it answers with the receipt code."""
    round, person = round_asked(request, pk), person_of(request)
    form = say_form(request, round, person)
    if request.method == "POST" and form.is_valid():
        try:
            made, code = remark(round, by=person, **_said(form, round))
        except BadInput as error:
            add_refusal(form, error)
        else:
            if code:
                return _receipt(request, round, made, code)
            messages.success(request, "It is said. Whoever answers it will tell you what became of it.")
            return redirect(_where(round, made))
    in_place = getattr(request, "htmx", False)
    template = "vetting/_say.html" if in_place else "vetting/say.html"
    return render(request, template, say_shown(round, form, person), status=422 if form.errors else 200)


def say_form(request: HttpRequest, round: Round, person: Person) -> SayForm:
    """The form with what this person may choose in it."""
    held = list(Seat.objects.filter(round=round, person=person).exclude(interest=""))
    given = {"clause": request.GET.get("clause", ""), "parent": request.GET.get("parent", "")}
    interests = [(each.interest, each.get_interest_display()) for each in held]
    return SayForm(request.POST or None, initial=given, interests=interests, anonymous=round.anonymous)


def say_shown(round: Round, form: SayForm, person: Person) -> dict[str, Any]:
    """What the form shows beside its fields: the clause it is about, or the remark it answers."""
    clauses = {each.key: each for each in clauses_in(round)}
    parent = Remark.objects.filter(round=round, uid=form["parent"].value() or "").first()
    return {
        "round": round,
        "form": form,
        "clause": clauses.get(form["clause"].value() or ""),
        "parent": parent,
        "may_remark": may_remark(person, round),
    }


def _said(form: SayForm, round: Round) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "clause_key": given["clause"],
        "quote": given["quote"],
        "body": given["body"],
        "suggested": given["suggested"],
        "condition": given["condition"],
        "interest": given["interest"],
        "anonymous": given["anonymous"],
        "show_group": given["show_group"],
        "once": given["once"],
        "parent": remark_asked(round, given["parent"]) if given["parent"] else None,
    }


def _receipt(request: HttpRequest, round: Round, made: Remark, code: str) -> HttpResponse:
    """The code on a page that no browser keeps; it is written nowhere else."""
    response = render(request, "vetting/receipt.html", {"round": round, "code": code, "remark": made})
    response.headers["Cache-Control"] = "no-store"
    return response


def _where(round: Round, made: Remark) -> str:
    shown = made.parent or made
    return f"{reverse('vetting:read', args=[round.pk])}#remark-{shown.uid}"

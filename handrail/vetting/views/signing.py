"""How an interest gives its word: what exactly is signed, with or without a condition; and how it is taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.vetting import page
from handrail.vetting.actions import confirm_condition, sign, withdraw_sign_off
from handrail.vetting.forms import SignForm, add_refusal
from handrail.vetting.models import SignOff
from handrail.vetting.reads import clauses_in
from handrail.vetting.views.asked import read_by, round_asked


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def sign_page(request: HttpRequest, pk: int, interest: str) -> HttpResponse:
    """The clauses and the fingerprint that a signature binds to; the signature; its condition."""
    round, person = round_asked(request, pk), person_of(request)
    mine = next(
        (each for each in page.my_signs(round, person, read_by(request, round)) if each.interest == interest), None
    )
    if mine is None:
        raise Http404
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign(round, interest, by=person, condition=form.cleaned_data["condition"])
        except BadInput as error:
            add_refusal(form, error)
        else:
            messages.success(
                request, f"You signed for {mine.name}. An edit to the words makes it stale, and you are told."
            )
            return redirect("vetting:sign", pk=pk, interest=interest)
    clauses = clauses_in(round)
    changed = _changed_since(mine.sign_off, {each.key: each.sha for each in clauses}) if not mine.is_fresh else set()
    shown = {
        "round": round,
        "mine": mine,
        "form": form,
        "clauses": [
            {"clause": each, "changed": each.key in changed, "unread": each in mine.unread} for each in clauses
        ],
        "changed": sum(each.key in changed for each in clauses),
        "is_author": round.author_rows.filter(person=person).exists(),
        "closes": page.closes_words(round),
    }
    return render(request, "vetting/sign.html", shown, status=422 if form.errors else 200)


def _changed_since(row: SignOff | None, present: dict[str, str]) -> set[str]:
    """The clauses whose words differ from those that were signed."""
    if row is None:
        return set()
    signed = dict(row.snapshot.clauses.values_list("key", "sha"))
    return {key for key, sha in present.items() if signed.get(key) != sha}


@guarded(anyone)
@require_POST
def unsign(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take one’s word back."""
    round = round_asked(request, pk)
    row = withdraw_sign_off(
        get_object_or_404(SignOff, pk=number, round=round), by=person_of(request), why=request.POST.get("why", "")
    )
    messages.success(request, "Your signature is taken back. That it was given stays in the record.")
    return redirect("vetting:sign", pk=pk, interest=row.interest)


@guarded(anyone)
@require_POST
def condition_met(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say that one’s condition is met."""
    round = round_asked(request, pk)
    row = confirm_condition(
        get_object_or_404(SignOff, pk=number, round=round), by=person_of(request), how=request.POST.get("how", "")
    )
    messages.success(request, "Your condition is met, and your signature counts.")
    return redirect("vetting:sign", pk=pk, interest=row.interest)

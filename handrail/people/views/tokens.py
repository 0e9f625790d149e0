"""The page of one's tokens: made and shown once, listed with scopes and last use, revoked."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.people.actions import SCOPES, make_token, revoke_token
from handrail.people.guard import guarded, person_of
from handrail.people.models import ApiToken
from handrail.people.reads import anyone


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for another. The secret is on the page that answers the form, and nowhere else."""
    person = person_of(request)
    secret, wrong = "", ""
    if request.method == "POST":
        try:
            scopes = request.POST.getlist("scopes")
            _, secret = make_token(request.POST.get("name", ""), scopes, expires_on=_day(request), by=person)
        except BadInput as bad:
            wrong = bad.sentence
    values = {
        "tokens": ApiToken.objects.filter(person=person),
        "secret": secret,
        "wrong": wrong,
        "scopes": SCOPES,
        "until": timezone.localdate() + timedelta(days=90),
    }
    answer = render(request, "people/tokens.html", values, status=422 if wrong else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("expires_on", ""))
    except ValueError:
        raise BadInput("Choose a last day within a year.", field="expires_on") from None


@guarded(anyone)
@require_POST
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Close a token for good."""
    token = revoke_token(get_object_or_404(ApiToken, pk=key, person=person_of(request)), by=person_of(request))
    messages.success(request, f"“{token.name}” opens nothing any more.")
    return redirect("people:tokens")

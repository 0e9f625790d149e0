"""People from elsewhere: invited by a link that ends, listed, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.vetting.actions import invite_outsider, may_invite_outsider, revoke_outsider
from handrail.vetting.forms import InviteForm, add_refusal
from handrail.vetting.models import Outsider
from handrail.vetting.views.asked import round_to_run


@guarded(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def outsiders(request: HttpRequest, pk: int) -> HttpResponse:
    """Who from elsewhere may read, until when; a new link is shown this once, since only its fingerprint is kept."""
    round, person = round_to_run(request, pk), person_of(request)
    form = InviteForm(request.POST or None)
    link = invited = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invited, token = invite_outsider(
                round,
                given["name"],
                given["email"],
                by=person,
                expires_at=form.expires_at(),
                organisation=given["organisation"],
            )
        except BadInput as error:
            add_refusal(form, error, expires_at="day")
        else:
            link = request.build_absolute_uri(reverse("vetting:guest", args=[token]))
            form = InviteForm()
    shown = {
        "round": round,
        "form": form,
        "link": link,
        "invited": invited,
        "rows": Outsider.objects.filter(round=round).select_related("invited_by").prefetch_related("remarks"),
        "may_invite": may_invite_outsider(person, round),
    }
    response = render(request, "vetting/outsiders.html", shown, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@guarded(anyone)
@require_POST
def revoke(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take an invitation back; its link opens nothing from now on."""
    round = round_to_run(request, pk)
    row = revoke_outsider(get_object_or_404(Outsider, pk=number, round=round), by=person_of(request))
    messages.success(request, f"The link of {row.name} opens nothing any more. What they said stays.")
    return redirect("vetting:outsiders", pk=pk)

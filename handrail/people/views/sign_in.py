"""Signing in and out, and naming the first governance owner of an empty house."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import Refusal
from handrail.people import actions
from handrail.people.guard import guarded, public
from handrail.people.models import Person
from handrail.people.reads import anyone, nobody_yet


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; what was typed stays when they don't go together."""
    going_to = _safe_next(request)
    if isinstance(request.user, Person) and request.user.is_here:
        return redirect(going_to)
    if request.method == "GET" and nobody_yet():
        return redirect("people:first_owner")
    refusal = None
    if request.method == "POST":
        try:
            actions.sign_in(request, request.POST.get("username", ""), request.POST.get("password", ""))
            return redirect(going_to)
        except Refusal as error:
            refusal = error
    shown = {"refusal": refusal, "email": request.POST.get("username", ""), "next": _asked_next(request)}
    return render(request, "people/sign_in.html", shown, status=refusal.status if refusal else 200)


def _asked_next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")


def _safe_next(request: HttpRequest) -> str:
    """Where to go after signing in; only ever a page of this house."""
    asked = _asked_next(request)
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") and asked.isprintable() else "/"


@guarded(anyone)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out in this browser."""
    actions.sign_out(request)
    return redirect("people:sign_in")


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def first_owner(request: HttpRequest) -> HttpResponse:
    """Name the first governance owner; there is such a page only while nobody is here."""
    if not nobody_yet():
        return redirect("people:sign_in")
    refusal = None
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("name", "email", "password")}
        try:
            actions.create_first_owner(**given)
            actions.sign_in(request, given["email"], given["password"])
            messages.success(request, "Handrail is yours. Bring in the people who work here next.")
            return redirect("people:import")
        except Refusal as error:
            refusal = error
    shown = {"refusal": refusal, "name": request.POST.get("name", ""), "email": request.POST.get("email", "")}
    return render(request, "people/first_owner.html", shown, status=refusal.status if refusal else 200)

"""Who may open an address: every view names its check, and a view without one opens to nobody."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kernel.errors import Refused
from handrail.kernel.refusals import refusal_page
from handrail.people.actions.sign_in import sign_out
from handrail.people.actions.tokens import token_of
from handrail.people.models import ApiToken, Person

P = ParamSpec("P")
May = Callable[[Person], bool]
IDLE_SECONDS = 2 * 3600
NOTE_EVERY_SECONDS = 300
OPENS_NOTHING = "This key opens nothing: it was revoked, is past its last day, or was never ours. Make another one."
NOT_YOURS = "This page isn’t open to you. If you need it for your work, ask the governance owner for the role."


class GuardedRequest(HttpRequest):
    """A request whose `user` is certainly a Person, because a guard let it through."""

    user: Person


class View(Protocol):
    """A function view as Django calls it."""

    def __call__(self, request: Any, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request."""


def guarded(may: May) -> Callable[[View], View]:
    """Open a view to those for whom `may(person)` holds. Put it outermost."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        inner.guard = may  # type: ignore[attr-defined]
        return inner

    return wrap


def public(view: View) -> View:
    """Open a view to everyone, signed in or not. Few views are: sign-in, reset, health."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    inner.guard = None  # type: ignore[attr-defined]
    return inner


def person_of(request: HttpRequest) -> Person:
    """The signed-in person of a guarded request; raises Refused where there is none."""
    person = request.user
    if not isinstance(person, Person) or not person.is_here:
        raise Refused(NOT_YOURS)
    return person


def bearer_of(request: HttpRequest) -> str:
    """The token a script sends with a request to the API, or ""; pages never read one."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if request.path.startswith("/api/") and kind.lower() == "bearer" else ""


def outlived(request: HttpRequest) -> bool:
    """Whether a sign-in is too old or has been idle too long. Notes, at most every few minutes, that it is in use."""
    now = time.time()
    began = request.session.get("began")
    seen = request.session.get("seen", now)
    if began is None:
        request.session["began"] = began = now
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > IDLE_SECONDS:
        return True
    if now - request.session.get("seen", 0) > NOTE_EVERY_SECONDS:
        request.session["seen"] = now
    return False


class TokenAuth:
    """Lets a token do what its scopes say in one room: reading with `room:read`, all else with `room:write`."""

    def __init__(self, room: str = "") -> None:
        self.room = room

    def __call__(self, request: HttpRequest) -> Person | None:
        """The token's owner; None where the request has no token, so that the session is asked."""
        token: ApiToken | None = getattr(request, "api_token", None)
        if token is None:
            return None
        verb = "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"
        if self.room and f"{self.room}:{verb}" not in token.scopes:
            raise Refused(f"This token lacks the scope {self.room}:{verb}. Make one that has it, under your account.")
        return token.person


class GuardMiddleware:
    """Asks each view's guard before the view runs, and refuses views that have none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of the view where its guard says no."""
        if not hasattr(view, "guard"):
            return refusal_page(request, Refused(NOT_YOURS))
        may: May | None = view.guard
        if may is None:
            return None
        bearer = bearer_of(request)
        if bearer:
            token = token_of(bearer)
            if token is None:
                return HttpResponse(f'{{"sentence": "{OPENS_NOTHING}"}}', status=401, content_type="application/json")
            # From here on the request is its owner's, within the scopes that api.py asks for.
            request.user, request.api_token = token.person, token  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return self._to_sign_in(request)
        if outlived(request) or not (isinstance(request.user, Person) and request.user.is_here):
            sign_out(request)
            return self._to_sign_in(request)
        if not may(person_of(request)):
            return refusal_page(request, Refused(NOT_YOURS))
        return None

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return HttpResponse('{"sentence": "Sign in first."}', status=401, content_type="application/json")
        address = reverse(str(settings.LOGIN_URL))
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        if request.get_full_path() != "/":
            address += "?" + urlencode({"next": request.get_full_path()})
        return redirect(address)

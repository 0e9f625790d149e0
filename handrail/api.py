"""The API: one door for scripts, the same actions and the same refusals as the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import SessionAuth

from handrail.kernel.errors import Refusal
from handrail.kernel.words import listed
from handrail.listening.http import router as listening_router
from handrail.people.guard import TokenAuth, person_of
from handrail.people.http import router as people_router
from handrail.people.reads import anyone
from handrail.policy.http import router as policy_router
from handrail.strategy.http import router as strategy_router
from handrail.vetting.http import router as vetting_router

api = NinjaAPI(
    title="Handrail",
    version="1",
    description="The same verbs as the pages. Every refusal is a sentence.",
    auth=[TokenAuth(), SessionAuth(csrf=True)],
    urls_namespace="api",
)


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, {"sentence": refusal.sentence}, status=refusal.status)


@api.exception_handler(ValidationError)
def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A field that is missing or of another kind than it should be."""
    places = [".".join(str(part) for part in each["loc"][2:]) or str(each["loc"][-1]) for each in error.errors]
    sentence = f"The request can’t be read: check {listed([f'“{place}”' for place in places[:5]])}. See /api/v1/docs."
    return api.create_response(request, {"sentence": sentence, "detail": error.errors}, status=422)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """A key that names nothing, or nothing that this person may see."""
    sentence = "There is nothing here by that key, or it isn’t open to you. Check the keys in the address and the body."
    return api.create_response(request, {"sentence": sentence}, status=404)


@api.exception_handler(HttpError)
def _unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and what else the framework refuses."""
    sentence = "The body can’t be read. Send one JSON object in UTF-8; see /api/v1/docs for its fields."
    return api.create_response(request, {"sentence": sentence, "detail": str(error)}, status=error.status_code)


@api.get("/me", summary="Who is signed in")
def me(request: HttpRequest) -> dict[str, Any]:
    """The signed-in person's name and staff number."""
    person = person_of(request)
    return {"name": person.name, "staff_number": person.staff_number}


ROUTERS = {
    "people": people_router,
    "vetting": vetting_router,
    "strategy": strategy_router,
    "policy": policy_router,
    "listening": listening_router,
}
for room, router in ROUTERS.items():
    # A token is asked for its scope; the session, which a browser sends by itself, for the CSRF token as well.
    api.add_router("", router, auth=[TokenAuth(room), SessionAuth(csrf=True)])


def _guarded_urls() -> Any:
    """The API's addresses, each open to anyone signed in; what a person may do is asked by the action itself."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        setattr(pattern.callback, "guard", anyone)  # noqa: B010 - Django's type for a view has no such attribute
    return patterns, app_name, namespace


api_urls = _guarded_urls()

"""The API: one door for scripts, the same actions and the same refusals as the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import SessionAuth

from handrail.kernel.errors import Refusal
from handrail.listening.http import router as listening_router
from handrail.people.guard import person_of
from handrail.people.http import router as people_router
from handrail.people.reads import anyone
from handrail.policy.http import router as policy_router
from handrail.strategy.http import router as strategy_router

api = NinjaAPI(
    title="Handrail",
    version="1",
    description="The same verbs as the pages. Every refusal is a sentence.",
    auth=SessionAuth(csrf=True),
    urls_namespace="api",
)


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, {"sentence": refusal.sentence}, status=refusal.status)


@api.get("/me", summary="Who is signed in")
def me(request: HttpRequest) -> dict[str, Any]:
    """The signed-in person's name and staff number."""
    person = person_of(request)
    return {"name": person.name, "staff_number": person.staff_number}


for router in (people_router, strategy_router, policy_router, listening_router):
    api.add_router("", router)


def _guarded_urls() -> Any:
    """The API's addresses, each open to anyone signed in; what a person may do is asked by the action itself."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        setattr(pattern.callback, "guard", anyone)  # noqa: B010 - Django's type for a view has no such attribute
    return patterns, app_name, namespace


api_urls = _guarded_urls()

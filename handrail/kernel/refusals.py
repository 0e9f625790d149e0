"""How a refusal is shown: a page, a fragment for htmx, or JSON for the API, always the same sentence."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from handrail.kernel.errors import Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer that carries a refusal's sentence, with its status."""
    if request.path.startswith("/api/"):
        return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)
    template = "_refusal.html" if getattr(request, "htmx", False) else "refusal.html"
    shown = {"refusal": refusal, "status": refusal.status}
    return render(request, template, shown, status=refusal.status)

"""What every answer carries: a strict content policy, and refusals turned into pages in one place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from handrail.kernel.refusals import as_refusal, refusal_page

# No inline script or style, nothing from elsewhere: a page of Handrail is complete in itself.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


class ContentPolicyMiddleware:
    """Adds the content policy and asks browsers to keep powerful features off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class RefusalMiddleware:
    """Turns a verb's refusal into the page, fragment or JSON that carries its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal, or a full disk, with its own status; leave everything else to Django."""
        refusal = as_refusal(exception)
        return None if refusal is None else refusal_page(request, refusal)

"""The typefaces, to anyone: the sign-in page needs them too."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from handrail.people.guard import public
from handrail.web.fonts import best_file


@public
@require_safe
def face(request: HttpRequest, name: str) -> HttpResponseBase:
    """One face; browsers may keep it for a month, since a face of one name does not change its letters."""
    found = best_file(name)
    if found is None:
        raise Http404(name)
    path, kind = found
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Cache-Control"] = "public, max-age=2592000"
    return response

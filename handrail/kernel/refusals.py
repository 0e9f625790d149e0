"""How a refusal is shown: a page, a fragment for htmx, or JSON for the API, always the same sentence."""

import errno

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from handrail.kernel.errors import BadInput, Busy, NoRoom, Refusal

NUL = "What was sent holds a control character that no text may hold (NUL). Take it out and send it again."
FULL = "The disk is full, so nothing was changed. Make room on the server, then do it again."
BUSY = "Others are writing just now, and nothing was changed. Wait a moment, then do it again."


def as_refusal(error: BaseException) -> Refusal | None:
    """The refusal that stands for an error of the machine, such as a full disk; None for any other error."""
    if isinstance(error, Refusal):
        return error
    text = str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoRoom(FULL)
    if isinstance(error, DatabaseError | ValueError) and "NUL (0x00)" in text:
        return BadInput(NUL)
    if not isinstance(error, DatabaseError):
        return None
    code = getattr(error.__cause__, "sqlstate", None)
    if code == "53100" or "disk is full" in text or "disk I/O error" in text:
        return NoRoom(FULL)
    if isinstance(error, OperationalError) and ("is locked" in text or code in ("40P01", "55P03")):
        return Busy(BUSY)
    return None


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer that carries a refusal's sentence, with its status."""
    if request.path.startswith("/api/"):
        return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)
    template = "_refusal.html" if getattr(request, "htmx", False) else "refusal.html"
    shown = {"refusal": refusal, "status": refusal.status}
    return render(request, template, shown, status=refusal.status)

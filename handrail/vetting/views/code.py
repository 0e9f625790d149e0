"""Where somebody who spoke without their name comes back: the code opens the answer, a reply, a way to take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from handrail.kernel.errors import NotNow, Refusal
from handrail.people.guard import public
from handrail.vetting.actions import reply_by_receipt, withdraw_by_receipt
from handrail.vetting.actions.letterbox import NOT_HERE
from handrail.vetting.pace_of_tries import slowed
from handrail.vetting.reads import by_receipt, thread_of


@public
@sensitive_post_parameters("code", "body")
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Open to everyone without signing in, so that coming back leaves no name. The code is never in an address."""
    shown: dict[str, object] = {"hide_rail": True}
    status = 200
    if request.method == "POST":
        code, deed = request.POST.get("code", "").strip(), request.POST.get("deed", "")
        if slowed(request, "code", most=30):
            raise NotNow("That was too often in a short time. Wait a few minutes, then type the code again.")
        try:
            if deed and (done := _do(code, deed, request.POST.get("body", ""))):
                messages.success(request, done)
                if deed == "take_back":
                    return redirect("vetting:code")
            found = by_receipt(code) if code else None
            if found is None:
                shown["refusal"], status = NOT_HERE, 404
            else:
                shown |= {"found": found, "code": code, "thread": thread_of(found.remark) if found.remark else None}
        except Refusal as error:
            shown["refusal"], status = error.sentence, error.status
    response = render(request, "vetting/code.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _do(code: str, deed: str, body: str) -> str:
    if deed == "reply":
        reply_by_receipt(code, body)
        return "Your reply is in the letterbox. It comes out on a later night, among others."
    if deed == "take_back":
        gone = withdraw_by_receipt(code)
        return "It is gone: it had not come out yet." if gone else "It is struck out on a later night."
    return ""

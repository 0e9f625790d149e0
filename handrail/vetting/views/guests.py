"""What somebody from elsewhere sees by their link, without signing in: that one text, and how to speak about it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refused
from handrail.people.guard import public
from handrail.vetting import markup, page
from handrail.vetting.actions import remark, stand
from handrail.vetting.forms import GuestSayForm, add_refusal
from handrail.vetting.models import Outsider
from handrail.vetting.pace_of_tries import slowed
from handrail.vetting.reads import Thread, clauses_in, outsider_for, remarks_of, thread_of
from handrail.vetting.views.asked import remark_asked, side_asked
from handrail.vetting.views.reading import text_shown

ENDED = "This link opens nothing: it has ended or was never there. Ask whoever sent it to you for a new one."


def _quiet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An answer that no search engine lists, no cache keeps, and that tells no other site where it was read."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return inner


@sensitive_variables("token")
def _guest(request: HttpRequest, token: str) -> Outsider | HttpResponse:
    """Who comes with this link, or the one plain sentence, the same for unknown, expired and revoked links."""
    if slowed(request, "guest", most=120):
        sentence = "That was too often in a short time. Wait a few minutes, then open your link again."
        return render(request, "vetting/guest_ended.html", {"sentence": sentence}, status=429)
    found = outsider_for(token)
    if found is None:
        return render(request, "vetting/guest_ended.html", {"sentence": ENDED}, status=404)
    return found


@public
@_quiet
@require_GET
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The text, clause by clause, with what others said."""
    outsider = _guest(request, token)
    if isinstance(outsider, HttpResponse):
        return outsider
    round = outsider.round
    threads = remarks_of(round, guest=outsider)
    clauses = clauses_in(round)
    shown = {
        "round": round,
        "guest": outsider,
        "token": token,
        **text_shown(clauses, threads, set(), _reader(request, outsider, token, threads)),
        "closes": page.closes_words(round),
        "left": page.time_left(round),
        "hide_rail": True,
    }
    return render(request, "vetting/guest.html", shown)


def _reader(request: HttpRequest, outsider: Outsider, token: str, threads: Sequence[Thread]) -> markup.Reader:
    return markup.Reader(
        base=reverse("vetting:guest", args=[token]),
        token=get_token(request),
        is_open=outsider.round.is_open,
        may_remark=outsider.round.is_open,
        guest=outsider.pk,
        later=sum(not each.is_open for each in threads) > markup.ALL_AT_ONCE,
        shown=request.GET.get("settled", ""),
    )


@public
@_quiet
@require_POST
def guest_side(request: HttpRequest, token: str, uid: str) -> HttpResponse:
    """Somebody from elsewhere is for or against a remark, or neither any more."""
    outsider = _guest(request, token)
    if isinstance(outsider, HttpResponse):
        return outsider
    remark = remark_asked(outsider.round, uid)
    stand(remark, side_asked(request), outsider=outsider)
    if getattr(request, "htmx", False):
        shown = thread_of(remark, guest=outsider)
        return HttpResponse(markup.sides(shown, _reader(request, outsider, token, [shown])))
    return redirect(f"{reverse('vetting:guest', args=[token])}#remark-{uid}")


@public
@_quiet
@require_http_methods(["GET", "POST"])
def guest_say(request: HttpRequest, token: str) -> HttpResponse:
    """A remark or a reply by somebody from elsewhere, with their name."""
    outsider = _guest(request, token)
    if isinstance(outsider, HttpResponse):
        return outsider
    round = outsider.round
    given = {"clause": request.GET.get("clause", ""), "parent": request.GET.get("parent", "")}
    form = GuestSayForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made, _ = remark(
                round,
                by=None,
                outsider=outsider,
                clause_key=said["clause"],
                quote=said["quote"],
                body=said["body"],
                suggested=said["suggested"],
                once=said["once"],
                parent=remark_asked(round, said["parent"]) if said["parent"] else None,
            )
        except BadInput as error:
            add_refusal(form, error)
        except Refused:
            return render(request, "vetting/guest_ended.html", {"sentence": ENDED}, status=404)
        else:
            messages.success(request, "Thank you, it is said. Come back by the same link to read what became of it.")
            return redirect(f"{reverse('vetting:guest', args=[token])}#remark-{(made.parent or made).uid}")
    clause = next((each for each in clauses_in(round) if each.key == form["clause"].value()), None)
    shown = {"round": round, "guest": outsider, "token": token, "form": form, "clause": clause, "hide_rail": True}
    return render(request, "vetting/guest_say.html", shown, status=422 if form.errors else 200)

"""A person's own account: name and language, the password, the browsers they are signed in with, and links by mail."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput, NotNow
from handrail.people import actions
from handrail.people.guard import guarded, person_of, public
from handrail.people.letters import letters_stay_here
from handrail.people.models import SignIn
from handrail.people.places import LANGUAGE_NAMES
from handrail.people.reads import anyone, roles_in_words


def link_maker(request: HttpRequest) -> actions.MakeLink:
    """Writes whole addresses of links that go out by mail."""

    def make(key: str, token: str) -> str:
        return request.build_absolute_uri(reverse("people:set_password", args=[key, token]))

    return make


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name and language."""
    person = person_of(request)
    refusal = None
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("name", "language")}
        try:
            actions.change_account(person, **given)
            messages.success(request, "Your account is changed.")
            return redirect("people:account")
        except BadInput as error:
            refusal = error
    shown = {
        "person": person,
        "refusal": refusal,
        "name": request.POST.get("name", person.name),
        "language": request.POST.get("language", person.language),
        "languages": sorted(LANGUAGE_NAMES.items(), key=lambda pair: pair[1]),
        "roles": roles_in_words(person),
    }
    return render(request, "people/account.html", shown, status=422 if refusal else 200)


@guarded(anyone)
@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other browser is signed out."""
    person = person_of(request)
    refusal = None
    if request.method == "POST":
        old, new = request.POST.get("old", ""), request.POST.get("password", "")
        try:
            said = actions.change_password(person, old, new, keep=request.session.session_key or "")
            update_session_auth_hash(request, person)
            actions.note_sign_in(request, person)
            messages.success(request, said)
            return redirect("people:account")
        except BadInput as error:
            refusal = error
    return render(request, "people/password.html", {"refusal": refusal}, status=422 if refusal else 200)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def sign_ins(request: HttpRequest) -> HttpResponse:
    """The browsers this person is signed in with; only they see the list."""
    person = person_of(request)
    here = request.session.session_key or ""
    if request.method == "POST":
        ended = actions.sign_out_elsewhere(person, here)
        messages.success(request, f"You are signed out everywhere else ({ended} browser{'' if ended == 1 else 's'}).")
        return redirect("people:sign_ins")
    rows = list(person.sign_ins.all()[:50])
    return render(request, "people/sign_ins.html", {"rows": rows, "here": here})


@guarded(anyone)
@require_POST
def end_sign_in(request: HttpRequest, key: int) -> HttpResponse:
    """Sign out in one other browser."""
    person = person_of(request)
    actions.end_sign_in(get_object_or_404(SignIn, pk=key, person=person), by=person)
    messages.success(request, "That browser is signed out.")
    return redirect("people:sign_ins")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether the address is known or not."""
    sentence = ""
    if request.method == "POST":
        sentence = actions.ask_for_new_password(request.POST.get("email", ""), make_link=link_maker(request))
    return render(request, "people/new_password.html", {"sentence": sentence, "by_mail": not letters_stay_here()})


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Set a password with a link from a letter."""
    refusal = None
    try:
        person = actions.person_of_link(key, token)
    except NotNow as stale:
        return render(request, "people/set_password.html", {"stale": stale}, status=stale.status)
    if request.method == "POST":
        try:
            actions.set_password_by_link(key, token, request.POST.get("password", ""))
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("people:sign_in")
        except BadInput as error:
            refusal = error
    shown = {"person": person, "refusal": refusal}
    return render(request, "people/set_password.html", shown, status=422 if refusal else 200)

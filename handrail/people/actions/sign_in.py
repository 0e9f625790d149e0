"""Signing in and out: guessing is slow, a new sign-in has a new key, and a person can sign out everywhere."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.contrib.auth import authenticate, login, logout
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow
from handrail.people.browsers import browser_words
from handrail.people.models import Person, SignIn, SignInTry

log = logging.getLogger("handrail.security")

WRONG = "That e-mail and password don’t go together. Try again, or ask for a new password."
FREE_TRIES = {"account": 5, "address": 50}
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def sign_in(request: HttpRequest, email: str, password: str) -> Person:
    """Sign a person in, or raise BadInput with one sentence whatever was wrong; NotNow after too many tries.

    The account and the address are counted apart: one slows guessing at a person, the other guessing at many.
    """
    keys = [_key("account", email.strip().lower()), _key("address", request.META.get("REMOTE_ADDR", ""))]
    _refuse_if_closed(keys)
    person = authenticate(request, username=email, password=password)
    if not isinstance(person, Person) or not person.is_here:
        for key in keys:
            _count_failure(key)
        log.warning("A sign-in failed from %s", request.META.get("REMOTE_ADDR", "an unknown address"))
        raise BadInput(WRONG)
    with transaction.atomic():
        SignInTry.objects.filter(key=keys[0]).delete()
        request.session.flush()
        login(request, person)
        request.session["began"] = timezone.now().timestamp()
        note_sign_in(request, person)
    log.info("Person %s signed in", person.pk)
    return person


def note_sign_in(request: HttpRequest, person: Person) -> None:
    """Keep which browser this is, for the person’s own list."""
    if request.session.session_key is None:
        request.session.save()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"person": person, "browser": browser_words(request.META.get("HTTP_USER_AGENT", ""))},
    )


def sign_out(request: HttpRequest) -> None:
    """Sign out in this browser."""
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


@transaction.atomic
def sign_out_elsewhere(person: Person, keep: str = "") -> int:
    """End every sign-in of a person but the one whose key is kept; returns how many ended."""
    rows = SignIn.objects.filter(person=person).exclude(session_key=keep)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


@transaction.atomic
def end_sign_in(row: SignIn, *, by: Person) -> None:
    """Sign out in one other browser of one’s own."""
    if row.person_id != by.pk:
        raise BadInput("That sign-in isn’t yours.")
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


def _key(kind: str, what: str) -> str:
    return f"{kind}:{hashlib.sha256(what.encode()).hexdigest()[:40]}"


def _refuse_if_closed(keys: list[str]) -> None:
    now = timezone.now()
    closed = SignInTry.objects.filter(key__in=keys, closed_until__gt=now).order_by("-closed_until").first()
    if closed is not None and closed.closed_until is not None:
        raise NotNow(f"Too many tries. Wait {_wait_words(closed.closed_until - now)}, then try again.")


def _wait_words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{(seconds + 59) // 60} minutes"


@transaction.atomic
def _count_failure(key: str) -> None:
    """Count one failed try; from the first try too many on, each doubles the wait."""
    now = timezone.now()
    try:
        with transaction.atomic():
            row, _ = SignInTry.objects.select_for_update().get_or_create(key=key)
    except IntegrityError:
        row = SignInTry.objects.select_for_update().get(key=key)
    row.failures = 1 if now - row.last_at > FORGOTTEN_AFTER else row.failures + 1
    row.last_at = now
    row.closed_until = closed_until(row.failures, FREE_TRIES[key.partition(":")[0]], now)
    row.save()


def closed_until(failures: int, free: int, now: datetime) -> datetime | None:
    """Until when no try is taken: none for the first few, then 2, 4, 8 … seconds, at most 15 minutes."""
    over = failures - free + 1
    if over <= 0:
        return None
    return now + min(timedelta(seconds=2 ** min(over, 10)), LONGEST)


@transaction.atomic
def let_go_of_old_sign_ins() -> int:
    """Forget sign-ins whose session is gone and tries of more than a day ago."""
    SignInTry.objects.filter(last_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    live = Session.objects.values("session_key")
    return SignIn.objects.exclude(session_key__in=live).delete()[0]

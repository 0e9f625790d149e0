"""Tokens for scripts: made and shown once, revoked, and read from a request's header."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.facts import TokenMade, TokenRevoked
from handrail.people.models import ApiToken, Person

ROOMS = ("people", "vetting", "strategy", "policy", "listening")
SCOPES = tuple(f"{room}:{verb}" for room in ROOMS for verb in ("read", "write"))
LONGEST = timedelta(days=366)
MOST = 20


def fingerprint(secret: str) -> str:
    """What is kept of a token; long random secrets need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_token(name: str, scopes: Sequence[str], *, expires_on: date, by: Person) -> tuple[ApiToken, str]:
    """Make a token for oneself. It can do what its owner may, within its scopes; the secret is returned just once."""
    if not by.is_here:
        raise Refused("You no longer work here, so you can’t make a token.")
    today = timezone.localdate()
    if not name.strip():
        raise BadInput("Give the token a name that says what it’s for.", field="name")
    chosen = [scope for scope in SCOPES if scope in scopes]
    if not chosen or set(scopes) - set(SCOPES):
        raise BadInput("Choose what the token may read or write.", field="scopes")
    if not today < expires_on <= today + LONGEST:
        raise BadInput("Choose a last day within a year.", field="expires_on")
    if ApiToken.objects.filter(person=by, revoked_at__isnull=True, expires_on__gte=today).count() >= MOST:
        raise NotNow(f"You have {MOST} tokens. Revoke one you no longer use first.")
    secret = f"hr_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        person=by,
        name=name.strip()[:80],
        sha256=fingerprint(secret),
        start=secret[:7],
        scopes=chosen,
        expires_on=expires_on,
    )
    fact = TokenMade(token=Ref("token", token.pk), name=token.name, scopes=tuple(chosen), expires_on=expires_on)
    announce(fact, who=by)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person) -> ApiToken:
    """Close a token of one's own for good. Revoking it twice changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.person_id != by.pk:
        raise Refused("This token belongs to somebody else.")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        announce(TokenRevoked(token=Ref("token", token.pk), name=token.name), who=by)
    return token


def token_of(secret: str) -> ApiToken | None:
    """The live token with this secret, its day of use noted; None for anything else."""
    if not secret.startswith("hr_") or len(secret) > 100:
        return None
    token = ApiToken.objects.filter(sha256=fingerprint(secret)).select_related("person").first()
    if token is None or not token.is_live:
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token

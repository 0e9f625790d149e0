"""How somebody from elsewhere is let in to read and remark: a link that ends, shown once and kept as a fingerprint."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.facts import OutsiderInvited, OutsiderRevoked
from handrail.vetting.models import Outsider, Round
from handrail.vetting.receipts import token_sha

LONGEST = timedelta(days=90)


def may_invite_outsider(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def invite_outsider(
    round: Round, name: str, email: str = "", *, by: Person, expires_at: datetime | None = None, organisation: str = ""
) -> tuple[Outsider, str]:
    """Invite somebody from elsewhere; gives the row and the secret part of the link, shown this once.

    The link ends with the round unless told otherwise, and after 90 days at the latest.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    name = ground.said(name, "name", needed="Say who is invited.", longest=200)
    email = ground.said(email, "email", longest=254)
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise BadInput(f"“{email}” is not an e-mail address. Check it for missing parts.", field="email") from None
    now = timezone.now()
    expires_at = expires_at or min(max(round.closes_at, now + timedelta(days=1)), now + LONGEST)
    if not now < expires_at <= now + LONGEST:
        raise BadInput("Let the link end between now and 90 days from now.", field="expires_at")
    token = secrets.token_urlsafe(24)
    outsider = Outsider.objects.create(
        round=round,
        name=name,
        email=email,
        organisation=ground.said(organisation, "organisation", longest=200),
        token_sha256=token_sha(token),
        invited_by=by,
        expires_at=expires_at,
    )
    announce(OutsiderInvited(ground.ref_of(round), Ref("outsider", outsider.pk), expires_at), who=by)
    return outsider, token


@transaction.atomic
def revoke_outsider(outsider: Outsider, *, by: Person) -> Outsider:
    """Take an invitation back; what was said stays. Twice is as good as once."""
    ground.must_run(by, outsider.round)
    row = Outsider.objects.select_for_update().get(pk=outsider.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        announce(OutsiderRevoked(Ref("round", row.round_id), Ref("outsider", row.pk)), who=by)
    return row

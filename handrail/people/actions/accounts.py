"""A person's own account: the first owner, a first or new password by mail, a changed password, the language."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.people.actions.sign_in import sign_out_elsewhere
from handrail.people.facts import FirstOwnerCreated, RoleGranted
from handrail.people.letters import invitation, letters_stay_here, new_password, send_letter
from handrail.people.models import FIRST_OWNER, Person, Role, RoleGrant
from handrail.people.places import language_code
from handrail.people.reads import is_governance_owner

log = logging.getLogger("handrail.security")
SENT = "If that address belongs to somebody here, a letter with a link is on its way. The link works for an hour."
NOT_SENT = (
    "No mail server is set, so no letter can reach you. Ask the governance owner: if that address belongs to somebody "
    "here, a letter with a link lies on the server. The link works for an hour."
)
STALE = "This link was used already or is too old. Ask for a new one."
INVITED = "people.invitation"
WEEK = timedelta(days=7)
MakeLink = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of an invitation: the sentence that says so, and the link where nobody else can hand it over."""

    sentence: str
    link: str = ""


@transaction.atomic
def create_first_owner(name: str, email: str, password: str) -> Person:
    """Open the house: its first person, who answers for it. Only while nobody is here.

    A staff file that holds the same e-mail address adopts this person instead of adding a second one.
    """
    if Person.objects.exists():
        raise NotNow("Handrail has people already, so its first owner was named. Sign in, or ask for a new password.")
    address, called = email.strip().lower(), " ".join(name.split())
    if not called:
        raise BadInput("Type the name of the first governance owner.", field="name")
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput("Type a whole e-mail address, such as ana@example.org.", field="email") from None
    person = Person(staff_number=FIRST_OWNER, name=called[:200], email=address)
    _check_password(password, person)
    person.set_password(password)
    person.save()
    RoleGrant.objects.create(person=person, role=Role.GOVERNANCE_OWNER)
    ref = Ref("person", person.pk)
    announce(FirstOwnerCreated(person=ref), who=person)
    announce(RoleGranted(person=ref, role=Role.GOVERNANCE_OWNER, interest=""), who=person)
    return person


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        raise BadInput(" ".join(refusal.messages), field="password") from None


def link_parts(person: Person) -> tuple[str, str]:
    """The two parts of a link that lets this person set a password, once, within an hour."""
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


def invitation_parts(person: Person) -> tuple[str, str]:
    """The two parts of a link that lets somebody invited set a password, once, within seven days."""
    return urlsafe_base64_encode(force_bytes(person.pk)), signing.TimestampSigner(salt=INVITED).sign(_as_is(person))


def _as_is(person: Person) -> str:
    """A fingerprint that changes with the password, the address and each sign-in, so that a link works once."""
    return salted_hmac(INVITED, f"{person.pk}|{person.password}|{person.last_login}|{person.email}").hexdigest()


def _is_invited(person: Person, token: str) -> bool:
    try:
        signed = signing.TimestampSigner(salt=INVITED).unsign(token, max_age=WEEK)
    except signing.BadSignature:
        return False
    return constant_time_compare(signed, _as_is(person))


@transaction.atomic
def ask_for_new_password(email: str, *, make_link: MakeLink) -> str:
    """Send a link, if the address is somebody’s; the sentence is the same either way, and so is the time it takes.

    At most one letter a minute goes to anyone: a token made within the same minute would only fill their inbox.
    """
    person = Person.objects.here().filter(email=email.strip().lower()).first()
    if person is not None and person.email:
        letter = new_password(person, make_link(*link_parts(person)))
        minute = timezone.now().strftime("%Y%m%d%H%M")
        enqueue(send_letter, person.email, letter.subject, letter.text, key=f"new-password:{person.pk}:{minute}")
        log.info("A new password was asked for by person %s", person.pk)
    return NOT_SENT if letters_stay_here() else SENT


def may_invite(person: Person) -> bool:
    """The governance owner invites people to sign in."""
    return is_governance_owner(person)


@transaction.atomic
def invite(person: Person, *, by: Person, make_link: MakeLink) -> Invited:
    """Send a person their first link. Without a mail server whoever invites gets the link to hand over."""
    if not may_invite(by):
        raise Refused("Only the governance owner invites people to sign in.")
    if not person.is_here:
        raise NotNow(f"{person.name} has left, so they can’t sign in.")
    if not person.email:
        raise NotNow(f"{person.name} has no e-mail address. Add it in the staff file first.")
    link = make_link(*invitation_parts(person))
    letter = invitation(person, by, link)
    enqueue(send_letter, person.email, letter.subject, letter.text)
    log.info("Person %s was invited by person %s", person.pk, by.pk)
    folder = letters_stay_here()
    if folder:
        said = f"No mail server is set, so the letter to {person.name} goes to the folder {folder} and no further."
        return Invited(f"{said} Hand the link over yourself; it works once, within seven days.", link)
    return Invited(f"A letter to {person.name} is on its way. The link in it works for seven days.")


def person_of_link(key: str, token: str) -> Person:
    """Whose link this is; NotNow when it was used or is too old."""
    try:
        number = int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        raise NotNow(STALE) from None
    person = Person.objects.here().filter(pk=number).first()
    if person is None or not (default_token_generator.check_token(person, token) or _is_invited(person, token)):
        raise NotNow(STALE)
    return person


@transaction.atomic
def set_password_by_link(key: str, token: str, password: str) -> Person:
    """Set a password with a link from a letter. The link can’t be used again, and every sign-in ends."""
    person = person_of_link(key, token)
    _check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    sign_out_elsewhere(person)
    log.info("Person %s set a password by a link", person.pk)
    return person


@transaction.atomic
def change_password(person: Person, old: str, new: str, *, keep: str = "") -> str:
    """Change one’s own password and sign out everywhere else; returns the sentence that says so."""
    if not person.check_password(old):
        raise BadInput("That isn’t your present password.", field="old")
    if old == new:
        raise BadInput("Choose a password that differs from the present one.", field="password")
    _check_password(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    ended = sign_out_elsewhere(person, keep)
    log.info("Person %s changed their password", person.pk)
    elsewhere = f" You are signed out in {counted(ended, 'other browser')}." if ended else ""
    return f"Your password is changed.{elsewhere}"


@transaction.atomic
def change_account(person: Person, *, name: str, language: str) -> Person:
    """Change one’s own name and language. The next staff file has the last word on both."""
    called = " ".join(name.split())
    if not called or len(called) > 200 or not called.isprintable():
        raise BadInput("Type the name you are known by, at most 200 characters.", field="name")
    code = language_code(language.strip()) if language.strip() else ""
    if code is None:
        raise BadInput("Choose a language from the list.", field="language")
    person.name, person.language = called, code
    person.save(update_fields=["name", "language"])
    return person

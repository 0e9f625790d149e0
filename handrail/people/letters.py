"""The letters that people gets sent: a first link, a new password."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

from handrail.kernel.jobs import task
from handrail.people.models import Person


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads in their mail."""

    subject: str
    text: str


def letters_stay_here() -> str:
    """The folder that letters are written to while no mail server is set; "" when they go out by mail."""
    return str(settings.EMAIL_FILE_PATH) if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else ""


def _house() -> str:
    return settings.HANDRAIL_ORGANISATION or "your organisation"


def new_password(person: Person, link: str) -> Letter:
    """A link to set a new password."""
    return Letter(
        "A new password for Handrail",
        f"Hello {person.name},\n\n"
        f"somebody, most likely you, asked for a new password for Handrail at {_house()}. Open this link within an "
        f"hour to set one:\n\n{link}\n\n"
        "If it wasn’t you, do nothing: your password stays as it is.\n",
    )


def invitation(person: Person, by: Person, link: str) -> Letter:
    """A link to set the first password."""
    return Letter(
        f"{by.name} invites you to Handrail",
        f"Hello {person.name},\n\n"
        f"{_house()} keeps its social media policy in Handrail: what is asked, why, and how it came about. Open this "
        f"link within seven days to set your password and sign in:\n\n{link}\n\n"
        "If the week is over, choose “Ask for a new password” on the sign-in page and type this address.\n",
    )


@task()
def send_letter(to: str, subject: str, text: str) -> None:
    """Send one letter. It is tried again by the queue when the mail server is away."""
    EmailMessage(subject=subject, body=text, to=[to]).send()

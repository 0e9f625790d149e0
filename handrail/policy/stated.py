"""What a policy's own front matter says about who owns it, where to ask and when it is reviewed."""

from datetime import date

from handrail.people.models import Person
from handrail.policy.clause import Document
from handrail.policy.lint.dates import dates_in


def _value(document: Document, *names: str) -> str:
    for key, value in document.front_matter.items():
        if key.strip().lower().replace("_", " ").replace("-", " ") in names:
            return value.strip()
    return ""


def stated_owner(document: Document) -> Person | None:
    """The person whose e-mail or full name stands as the owner, or who alone holds the job named there."""
    said = _value(document, "owner", "policy owner", "accountable")
    if not said:
        return None
    here = Person.objects.here()
    by_mail = here.filter(email__iexact=said).first()
    if by_mail:
        return by_mail
    for found in (here.filter(name__iexact=said), here.filter(job__iexact=said)):
        if found.count() == 1:
            return found.get()
    return None


def stated_contact(document: Document) -> str:
    """Where people may ask."""
    return _value(document, "contact", "questions", "e mail", "email")[:200]


def stated_review(document: Document) -> date | None:
    """The day of the next review."""
    said = _value(document, "next review", "review by", "review due", "review date", "next review date")
    return next((day for _, day in dates_in(said)), None) if said else None

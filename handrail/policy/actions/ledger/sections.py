"""The verbs on headings of a draft: new words, a new one, one less, a part moved with everything under it."""

from django.db import transaction

from handrail.kernel.errors import NotNow
from handrail.people.models import Person
from handrail.policy import ledger
from handrail.policy.actions.ledger.base import Edited, checked, kept, opened
from handrail.policy.clause import Document
from handrail.policy.models import Version


def _as_seen(document: Document, number: int, was: str) -> None:
    """Headings have no id: the words the author saw must be the words that stand at this place."""
    standing = document.headings[number].text if 0 <= number < len(document.headings) else None
    if standing is None or (was and standing != was):
        raise NotNow("Somebody changed the headings meanwhile. Load the page again to see them as they stand.")


@transaction.atomic
def edit_heading(version: Version, number: int, words: str, *, by: Person, was: str = "") -> Edited:
    """New words for the heading counted `number` from 0; `was` are the words the author saw."""
    locked, document = opened(version, by)
    _as_seen(document, number, was)
    return kept(locked, ledger.edit_heading(document, number, checked(words, "heading")), verb="heading", by=by)


@transaction.atomic
def add_heading(version: Version, words: str, *, level: int, by: Person, after: str = "", last: bool = False) -> Edited:
    """A new heading behind a clause, at the start, or at the end; the clauses that follow stand under it."""
    locked, document = opened(version, by)
    changed = ledger.add_heading(document, checked(words, "heading"), level=level, after=after, last=last)
    return kept(locked, changed, verb="heading", by=by)


@transaction.atomic
def remove_heading(version: Version, number: int, *, by: Person, was: str = "") -> Edited:
    """One heading less; its clauses stand under the one before."""
    locked, document = opened(version, by)
    _as_seen(document, number, was)
    return kept(locked, ledger.remove_heading(document, number), verb="heading", by=by)


@transaction.atomic
def move_section(version: Version, number: int, *, up: bool, by: Person, was: str = "") -> Edited:
    """A heading with everything under it, past its neighbour of the same level."""
    locked, document = opened(version, by)
    _as_seen(document, number, was)
    return kept(locked, ledger.move_section(document, number, up=up), verb="section", by=by, touched=())

"""Undo and redo: an author's own last edit is taken back, wherever others have written meanwhile, but not over them."""

from collections.abc import Iterable

from django.db import transaction

from handrail.kernel.errors import NotNow
from handrail.people.models import Person
from handrail.policy.actions.ledger.base import Edited, kept, opened
from handrail.policy.ledger import Changed
from handrail.policy.models import ClauseEdit, Version

_BLOCKED = "Somebody has changed the same words since, so this can’t be undone by itself. Edit the clause instead."


def to_undo(version: Version, by: Person) -> ClauseEdit | None:
    """The last edit of this person that stands."""
    return version.edits.filter(by=by, undone_by=None).exclude(verb="undo").order_by("-number").first()


def to_redo(version: Version, by: Person) -> ClauseEdit | None:
    """The last undo of this person, while they have not edited anything else since."""
    last = version.edits.filter(by=by).exclude(verb__in=("undo", "redo")).order_by("-number").first()
    undone = version.edits.filter(by=by, verb="undo", undone_by=None, number__gt=last.number if last else 0)
    return undone.order_by("-number").first()


@transaction.atomic
def undo(version: Version, *, by: Person) -> Edited:
    """Take back the last edit of this person; the undoing is an edit of its own."""
    locked, _ = opened(version, by)
    edit = to_undo(locked, by)
    if edit is None:
        raise NotNow("There is nothing of yours to undo in this draft.")
    return _taken_back(locked, edit, "undo", by)


@transaction.atomic
def redo(version: Version, *, by: Person) -> Edited:
    """Do again what this person undid last."""
    locked, _ = opened(version, by)
    edit = to_redo(locked, by)
    if edit is None:
        raise NotNow("There is nothing to do again: you undid nothing, or have edited since.")
    return _taken_back(locked, edit, "redo", by)


def _taken_back(version: Version, edit: ClauseEdit, verb: str, by: Person) -> Edited:
    later = version.edits.filter(number__gt=edit.number).order_by("number")
    place = place_now(edit, later)
    text = version.markdown
    if place is None or text[place : place + len(edit.added)] != edit.added:
        raise NotNow(_BLOCKED)
    before = text[:place] + edit.removed + text[place + len(edit.added) :]
    changed = Changed(before, tuple(edit.keys), merged=_merged(edit))
    return kept(version, changed, verb=verb, by=by, undoes=edit)


def _merged(edit: ClauseEdit) -> dict[str, str]:
    """What went into what, where the edit that is done again was a merge."""
    first = edit
    while first.undoes is not None:
        first = first.undoes
    return dict.fromkeys(first.keys[1:], first.keys[0]) if first.verb == "merge" else {}


def place_now(edit: ClauseEdit, later: Iterable[ClauseEdit]) -> int | None:
    """Where the words of an edit stand after later ones; None while one of those changed the same words."""
    start, length = edit.place, len(edit.added)
    over: list[tuple[int, int, int]] = []
    for each in later:
        if over and each.undoes_id == over[-1][0]:
            _, inside, length = over.pop()
            start += inside
        elif each.place + len(each.removed) <= start and (each.place < start or not each.removed or not length):
            start += len(each.added) - len(each.removed)
        elif each.place < start + length:
            over.append((each.pk, start - each.place, length))
            start, length = each.place, len(each.added)
    return None if over else start

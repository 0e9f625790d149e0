"""The verbs on one clause of a draft: edit, add, remove, move, split, merge, say its kind."""

from collections.abc import Sequence

from django.db import transaction

from handrail.kernel.errors import NotNow
from handrail.people.models import Person
from handrail.policy import ledger
from handrail.policy.actions.clause_rows import ever_used
from handrail.policy.actions.ledger.base import Diverged, Edited, checked, kept, opened, standing_wording
from handrail.policy.actions.ledger.because import Reason, keep_reason
from handrail.policy.clause import Document
from handrail.policy.ledger import sha_of
from handrail.policy.models import Version

_UNKNOWN = "That clause isn’t in this text any more. Load the page again to see what it says now."


@transaction.atomic
def edit_clause(
    version: Version, key: str, markup: str, *, by: Person, base_sha: str, because: Reason | None = None
) -> Edited:
    """Give a clause new words. `base_sha` is the fingerprint of the wording the author began with.

    Where that is not the wording that stands, raises `Diverged` with both, and writes nothing.
    """
    locked, document = opened(version, by)
    checked(markup)
    theirs = standing_wording(document, key)
    if theirs is None or (sha_of(theirs) != base_sha and theirs.strip() != markup.strip()):
        raise Diverged(key, markup, theirs)
    done = kept(locked, ledger.edit_clause(document, key, markup), verb="edit", by=by)
    keep_reason(locked, done.keys, because, by)
    return done


@transaction.atomic
def add_clause(
    version: Version,
    markup: str,
    *,
    by: Person,
    after: str = "",
    heading: int | None = None,
    form: str = "",
    kind: str = "",
    because: Reason | None = None,
) -> Edited:
    """A new clause behind another, first under a heading (counted from 0), or first of all."""
    locked, document = opened(version, by)
    checked(markup)
    taken = ever_used(locked.policy_id)
    changed = ledger.add_clause(document, markup, taken=taken, after=after, heading=heading, form=form, kind=kind)
    done = kept(locked, changed, verb="add", by=by)
    keep_reason(locked, done.keys, because, by)
    return done


@transaction.atomic
def remove_clause(version: Version, key: str, *, by: Person, base_sha: str = "") -> Edited:
    """Take a clause out; its row in the ledger stays, and undo brings it back."""
    locked, document = opened(version, by)
    _as_seen(document, key, base_sha)
    return kept(locked, ledger.remove_clause(document, key), verb="remove", by=by)


def _as_seen(document: Document, key: str, base_sha: str) -> None:
    """Whoever removes, splits or merges a clause must have seen the words that stand."""
    theirs = standing_wording(document, key)
    if theirs is None:
        raise NotNow(_UNKNOWN)
    if base_sha and sha_of(theirs) != base_sha:
        raise NotNow("Somebody changed this clause a moment ago. Look at what it says now, then decide.")


@transaction.atomic
def move_clause(
    version: Version, key: str, *, by: Person, after: str = "", before: str = "", heading: int | None = None
) -> Edited:
    """Put a clause, with what hangs from it, behind or before another, first under a heading, or first of all."""
    locked, document = opened(version, by)
    changed = ledger.move_clause(document, key, after=after, before=before, heading=heading)
    return kept(locked, changed, verb="move", by=by)


@transaction.atomic
def nudge_clause(version: Version, key: str, *, up: bool, by: Person) -> Edited:
    """Move a clause one place up or down, over a heading too."""
    locked, document = opened(version, by)
    place = ledger.neighbour_place(document, key, up=up)
    return kept(locked, ledger.move_clause(document, key, **place), verb="move", by=by)


@transaction.atomic
def split_clause(version: Version, key: str, at: int, *, by: Person, base_sha: str = "") -> Edited:
    """Cut a clause in two before the character `at` of its Markdown; the first part keeps the id."""
    locked, document = opened(version, by)
    _as_seen(document, key, base_sha)
    changed = ledger.split_clause(document, key, at, taken=ever_used(locked.policy_id))
    return kept(locked, changed, verb="split", by=by)


@transaction.atomic
def merge_clauses(version: Version, keys: Sequence[str], *, by: Person) -> Edited:
    """Join clauses; the first in reading order keeps its id, the others are recorded as merged into it."""
    locked, document = opened(version, by)
    return kept(locked, ledger.merge_clauses(document, keys), verb="merge", by=by)


@transaction.atomic
def set_kind(version: Version, key: str, kind: str, *, by: Person) -> Edited:
    """Say what a clause is: principle, do, don't, definition, example; nothing leaves it to its words."""
    locked, document = opened(version, by)
    return kept(locked, ledger.set_kind(document, key, kind), verb="kind", by=by)

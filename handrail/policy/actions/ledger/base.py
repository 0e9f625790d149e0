"""What every verb of the ledger stands on: who may, when, one writer at a time, and what is kept after each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Person
from handrail.policy.actions.clause_rows import keep_clause_rows, keep_edit, keep_ledger
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.actions.vetting import tell_vetting
from handrail.policy.clause import Document
from handrail.policy.facts import ClauseEdited
from handrail.policy.ledger import Changed, open_stack, reading, wording_of
from handrail.policy.models import ClauseEdit, Unsaved, Version
from handrail.policy.pure import count_words


class Diverged(NotNow):
    """Somebody else changed the same clause meanwhile: both wordings, so that nobody's words are lost."""

    def __init__(self, key: str, mine: str, theirs: str | None) -> None:
        gone = "Somebody removed this clause" if theirs is None else "Somebody changed this clause"
        super().__init__(f"{gone} while you were writing. Both wordings are kept: look at them and say what holds.")
        self.key, self.mine, self.theirs = key, mine, theirs


@dataclass(frozen=True, slots=True)
class Edited:
    """What a verb did: the version as it stands, the ids it touched, and the edit that can be undone."""

    version: Version
    keys: tuple[str, ...]
    edit: ClauseEdit | None


def may_edit(person: Person, version: Version) -> bool:
    """Authors and the governance owner, while the words can still change."""
    return may_write(person, version.policy) and version.state in (Version.State.DRAFT, Version.State.IN_VETTING)


def opened(version: Version, by: Person) -> tuple[Version, Document]:
    """The version locked for this writer, and its text; or the sentence that says why its words can't change now."""
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    locked = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if locked.is_frozen:
        raise NotNow(f"Version {locked.number} was published, so its words stay. Begin a draft and edit that.")
    if locked.state == Version.State.CLEARED:
        raise NotNow(f"Version {locked.number} is cleared: everyone signed these words. Publish it, or begin anew.")
    return locked, reading(locked.markdown)


def standing_wording(document: Document, key: str) -> str | None:
    """The Markdown of one clause as an author edits it; None where the text has no such clause."""
    stack = open_stack(document)
    at = stack.place(key)
    return None if at is None else wording_of(stack.slips[at].block)


def checked(words: str, field: str = "wording") -> str:
    """Words without characters that nobody sees; a wording that can't be used says what to mend."""
    check_words(**{field: words})
    return words


def kept(
    version: Version,
    changed: Changed,
    *,
    verb: str,
    by: Person,
    undoes: ClauseEdit | None = None,
    touched: Sequence[str] | None = None,
) -> Edited:
    """Write the changed text, its rows, the ledger and the edit; then say so, and tell those who are reviewing it."""
    before = version.markdown
    keys = tuple(changed.keys if touched is None else touched)
    if changed.markdown == before:
        Unsaved.objects.filter(person=by, version=version, key__in=keys).delete()
        return Edited(version, keys, None)
    document = reading(changed.markdown)
    if not document.clauses:
        raise BadInput("That would leave the policy without a clause. Add one first.")
    version.markdown, version.changed_at = changed.markdown, timezone.now()
    version.words = count_words(document)
    version.save(update_fields=["markdown", "changed_at", "words"])
    keep_clause_rows(version, document)
    keep_ledger(version, document, by, changed.came_from, changed.merged)
    edit = keep_edit(version, before, verb=verb, keys=keys, by=by, undoes=undoes)
    Unsaved.objects.filter(person=by, version=version, key__in=keys).delete()
    # The round is locked before the journal, as vetting's own verbs do it; the other way round two would wait forever.
    if version.state == Version.State.IN_VETTING:
        tell_vetting(version, by, f"{verb} {', '.join(keys)}".strip())
    announce(
        ClauseEdited(
            policy=Ref("policy", version.policy_id),
            version=Ref("version", version.pk),
            number=version.number,
            verb=verb,
            clauses=keys,
        ),
        who=by,
    )
    return Edited(version, keys, edit)

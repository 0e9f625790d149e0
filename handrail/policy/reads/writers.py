"""Whose words does a version hold? Also where they were first written into a draft that was given up."""

from hashlib import sha256

from django.db.models import Q

from handrail.people.models import Person
from handrail.policy.clause import Document
from handrail.policy.models import ClauseEdit, ClauseText, DraftWriter, Policy, Version
from handrail.policy.pure import read_markdown
from handrail.policy.reads.versions import document_of
from handrail.policy.text.matching import words_of

# These verbs put words elsewhere or say what they are; whoever does so has written none.
_NOT_WRITING = ("move", "kind")
_PUBLIC = (Version.State.SCHEDULED, Version.State.PUBLISHED, Version.State.SUPERSEDED)


def words_sha(text: str) -> str:
    """The fingerprint of a clause's words, whatever their case, marks and spaces."""
    return sha256((" ".join(words_of(text)) or text.strip()).encode()).hexdigest()


def writers_of(version: Version) -> list[Person]:
    """Whose words a version holds: who brought it in, who edited it, who wrote them into a draft that was dropped.

    None of them counts for an interest.
    """
    edited = ClauseEdit.objects.filter(version=version).values("by")
    rows = list(Person.objects.filter(Q(pk__in=edited) | Q(pk__in=_from_dropped(version))).order_by("pk"))
    if version.created_by is not None and version.created_by not in rows:
        rows.insert(0, version.created_by)
    return rows


def _from_dropped(version: Version) -> set[int]:
    """Who wrote clauses of this text, word for word or under the same id, into drafts of the policy since dropped."""
    dropped = list(DraftWriter.objects.filter(policy=version.policy_id).values_list("key", "words_sha", "person_id"))
    if not dropped:
        return set()
    public_keys, public = public_words(version.policy)
    clauses = document_of(version).clauses
    keys = {clause.id for clause in clauses} - public_keys
    said = {words_sha(clause.text) for clause in clauses} - public
    return {person for key, sha, person in dropped if sha in said or key in keys}


def public_words(policy: Policy) -> tuple[set[str], set[str]]:
    """The ids and the words of every clause that was ever published: they are nobody's any more."""
    rows = ClauseText.objects.filter(version__policy=policy, version__state__in=_PUBLIC).values_list("key", "text")
    known = list(rows)
    return {key for key, _ in known}, {words_sha(text) for text in {text for _, text in known}}


def wrote(version: Version) -> set[tuple[str, str, int]]:
    """What each person put into a draft, as clause id, words and person; words taken out again count too.

    The id is left empty where a published version has that clause.
    """
    public_keys, public = public_words(version.policy)
    now = {clause.id: words_sha(clause.text) for clause in document_of(version).clauses}
    pairs: set[tuple[str, str, int]] = set()
    left = _words(read_markdown(version.markdown))
    for edit in version.edits.order_by("number"):
        left |= _words(read_markdown(edit.removed))
        if edit.by_id is None or edit.verb in _NOT_WRITING:
            continue
        pairs |= {(key, sha, edit.by_id) for key, sha in _words(read_markdown(edit.added))}
        pairs |= {(key, now[key], edit.by_id) for key in edit.keys if key in now}
    if version.created_by_id is not None:
        taken = {sha for _, sha, _ in pairs}
        pairs |= {(key, sha, version.created_by_id) for key, sha in left if sha not in taken}
    return {("" if key in public_keys else key, sha, by) for key, sha, by in pairs if sha not in public}


def _words(document: Document) -> set[tuple[str, str]]:
    return {(clause.id, words_sha(clause.text)) for clause in document.clauses}

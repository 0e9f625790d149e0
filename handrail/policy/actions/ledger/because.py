"""Why a clause is there and who looks after it: reasons, owner, topics, audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Audience, Person
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.facts import ClauseEntrusted, ClauseExplained
from handrail.policy.models import Because, Clause, Policy, Version

_MOST_TOPICS = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a clause is there: its kind, the record it comes from (a ref such as `goal:3`, an address, a law), words."""

    kind: str
    words: str
    ref: str = ""


def _row(policy: Policy | int, key: str) -> Clause:
    row = Clause.objects.filter(policy=policy, key=key).select_related("policy").first()
    if row is None:
        raise NotNow(f"This policy never had a clause {key}. Load the page again.")
    return row


def keep_reason(version: Version, keys: Sequence[str], reason: Reason | None, by: Person | None) -> None:
    """Write a reason to each clause a verb touched; nothing where none was given."""
    if reason is None:
        return
    for key in keys:
        _explained(_row(version.policy_id, key), reason, version, by)


def _explained(row: Clause, reason: Reason, version: Version | None, by: Person | None) -> Because:
    words, ref = reason.words.strip(), reason.ref.strip()
    check_words(words=words, ref=ref)
    if reason.kind not in Because.Kind.values:
        said = ", ".join(Because.Kind.values)
        raise BadInput(f"“{reason.kind}” is no kind of reason. Choose one of: {said}.", field="kind")
    if not words:
        raise BadInput("Say in a few words why the clause is there.", field="words")
    if len(words) > 600 or len(ref) > 120:
        raise BadInput("Keep the reason under 600 characters and the record under 120.", field="words")
    made = Because.objects.create(clause=row, kind=reason.kind, ref=ref, words=words, version=version, by=by)
    announce(ClauseExplained(policy=Ref("policy", row.policy_id), clause=row.key, kind=made.kind, source=ref), who=by)
    return made


@transaction.atomic
def explain_clause(policy: Policy, key: str, reason: Reason, *, by: Person) -> Because:
    """Add a reason to a clause; reasons are added, never changed, so that the chain stays whole."""
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    return _explained(_row(policy, key), reason, policy.versions.order_by("-number").first(), by)


@transaction.atomic
def entrust_clause(
    policy: Policy, key: str, *, owner: Person | None, topics: Sequence[str], audience: Audience | None, by: Person
) -> Clause:
    """Say who looks after a clause, what it is about, and whom it speaks to."""
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    row = _row(policy, key)
    if owner is not None and not owner.is_here:
        raise BadInput(f"{owner.name} doesn’t work here any more. Choose someone who does.", field="owner")
    named = list(dict.fromkeys(" ".join(topic.split()) for topic in topics if topic.strip()))
    check_words(topics=" ".join(named))
    if len(named) > _MOST_TOPICS or any(len(topic) > 60 for topic in named):
        raise BadInput(f"Name at most {_MOST_TOPICS} topics of 60 characters.", field="topics")
    wanted = {"owner": owner, "topics": named, "audience": audience}
    what = tuple(name for name, value in wanted.items() if getattr(row, name) != value)
    if not what:
        return row
    for name in what:
        setattr(row, name, wanted[name])
    row.save(update_fields=list(what))
    announce(ClauseEntrusted(policy=Ref("policy", row.policy_id), clause=key, what=what), who=by)
    return row

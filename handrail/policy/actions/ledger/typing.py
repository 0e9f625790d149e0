"""An author's word on what each change asks of people, and a draft begun from the words in force."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.policy.actions.clause_rows import keep_clause_rows, keep_ledger
from handrail.policy.actions.versions import NOT_AN_AUTHOR, latest_version, may_write
from handrail.policy.facts import ChangeTyped, DraftBegun
from handrail.policy.ledger import reading
from handrail.policy.models import ChangeTyping, Policy, Version
from handrail.policy.reads.ledger import TYPES, typings_of


@transaction.atomic
def type_change(version: Version, key: str, said: str, *, by: Person) -> ChangeTyping:
    """Confirm what the rules proposed for a clause's change, or correct it; it holds for these two wordings only."""
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    locked = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if locked.is_frozen:
        raise NotNow(f"Version {locked.number} was published with its changes typed as they were.")
    if said not in TYPES:
        raise BadInput(f"“{said}” is no type of change. Choose one of: {', '.join(TYPES)}.", field="said")
    found = next((each for each in typings_of(locked) if each.key == key), None)
    if found is None:
        raise NotNow("This clause doesn’t differ from the version before, so there is nothing to type.")
    return _typed(locked, found.key, found.wordings_sha256, found.proposed, found.why, said, by)


def _typed(version: Version, key: str, sha: str, proposed: str, why: str, said: str, by: Person) -> ChangeTyping:
    row, _ = ChangeTyping.objects.update_or_create(
        version=version,
        key=key,
        defaults={
            "wordings_sha256": sha,
            "proposed": proposed,
            "why": why,
            "said": said,
            "by": by,
            "at": timezone.now(),
        },
    )
    announce(
        ChangeTyped(
            policy=Ref("policy", version.policy_id),
            version=Ref("version", version.pk),
            clause=key,
            proposed=proposed,
            said=said,
        ),
        who=by,
    )
    return row


@transaction.atomic
def confirm_changes(version: Version, keys: list[str], *, by: Person) -> list[ChangeTyping]:
    """Confirm the proposals of several changes at once; those in doubt must be said one by one."""
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    locked = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if locked.is_frozen:
        raise NotNow(f"Version {locked.number} was published with its changes typed as they were.")
    open_ones = [each for each in typings_of(locked) if each.key in keys and not each.said]
    doubtful = [each for each in open_ones if each.in_doubt]
    if doubtful:
        raise BadInput(f"Say for {doubtful[0].key} yourself whether it asks more: the rules can’t tell.", field="keys")
    return [
        _typed(locked, each.key, each.wordings_sha256, each.proposed, each.why, each.proposed, by) for each in open_ones
    ]


@transaction.atomic
def begin_draft(policy: Policy, *, by: Person) -> Version:
    """A draft with the words of the latest version, or the one that is on the way already."""
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    Policy.objects.select_for_update().get(pk=policy.pk)
    latest = latest_version(policy)
    if latest is None:
        raise NotNow("This policy has no text yet. Bring one in first.")
    if not latest.is_frozen:
        return latest
    document = reading(latest.markdown)
    draft = Version.objects.create(
        policy=policy,
        number=latest.number + 1,
        created_by=by,
        markdown=latest.markdown,
        words=latest.words,
        language=latest.language,
        source_name=f"version {latest.number}",
    )
    keep_clause_rows(draft, document)
    keep_ledger(draft, document, by)
    announce(DraftBegun(policy=Ref("policy", policy.pk), version=Ref("version", draft.pk), number=draft.number), who=by)
    return draft

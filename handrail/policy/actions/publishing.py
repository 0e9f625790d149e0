"""How a cleared version comes into force, today or on its day; there is no other way."""

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days, check_words
from handrail.kernel.words import counted, listed
from handrail.people.models import Person
from handrail.policy.actions.versions import may_write
from handrail.policy.actions.vetting import take_clearing
from handrail.policy.facts import PolicyHeldBack, PolicyPublished, PolicyScheduled, PolicySuperseded, PolicyTakenBack
from handrail.policy.models import Version
from handrail.policy.reads.entitled import may_publish
from handrail.policy.reads.ledger import unconfirmed
from handrail.policy.reads.vetting import clearing_round, subject_of, text_clauses, what_keeps_it
from handrail.vetting.reads import text_sha

__all__ = [
    "NOT_A_PUBLISHER",
    "bring_into_force",
    "hold_back",
    "may_publish",
    "may_take_back",
    "publish",
    "take_back",
]
NOT_A_PUBLISHER = "Only the governance owner or the policy’s owner publishes it. Ask one of them."


@transaction.atomic
def publish(version: Version, *, by: Person, effective_on: date | None = None) -> Version:
    """Bring a cleared version into force on its day, today unless said otherwise; its words can't change from now on.

    The version before it is superseded on that day. A past day, such as that of a policy which held before Handrail
    came, stands beside the day of publishing for everyone to see. Raises Refused, BadInput for a day nobody can mean,
    or NotNow with all that is missing where no round of vetting cleared exactly these words.
    """
    version = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if not may_publish(by, version):
        raise Refused(NOT_A_PUBLISHER)
    check_days(effective_on=effective_on)
    today = timezone.localdate()
    day = effective_on or today
    version = _cleared(version)
    _typed(version)
    version.text_sha256 = text_sha(text_clauses(version))
    version.vetted, version.vetting_note = True, ""
    version.sha256 = sha256(version.markdown.encode()).hexdigest()
    version.published_by, version.published_at, version.effective_on = by, timezone.now(), day
    if day > today:
        return _scheduled(version, by)
    return _into_force(version, by)


def _cleared(version: Version) -> Version:
    """The version, certain to be cleared word for word; else the sentence that says what is missing."""
    if version.state == Version.State.PUBLISHED:
        raise NotNow(f"Version {version.number} is in force already.")
    if version.state == Version.State.SCHEDULED:
        raise NotNow(f"Version {version.number} is published already and holds from {version.effective_on:%-d %B %Y}.")
    if version.state == Version.State.SUPERSEDED:
        raise NotNow(f"Version {version.number} was superseded. Bring its text in again as a new draft.")
    round = clearing_round(version)
    if version.state == Version.State.IN_VETTING and round is not None:
        # The round cleared a moment ago and its follow-up has not run yet.
        take_clearing(subject_of(version), round.text_sha256)
        version.refresh_from_db()
    if version.state != Version.State.CLEARED or round is None:
        missing = listed(what_keeps_it(version)[:8])
        raise NotNow(f"Version {version.number} can’t be published yet: {missing}.")
    return version


def _typed(version: Version) -> None:
    """What each change asks is confirmed by an author: people are asked again, or not, by it."""
    waiting = len(unconfirmed(version))
    if waiting:
        start = f"{counted(waiting, 'change waits', 'changes wait')} for an author’s word on what"
        raise NotNow(f"{start} {'it asks' if waiting == 1 else 'they ask'}. Confirm or correct what the rules propose.")


def _scheduled(version: Version, by: Person) -> Version:
    waiting = version.policy.versions.filter(state=Version.State.SCHEDULED).first()
    if waiting is not None:
        raise NotNow(f"Version {waiting.number} already waits for its day. Hold that one back first.")
    version.state = Version.State.SCHEDULED
    version.save()
    announce(
        PolicyScheduled(
            policy=Ref("policy", version.policy_id),
            version=subject_of(version),
            number=version.number,
            sha256=version.sha256,
            effective_on=str(version.effective_on),
        ),
        who=by,
    )
    return version


def _into_force(version: Version, by: Person | None) -> Version:
    rows = version.policy.versions.select_for_update().filter(state=Version.State.PUBLISHED)
    earlier = rows.first()
    if earlier is not None:
        earlier.state = Version.State.SUPERSEDED
        earlier.save(update_fields=["state"])
    version.state = Version.State.PUBLISHED
    version.save()
    policy_ref, version_ref = Ref("policy", version.policy_id), subject_of(version)
    if earlier is not None:
        announce(PolicySuperseded(policy_ref, subject_of(earlier), earlier.number, version_ref), who=by)
    announce(
        PolicyPublished(
            policy=policy_ref,
            version=version_ref,
            number=version.number,
            sha256=version.sha256,
            effective_on=str(version.effective_on),
            vetted=version.vetted,
        ),
        who=by,
    )
    return version


@transaction.atomic
def hold_back(version: Version, *, by: Person) -> Version:
    """Take a version that waits for its day back to cleared, before that day comes."""
    version = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if not may_publish(by, version):
        raise Refused(NOT_A_PUBLISHER)
    if version.state != Version.State.SCHEDULED:
        raise NotNow(f"Version {version.number} doesn’t wait for a day.")
    version.state, version.effective_on, version.published_at, version.published_by = (
        Version.State.CLEARED,
        None,
        None,
        None,
    )
    version.save(update_fields=["state", "effective_on", "published_at", "published_by"])
    announce(PolicyHeldBack(Ref("policy", version.policy_id), subject_of(version), version.number), who=by)
    return version


def may_take_back(person: Person, version: Version) -> bool:
    """Those who write the policy or publish it, while it is cleared and not published."""
    return version.state == Version.State.CLEARED and (
        may_write(person, version.policy) or may_publish(person, version)
    )


@transaction.atomic
def take_back(version: Version, why: str, *, by: Person) -> Version:
    """Make a cleared version a draft again, because something in it is wrong; `why` stands in the record.

    The round that cleared it stays as it was. What comes into force next needs a round of its own.
    """
    version = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if not (may_write(by, version.policy) or may_publish(by, version)):
        raise Refused("Those who write the policy or publish it take it back. Tell one of them what is wrong.")
    if version.state != Version.State.CLEARED:
        raise NotNow(
            f"Version {version.number} is {version.get_state_display().lower()}; only a cleared one goes back."
        )
    check_words(why=why)
    said = why.strip()
    if not said or len(said) > 600:
        raise BadInput("Say in at most 600 characters what is wrong, for those who signed it.", field="why")
    version.state, version.changed_at = Version.State.DRAFT, timezone.now()
    version.save(update_fields=["state", "changed_at"])
    announce(PolicyTakenBack(Ref("policy", version.policy_id), subject_of(version), version.number, said), who=by)
    return version


@transaction.atomic
def bring_into_force(today: date | None = None) -> list[Version]:
    """Bring every version into force whose day has come; run each night, and safe to run again."""
    today = today or timezone.localdate()
    due = Version.objects.select_for_update().filter(state=Version.State.SCHEDULED, effective_on__lte=today)
    return [_into_force(version, None) for version in due.select_related("policy").order_by("effective_on", "pk")]

"""How a version goes out for vetting, follows its redrafts, and comes back cleared or as a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.models import Audience, Interest, Person
from handrail.people.reads import reviewers_for
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.models import Version
from handrail.policy.reads.vetting import clearing_round, round_of, subject_of, text_clauses
from handrail.policy.reads.writers import writers_of
from handrail.vetting.actions import open_round, redraft
from handrail.vetting.models import Round
from handrail.vetting.reads import text_sha

EACH_INTEREST = dict.fromkeys(Interest.values, 1)


def may_open_vetting(person: Person, version: Version) -> bool:
    """Those who write policies send a draft out."""
    return may_write(person, version.policy) and version.state == Version.State.DRAFT


@transaction.atomic
def open_vetting(
    version: Version,
    *,
    by: Person,
    closes_at: datetime,
    required: Mapping[str, int] | None = None,
    left_out: Mapping[str, str] | None = None,
    anonymous: bool = False,
    open_to: Audience | Literal["everyone"] | None = None,
    asks: str = "",
    reviewers: Mapping[str, Sequence[Person]] | None = None,
    invited: Mapping[str, Sequence[Person]] | None = None,
) -> Round:
    """Send a draft out for vetting; each of the five interests signs once unless said otherwise.

    Whoever brought the text in or edited it counts as an author. Raises Refused, BadInput or NotNow, as
    `vetting.open_round` does, and NotNow where the version is no draft.
    """
    version = Version.objects.select_for_update().select_related("policy").get(pk=version.pk)
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    if version.state != Version.State.DRAFT:
        raise NotNow(f"Version {version.number} is {version.get_state_display().lower()}; only a draft goes out.")
    clauses = text_clauses(version)
    round = open_round(
        subject_of(version),
        f"{version.policy.title}, version {version.number}",
        reverse("policy:review", args=[version.policy.key, version.number]),
        clauses,
        by=by,
        authors=list(dict.fromkeys([*writers_of(version), by])),
        required=required or EACH_INTEREST,
        left_out=left_out,
        closes_at=closes_at,
        open_to=open_to,
        anonymous=anonymous,
        asks=asks,
        reviewers=_readers(version, required) | dict(reviewers or {}),
        invited=invited,
    )
    version.state, version.text_sha256 = Version.State.IN_VETTING, text_sha(clauses)
    version.save(update_fields=["state", "text_sha256"])
    return round


def _readers(version: Version, required: Mapping[str, int] | None) -> dict[str, Sequence[Person]]:
    """Who reads for each interest that must sign: a policy's own row of the matrix speaks for its versions."""
    wanted = required or EACH_INTEREST
    chosen = reviewers_for(Ref("policy", version.policy_id))
    return {interest: people for interest, people in chosen.items() if interest in wanted}


@transaction.atomic
def tell_vetting(version: Version, by: Person, why: str) -> None:
    """Carry new words of a version in vetting into its round: remarks follow, sign-offs on changed words go stale."""
    round = round_of(version)
    if round is None or not round.is_open:
        raise NotNow("The round on this version has ended, so its words stay. Load the page again.")
    clauses = text_clauses(version)
    redraft(round, clauses, by=by, why=why)
    version.text_sha256 = text_sha(clauses)
    version.save(update_fields=["text_sha256"])


@transaction.atomic
def take_clearing(subject: Ref, text_sha256: str) -> None:
    """A round cleared a version: where it still says the words that were cleared, it may be published now."""
    version = _in_vetting(subject)
    if version is None or text_sha(text_clauses(version)) != text_sha256 or clearing_round(version) is None:
        return
    version.state, version.text_sha256, version.changed_at = Version.State.CLEARED, text_sha256, timezone.now()
    version.save(update_fields=["state", "text_sha256", "changed_at"])


@transaction.atomic
def take_withdrawal(subject: Ref) -> None:
    """The round on a version was withdrawn: it is a draft again."""
    version = _in_vetting(subject)
    if version is not None:
        version.state = Version.State.DRAFT
        version.save(update_fields=["state"])


def _in_vetting(subject: Ref) -> Version | None:
    if subject.kind != "version" or not subject.key.isdigit():
        return None
    rows = Version.objects.select_for_update().select_related("policy")
    return rows.filter(pk=subject.key, state=Version.State.IN_VETTING).first()

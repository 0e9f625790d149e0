"""What pages and higher rooms ask about policies: which stand, what their versions say, what changed, what is off."""

from functools import lru_cache

from django.db.models import Count, Prefetch, Q

from handrail.people.models import Person, Role
from handrail.people.reads import has_role, matrix_in_force
from handrail.policy.clause import Document
from handrail.policy.ledger import reading
from handrail.policy.models import Policy, PolicyQuerySet, Version
from handrail.policy.pure import ClauseChange, Finding, compare
from handrail.policy.reads.checks import standing_findings
from handrail.policy.reads.entitled import may_write

ON_THE_WAY = (Version.State.DRAFT, Version.State.IN_VETTING, Version.State.CLEARED)
PUBLIC = (Version.State.SCHEDULED, Version.State.PUBLISHED, Version.State.SUPERSEDED)


def may_see_drafts(person: Person) -> bool:
    """Those who write, review, answer for the house or audit it; an employee reads what is in force."""
    if has_role(person, Role.GOVERNANCE_OWNER, Role.AUTHOR, Role.REVIEWER, Role.AUDITOR):
        return True
    return matrix_in_force() is not None and may_write(person)


def may_read(person: Person, version: Version) -> bool:
    """Everyone reads what is or was in force; drafts are for those who work on them and for the policy's owner."""
    if not person.is_active:
        return False
    return version.is_public or may_see_drafts(person) or version.policy.owner_id == person.pk


def policies_for(person: Person) -> list[Policy]:
    """Policies this person may see, each with its versions they may read, latest first."""
    readable = Version.objects.order_by("-number").annotate(clause_count=Count("clauses"))
    rows = Policy.objects.select_related("owner").order_by("title")
    if not may_see_drafts(person):
        frozen = Q(state__in=PUBLIC)
        readable = readable.filter(frozen | Q(policy__owner=person))
        rows = rows.filter(Q(versions__state__in=PUBLIC) | Q(owner=person)).distinct()
    return list(rows.prefetch_related(Prefetch("versions", readable, to_attr="readable")))


def in_force(policy: Policy) -> Version | None:
    """The version that holds today."""
    return policy.versions.filter(state=Version.State.PUBLISHED).first()


def on_the_way(policy: Policy) -> Version | None:
    """The draft, or what is in vetting or cleared."""
    return policy.versions.filter(state__in=ON_THE_WAY).first()


def policies_in_force() -> PolicyQuerySet:
    """Policies with a published version."""
    return Policy.objects.in_force()


def version_before(version: Version) -> Version | None:
    """The version this one is compared with when nobody asks for another."""
    return version.policy.versions.filter(number__lt=version.number).order_by("-number").first()


def document_of(version: Version) -> Document:
    """The text of a version as clauses and headings; read once while it is in use."""
    return reading(version.markdown)


@lru_cache(maxsize=32)
def _compared(old: str, new: str) -> tuple[ClauseChange, ...]:
    return tuple(compare(reading(old), reading(new)))


def differences(old: Version, new: Version) -> tuple[ClauseChange, ...]:
    """What changed between two versions, clause by clause."""
    return _compared(old.markdown, new.markdown)


def findings_of(version: Version, organisation: str = "") -> list[Finding]:
    """What the check, set for this house, says of a version today; `waived_findings` gives those people live with."""
    return standing_findings(version, organisation)

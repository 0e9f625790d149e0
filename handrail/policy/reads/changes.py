"""What a version changes of what people live by today, typed, whatever drafts lay between."""

from handrail.policy.models import Version
from handrail.policy.reads.ledger import Typing, typings_between, typings_of
from handrail.policy.reads.versions import version_before


def standing_before(version: Version) -> Version | None:
    """The version that holds until this one does: in force, or the last that was before it."""
    frozen = version.policy.versions.filter(
        number__lt=version.number, state__in=[Version.State.PUBLISHED, Version.State.SUPERSEDED]
    )
    return frozen.order_by("-number").first()


def typings_since(version: Version) -> list[Typing]:
    """Every change against what holds before this version, with its type; nothing where nothing held."""
    before = standing_before(version)
    if before is None:
        return []
    if before == version_before(version):
        return typings_of(version)
    return typings_between(before, version)

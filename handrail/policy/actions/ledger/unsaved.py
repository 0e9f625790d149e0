"""What a person has typed and not put into the draft yet: kept every few seconds, seen by nobody else."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people.models import Person
from handrail.policy.actions.ledger.base import may_edit
from handrail.policy.actions.versions import NOT_AN_AUTHOR
from handrail.policy.ledger.wording import LONGEST
from handrail.policy.models import Unsaved, Version


@transaction.atomic
def keep_unsaved(version: Version, key: str, markup: str, *, base_sha: str, by: Person) -> Unsaved:
    """Keep the words in the field as they are, so that a crash of the browser loses nothing."""
    if not may_edit(by, version):
        if version.is_frozen:
            raise NotNow(f"Version {version.number} was published meanwhile, so its words stay.")
        raise Refused(NOT_AN_AUTHOR)
    if len(markup) > 2 * LONGEST or len(base_sha) > 64 or len(key) > 40:
        raise BadInput(f"A clause may have {LONGEST:,} characters. Split it, and save each part.", field="markup")
    row, _ = Unsaved.objects.update_or_create(
        person=by,
        version=version,
        key=key,
        defaults={"markup": markup.replace("\x00", ""), "base_sha": base_sha, "at": timezone.now()},
    )
    return row


def drop_unsaved(version: Version, key: str, *, by: Person) -> None:
    """Forget what this person typed into a clause; nobody else's words are touched."""
    Unsaved.objects.filter(person=by, version=version, key=key).delete()

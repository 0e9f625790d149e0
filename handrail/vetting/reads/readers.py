"""Who still reads for an interest: whoever was asked to and whose role for it has not ended."""

from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from handrail.people.models import Role, RoleGrant


def still_reads() -> Combinable:
    """For seats and sign-offs: the reviewer, else the one who was stood in for, still holds the interest.

    Whoever was named for a round without ever having had the role reads on; a role that ended ends the reading.
    """
    whose = Coalesce(OuterRef("stands_for"), OuterRef("person"))
    grants = RoleGrant.objects.filter(role=Role.REVIEWER, interest=OuterRef("interest"), person=whose)
    return Exists(grants.filter(ended_at__isnull=True)) | ~Exists(grants.filter(ended_at__isnull=False))  # type: ignore[return-value]

"""Who may do what: a role is granted, and it ends."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.facts import RoleEnded, RoleGranted
from handrail.people.models import Interest, Person, Role, RoleGrant
from handrail.people.reads import holders, is_governance_owner

LAST_OWNER = "This is the last governance owner. Give the role to somebody else first."
NOT_YOURS = "Only the governance owner gives and ends roles. Ask them."


def may_grant_roles(person: Person) -> bool:
    """Roles are the governance owner's to give."""
    return is_governance_owner(person)


@transaction.atomic
def grant_role(person: Person, role: str, *, interest: str = "", by: Person) -> RoleGrant:
    """Give a role. Giving one that the person has already changes nothing."""
    if not may_grant_roles(by):
        raise Refused(NOT_YOURS)
    _check(role, interest)
    if not person.is_here:
        raise NotNow(f"{person.name} has left, so they can’t take a role on.")
    live = RoleGrant.objects.filter(person=person, role=role, interest=interest, ended_at__isnull=True).first()
    if live is not None:
        return live
    grant = RoleGrant.objects.create(person=person, role=role, interest=interest, granted_by=by)
    person.__dict__.pop("_roles", None)
    announce(RoleGranted(person=Ref("person", person.pk), role=role, interest=interest), who=by)
    return grant


def _check(role: str, interest: str) -> None:
    if role not in Role.values:
        raise BadInput("Choose a role from the list.", field="role")
    if role == Role.REVIEWER and interest not in Interest.values:
        raise BadInput("A reviewer reads for an interest. Choose which.", field="interest")
    if role != Role.REVIEWER and interest:
        raise BadInput("Only reviewers read for an interest. Leave it empty for this role.", field="interest")


def why_role_stays(grant: RoleGrant) -> str:
    """The sentence that says why a role can't be ended, or "" when it can: somebody must answer for the house."""
    if grant.role != Role.GOVERNANCE_OWNER or holders(Role.GOVERNANCE_OWNER).exclude(pk=grant.person_id).exists():
        return ""
    return LAST_OWNER


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Person) -> RoleGrant:
    """End a role. The last governance owner can't be ended: somebody must answer for the house."""
    if not may_grant_roles(by):
        raise Refused(NOT_YOURS)
    # Locking every live grant of this role keeps two owners from ending each other at the same moment.
    live = list(RoleGrant.objects.select_for_update().filter(role=grant.role, ended_at__isnull=True))
    row = next((each for each in live if each.pk == grant.pk), None)
    if row is None:
        return RoleGrant.objects.get(pk=grant.pk)
    why_not = why_role_stays(row)
    if why_not:
        raise NotNow(why_not)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    row.person.__dict__.pop("_roles", None)
    fact = RoleEnded(person=Ref("person", row.person_id), role=row.role, interest=row.interest, why="ended")
    announce(fact, who=by)
    return row

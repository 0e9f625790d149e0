"""Somebody stands in for another while they are away: named with days and activities, and ended."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.facts import DelegationEnded, DelegationMade
from handrail.people.matrix import ACTIVITIES
from handrail.people.models import Delegation, Person
from handrail.people.reads import is_governance_owner

NOT_YOURS = "You can name who stands in for you. For others, ask the governance owner."


def may_delegate_for(person: Person, away: Person) -> bool:
    """Everyone names their own stand-in; the governance owner may for others, such as somebody who fell ill."""
    return person.is_here and (person.pk == away.pk or is_governance_owner(person))


@transaction.atomic
def delegate(
    away: Person, to: Person, *, starts_on: date, ends_on: date, activities: Sequence[str], by: Person
) -> Delegation:
    """Name who stands in. It can't be passed on, and the same days can't have two."""
    if not may_delegate_for(by, away):
        raise Refused(NOT_YOURS)
    chosen = [key for key in ACTIVITIES if key in activities]
    _check(away, to, starts_on, ends_on, chosen)
    list(Person.objects.select_for_update().filter(pk__in=(away.pk, to.pk)).order_by("pk"))
    near = Delegation.objects.filter(ended_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on)
    for each in near.filter(Q(person=away) | Q(person=to) | Q(to=away)).select_related("person", "to"):
        if not set(each.activities) & set(chosen):
            continue
        if each.person_id == away.pk:
            raise NotNow(f"{each.to.name} stands in on those days already. End that first.")
        if each.person_id == to.pk:
            raise NotNow(f"{to.name} is away on those days too. Choose somebody who is there.")
        raise NotNow(f"{away.name} stands in for {each.person.name} on those days. A delegate can’t pass it on.")
    row = Delegation.objects.create(
        person=away, to=to, starts_on=starts_on, ends_on=ends_on, activities=chosen, made_by=by
    )
    fact = DelegationMade(
        person=Ref("person", away.pk),
        to=Ref("person", to.pk),
        starts_on=starts_on,
        ends_on=ends_on,
        activities=tuple(chosen),
    )
    announce(fact, who=by)
    return row


def _check(away: Person, to: Person, starts_on: date, ends_on: date, chosen: list[str]) -> None:
    if away.pk == to.pk:
        raise BadInput("Choose somebody else: nobody stands in for themselves.", field="to")
    if not to.is_here or (to.ends_on is not None and to.ends_on < ends_on):
        raise BadInput(f"{to.name} does not work here on all of those days. Choose somebody else.", field="to")
    if ends_on < starts_on:
        raise BadInput("The last day comes before the first. Swap them.", field="ends_on")
    if ends_on < timezone.localdate():
        raise BadInput("Those days are over. Choose days to come.", field="ends_on")
    if not chosen:
        raise BadInput("Choose at least one activity.", field="activities")


@transaction.atomic
def end_delegation(row: Delegation, *, by: Person) -> Delegation:
    """End it before its last day. Ending one that ended changes nothing."""
    row = Delegation.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if not may_delegate_for(by, row.person):
        raise Refused(NOT_YOURS)
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        announce(DelegationEnded(person=Ref("person", row.person_id), to=Ref("person", row.to_id)), who=by)
    return row

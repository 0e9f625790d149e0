"""The verbs of impact domains: write one down, change it, and say what it already does."""

from dataclasses import dataclass

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.refs import Ref
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.strategy.actions.keys import checked, free_key
from handrail.strategy.facts import DomainSet
from handrail.strategy.models import Activity, Constituency, Domain

NOT_YOURS = "Domains are written down by the governance owner, authors, or the domain’s own lead."


@dataclass(frozen=True, slots=True)
class ActivityText:
    """What a domain does today: on which channel, for whom, how often."""

    what: str
    channel: str = ""
    audience: str = ""
    how_often: str = ""


@dataclass(frozen=True, slots=True)
class DomainText:
    """A domain as it should stand."""

    name: str
    lead: Person | None = None
    expected_impact: str = ""
    readiness: str = Domain.Readiness.NOT_ASKED
    activities: tuple[ActivityText, ...] = ()


def may_map_domains(person: Person) -> bool:
    """Whether the person may write domains down."""
    return has_role(person, Role.GOVERNANCE_OWNER, Role.AUTHOR)


def may_change_domain(person: Person, domain: Domain) -> bool:
    """Whether the person may change this domain: its lead may too."""
    return may_map_domains(person) or (person.is_here and domain.lead_id == person.pk)


@transaction.atomic
def set_domain(domain: DomainText, *, by: Person, row: Domain | None = None) -> Domain:
    """Write a domain down, or change `row`. The same again writes nothing."""
    if not (may_map_domains(by) if row is None else may_change_domain(by, row)):
        raise Refused(NOT_YOURS)
    values, activities = _checked(domain, row)
    if row is None:
        row = Domain.objects.create(key=free_key(Domain, domain.name), **values)
    else:
        row = Domain.objects.select_for_update().get(pk=row.pk)
        if domain_stands(row, domain):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        row.activities.all().delete()
    Activity.objects.bulk_create(
        Activity(domain=row, what=each.what, channel=each.channel, audience=each.audience, how_often=each.how_often)
        for each in activities
    )
    announce(DomainSet(Ref("domain", row.pk), row.name, len(activities)), who=by)
    return row


def domain_stands(row: Domain, domain: DomainText) -> bool:
    """Whether the domain already says exactly this."""
    same = all(getattr(row, name) == getattr(domain, name) for name in ("name", "lead", "expected_impact", "readiness"))
    return same and activities_of(row) == domain.activities


def activities_of(row: Domain) -> tuple[ActivityText, ...]:
    """What the domain does today, as it was written."""
    return tuple(ActivityText(each.what, each.channel, each.audience, each.how_often) for each in row.activities.all())


def _checked(domain: DomainText, row: Domain | None) -> tuple[dict[str, object], tuple[ActivityText, ...]]:
    name = checked(120, "Name the function, such as Purchasing.", name=domain.name)
    if Domain.objects.filter(name__iexact=name).exclude(pk=row.pk if row else 0).exists():
        raise BadInput(f"There is a domain “{name}” already. Change that one.", field="name")
    if domain.readiness not in Domain.Readiness.values:
        raise BadInput("Readiness is one of: not asked, trying, ready.", field="readiness")
    if domain.lead is not None and not domain.lead.is_here:
        raise BadInput(f"{domain.lead.name} isn’t here any more. Name another lead.", field="lead")
    activities = []
    for each in domain.activities:
        if each.audience and each.audience not in Constituency.values:
            raise BadInput("An audience is employees, partners, customers or the social web.", field="audience")
        activities.append(
            ActivityText(
                checked(300, "Say what the domain does.", what=each.what),
                checked(120, channel=each.channel),
                each.audience,
                checked(80, how_often=each.how_often),
            )
        )
    values: dict[str, object] = {
        "name": name,
        "lead": domain.lead,
        "expected_impact": checked(500, expected_impact=domain.expected_impact),
        "readiness": domain.readiness,
    }
    return values, tuple(activities)

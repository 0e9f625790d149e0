"""Audiences are said as rules, changed and taken away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.audience_rules import read_rule
from handrail.people.facts import AudienceChanged
from handrail.people.models import Audience, Person
from handrail.people.reads import is_governance_owner

NOT_YOURS = "Only the governance owner says who belongs to an audience. Ask them."


def may_set_audiences(person: Person) -> bool:
    """Audiences are the governance owner's to say."""
    return is_governance_owner(person)


@transaction.atomic
def set_audience(name: str, rule: Mapping[str, Any], *, by: Person, audience: Audience | None = None) -> Audience:
    """Say an audience for the first time, or anew. It is always up to date: the rule is kept, not the people."""
    if not may_set_audiences(by):
        raise Refused(NOT_YOURS)
    called = " ".join(name.split())
    if not called or len(called) > 120:
        raise BadInput("Give the audience a name of at most 120 characters.", field="name")
    check_words(name=called)
    checked = read_rule(rule).as_json()
    others = Audience.objects.filter(name=called)
    if audience is not None:
        others = others.exclude(pk=audience.pk)
    if others.exists():
        raise BadInput(f"There is an audience called “{called}” already. Choose another name.", field="name")
    row = audience or Audience(made_by=by)
    if (row.name, row.rule) == (called, checked) and row.pk:
        return row
    row.name, row.rule, row.changed_at = called, checked, timezone.now()
    row.save()
    announce(AudienceChanged(audience=Ref("audience", row.pk), name=row.name), who=by)
    return row


@transaction.atomic
def drop_audience(audience: Audience, *, by: Person) -> None:
    """Take an audience away; refused while something is addressed to it."""
    if not may_set_audiences(by):
        raise Refused(NOT_YOURS)
    for relation in Audience._meta.related_objects:
        model: Any = relation.related_model
        if model._base_manager.filter(**{relation.field.name: audience}).exists():
            raise NotNow(f"“{audience.name}” is in use: {model._meta.verbose_name_plural} are addressed to it.")
    audience.delete()

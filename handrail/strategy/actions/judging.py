"""The verbs of judging a purpose: rate a trait with a reason, name a target, note a reading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.strategy.actions.keys import checked
from handrail.strategy.actions.purposes import may_change_purpose
from handrail.strategy.facts import PurposeAssessed, ReadingNoted, TargetSet
from handrail.strategy.models import Assessment, Purpose, Reading, Target, Trait

ASSESSORS = (Role.GOVERNANCE_OWNER, Role.AUTHOR, Role.REVIEWER, Role.STEWARD, Role.CARE_ANALYST)
MOST = Decimal("999999999999")


@dataclass(frozen=True, slots=True)
class TargetText:
    """A measure with where it started, where it should be and how often it is read."""

    measure: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    value: Decimal | None = None
    due_on: date | None = None
    every_days: int = 90


def may_assess(person: Person, purpose: Purpose | None = None) -> bool:
    """Whether the person may rate a purpose: anyone with a part in the work, but never its owner."""
    if purpose is not None and (purpose.owner_id == person.pk or purpose.state == Purpose.State.DROPPED):
        return False
    return has_role(person, *ASSESSORS) or (person.is_here and person.domains.exists())


@transaction.atomic
def assess(purpose: Purpose, trait: str, rating: int, reason: str, *, by: Person) -> Assessment:
    """Rate one trait from 1 to 5 and say why; rating it again replaces the earlier rating."""
    if purpose.owner_id == by.pk:
        raise Refused("You own this purpose, so others rate it.")
    if not may_assess(by, purpose):
        raise Refused("Ratings come from people with a part in the work. Ask the governance owner for one.")
    if trait not in Trait.values:
        raise BadInput(f"There is no trait “{trait}”. Choose one of the seven.", field="trait")
    if rating not in range(1, 6):
        raise BadInput("Rate it from 1 to 5.", field="rating")
    reason = checked(400, "Say why in a sentence: a number alone teaches nobody.", reason=reason)
    row, _ = Assessment.objects.update_or_create(
        purpose=purpose,
        trait=trait,
        assessor=by,
        defaults={"rating": rating, "reason": reason, "at": timezone.now()},
    )
    announce(PurposeAssessed(Ref("purpose", purpose.pk), trait, rating), who=by)
    return row


@transaction.atomic
def set_target(purpose: Purpose, target: TargetText, *, by: Person, row: Target | None = None) -> Target:
    """Say how we would know: a measure, its baseline, its target. `row` is the target to change."""
    if not may_change_purpose(by, purpose):
        raise Refused("Only the purpose’s owner or the governance owner says how it is measured.")
    values = _checked(target)
    twin = Target.objects.filter(purpose=purpose, measure=values["measure"]).exclude(pk=row.pk if row else 0)
    if twin.exists():
        raise BadInput("This purpose has a measure of that name already. Change that one.", field="measure")
    if row is None:
        row = Target.objects.create(purpose=purpose, **values)
    else:
        row = Target.objects.select_for_update().get(pk=row.pk, purpose=purpose)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    announce(TargetSet(Ref("purpose", purpose.pk), Ref("target", row.pk), row.measure), who=by)
    return row


@transaction.atomic
def note_reading(target: Target, value: Decimal, on: date, *, by: Person, note: str = "") -> Reading:
    """Write down a value that was read, with the day it holds for."""
    lead = target.purpose.initiatives.filter(lead=by).exists() and by.is_here
    if not (lead or may_change_purpose(by, target.purpose)):
        raise Refused("Readings come from the purpose’s owner, a lead under it, or the governance owner.")
    if target.purpose.state == Purpose.State.DROPPED:
        raise NotNow("This purpose was dropped, so nothing is read for it.")
    check_days(on=on)
    if on > timezone.localdate():
        raise BadInput("A reading can’t be from a day to come.", field="on")
    _in_reach(value, "value")
    row = Reading.objects.create(target=target, value=value, on=on, by=by, note=checked(200, note=note))
    announce(ReadingNoted(Ref("target", target.pk), str(value), on.isoformat()), who=by)
    return row


def _checked(target: TargetText) -> dict[str, object]:
    check_days(baseline_on=target.baseline_on, due_on=target.due_on)
    for name in ("baseline", "value"):
        _in_reach(getattr(target, name), name)
    if target.baseline is not None and target.baseline_on is None:
        raise BadInput("Say on which day the baseline was read.", field="baseline_on")
    if target.baseline_on and target.baseline_on > timezone.localdate():
        raise BadInput("A baseline can’t be from a day to come.", field="baseline_on")
    if not 1 <= target.every_days <= 1000:
        raise BadInput("A measure is read every 1 to 1,000 days.", field="every_days")
    if target.baseline is not None and target.baseline == target.value:
        raise BadInput(
            "Baseline and target are the same, so nothing would change. Aim for another value.", field="value"
        )
    return {
        "measure": checked(200, "Name the measure: what would you count?", measure=target.measure),
        "unit": checked(40, unit=target.unit),
        "baseline": target.baseline,
        "baseline_on": target.baseline_on if target.baseline is not None else None,
        "value": target.value,
        "due_on": target.due_on,
        "every_days": target.every_days,
    }


def _in_reach(value: Decimal | None, field: str) -> None:
    if value is not None and (not value.is_finite() or abs(value) > MOST):
        raise BadInput("That number is out of reach. Use a larger unit.", field=field)

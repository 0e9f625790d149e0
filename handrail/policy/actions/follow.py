"""What a version's coming into force does around it, and who is reminded of a day of review."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.people import reads as people
from handrail.people.models import Person, Role
from handrail.people.reads import holders
from handrail.policy.facts import PolicyAmended, ProcedureFlagged, ReviewDue
from handrail.policy.models import Amendment, Policy, ReviewReminder, Scenario, Version
from handrail.policy.reads.around import REMIND_DAYS, reviews_due
from handrail.policy.reads.ledger import typed_changes
from handrail.policy.reads.procedures import would_be_flagged


@transaction.atomic
def take_publishing(version: Version) -> None:
    """Flag the procedures whose clauses changed, close the amendments it carries, let new verdicts hold. Once each."""
    _flag(version)
    _amend(version)
    _verdicts(version)


def _flag(version: Version) -> None:
    types = typed_changes(version)
    flagged: dict[int, list[str]] = {}
    for link in would_be_flagged(version):
        if link.flagged_in_id == version.pk or (link.checked_at and link.checked_at > _held_since(version)):
            continue
        link.flagged_in, link.flagged_why, link.flagged_at = version, types[link.clause_key], timezone.now()
        link.save(update_fields=["flagged_in", "flagged_why", "flagged_at"])
        flagged.setdefault(link.procedure_id, []).append(link.clause_key)
    for procedure, keys in flagged.items():
        announce(
            ProcedureFlagged(
                Ref("procedure", procedure), Ref("policy", version.policy_id), Ref("version", version.pk), tuple(keys)
            ),
            who=None,
        )


def _held_since(version: Version) -> datetime:
    """The moment from which a look at a procedure was a look at these words."""
    return version.published_at or version.changed_at


def _amend(version: Version) -> None:
    rows = Amendment.objects.select_for_update().filter(version=version, state=Amendment.State.TAKEN_UP)
    for row in rows.order_by("pk"):
        row.state = Amendment.State.DONE
        row.save(update_fields=["state"])
        announce(
            PolicyAmended(
                Ref("amendment", row.pk),
                Ref("policy", row.policy_id),
                Ref("version", version.pk),
                row.made_key,
                row.because_ref,
                str(row.check_on or ""),
            ),
            who=None,
        )


def _verdicts(version: Version) -> None:
    for check in version.scenario_checks.select_related("scenario"):
        if check.said != check.scenario.verdict:
            Scenario.objects.filter(pk=check.scenario_id).update(verdict=check.said)


@transaction.atomic
def remind_of_reviews(today: date | None = None) -> int:
    """Tell those who answer for a policy 30 days, 7 days and on the day before it must be looked at; once each.

    A night that was missed is made up for by the nearest reminder only. Returns how many policies were told of.
    """
    today = today or timezone.localdate()
    done = 0
    for policy, left in reviews_due(today):
        if policy.review_by is None:
            continue
        days = min(each for each in REMIND_DAYS if left <= each)
        told = _answerable(policy)
        made, new = ReviewReminder.objects.get_or_create(
            policy=policy, review_by=policy.review_by, days=days, defaults={"told": len(told)}
        )
        if not new:
            continue
        for person in told:
            _letter(policy, person, left, made)
        announce(ReviewDue(Ref("policy", policy.pk), str(policy.review_by), days, len(told)), who=None)
        done += 1
    return done


def _answerable(policy: Policy) -> list[Person]:
    """Whoever is accountable, and those the matrix says are told; the governance owner where nobody is."""
    found: list[Person] = [policy.owner] if policy.owner and policy.owner.is_here else []
    subject = Ref("policy", policy.pk)
    for name in ("accountable_for", "told_of"):
        asked: Callable[[str, Ref], Person | Iterable[Person] | None] | None = getattr(people, name, None)
        said = asked("revise", subject) if asked is not None else None
        if isinstance(said, Person):
            found.append(said)
        elif said is not None:
            found += list(said)
    found = [each for each in dict.fromkeys(found) if each.is_here]
    return found or list(holders(Role.GOVERNANCE_OWNER))


def _letter(policy: Policy, person: Person, left: int, reminder: ReviewReminder) -> None:
    if not person.email:
        return
    day = f"{policy.review_by:%-d %B %Y}"
    when = f"was due on {day}" if left < 0 else f"is due today, {day}" if left == 0 else f"is due by {day}"
    enqueue(
        "handrail.people.letters.send_letter",
        person.email,
        f"Please review “{policy.title}”",
        f"Hello {person.name},\n\nthe review of “{policy.title}” {when}. Open it in Handrail, look at what people "
        "proposed and where they stumbled, and give it a new version or a new day of review.\n",
        key=f"review-{reminder.pk}-{person.pk}",
    )

"""What Home says of this year: what changed, and a mark only where someone wrote down why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.refs import Ref
from handrail.policy.models import Policy, Version
from handrail.strategy.facts import GoalChanged
from handrail.web.returned import returned_this_year

pytestmark = pytest.mark.django_db


def published(number: int, days_ago: int = 0) -> None:
    policy, _ = Policy.objects.get_or_create(key="rules", defaults={"title": "Rules"})
    Version.objects.filter(policy=policy, state=Version.State.PUBLISHED).update(state=Version.State.SUPERSEDED)
    at = timezone.now() - timedelta(days=days_ago)
    Version.objects.create(
        policy=policy, number=number, state=Version.State.PUBLISHED, published_at=at, effective_on=at.date(), words=1
    )


def test_a_new_version_is_no_amendment_while_no_cause_is_recorded() -> None:
    published(1)
    assert returned_this_year().sentence == "No text and no goal has changed."
    published(2)
    published(3)
    year = returned_this_year()
    assert year.sentence == "2 new versions of a policy; no cause is recorded yet."
    assert year.marks == ()


def test_last_years_version_is_not_this_years() -> None:
    published(1, 800)
    published(2, 400)
    assert returned_this_year().versions == 0


def test_a_goal_changed_for_a_reason_is_marked() -> None:
    announce(GoalChanged(Ref("goal", 1), ("statement",), ""), who=None)
    assert returned_this_year().marks == ()
    announce(GoalChanged(Ref("goal", 1), ("statement",), "Guests asked for it"), who=None)
    published(2)
    year = returned_this_year()
    assert len(year.marks) == 1
    assert year.sentence == "1 new version of a policy and 2 changes to a goal; for 1 of these a cause is recorded."

"""Whoever answers for a policy is reminded of its day of review 30 days, 7 days and on the day before: once each."""

from datetime import date, timedelta

import pytest

from handrail.kernel.models import Job
from handrail.people.testing import cast
from handrail.policy.actions import entrust, import_policy, remind_of_reviews
from handrail.policy.reads import needs
from handrail.policy.tests.test_publish import FIRST

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


def letters() -> list[str]:
    return [each.args[0] for each in Job.objects.filter(task="handrail.people.letters.send_letter")]


def test_three_letters_and_no_more() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    sent = []
    for days in range(40, -10, -1):
        for _ in range(2):
            sent += [days] * remind_of_reviews(DAY - timedelta(days=days))
    assert sent == [30, 7, 0]
    assert letters() == ["ana@example.org"] * 3


def test_a_missed_night_is_made_up_for_by_the_nearest_reminder_only() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    assert remind_of_reviews(DAY - timedelta(days=5)) == 1
    assert remind_of_reviews(DAY - timedelta(days=4)) == 0
    assert remind_of_reviews(DAY + timedelta(days=3)) == 1


def test_another_day_of_review_reminds_anew_and_a_leaver_is_not_written_to() -> None:
    people = cast()
    policy = import_policy(FIRST, "policy.md", by=people.eva).policy
    assert policy is not None
    assert remind_of_reviews(DAY) == 1
    people.ben.ends_on = None
    entrust(policy, owner=people.ben, contact="x", review_by=DAY + timedelta(days=60), by=people.ana)
    people.ben.ends_on = date(2020, 1, 1)
    people.ben.save()
    assert remind_of_reviews(DAY + timedelta(days=59)) == 1
    assert letters() == ["ana@example.org", "ana@example.org"]


def test_a_day_of_review_that_is_near_waits_for_its_owner() -> None:
    people = cast()
    policy = import_policy(FIRST, "policy.md", by=people.eva).policy
    assert policy is not None
    entrust(policy, owner=people.cleo, contact="x", review_by=date(2020, 1, 1), by=people.ana)
    assert [each.words for each in needs(people.cleo)] == ["Review “Social media policy”"]
    assert needs(people.dev) == []

"""What Home says of this year: what changed, and a mark only where someone wrote down why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.refs import Ref
from handrail.people.testing import Cast, cast
from handrail.policy.actions import Reason, explain_clause, import_policy
from handrail.policy.models import Version
from handrail.policy.reads import document_of
from handrail.policy.testing import published as in_force
from handrail.strategy.facts import GoalChanged
from handrail.web.returned import returned_this_year

pytestmark = pytest.mark.django_db


def published(number: int, people: Cast, *, because: str = "") -> Version:
    """A version in force by way of a round; with `because`, its clause says why it reads as it does."""
    text = f"# Rules\n\nYou must ask {number} times before you post.\n"
    report = import_policy(text.encode(), "rules.md", by=people.ana, title="Rules")
    assert report.version is not None
    if because:
        key = document_of(report.version).clauses[0].id
        explain_clause(report.version.policy, key, Reason("decision", because), by=people.ana)
    return in_force(report.version, people)


def test_a_new_version_is_no_amendment_while_no_cause_is_recorded() -> None:
    people = cast()
    published(1, people)
    assert returned_this_year().sentence == "No text and no goal has changed."
    published(2, people)
    published(3, people)
    year = returned_this_year()
    assert year.sentence == "2 new versions of a policy; no cause is recorded yet."
    assert year.marks == ()


def test_a_version_whose_clause_says_why_is_marked() -> None:
    people = cast()
    published(1, people)
    published(2, people, because="Guests asked for it.")
    year = returned_this_year()
    assert len(year.marks) == 1
    assert year.sentence == "1 new version of a policy, with the cause recorded."


def test_last_years_version_is_not_this_years(monkeypatch: pytest.MonkeyPatch) -> None:
    people = cast()
    published(1, people)
    published(2, people)
    assert returned_this_year().versions == 1
    next_year = timezone.localtime().replace(month=6, day=1) + timedelta(days=366)
    monkeypatch.setattr("handrail.web.returned.timezone.localtime", lambda: next_year)
    assert returned_this_year().versions == 0


def test_a_goal_changed_for_a_reason_is_marked() -> None:
    people = cast()
    announce(GoalChanged(Ref("goal", 1), ("statement",), ""), who=None)
    assert returned_this_year().marks == ()
    announce(GoalChanged(Ref("goal", 1), ("statement",), "Guests asked for it"), who=None)
    published(1, people)
    published(2, people)
    year = returned_this_year()
    assert len(year.marks) == 1
    assert year.sentence == "1 new version of a policy and 2 changes to a goal; for 1 of these a cause is recorded."

"""What waits on a person in strategy, what hangs loose, and who may approve by the matrix or in somebody's place."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from handrail.people.models import Delegation
from handrail.people.reads import subjects_by_kind, touched_functions
from handrail.people.testing import Cast, cast
from handrail.strategy import actions as do
from handrail.strategy.models import Purpose, PurposeStep
from handrail.strategy.reads import goal_tree, needs_of, orphans

pytestmark = pytest.mark.django_db
CELL = ("share", "employees")


def _start(people: Cast) -> Purpose:
    goal = do.set_goal(do.GoalText("Guests come back", owner=people.ana), by=people.ana)
    domain = do.set_domain(do.DomainText("Purchasing", people.cleo), by=people.ana)
    text = do.PurposeText("Cook", "Together.", owner=people.eva, cells=(CELL,), goals=(goal,), domains=(domain,))
    return do.propose_purpose(text, by=people.eva)


def test_each_is_asked_for_what_only_they_can_do(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    people = cast()
    purpose = _start(people)
    assert [need.words for need in needs_of(people.ana)] == ["Approve “Cook”, or say why not"]
    assert [need.words for need in needs_of(people.cleo)] == ["Rate “Cook”"]
    assert needs_of(people.dev) == needs_of(people.eva) == []
    do.approve_purpose(purpose, by=people.ana)
    today = timezone.localdate()
    target = do.set_target(purpose, do.TargetText("Rebookings", value=Decimal(4), every_days=30), by=people.eva)
    do.note_reading(target, Decimal(3), today - timedelta(40), by=people.eva)
    with django_assert_max_num_queries(12):
        asked = needs_of(people.eva)
    assert [(need.words, need.due) for need in asked] == [("Read “Rebookings”", today - timedelta(10))]
    do.reopen_purpose(Purpose.objects.get(), "Look", by=people.ana)
    assert "Look again at the purpose “Cook”" in {need.words for need in needs_of(people.eva)}


def test_what_hangs_loose_is_named_until_it_is_tied() -> None:
    people = cast()
    purpose = _start(people)
    do.set_goal(do.GoalText("Nobody serves me"), by=people.ana)
    do.set_domain(do.DomainText("Laundry"), by=people.ana)
    assert {(each.kind, each.lacks) for each in orphans()} == {
        ("goal", "no purpose serves it"),
        ("purpose", "no measure"),
        ("purpose", "no initiative"),
        ("domain", "nobody leads it"),
    }
    do.propose_initiative(purpose, do.InitiativeText("Harvest", cells=(CELL,)), by=people.eva)
    assert ("initiative", "no measure") in {(each.kind, each.lacks) for each in orphans()}
    assert [len(each.purposes) for each in goal_tree()] == [1, 0]


def test_purposes_and_touched_functions_stand_in_the_matrix() -> None:
    people = cast()
    _start(people)
    assert [each.title for each in subjects_by_kind()["purpose"]] == ["Cook"]
    assert "Purchasing" in touched_functions()


def test_a_stand_in_approves_and_both_names_are_kept() -> None:
    people = cast()
    purpose, today = _start(people), timezone.localdate()
    Delegation.objects.create(
        person=people.ana, to=people.hana, starts_on=today, ends_on=today, activities=["approve"], made_by=people.ana
    )
    do.approve_purpose(purpose, by=people.hana)
    said = PurposeStep.objects.get(kind="approved").said
    assert said == "Hana Sato, standing in for Ana Lind, approved it"

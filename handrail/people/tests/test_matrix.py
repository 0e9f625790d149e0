"""The matrix decides: proposed, agreed, and then who may act follows from it and from nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people import actions, testing
from handrail.people.models import Assignment, Delegation, Gap, Matrix, Person
from handrail.people.reads import acting_for, asked_of, cross_section, matrix_in_force, may_act, shares, told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> testing.Cast:
    return testing.cast()


def _agree(matrix: Matrix, cast: testing.Cast) -> Matrix:
    today = timezone.localdate()
    return actions.agree_matrix(
        matrix, agreed_on=today, how="In one meeting.", people=[cast.ana, cast.ben], by=cast.ana
    )


def _cell(matrix: Matrix, activity: str, person: Person, letters: str, cast: testing.Cast) -> None:
    actions.set_letters(matrix, f"activity:{activity}", f"person:{person.pk}", letters, by=cast.ana)


def _held(cast: testing.Cast) -> Matrix:
    matrix = actions.propose_matrix(by=cast.ana)
    _cell(matrix, "approve", cast.ana, "", cast)
    _cell(matrix, "approve", cast.cleo, "A", cast)
    _cell(matrix, "approve", cast.ben, "C", cast)
    _cell(matrix, "approve", cast.hana, "I", cast)
    return _agree(matrix, cast)


def test_without_a_matrix_todays_roles_decide(cast: testing.Cast) -> None:
    assert may_act(cast.ana, "approve")
    assert may_act(cast.eva, "draft")
    assert not may_act(cast.eva, "approve")
    assert not may_act(cast.dev, "draft")
    assert may_act(cast.dev, "approve", owner=cast.dev.pk)


def test_a_proposal_decides_nothing_until_it_is_agreed(cast: testing.Cast) -> None:
    matrix = actions.propose_matrix(by=cast.ana)
    _cell(matrix, "approve", cast.ana, "", cast)
    _cell(matrix, "approve", cast.cleo, "A", cast)
    assert may_act(cast.ana, "approve")
    assert not may_act(cast.cleo, "approve")
    _agree(matrix, cast)
    assert may_act(cast.cleo, "approve")
    assert not may_act(cast.ana, "approve")


def test_asked_and_told_follow_the_same_cells(cast: testing.Cast) -> None:
    _held(cast)
    assert asked_of("approve") == [cast.ben]
    assert told_of("approve") == [cast.hana]
    assert not may_act(cast.ben, "approve")


def test_two_accountable_keep_a_proposal_from_being_agreed(cast: testing.Cast) -> None:
    matrix = actions.propose_matrix(by=cast.ana)
    _cell(matrix, "publish", cast.cleo, "A", cast)
    with pytest.raises(NotNow, match="accountable for Publish"):
        _agree(matrix, cast)
    assert matrix_in_force() is None


def test_agreeing_the_next_replaces_the_one_in_force(cast: testing.Cast) -> None:
    first = _held(cast)
    second = _agree(actions.propose_matrix(by=cast.ana), cast)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "in_force")
    assert set(second.assignments.values_list("row", "holder", "letters")) == set(
        first.assignments.values_list("row", "holder", "letters")
    )


def test_edits_are_taken_back_one_by_one(cast: testing.Cast) -> None:
    matrix = actions.propose_matrix(by=cast.ana)
    before = set(matrix.assignments.values_list("row", "holder", "letters"))
    _cell(matrix, "inform", cast.dev, "R", cast)
    _cell(matrix, "inform", cast.dev, "RC", cast)
    actions.undo_edit(matrix, by=cast.ana)
    assert Assignment.objects.get(matrix=matrix, person=cast.dev).letters == "R"
    actions.undo_edit(matrix, by=cast.ana)
    assert set(matrix.assignments.values_list("row", "holder", "letters")) == before
    assert actions.undo_edit(matrix, by=cast.ana) is None


def test_only_the_governance_owner_changes_it(cast: testing.Cast) -> None:
    with pytest.raises(Refused):
        actions.propose_matrix(by=cast.eva)


def test_bad_letters_rows_and_holders_are_refused(cast: testing.Cast) -> None:
    matrix = actions.propose_matrix(by=cast.ana)
    for row, holder, letters in (
        ("activity:draft", f"person:{cast.eva.pk}", "X"),
        ("activity:dance", f"person:{cast.eva.pk}", "R"),
        ("activity:draft", "person:999999", "R"),
        ("activity:draft", "role:king", "R"),
    ):
        with pytest.raises(BadInput):
            actions.set_letters(matrix, row, holder, letters, by=cast.ana)


def test_a_delegate_acts_only_in_their_days_and_for_what_was_named(cast: testing.Cast) -> None:
    _held(cast)
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    actions.delegate(cast.cleo, cast.ben, activities=["approve"], by=cast.cleo, **days)
    assert may_act(cast.ben, "approve")
    assert acting_for(cast.ben, "approve") == [cast.cleo]
    assert not may_act(cast.ben, "publish")
    assert not may_act(cast.ben, "approve", authors=[cast.ben.pk])
    Delegation.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    assert not may_act(cast.ben, "approve")


def test_a_delegation_is_not_passed_on(cast: testing.Cast) -> None:
    _held(cast)
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    actions.delegate(cast.cleo, cast.ben, activities=["approve"], by=cast.cleo, **days)
    with pytest.raises(NotNow):
        actions.delegate(cast.ben, cast.gil, activities=["approve"], by=cast.ben, **days)
    Delegation.objects.create(person=cast.ben, to=cast.gil, activities=["approve"], **days)
    assert not may_act(cast.gil, "approve")


def test_a_leaver_opens_one_gap_per_assignment_in_one_run_and_taking_it_moves_the_letters(cast: testing.Cast) -> None:
    _held(cast)
    cast.cleo.ends_on = timezone.localdate() + timedelta(days=20)
    cast.cleo.save()
    assert actions.open_gaps_of_leavers() == 1
    assert actions.open_gaps_of_leavers() == 0
    gap = Gap.objects.get()
    actions.offer_gap(gap, cast.gil, by=cast.ana)
    with pytest.raises(Refused):
        actions.take_gap(gap, by=cast.ben)
    actions.take_gap(gap, by=cast.gil)
    assert may_act(cast.gil, "approve")
    assert not may_act(cast.cleo, "approve")


def test_a_file_names_its_bad_rows_and_a_check_writes_nothing(cast: testing.Cast) -> None:
    matrix = actions.propose_matrix(by=cast.ana)
    before = matrix.assignments.count()
    data = b"row,who,letters\ninform,dev@example.org,RI\ndance,dev@example.org,R\ninform,nobody@x.org,R\ninform,ben@example.org,Z\n"
    assert [line for line, _ in actions.check_matrix_file(data).bad] == [3, 4, 5]
    assert matrix.assignments.count() == before
    actions.import_matrix(matrix, data, by=cast.ana)
    assert matrix.assignments.get(person=cast.dev).letters == "RI"


def test_small_groups_are_hidden_and_never_just_one() -> None:
    found = shares({"a": 100, "b": 40, "c": 3}, {"a": 5})  # type: ignore[arg-type]
    assert [each.name for each in found] == ["a", "2 small groups"]


def test_the_cross_section_counts_who_takes_part(cast: testing.Cast) -> None:
    found = cross_section()
    assert (found.workforce, found.taking) == (8, 6)

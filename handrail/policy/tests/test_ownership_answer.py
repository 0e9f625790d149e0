"""Question 2: each state and score, and sentences that read well for none, one and many."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.people import actions, testing
from handrail.people.models import Matrix, Person
from handrail.policy.actions import entrust, import_policy
from handrail.policy.evidence import ownership
from handrail.policy.models import Policy
from handrail.policy.tests.test_publish import FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> testing.Cast:
    return testing.cast()


def _said() -> str:
    return "".join(part.text for part in ownership().sentence)


def _policy(cast: testing.Cast) -> Policy:
    policy = import_policy(FIRST, "policy.md", by=cast.eva).policy
    assert policy is not None
    entrust(policy, owner=cast.ana, contact="x", review_by=timezone.localdate() + timedelta(days=90), by=cast.ana)
    return policy


def _set(matrix: Matrix, row: str, person: Person, letters: str, cast: testing.Cast) -> None:
    actions.set_letters(matrix, row if ":" in row else f"activity:{row}", f"person:{person.pk}", letters, by=cast.ana)


def _proposed(cast: testing.Cast) -> Matrix:
    """A proposal in which every rule that must hold does."""
    matrix = actions.propose_matrix(by=cast.ana)
    for row, person, letters in (
        ("vet", cast.gil, "R"),
        ("publish", cast.eva, "AR"),
        ("publish", cast.ana, "R"),
        ("approve", cast.ben, "R"),
        ("inform", cast.cleo, "R"),
    ):
        _set(matrix, row, person, letters, cast)
    for interest, person in zip(("security", "privacy", "brand", "employees"), (2, 3, 4, 5), strict=True):
        one = testing.make_person(person, password=cast.ana.password, function="Rooms")
        actions.grant_role(one, "reviewer", interest=interest, by=cast.ana)
        _set(matrix, "vet", one, "R", cast)
    return matrix


def _agree(matrix: Matrix, cast: testing.Cast) -> None:
    today = timezone.localdate()
    actions.agree_matrix(matrix, agreed_on=today, how="In one meeting.", people=[cast.ana, cast.ben], by=cast.ana)


def test_a_proposal_alone_is_drafted(cast: testing.Cast) -> None:
    _proposed(cast)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert _said() == "Nobody has agreed yet who is consulted and informed; a proposal is being worked on."
    assert answer.next_act is not None
    assert answer.next_act.words == "Put the proposal for who does what in force"


def test_policies_with_owners_and_an_agreed_matrix_that_holds_are_shown_to_work(cast: testing.Cast) -> None:
    _policy(cast)
    _agree(_proposed(cast), cast)
    answer = ownership()
    assert (answer.state, answer.score) == ("answered", 3), _said()
    assert "2 people agreed on" in _said()
    assert _said().endswith("who does what, and every rule that must hold does.")
    assert answer.gist == "everything has one owner"
    assert answer.next_act is not None
    assert answer.next_act.words.startswith("Review “")
    assert answer.figure.total == 31


def test_a_finding_to_mend_keeps_it_at_in_use_and_is_the_next_act(cast: testing.Cast) -> None:
    _policy(cast)
    matrix = _proposed(cast)
    _set(matrix, "inform", cast.hana, "", cast)
    _set(matrix, "inform", cast.cleo, "C", cast)
    _agree(matrix, cast)
    answer = ownership()
    assert (answer.state, answer.score) == ("answered", 2)
    assert _said().endswith("; 1 finding waits.")
    assert answer.next_act is not None
    assert answer.next_act.words == "Mend the matrix: Nobody does Inform"
    _set_in_force("monitor", cast)
    assert _said().endswith("; 2 findings wait.")


def _set_in_force(activity: str, cast: testing.Cast) -> None:
    Matrix.objects.get(state="in_force").assignments.filter(row=f"activity:{activity}", letters="R").delete()


def test_a_leavers_gap_keeps_it_at_in_use_and_needs_another_look_once_they_are_gone(cast: testing.Cast) -> None:
    _policy(cast)
    _agree(_proposed(cast), cast)
    today = timezone.localdate()
    Person.objects.filter(pk=cast.gil.pk).update(ends_on=today + timedelta(days=100))
    actions.open_gaps_of_leavers()
    answer = ownership()
    assert (answer.state, answer.score) == ("answered", 2)
    assert _said().endswith("; 2 leavers’ gaps wait.")
    assert answer.next_act is not None
    assert answer.next_act.due == today + timedelta(days=100)
    assert answer.next_act.words == "Find who takes “Monitor” from Gil Tavares"
    Person.objects.filter(pk=cast.gil.pk).update(ends_on=today - timedelta(days=1))
    actions.open_gaps_of_leavers()
    answer = ownership()
    assert answer.state == "again"
    assert answer.why


def test_a_matrix_without_a_policy_is_in_progress(cast: testing.Cast) -> None:
    _agree(_proposed(cast), cast)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert _said().startswith("2 people agreed on")


def test_a_policy_that_lacks_something_keeps_an_agreed_matrix_at_one(cast: testing.Cast) -> None:
    _policy(cast)
    import_policy(b"Be kind.", "kind.md", by=cast.eva)
    _agree(_proposed(cast), cast)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert "1 of 2 policies has an owner who works here; kind still lacks" in _said()
    assert ". 2 people agreed on" in _said()

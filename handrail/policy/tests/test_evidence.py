"""Questions 2 and 3, computed from what the record holds."""

from datetime import date

import pytest
from django.utils import timezone

from handrail.people.testing import cast
from handrail.policy.actions import entrust, import_policy, publish
from handrail.policy.evidence import ownership, vetting
from handrail.policy.tests.test_publish import FIRST

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return "".join(part.text for part in answer.sentence)


def test_without_a_policy_both_questions_are_open_and_say_what_to_do() -> None:
    cast()
    for answer in (ownership(), vetting()):
        assert (answer.state, answer.score) == ("open", 0)
        assert answer.figure.total == 0
        assert answer.next_act is not None
        assert answer.next_act.who == "Ana Lind"


def test_a_policy_without_owner_is_named_and_its_owner_asked_for() -> None:
    people = cast()
    import_policy(b"Be kind.", "kind.md", by=people.eva)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 0)
    assert words(answer).startswith("kind lacks")
    assert answer.gist == "the policy has no owner"
    assert "1 policy, its owner, contact and day of review" in answer.worked_from
    assert "lacks an owner who works here, a contact and a day of review" in words(answer)
    assert answer.facts == {"policies": 1, "owned": 0, "left": 0, "late": 0, "whole": 0}


def test_a_whole_policy_gives_score_one_and_a_review_as_the_next_act() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert answer.next_act is not None
    assert answer.next_act.due == date(2027, 3, 1)


def test_an_owner_who_left_makes_question_two_need_another_look() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    people.ana.ends_on = date(2020, 1, 1)
    people.ana.save()
    answer = ownership()
    assert answer.state == "again"
    assert "no longer works here" in answer.why


def test_a_review_that_is_past_makes_question_two_need_another_look() -> None:
    people = cast()
    policy = import_policy(FIRST, "policy.md", by=people.eva).policy
    assert policy is not None
    entrust(policy, owner=people.ana, contact="x", review_by=date(2020, 5, 6), by=people.ana)
    answer = ownership()
    assert answer.state == "again"
    assert "6 May 2020" in answer.why
    assert answer.next_act is not None
    assert answer.next_act.due == timezone.localdate()


def test_question_three_stays_open_and_says_which_version_was_never_vetted() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    assert "No version is in force" in words(vetting())
    assert vetting().figure.caption == "No version in force"
    publish(version, by=people.ana)
    answer = vetting()
    assert (answer.state, answer.score) == ("open", 0)
    assert "Version 1 of “Social media policy” was never vetted" in words(answer)
    assert answer.facts == {"in_force": 1, "unvetted": 1}
    assert answer.next_act is not None
    assert answer.next_act.words == "Ask the five reviewers to read it: Handrail can’t run a round yet"
    assert answer.next_act.href == "/people/roles"


def test_two_policies_are_counted_in_the_plural_and_gists_stay_short() -> None:
    people = cast()
    assert len(ownership().gist) < 40
    import_policy(FIRST, "policy.md", by=people.eva)
    assert (ownership().gist, "," in ownership().gist) == ("nobody says who is consulted", False)
    assert "Social media policy has an owner who works here" in words(ownership())
    import_policy(b"Be kind.", "kind.md", by=people.eva)
    assert ownership().gist == "one policy has no owner"
    assert "1 of 2 policies has an owner who works here" in words(ownership())
    assert "2 policies, their owners" in ownership().worked_from

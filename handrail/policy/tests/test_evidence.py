"""Questions 2 and 3, computed from what the record holds."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handrail.people.testing import cast
from handrail.policy.actions import edit_clause, entrust, import_policy, open_vetting, publish
from handrail.policy.evidence import ownership, vetting
from handrail.policy.reads import standing_clause
from handrail.policy.testing import in_vetting, sign_and_clear
from handrail.policy.tests.test_publish import FIRST
from handrail.vetting.actions import clear, dispose, read_clauses, remark, sign
from handrail.vetting.reads import clauses_in
from handrail.vetting.testing import reviewer

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
    found = {"policies": 1, "owned": 0, "left": 0, "late": 0, "whole": 0, "agreed": 0, "findings": 0, "gaps": 0}
    assert answer.facts == found


def test_a_whole_policy_gives_score_one_and_the_matrix_as_the_next_act() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    answer = ownership()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert answer.next_act is not None
    assert answer.next_act.words == "Agree who does what"
    assert words(answer).endswith(" has an owner who works here. Nobody has agreed yet who is consulted and informed.")


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


def test_question_three_follows_the_rounds_from_open_to_answered() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    answer = vetting()
    assert (answer.state, answer.score) == ("open", 0)
    assert answer.next_act is not None
    assert answer.next_act.href == "/policies/social-media-policy/1/vet"
    round = in_vetting(version, people)
    answer = vetting()
    assert (answer.state, answer.score) == ("in_progress", 1)
    assert words(answer) == "None of one interests have signed version 1; no remark waits."
    assert answer.next_act is not None
    assert answer.next_act.words == "Go on with the round: Legal has not signed the present text"
    said, _ = remark(round, by=people.ben, body="Which guests?", clause_key=version.clauses.first().key)
    assert words(vetting()).endswith("; 1 remark waits.")
    dispose(said, "declined", "All of them.", by=people.ana)
    sign_and_clear(round, people)
    assert words(vetting()) == "Version 1 is cleared and waits to be published."
    publish(version, by=people.ana)
    answer = vetting()
    assert (answer.state, answer.score) == ("answered", 2)
    assert words(answer).startswith("The policy in force was cleared by a round")
    assert answer.facts == {"in_force": 1, "unvetted": 0, "rounds": 1, "open_rounds": 0, "remarks_waiting": 0}


def test_a_round_over_its_last_day_makes_question_three_need_another_look() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    round = in_vetting(version, people)
    type(round).objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(days=2))
    answer = vetting()
    assert answer.state == "again"
    assert "was to close on" in answer.why


def test_a_vetting_in_which_all_five_signed_and_a_remark_changed_words_is_shown_to_work() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    others = ("security", "privacy", "brand", "employees")
    readers = {"legal": people.ben} | {each: reviewer(at, each) for at, each in enumerate(others, start=1)}
    round = open_vetting(version, by=people.eva, closes_at=timezone.now() + timedelta(days=7), open_to="everyone")
    said, _ = remark(round, by=people.dev, body="Say when.", clause_key=version.clauses.first().key)
    key = version.clauses.get(text="Never name a guest.").key
    edit_clause(version, key, "Never name guests.", by=people.eva, base_sha=standing_clause(version, key).sha)
    dispose(said, "adopted", "You are right.", by=people.eva, changed_clause=key)
    keys = [clause.key for clause in clauses_in(type(round).objects.get(pk=round.pk))]
    for interest, person in readers.items():
        read_clauses(round, keys, by=person)
        sign(round, interest, by=person)
    clear(round, by=people.eva)
    publish(version, by=people.ana)
    assert (vetting().state, vetting().score) == ("answered", 3)


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

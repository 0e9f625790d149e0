"""Editing while people review: the round is redrafted, exactly the right sign-offs go stale, no remark is lost."""

import pytest

from handrail.kernel.errors import NotNow
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import Diverged, edit_clause, import_policy, use_wording
from handrail.policy.ledger import sha_of
from handrail.policy.models import Because, ClauseText, Version
from handrail.policy.reads import round_of, standing_clause
from handrail.policy.testing import in_vetting
from handrail.policy.tests.test_publish import FIRST
from handrail.vetting.actions import read_clauses, remark, sign
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import clauses_in, matrix, remarks_of

pytestmark = pytest.mark.django_db


def begun() -> tuple[Cast, Version, Round]:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    return people, version, in_vetting(version, people)


def key_of(version: Version, words: str) -> str:
    return ClauseText.objects.get(version=version, text=words).key


def edited(version: Version, key: str, words: str, people: Cast) -> None:
    version = Version.objects.get(pk=version.pk)
    edit_clause(version, key, words, by=people.eva, base_sha=standing_clause(version, key).sha)


def test_an_edit_makes_exactly_the_sign_offs_on_its_words_stale_and_carries_every_remark() -> None:
    people, version, round = begun()
    ask, answer = key_of(version, "Ask before you post."), key_of(version, "Answer within 48 hours.")
    on_ask, _ = remark(round, by=people.ben, clause_key=ask, quote="before you post", body="Whom do I ask?")
    on_answer, _ = remark(round, by=people.ben, clause_key=answer, quote="48 hours", body="Too long.")
    read_clauses(round, [each.key for each in clauses_in(round)], by=people.ben)
    signed = sign(round, "legal", by=people.ben)
    edited(version, answer, "Answer within 24 hours.", people)
    version.refresh_from_db()
    round.refresh_from_db()
    signed.refresh_from_db()
    assert version.state == "in_vetting"
    assert version.text_sha256 == round.text_sha256
    assert round.number == 2
    assert signed.stale_since == 2
    threads = {each.uid: each for each in remarks_of(round)}
    assert set(threads) == {on_ask.uid, on_answer.uid}
    assert threads[on_ask.uid].clause_key == ask
    assert threads[on_ask.uid].place in ("anchored", "carried")
    assert threads[on_answer.uid].place in ("reanchored", "detached")
    assert all(each.is_open for each in threads.values())
    assert matrix(round) is not None


def test_an_edit_that_changes_nothing_leaves_the_round_and_its_sign_offs_alone() -> None:
    people, version, round = begun()
    ask = key_of(version, "Ask before you post.")
    read_clauses(round, [each.key for each in clauses_in(round)], by=people.ben)
    signed = sign(round, "legal", by=people.ben)
    edited(version, ask, "Ask before you post.", people)
    round.refresh_from_db()
    signed.refresh_from_db()
    assert (round.number, signed.stale_since) == (1, None)


def suggested() -> tuple[Cast, Version, Remark, str]:
    people, version, round = begun()
    key = key_of(version, "Answer within 48 hours.")
    said, _ = remark(round, by=people.ben, clause_key=key, body="Sooner.", suggested="Answer within a day.")
    return people, version, said, key


def test_a_wording_that_is_used_is_in_the_text_and_its_remark_is_settled_with_the_reason_on_the_clause() -> None:
    people, version, said, key = suggested()
    done = use_wording(version, said.uid, by=people.eva, seen=sha_of("Answer within 48 hours."))
    assert done.keys == (key,)
    assert ClauseText.objects.get(version=version, key=key).text == "Answer within a day."
    round = round_of(version)
    assert round is not None
    thread = remarks_of(round)[0]
    assert thread.disposition is not None
    assert thread.disposition.verdict == "adopted"
    assert Because.objects.get(clause__key=key).ref == f"remark:{said.uid}"
    with pytest.raises(NotNow):
        use_wording(version, said.uid, by=people.eva, seen=sha_of("Answer within a day."))


def test_words_that_changed_since_leave_the_text_as_it_is_and_the_remark_open() -> None:
    people, version, said, key = suggested()
    edited(version, key, "Answer within 12 hours.", people)
    with pytest.raises(Diverged):
        use_wording(version, said.uid, by=people.eva, seen=sha_of("Answer within 48 hours."))
    assert ClauseText.objects.get(version=version, key=key).text == "Answer within 12 hours."
    round = round_of(version)
    assert round is not None
    assert remarks_of(round)[0].is_open
    assert not Because.objects.exists()


def test_suggest_a_change_leads_into_the_round_in_vetting_and_to_an_amendment_else() -> None:
    people, version, round = begun()
    key = key_of(version, "Never name a guest.")
    page = signed_in(people.ben).get("/policies/social-media-policy/1/review").content.decode()
    assert f"/{round.pk}/say?clause={key}" in page
    assert "Suggest a change" in page
    author = signed_in(people.eva).get("/policies/social-media-policy/1").content.decode()
    assert f"/policies/social-media-policy/1/edit?clause={key}" in author
    assert f"/policies/social-media-policy/clauses/{key}" in author

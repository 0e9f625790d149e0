"""Who may write, publish and approve: today's roles until a matrix is agreed, its letters from then on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people import actions as people_actions
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    ProcedureWords,
    begin_draft,
    import_policy,
    may_publish,
    may_take_back,
    may_write,
    open_vetting,
    publish,
    take_back,
    write_procedure,
)
from handrail.policy.models import Version
from handrail.policy.reads import clearing_round, may_approve_procedure, unconfirmed, what_keeps_it
from handrail.policy.testing import cleared, published, sign_and_clear
from handrail.policy.tests.test_publish import FIRST, SECOND
from handrail.vetting.models import Seat

pytestmark = pytest.mark.django_db


def draft() -> tuple[Cast, Version]:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    return people, version


def agree(people: Cast, cells: list[tuple[str, object, str]]) -> None:
    matrix = people_actions.propose_matrix(by=people.ana)
    for row, person, letters in cells:
        people_actions.set_letters(matrix, row, f"person:{person.pk}", letters, by=people.ana)  # type: ignore[attr-defined]
    people_actions.agree_matrix(
        matrix, agreed_on=timezone.localdate(), how="Met.", people=[people.ana, people.ben], by=people.ana
    )


def test_without_a_matrix_todays_roles_hold() -> None:
    people, version = draft()
    assert [who.name for who in people.everyone() if may_write(who, version.policy)] == ["Ana Lind", "Eva Novak"]
    assert [who.name for who in people.everyone() if may_write(who)] == ["Ana Lind", "Eva Novak"]
    assert [who.name for who in people.everyone() if may_publish(who, version)] == ["Ana Lind"]


def test_with_a_matrix_the_letters_decide_who_writes_and_publishes() -> None:
    people, version = draft()
    version = cleared(version, people)
    agree(people, [(f"policy:{version.policy_id}", people.cleo, "A")])
    assert may_publish(people.cleo, version)
    assert not may_publish(people.ana, version)
    with pytest.raises(Refused):
        publish(version, by=people.ana)
    assert publish(version, by=people.cleo).state == "published"
    assert may_write(people.cleo, version.policy)
    assert may_write(people.cleo)
    assert not may_write(people.eva, version.policy)
    assert begin_draft(version.policy, by=people.cleo).number == 2


def test_a_procedure_keeps_its_own_approval_unless_its_own_row_says_otherwise() -> None:
    people, _ = draft()
    words = ProcedureWords(title="Asking", department="Front office", markdown="1. Ask.", owner=people.cleo)
    one = write_procedure(None, words, by=people.eva)
    agree(people, [("activity:approve", people.ana, ""), ("activity:approve", people.dev, "A")])
    assert may_approve_procedure(people.cleo, one)
    assert not may_approve_procedure(people.dev, one)


def test_the_policys_own_row_names_who_reads_for_an_interest() -> None:
    people, version = draft()
    left = dict.fromkeys(("security", "privacy", "brand", "employees"), "Not touched.")
    closes = timezone.now() + timedelta(days=2)
    round = open_vetting(version, by=people.eva, closes_at=closes, required={"legal": 1}, left_out=left)
    assert list(Seat.objects.filter(round=round).values_list("person__name", "interest")) == [
        ("Ben Achterberg", "legal")
    ]


def test_a_change_nobody_typed_keeps_a_cleared_version_from_being_published() -> None:
    people, version = draft()
    published(version, people)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    second = cleared(second, people)
    second.typings.all().delete()
    waiting = len(unconfirmed(second))
    assert waiting > 1
    with pytest.raises(NotNow, match=f"{waiting} changes wait for an author’s word"):
        publish(second, by=people.ana)
    browser = signed_in(people.ana)
    page = browser.get("/policies/social-media-policy/2/publish").content.decode()
    assert "can’t be published yet" in page
    browser.post("/policies/social-media-policy/2/publish", {"confirm": "yes"})
    assert all(each.in_doubt for each in unconfirmed(second))


def test_a_cleared_version_goes_back_to_a_draft_with_why_and_needs_a_new_round() -> None:
    people, version = draft()
    version = cleared(version, people)
    first = clearing_round(version)
    assert first is not None
    assert may_take_back(people.eva, version)
    with pytest.raises(Refused):
        take_back(version, "Wrong.", by=people.dev)
    with pytest.raises(BadInput):
        take_back(version, "  ", by=people.eva)
    back = take_back(version, "The name in 1(a) is wrong.", by=people.eva)
    assert (back.state, back.number) == ("draft", 1)
    assert what_keeps_it(back)
    with pytest.raises(NotNow):
        publish(back, by=people.ana)
    left = dict.fromkeys(("security", "privacy", "brand", "employees"), "Not touched.")
    closes = timezone.now() + timedelta(days=2)
    again = open_vetting(back, by=people.ana, closes_at=closes, required={"legal": 1}, left_out=left)
    back.refresh_from_db()
    with pytest.raises(NotNow):
        # The same words were cleared before, but the round that counts now is the new one.
        publish(back, by=people.ana)
    sign_and_clear(again, people)
    assert publish(Version.objects.get(pk=back.pk), by=people.ana).state == "published"
    first.refresh_from_db()
    assert first.state == "cleared"

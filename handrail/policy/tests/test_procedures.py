"""Procedures change freely, are linked to what they carry out, and are flagged when that changes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    ProcedureWords,
    adhere,
    approve_procedure,
    bring_into_force,
    build_on,
    check_procedure,
    edit_clause,
    import_policy,
    import_procedures,
    move_to_procedure,
    put_steps_back,
    retire_procedure,
    take_publishing,
    write_procedure,
)
from handrail.policy.models import Adherence, Policy, Procedure, ProcedureText, Version
from handrail.policy.reads import (
    circles_by_procedure,
    impact_of,
    needs,
    procedure_shown,
    procedures_for,
    standing_clause,
)
from handrail.policy.testing import published
from handrail.policy.tests.test_publish import FIRST, SECOND

pytestmark = pytest.mark.django_db


def in_force(people: Cast) -> Version:
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    return published(version, people)


def asking(people: Cast, **given: object) -> Procedure:
    words = {"title": "Asking a guest", "department": "Front office", "markdown": "1. Ask.\n2. Show it."} | given
    return write_procedure(None, ProcedureWords(**words), by=people.eva)  # type: ignore[arg-type]


def key_of(version: Version, text: str) -> str:
    return version.clauses.get(text=text).key


def test_a_procedure_gets_the_next_number_and_is_a_draft_until_its_owner_approves_it() -> None:
    people = cast()
    one = asking(people, owner=people.cleo)
    other = asking(people, title="Shared accounts", department="Communications")
    assert (one.code, other.code) == ("P-01", "P-02")
    with pytest.raises(Refused):
        approve_procedure(one, by=people.eva)
    text = approve_procedure(one, by=people.cleo)
    assert (text.state, text.approved_by) == ("in_force", people.cleo)
    with pytest.raises(NotNow, match="no draft"):
        approve_procedure(one, by=people.cleo)


def test_new_words_are_a_new_draft_and_what_is_in_force_stays_in_the_record() -> None:
    people = cast()
    one = asking(people, owner=people.cleo)
    approve_procedure(one, by=people.cleo)
    write_procedure(one, ProcedureWords(one.title, one.department, "1. Ask first.", people.cleo), by=people.dev)
    shown = procedure_shown(1)
    assert shown is not None
    assert shown.in_force is not None
    assert shown.draft is not None
    assert (shown.in_force.number, shown.draft.number) == (1, 2)
    approve_procedure(one, by=people.cleo)
    assert list(one.texts.order_by("number").values_list("state", flat=True)) == ["superseded", "in_force"]
    assert ProcedureText.objects.get(number=1).markdown == "1. Ask.\n2. Show it.\n"


def test_people_of_other_departments_write_nothing_and_nobody_makes_themselves_its_owner() -> None:
    people = cast()
    one = asking(people, owner=people.cleo)
    words = ProcedureWords(one.title, one.department, "x", people.cleo)
    with pytest.raises(Refused):
        write_procedure(one, words, by=people.gil)
    with pytest.raises(Refused, match="who owns"):
        write_procedure(one, ProcedureWords(one.title, one.department, "x", people.dev), by=people.dev)
    with pytest.raises(Refused):
        write_procedure(None, ProcedureWords("Mine", "Front office", "x", people.dev), by=people.dev)


def test_the_same_words_twice_change_nothing() -> None:
    people = cast()
    one = asking(people)
    write_procedure(one, ProcedureWords(one.title, one.department, "1. Ask.\n2. Show it.", None), by=people.eva)
    assert one.texts.count() == 1
    assert JournalEntry.objects.filter(code="policy.procedure_written").count() == 1


def test_a_changed_clause_flags_its_procedures_until_somebody_has_looked() -> None:
    people = cast()
    first = in_force(people)
    key, other = key_of(first, "Answer within 48 hours."), key_of(first, "Never name a guest.")
    one, calm = asking(people, owner=people.cleo), asking(people, title="Naming")
    adhere(one, first.policy, key, by=people.eva)
    adhere(one, first.policy, key, by=people.eva)
    adhere(calm, first.policy, other, by=people.eva)
    assert Adherence.objects.count() == 2
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    assert [each.words for each in impact_of(second)[0].touched] == [str(one)]
    second = published(second, people)
    take_publishing(second)
    take_publishing(second)
    shown = {each.procedure.pk: each for each in procedures_for()}
    assert [link.flagged_why for link in shown[one.pk].flags] == ["tightened"]
    assert shown[calm.pk].flags == []
    assert JournalEntry.objects.filter(code="policy.procedure_flagged").count() == 1
    assert any("Look at P-01" in each.words for each in needs(people.cleo))
    assert check_procedure(one, by=people.dev) == (key,)
    take_publishing(second)
    assert procedure_shown(1).flags == []  # type: ignore[union-attr]
    with pytest.raises(NotNow, match="no flag"):
        check_procedure(one, by=people.dev)


def test_an_approved_edit_takes_the_flag_off_too() -> None:
    people = cast()
    first = in_force(people)
    one = asking(people, owner=people.cleo)
    adhere(one, first.policy, key_of(first, "Answer within 48 hours."), by=people.eva)
    approve_procedure(one, by=people.cleo)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    take_publishing(published(second, people))
    assert procedure_shown(1).flags  # type: ignore[union-attr]
    write_procedure(one, ProcedureWords(one.title, one.department, "1. Within a day.", people.cleo), by=people.dev)
    approve_procedure(one, by=people.cleo)
    assert not procedure_shown(1).flags  # type: ignore[union-attr]


def test_a_clause_that_does_not_stand_is_not_linked() -> None:
    people = cast()
    first = in_force(people)
    with pytest.raises(BadInput, match="no clause c-nowhere"):
        adhere(asking(people), first.policy, "c-nowhere", by=people.eva)


def test_steps_leave_the_policy_in_one_act_and_come_back() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    before = version.markdown
    keys = [key_of(version, "Ask before you post."), key_of(version, "Answer within 48 hours.")]
    move = move_to_procedure(version, keys, by=people.eva, department="Front office", title="Asking a guest")
    version.refresh_from_db()
    texts = list(version.clauses.order_by("position").values_list("text", flat=True))
    assert "How Front office does this is in procedure P-01, Asking a guest." in texts
    assert "Ask before you post." not in texts
    assert "1. Ask before you post.\n2. Answer within 48 hours." in move.steps
    assert list(Adherence.objects.values_list("procedure__number", "clause_key")) == [(1, move.pointer_key)]
    put_steps_back(move, by=people.eva)
    put_steps_back(move, by=people.eva)
    version.refresh_from_db()
    assert version.markdown == before
    assert sorted(version.clauses.values_list("key", flat=True)) == sorted(
        version.policy.ledger.filter(retired_in__isnull=True).values_list("key", flat=True)
    )
    assert procedures_for() == []
    assert JournalEntry.objects.filter(code="policy.steps_put_back").count() == 1


def test_steps_come_back_beside_a_later_edit_elsewhere_but_not_over_one() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    one = asking(people)
    step = key_of(version, "Ask before you post.")
    move = move_to_procedure(version, [step], by=people.eva, procedure=one)
    other = key_of(version, "Never name a guest.")
    edit_clause(version, other, "Never name guests.", by=people.ana, base_sha=standing_clause(version, other).sha)
    put_steps_back(move, by=people.eva)
    version.refresh_from_db()
    assert "Ask before you post." in version.markdown
    assert "Never name guests." in version.markdown
    assert one.texts.get().markdown == "1. Ask.\n2. Show it.\n"
    again = move_to_procedure(version, [step], by=people.eva, procedure=one)
    write_procedure(one, ProcedureWords(one.title, one.department, "1. Else.", None), by=people.eva)
    with pytest.raises(NotNow, match="moved on"):
        put_steps_back(again, by=people.eva)
    version.refresh_from_db()
    assert "Ask before you post." not in version.markdown


def test_a_move_that_fails_moves_nothing() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    before = version.markdown
    every = list(version.clauses.values_list("key", flat=True))
    for keys, refusal in ((every, BadInput), ([], BadInput), (["c-gone"], NotNow)):
        with pytest.raises(refusal):
            move_to_procedure(version, keys, by=people.eva, department="Legal", title="All")
    with pytest.raises(BadInput, match="title"):
        move_to_procedure(version, every[:1], by=people.eva, department="Legal")
    with pytest.raises(Refused):
        move_to_procedure(version, every[:1], by=people.dev, department="Front office", title="Mine")
    published(version, people)
    with pytest.raises(NotNow, match="published"):
        move_to_procedure(version, every[:1], by=people.eva, department="Legal", title="Late")
    version.refresh_from_db()
    assert version.markdown == before
    assert not Procedure.objects.exists()


def test_a_list_goes_in_row_by_row_and_twice_changes_nothing() -> None:
    people = cast()
    raw = (
        b"number,department,title,owner,text\n"
        b',Front office,Asking a guest,cleo@example.org,"1. Ask.\n2. Show it."\n'
        b",Front office,,,x\n"
        b",Legal,Contracts,nobody@example.org,x\n"
        b"P-99,Legal,Known?,,x\n"
        b",Guest care,Care online,,1. Answer.\n"
    )
    report = import_procedures(raw, by=people.ana)
    assert (report.made, report.changed, report.same) == (2, 0, 0)
    assert [row.line for row in report.bad] == [4, 5, 6]
    again = import_procedures(raw, by=people.ana)
    assert (again.made, again.changed, again.same) == (0, 0, 2)
    with pytest.raises(BadInput, match="UTF-8"):
        import_procedures(b"department,title\n\xff\xfe,x\n", by=people.ana)
    with pytest.raises(BadInput, match="department"):
        import_procedures(b"a,b\n1,2\n", by=people.ana)


def test_a_retired_procedure_keeps_its_number_and_takes_no_more_words() -> None:
    people = cast()
    one = asking(people, owner=people.cleo)
    retire_procedure(one, by=people.cleo)
    assert asking(people).code == "P-02"
    with pytest.raises(NotNow, match="no longer"):
        approve_procedure(one, by=people.cleo)


def test_pages_of_procedures_for_the_right_and_the_wrong_person() -> None:
    people = cast()
    first = in_force(people)
    one = asking(people, owner=people.cleo)
    adhere(one, first.policy, key_of(first, "Never name a guest."), by=people.eva)
    for person in people.everyone():
        client = signed_in(person)
        assert client.get("/policies/procedures").status_code == 200
        assert client.get("/policies/procedures/1").status_code == 200
    assert "Let it come into force" in signed_in(people.cleo).get("/policies/procedures/1").content.decode()
    assert "Let it come into force" not in signed_in(people.gil).get("/policies/procedures/1").content.decode()
    assert signed_in(people.gil).post("/policies/procedures/1", {"verb": "approve"}).status_code == 403
    assert signed_in(people.cleo).post("/policies/procedures/1", {"verb": "approve"}).status_code == 302
    assert signed_in(people.cleo).post("/policies/procedures/1", {"verb": "approve"}).status_code == 409
    sheet = signed_in(people.dev).get("/policies/procedures?format=csv").content.decode()
    assert "P-01,Front office,Asking a guest" in sheet
    assert "Asking a guest" in signed_in(people.dev).get(f"/policies/{first.policy.key}").content.decode()
    assert signed_in(people.dev).get("/policies/procedures/77").status_code == 404


def test_a_scheduled_version_flags_on_its_day() -> None:
    people = cast()
    first = in_force(people)
    one = asking(people)
    adhere(one, first.policy, key_of(first, "Answer within 48 hours."), by=people.eva)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    day = timezone.localdate() + timedelta(days=3)
    published(second, people, effective_on=day)
    assert procedure_shown(1).flags == []  # type: ignore[union-attr]
    for version in bring_into_force(day):
        take_publishing(version)
    assert procedure_shown(1).flags  # type: ignore[union-attr]


class TestCircles(TestCase):
    """Links between procedures, drawn at random."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24))
    def test_every_circle_is_named_and_none_hangs(self, drawn: set[tuple[int, int]]) -> None:
        people = cast()
        rows = [asking(people, title=f"Procedure {at}") for at in range(8)]
        links = {(one, other) for one, other in drawn if one != other}
        for one, other in links:
            build_on(rows[one], rows[other], by=people.eva)
        found = circles_by_procedure()
        assert {each.pk for at, each in enumerate(rows) if _returns(at, links)} == set(found)
        for start, circle in found.items():
            assert circle[0] == Procedure.objects.get(pk=start).code


def _returns(start: int, links: set[tuple[int, int]]) -> bool:
    """The slow, obvious oracle: follow links step by step until nothing new is reached."""
    reached = {other for one, other in links if one == start}
    while True:
        more = reached | {other for one, other in links if one in reached}
        if more == reached:
            return start in reached
        reached = more


def test_a_procedure_does_not_build_on_itself() -> None:
    people = cast()
    one = asking(people)
    with pytest.raises(BadInput, match="itself"):
        build_on(one, one, by=people.eva)
    assert not Policy.objects.exists()

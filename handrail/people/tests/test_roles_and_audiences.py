"""Roles begin and end; audiences are rules that can't be slow or unsafe."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.actions import drop_audience, end_role, grant_role, set_audience
from handrail.people.audience_rules import FIELDS, OPS, people_of, read_rule, rule_words
from handrail.people.models import Audience, Person, RoleGrant
from handrail.people.reads import has_role, holders, interests_of, is_line_manager, people_in, roles_in_words, roles_of
from handrail.people.testing import Cast, cast, make_person


@pytest.fixture
def who(db) -> Cast:
    return cast()


def names(rule: dict) -> set[str]:
    return {person.name.split()[0] for person in people_of(read_rule(rule))}


def line(field: str, op: str, *value: str) -> dict:
    return {"field": field, "op": op, "value": list(value)}


def test_a_role_is_granted_once_and_announced(who):
    first = grant_role(who.dev, "author", by=who.ana)
    assert grant_role(who.dev, "author", by=who.ana) == first
    assert has_role(who.dev, "author")
    assert JournalEntry.objects.filter(code="people.role_granted").count() == 1


def test_only_the_governance_owner_gives_and_ends_roles(who):
    grant = RoleGrant.objects.get(person=who.eva)
    for person in who.everyone()[1:]:
        with pytest.raises(Refused):
            grant_role(who.dev, "author", by=person)
        with pytest.raises(Refused):
            end_role(grant, by=person)


def test_a_reviewer_has_an_interest_and_nobody_else_has(who):
    with pytest.raises(BadInput, match="interest"):
        grant_role(who.dev, "reviewer", by=who.ana)
    with pytest.raises(BadInput, match="Only reviewers"):
        grant_role(who.dev, "author", interest="legal", by=who.ana)
    with pytest.raises(BadInput):
        grant_role(who.dev, "king", by=who.ana)
    grant_role(who.dev, "reviewer", interest="brand", by=who.ana)
    grant_role(who.dev, "reviewer", interest="legal", by=who.ana)
    assert interests_of(who.dev) == {"brand", "legal"}


def test_the_last_governance_owner_can_not_be_ended(who):
    grant = RoleGrant.objects.get(person=who.ana)
    with pytest.raises(NotNow, match="last governance owner"):
        end_role(grant, by=who.ana)
    grant_role(who.eva, "governance_owner", by=who.ana)
    end_role(grant, by=who.ana)
    assert list(holders("governance_owner")) == [who.eva]
    assert roles_of(Person.objects.get(pk=who.ana.pk)) == frozenset()


def test_an_owner_who_left_does_not_count_as_one(who):
    grant_role(who.eva, "governance_owner", by=who.ana)
    Person.objects.filter(pk=who.eva.pk).update(is_active=False)
    with pytest.raises(NotNow):
        end_role(RoleGrant.objects.get(person=who.ana), by=who.ana)


def test_ending_a_role_twice_is_one_fact(who):
    grant = RoleGrant.objects.get(person=who.eva)
    end_role(grant, by=who.ana)
    end_role(grant, by=who.ana)
    assert JournalEntry.objects.filter(code="people.role_ended").count() == 1


def test_a_leaver_takes_no_role_on(who):
    Person.objects.filter(pk=who.dev.pk).update(is_active=False)
    with pytest.raises(NotNow):
        grant_role(Person.objects.get(pk=who.dev.pk), "author", by=who.ana)


def test_line_manager_comes_from_the_org_chart(who):
    assert is_line_manager(who.cleo)
    assert not is_line_manager(who.dev)
    assert roles_in_words(who.ana) == ["Governance owner", "Line manager"]
    Person.objects.filter(pk=who.dev.pk).update(is_active=False)
    assert not is_line_manager(Person.objects.get(pk=who.cleo.pk))


def test_every_kind_of_line_names_the_right_people(who):
    today = timezone.localdate()
    Person.objects.filter(pk=who.hana.pk).update(country="PT", language="pt", starts_on=today - timedelta(days=800))
    Person.objects.filter(pk=who.dev.pk).update(starts_on=today - timedelta(days=20))
    front = {"Cleo", "Dev", "Hana"}
    assert names({"lines": [line("function", "is", "Front office")]}) == front
    assert not names({"lines": [line("function", "is_not", "Front office")]}) & front
    assert names({"lines": [line("job", "starts_with", "Recep")]}) == {"Dev"}
    assert names({"lines": [line("country", "in", "pt", "no")]}) == {"Hana"}
    assert names({"lines": [line("language", "is", "pt")]}) == {"Hana"}
    assert names({"lines": [line("leads", "is")]}) == {"Ana", "Cleo"}
    assert "Cleo" not in names({"lines": [line("leads", "is_not")]})
    assert names({"lines": [line("tenure", "at_least", "24")]}) == {"Hana"}
    assert names({"lines": [line("tenure", "under", "3")]}) == {"Dev"}
    assert names({"lines": [line("unit", "within", "Galway")]}) == front
    assert names({"lines": [line("unit", "is", "Galway"), line("country", "is", "PT")]}) == {"Hana"}
    assert names({"join": "any", "lines": [line("job", "is", "Editor"), line("country", "is", "PT")]}) == {
        "Eva",
        "Hana",
    }
    assert len(names({})) == 8


def test_within_a_place_takes_its_subtree_and_nothing_that_only_begins_alike(who):
    galway = who.dev.unit
    below = type(galway).objects.create(name="Spa", path="Galway / Spa", parent=galway)
    alike = type(galway).objects.create(name="Galway East", path="Galway East")
    make_person(1, name="Inside One", unit=below)
    make_person(2, name="Outside One", unit=alike)
    found = names({"lines": [line("unit", "within", "Galway")]})
    assert "Inside" in found
    assert "Outside" not in found


def test_an_audience_is_kept_as_a_rule_and_follows_the_people(who):
    audience = set_audience("Front desk", {"lines": [line("function", "is", "Front office")]}, by=who.ana)
    assert people_in(audience).count() == 3
    make_person(9, function="Front office")
    assert people_in(audience).count() == 4
    with pytest.raises(BadInput, match="already"):
        set_audience("Front desk", {}, by=who.ana)
    with pytest.raises(Refused):
        set_audience("Other", {}, by=who.dev)
    drop_audience(audience, by=who.ana)
    assert not Audience.objects.exists()


@pytest.mark.parametrize("rule", [
    {"join": "xor"}, {"lines": "no"}, {"lines": [1]}, {"lines": [line("password", "is", "x")]},
    {"lines": [line("function", "within", "x")]}, {"lines": [line("function", "is")]}, {"lines": [line("country", "is", "XX")]},
    {"lines": [line("tenure", "at_least", "many")]}, {"lines": [line("function", "is", "a", "b")]},
    {"lines": [line("function", "in", *"abcdefgh" * 7)]}, {"lines": [line("function", "is", "a\x00b")]},
    {"lines": [line("function", "is", "a")] * 13}, {"lines": [line("language", "is", "klingon")]},
    {"lines": [line("tenure", "at_least", "99999")]},
])  # fmt: skip
def test_a_rule_that_can_not_work_is_answered_with_a_sentence(rule):
    with pytest.raises(BadInput) as refusal:
        read_rule(rule)
    assert refusal.value.sentence.endswith(".")


value = st.one_of(st.text(max_size=40), st.sampled_from(["IE", "pt", "12", "Galway", "' OR 1=1 --", "%", "_"]))
lines = st.fixed_dictionaries(
    {
        "field": st.sampled_from([*FIELDS, "nonsense"]),
        "op": st.sampled_from([*OPS, "like"]),
        "value": st.lists(value, max_size=3),
    }
)


@given(rule=st.fixed_dictionaries({"join": st.sampled_from(["all", "any"]), "lines": st.lists(lines, max_size=6)}))
@settings(deadline=None, max_examples=80)
def test_any_rule_is_refused_or_becomes_one_query(rule, django_db_blocker):
    try:
        checked = read_rule(rule)
    except BadInput:
        return
    assert read_rule(checked.as_json()) == checked
    assert rule_words(checked)
    assert str(people_of(checked).query)


def test_counting_an_audience_is_one_query_even_with_twelve_lines(who):
    rule = read_rule({"join": "any", "lines": [line("unit", "within", "Galway"), line("leads", "is")] * 6})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        people_of(rule).count()
    assert len(queries) == 1

"""Domains, purposes, initiatives and readings from a file: good lines in, bad ones named, out and in again is quiet."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.kernel.errors import BadInput, Refused
from handrail.people.testing import Cast, cast
from handrail.strategy import actions as do
from handrail.strategy.models import Domain, Initiative, Purpose, Reading, Target
from handrail.strategy.reads import record_today, table
from handrail.strategy.sheets import SHEETS

pytestmark = pytest.mark.django_db
DOMAINS = b"""key,name,lead,readiness,impact,activity,channel,audience,how often
,Purchasing,ben@example.org,ready,Growers are heard,Answers growers,E-mail,partners,Weekly
,Purchasing,,,,Shows the season,Instagram,Customers and prospects,
,Laundry,nobody@example.org,,,,,,
,Pool,,sleepy,,,,,
"""
PURPOSES = b"""key,name,statement,cells,goals,domains,owner,review
cook,Cook together,One dish a season.,share.employees; Co-create with customers and prospects,guests,Purchasing,eva@example.org,2030-01-31
lost,Nowhere,Words.,shout.employees,,,,
none,Unlinked,Words.,share.employees,nothing,,,
"""
INITIATIVES = b"name,purpose,lead,cells,mission\nHarvest,cook,eva@example.org,share.employees,A host listens\nOff,cook,,monitor.partners,\n"
READINGS = (
    b"purpose,measure,unit,baseline,baseline on,target,due,every,day,value,note\n"
    b"cook,Rebookings,%,41,2024-01-01,45,2030-01-01,90,2024-03-01,42,\n"
    b"cook,Rebookings,,,,,,,2024-04-01,43.5,counted by hand\n"
    b"cook,Rebookings,,,,,,,2999-04-01,44,\n"
    b'cook,Rebookings,,,,,,,2024-05-01,"1,234",\n'
)


def _bring(kind: str, raw: bytes, people: Cast, **more: bool) -> do.RowsReport:
    return do.import_rows(kind, raw, f"{kind}.csv", by=people.ana, **more)


def _everything(people: Cast) -> None:
    do.set_goal(do.GoalText("Guests come back"), by=people.ana, key="guests")
    for kind, raw in (
        ("domains", DOMAINS),
        ("purposes", PURPOSES),
        ("initiatives", INITIATIVES),
        ("readings", READINGS),
    ):
        _bring(kind, raw, people)


def _as_file(kind: str) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table(kind))
    return text.getvalue().encode()


def test_good_lines_go_in_and_bad_ones_are_named_with_their_mend() -> None:
    people = cast()
    do.set_goal(do.GoalText("Guests come back"), by=people.ana, key="guests")
    said = _bring("domains", DOMAINS, people)
    assert [each.title for each in said.new] == ["Purchasing"]
    assert [bad.line for bad in said.held_back] == [4, 5]
    assert "Write one of" in said.held_back[1].reason
    assert Domain.objects.get().activities.count() == 2
    said = _bring("purposes", PURPOSES, people)
    assert [bad.line for bad in said.held_back] == [3, 4]
    assert "share.employees" in said.held_back[0].reason
    row = Purpose.objects.get()
    assert (row.key, row.owner, row.state) == ("cook", people.eva, "proposed")
    assert {cell.level for cell in row.cells.all()} == {"share", "co_create"}
    said = _bring("initiatives", INITIATIVES, people)
    assert [bad.line for bad in said.held_back] == [3]
    assert Initiative.objects.get().on_mission == "A host listens"
    said = _bring("readings", READINGS, people)
    assert [bad.line for bad in said.held_back] == [4, 5]
    assert "two ways" in said.held_back[1].reason
    assert [reading.value for reading in Target.objects.get().readings.all()] == [Decimal("43.5"), 42]


@pytest.mark.parametrize("kind", SHEETS)
def test_a_dry_run_says_the_same_and_writes_nothing(kind: str) -> None:
    people = cast()
    _everything(people)
    files = {"domains": DOMAINS, "purposes": PURPOSES, "initiatives": INITIATIVES, "readings": READINGS}
    raw = files[kind].replace(b",Purchasing,ben", b",Buying,ben").replace(b"cook,Cook", b"cook2,Cook")
    raw = raw.replace(b"Harvest", b"Orchard").replace(b"43.5", b"44.5")
    before = record_today(), Reading.objects.count()
    dry = _bring(kind, raw, people, dry_run=True)
    assert (record_today(), Reading.objects.count()) == before
    wet = _bring(kind, raw, people)
    assert (dry.new, dry.changed, dry.unchanged, dry.held_back) == (wet.new, wet.changed, wet.unchanged, wet.held_back)
    assert not dry.written
    assert wet.new or wet.changed


@pytest.mark.parametrize("kind", SHEETS)
def test_out_and_in_again_changes_nothing(kind: str) -> None:
    people = cast()
    _everything(people)
    before = record_today(), Reading.objects.count()
    said = _bring(kind, _as_file(kind), people)
    assert (said.new, said.changed, said.held_back, said.left_out) == ([], [], [], ())
    assert said.unchanged
    assert (record_today(), Reading.objects.count()) == before


WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r'=+-@;,\""), min_size=1, max_size=60
)
NUMBERS = st.decimals(-99_999, 99_999, places=3)
DAYS = st.dates(date(2000, 1, 1), date(2020, 1, 1))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=12, max_size=12), st.lists(st.tuples(DAYS, NUMBERS), max_size=5), st.booleans())
def test_whatever_was_typed_goes_out_and_comes_back_without_a_change(
    words: list[str], readings: list[tuple[date, Decimal]], left: bool
) -> None:
    with transaction.atomic():
        people = cast()
        goal = do.set_goal(do.GoalText("Guests come back", owner=people.ana), by=people.ana)
        try:
            does = (do.ActivityText(words[0], words[1], "partners", words[2]), do.ActivityText(words[3]))
            domain = do.set_domain(do.DomainText(words[4], people.eva, words[5], "ready", does), by=people.ana)
            cells = (("share", "employees"), ("monitor", "partners"))
            text = do.PurposeText(words[6], words[7], words[8], people.eva, cells, (goal,), (domain,), date(2030, 1, 1))
            purpose = do.propose_purpose(text, by=people.ana)
            act = do.InitiativeText(words[9], people.eva, cells[:1], words[10], words[11], words[0], words[1], words[2])
            do.propose_initiative(purpose, act, by=people.ana)
            start = Decimal("1.5"), date(2000, 1, 1)
            target = do.set_target(purpose, do.TargetText(words[3], words[0][:40], *start), by=people.ana)
            for day, value in readings:
                do.note_reading(target, value, day, by=people.ana, note=words[4])
        except BadInput:
            transaction.set_rollback(True)
            return
        if left:
            type(people.eva).objects.filter(pk=people.eva.pk).update(ends_on=timezone.localdate() - timedelta(1))
        for kind in SHEETS:
            said = _bring(kind, _as_file(kind), people)
            assert (said.new, said.changed, said.held_back) == ([], [], [])
        transaction.set_rollback(True)


def test_lines_that_contradict_each_other_are_held_back_together() -> None:
    people = cast()
    said = _bring("domains", b"name,lead,activity\nPool,ben@example.org,Swims\nPool,eva@example.org,Dives\n", people)
    assert [bad.line for bad in said.held_back] == [2, 3]
    assert not Domain.objects.exists()


def test_a_column_the_file_lacks_leaves_what_stands() -> None:
    people = cast()
    _everything(people)
    _bring("purposes", b"key,name,statement,cells\ncook,Cook together,Two dishes.,share.employees\n", people)
    row = Purpose.objects.get()
    assert (row.statement, row.owner, row.goals.count()) == ("Two dishes.", people.eva, 1)


def test_a_file_without_a_needed_column_or_from_an_employee_is_refused() -> None:
    people = cast()
    with pytest.raises(BadInput, match="no column “cells”"):
        _bring("purposes", b"name,statement\na,b\n", people)
    with pytest.raises(Refused):
        do.import_rows("domains", DOMAINS, "d.csv", by=people.dev)

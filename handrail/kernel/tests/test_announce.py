"""A fact is written with its deed, chained, and never changed."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.actions import announce, fact_of
from handrail.kernel.canon import START, Line, canonical, clean
from handrail.kernel.facts import Fact, fact_class
from handrail.kernel.guards import missing_guards
from handrail.kernel.models import JournalEntry
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class LanternLit(Fact):
    """A lantern was lit; stands in for a room's fact."""

    code: ClassVar[str] = "testing.lantern_lit"
    lantern: Ref
    by_hand: bool
    wicks: int = 1
    on: date | None = None
    at: datetime | None = None
    colours: tuple[str, ...] = ()
    seconds: tuple[int, ...] = ()
    before: Ref | None = None


class Somebody:
    pk = 7

    def __str__(self) -> str:
        return "Ana Reis"


@pytest.mark.django_db
def test_a_fact_knows_who_when_and_what() -> None:
    with transaction.atomic():
        entry = announce(LanternLit(Ref("lantern", 3), True, colours=("red", "gelb")), who=Somebody())
    kept = JournalEntry.objects.get()
    assert kept == entry
    assert (kept.id, kept.code, kept.who_id, kept.who_label) == (1, "testing.lantern_lit", 7, "Ana Reis")
    assert json.loads(kept.record)["lantern"] == "lantern:3"
    assert kept.previous == START


@pytest.mark.django_db
def test_each_fact_carries_the_hash_of_the_one_before() -> None:
    entries = [announce(LanternLit(Ref("lantern", n), False), who=None) for n in range(3)]
    again = list(JournalEntry.objects.all())
    assert [each.previous for each in again] == [START, entries[0].hash, entries[1].hash]
    assert [each.as_line().digest() for each in again] == [each.hash for each in again]


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="outside a transaction"):
        announce(LanternLit(Ref("lantern", 1), True), who=None)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_rolls_back_leaves_no_fact_and_no_gap() -> None:
    with transaction.atomic():
        announce(LanternLit(Ref("lantern", 1), True), who=None)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert announce(LanternLit(Ref("lantern", 2), True), who=None).id == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_journalentry SET record = '{}' WHERE id = 1",
        "DELETE FROM kernel_journalentry WHERE id = 1",
        "INSERT INTO kernel_journalentry SELECT id + 5, at, code, who_id, who_label, record, hash, hash "
        "FROM kernel_journalentry",
        "INSERT INTO kernel_journalentry SELECT id + 1, at, code, who_id, who_label, record, previous, hash "
        "FROM kernel_journalentry",
    ],
    ids=["change", "remove", "leave a gap", "break the chain"],
)
def test_the_database_refuses_to(statement: str) -> None:
    announce(LanternLit(Ref("lantern", 1), True), who=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_to_replace_or_truncate() -> None:
    announce(LanternLit(Ref("lantern", 1), True), who=None)
    statement = (
        "TRUNCATE kernel_journalentry CASCADE"
        if connection.vendor == "postgresql"
        else "INSERT OR REPLACE INTO kernel_journalentry SELECT id, at, 'x', who_id, who_label, record, previous, hash "
        "FROM kernel_journalentry"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_missing_guards_are_noticed() -> None:
    assert missing_guards() == []
    with connection.cursor() as cursor:
        on = " ON kernel_journalentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER journal_no_change{on}")
    assert missing_guards() == ["journal_no_change"]


@pytest.mark.django_db
def test_flush_is_refused_for_a_real_database(monkeypatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/handrail/var/handrail.sqlite3")
    with pytest.raises(CommandError, match="can’t be emptied"):
        call_command("flush", interactive=False)


@pytest.mark.django_db
def test_a_fact_comes_back_as_it_was() -> None:
    fact = LanternLit(
        Ref("lantern", "a:b"),
        False,
        wicks=2,
        on=date(2026, 11, 24),
        at=datetime(2026, 11, 24, 6, 30, tzinfo=UTC),
        colours=("blå", "\u0000", "“q”"),
        seconds=(1, 2),
        before=Ref("lantern", 1),
    )
    announce(fact, who=None)
    assert fact_of(JournalEntry.objects.get()) == fact


def test_an_older_record_takes_defaults_and_leaves_unknown_fields_out() -> None:
    fact = LanternLit.from_record({"lantern": "lantern:1", "by_hand": True, "smell": "tar"})
    assert fact == LanternLit(Ref("lantern", 1), True)
    assert fact_class("testing.lantern_lit") is LanternLit


def test_two_facts_with_one_code_are_refused() -> None:
    with pytest.raises(TypeError, match=r"testing\.lantern_lit"):

        class Other(Fact):
            code: ClassVar[str] = "testing.lantern_lit"


@pytest.mark.django_db
def test_a_number_with_a_fraction_is_refused_before_anything_is_written() -> None:
    with pytest.raises(TypeError, match="float"):
        announce(LanternLit(Ref("lantern", 1), True, wicks=1.5), who=None)  # type: ignore[arg-type]
    assert not JournalEntry.objects.exists()


@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=40))
@settings(deadline=None, max_examples=200)
def test_any_text_hashes_and_survives_utf_8(record: str, label: str) -> None:
    line = Line(1, "2026", "c", None, clean(label), canonical([record]), START)
    assert line.digest() == Line(**json.loads(json.dumps(line.as_dict()))).digest()
    assert "\x00" not in clean(label)


@given(st.text(st.characters(categories=["Cs"]), max_size=10))
@settings(deadline=None, max_examples=100)
def test_half_surrogates_become_readable_text(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)

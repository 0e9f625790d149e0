"""What the pages ask: the matrix, the silent groups, the pace, the record, and what waits on whom."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.paper import Paper, to_markdown
from handrail.people.testing import cast, make_person
from handrail.vetting.actions import clear, confirm_condition, dispose, read_clauses, redraft, remark, withdraw_remark
from handrail.vetting.forecast import ahead
from handrail.vetting.models import Round, SignOff
from handrail.vetting.reads import (
    burn_down,
    cut_to_change,
    matrix,
    record_of,
    remarks_of,
    silent_groups,
    waiting_for,
)
from handrail.vetting.shares import OTHERS, K, in_words, safe_names
from handrail.vetting.testing import opened, reviewer, signed, text

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def printed(round: Round, **given) -> str:
    return to_markdown(Paper("Policy", "", "", (), record_of(Round.objects.get(pk=round.pk), **given)))


@pytest.mark.django_db
def test_the_matrix_says_what_was_opened_and_said_and_what_waits() -> None:
    people = cast()
    privacy = reviewer(1, "privacy")
    round = opened(people, {"legal": 1, "privacy": 1}, invited={"Stewards": [people.hana]})
    read_clauses(round, ["why", "guests", "ask", "pay"], by=people.ben)
    read_clauses(round, ["why"], by=privacy)
    read_clauses(round, ["why", "ask"], by=people.hana)
    first, _ = remark(round, by=people.ben, clause_key="ask", body="x")
    remark(round, by=people.ben, clause_key="ask", body="y")
    remark(round, by=people.dev, clause_key="ask", body="z")
    remark(round, by=people.dev, body="on the whole")
    gone, _ = remark(round, by=people.dev, clause_key="pay", body="taken back")
    withdraw_remark(gone, by=people.dev)
    dispose(first, "declined", "no", by=people.eva)
    table = matrix(round)
    legal, private, stewards = table.rows
    assert [(each.words, each.heat) for each in legal.cells] == [
        ("read, no remarks", 0),
        ("read, no remarks", 0),
        ("2 remarks, 1 open", 2),
        ("read, no remarks", 0),
    ]
    assert [each.is_read for each in private.cells] == [True, False, False, False]
    assert (legal.sign_off, private.sign_off, private.more) == ("Ready to sign", "Still reading", "1 of 4 clauses")
    assert [(each.key, each.remarks, each.open) for each in table.columns] == [
        ("why", 0, 0),
        ("guests", 0, 0),
        ("ask", 3, 2),
        ("pay", 0, 0),
    ]
    assert (table.remarks, table.open, table.on_whole, table.hottest.key) == (4, 3, 1, "ask")
    assert table.sentence == "One of two interests has finished reading. The heat is on clause 4.2."
    # One steward is fewer than five: nobody sees what they opened.
    assert (stewards.who, [each.is_read for each in stewards.cells]) == ("1 person invited", [False] * 4)
    redraft(round, text(ask="Ask."), by=people.eva)
    assert [each.is_read for each in matrix(Round.objects.get(pk=round.pk)).rows[0].cells] == [True, True, False, True]


@pytest.mark.django_db
def test_the_matrix_and_the_remarks_ask_the_database_as_often_for_many_as_for_few() -> None:
    people = cast()
    round = opened(people)

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as one:
            matrix(round)
        with CaptureQueriesContext(connection) as two:
            remarks_of(round, viewer=people.dev)
        return len(one), len(two)

    remark(round, by=people.dev, clause_key="ask", body="x")
    dispose(remark(round, by=people.dev, clause_key="ask", body="x")[0], "declined", "no", by=people.eva)
    few = asked()
    for number in range(12):
        who = make_person(number)
        made, _ = remark(round, by=who, clause_key="pay", body="x")
        remark(round, by=people.ben, parent=made, body="y")
        if number % 2:
            dispose(made, "adopted", "yes", by=people.eva)
    assert asked() == few


@given(st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 12)), st.integers(0, 8))
def test_no_group_under_five_can_be_told_apart_not_even_by_subtraction(sizes: dict[str, int], k: int) -> None:
    names = safe_names(sizes, k)
    least = max(K, k)
    together: dict[str, list[str]] = {}
    for group, name in names.items():
        together.setdefault(name, []).append(group)
    shown = {name: groups for name, groups in together.items() if name}
    for name, groups in shown.items():
        assert sum(sizes[each] for each in groups) >= least
        assert len(groups) == 1 or name == OTHERS
    # Whatever is known of the whole, what is not shown on its own line is at least two groups and five people.
    hidden = [each for each in sizes if sizes[each] and names[each] in ("", OTHERS)]
    small = [each for each in hidden if sizes[each] < least]
    if small and OTHERS in shown:
        assert len(shown[OTHERS]) >= 2
    if "" in together:
        assert not shown, "Where the rest is too small to show, nothing is, so that no line is left to subtract"


@pytest.mark.django_db
def test_silent_groups_are_named_by_share_and_never_say_all_or_none() -> None:
    people = cast()
    crowd = {"Kitchen": 20, "Housekeeping": 30}
    staff = {
        name: [make_person(n + 100 * at, function=name) for n in range(size)]
        for at, (name, size) in enumerate(crowd.items())
    }
    round = opened(people)
    for person in [*staff["Kitchen"][:12], staff["Housekeeping"][0]]:
        read_clauses(round, ["ask"], by=person)
        read_clauses(round, ["pay"], by=person)
    shares = {each.name: each for each in silent_groups(round)}
    assert set(shares) == {"Kitchen", "Housekeeping", "Other groups"}
    assert (shares["Kitchen"].opened, shares["Kitchen"].words) == (10, "about 10 of 20")
    assert shares["Housekeeping"].opened is None
    assert shares["Housekeeping"].words == "fewer than 5 of 30"
    assert shares["Housekeeping"].is_silent
    assert not shares["Kitchen"].is_silent
    assert in_words(20, 20) == "nearly all of 20"


@pytest.mark.django_db
def test_the_burn_down_is_the_record_by_day_and_the_forecast_an_interval() -> None:
    people = cast()
    with time_machine.travel(MONDAY, tick=False) as clock:
        round = opened(people, closes_at=MONDAY + timedelta(days=14))
        assert burn_down(round).words == "too early to say"
        waiting = []
        for day in range(6):
            clock.move_to(MONDAY + timedelta(days=day))
            waiting += [remark(round, by=people.dev, body=f"{day} {n}")[0] for n in range(3)]
            for _ in range(2 if day else 0):
                dispose(waiting.pop(0), "declined", "no", by=people.eva)
        clock.move_to(MONDAY + timedelta(days=6))
        seen = burn_down(round)
        assert [each.open for each in seen.days] == [3, 4, 5, 6, 7, 8, 8]
        assert (seen.open, seen.peak) == (8, 8)
        assert seen.low <= seen.middle <= seen.high
        assert burn_down(round) == seen, "the same record gives the same forecast"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0, 1)), min_size=3, max_size=20), st.integers(0, 20))
def test_a_forecast_is_never_below_nothing_and_is_certain_of_today(days: list[tuple[int, float]], left: int) -> None:
    made, settled, waiting = [], [], 0
    for new, share in days:
        done = round((waiting + new) * share)
        waiting += new - done
        made.append(new)
        settled.append(done)
    seen = ahead(made, settled, left, 7)
    assert seen is not None
    assert 0 <= seen.low <= seen.middle <= seen.high
    if left == 0:
        assert (seen.low, seen.high) == (waiting, waiting)


def test_eight_in_ten_rounds_of_steady_work_end_inside_the_interval() -> None:
    dice, inside, runs = random.Random(5), 0, 150
    for run in range(runs):
        made, settled, waiting = [], [], 0
        for day in range(24):
            new = dice.choice((0, 1, 2, 3, 4))
            done = sum(dice.random() < 0.35 for _ in range(waiting + new))
            waiting += new - done
            if day < 14:
                made.append(new)
                settled.append(done)
        seen = ahead(made, settled, 10, run)
        inside += seen.low <= waiting <= seen.high
    assert inside / runs >= 0.75


@pytest.mark.django_db
def test_the_record_says_what_changed_what_did_not_who_signed_and_who_was_silent() -> None:
    people = cast()
    panel = [reviewer(number, "employees") for number in range(3)]
    round = opened(people, {"legal": 1, "employees": 2}, anonymous=True)
    taken, _ = remark(round, by=people.dev, clause_key="ask", body="What about the spa?")
    same, _ = remark(round, by=people.hana, clause_key="ask", body="And the spa?")
    turned, _ = remark(round, by=people.ben, clause_key="pay", body="List the hashtags.")
    redraft(round, text(ask="Ask before you film in the lobby or the spa."), by=people.eva)
    dispose(taken, "adopted", "The spa is named now.", by=people.eva, also=[same])
    dispose(turned, "declined", "A list goes stale; it is in the procedure.", by=people.eva)
    signed(round, people.ben, condition="5.2 stays as it is")
    held = remarks_of(round)[0].remark
    assert held.is_condition
    dispose(held, "adopted", "It stays.", by=people.eva)
    confirm_condition(SignOff.objects.get(round=round), by=people.ben)
    for each in panel[:2]:
        signed(round, each, "employees")
    clear(round, by=people.eva)
    words = printed(round)
    for part in (
        "How this text was vetted",
        "The text was redrafted once",
        "film in the lobby or the spa",
        "(employees, 2)",
        "The spa is named now.",
        "Legal said: “List the hashtags.”",
        "A list goes stale",
        "Ben Achterberg for Legal",
        "on condition: 5.2 stays as it is.",
        "Employees: 2 signed, 2 needed",
        "Employees made no remark.",
        "Privacy was not asked to sign: It is not touched by this text.",
    ):
        assert part in words, part
    for each in panel:
        assert each.name not in words, "Members of the panel are never named"
    for each in (people.dev, people.hana):
        assert each.name not in words
    unnamed = printed(round, name_signers=False)
    assert "Ben Achterberg" not in unnamed
    assert "A reviewer for Legal" in unnamed


def test_a_change_is_cut_to_what_differs() -> None:
    long = "Every guest is somebody's guest, and every picture of a guest is theirs before it is ours. " * 3
    _, after = cut_to_change(long + "Ask first.", long + "Ask each of them first.")
    assert after.startswith("… ")
    assert after.endswith("Ask each of them first.")
    assert len(after) < 80
    assert cut_to_change("Ask.", "Ask first.") == ("Ask.", "Ask first.")


@pytest.mark.django_db
def test_what_waits_is_to_read_then_to_sign_then_to_look_again() -> None:
    people = cast()
    round = opened(people)
    assert [(each.kind, each.words) for each in waiting_for(people.ben)] == [
        ("read", "Read “Social media policy” for Legal: 4 clauses to go")
    ]
    read_clauses(round, ["why", "guests", "ask", "pay"], by=people.ben)
    assert [each.kind for each in waiting_for(people.ben)] == ["sign"]
    signed(round, people.ben)
    assert waiting_for(people.ben) == []
    assert [each.kind for each in waiting_for(people.eva)] == ["clear"]
    remark(round, by=people.dev, body="x")
    assert [each.words for each in waiting_for(people.eva)] == ["Answer 1 remark on “Social media policy”"]
    redraft(round, text(ask="Ask."), by=people.eva)
    assert "what changed" in waiting_for(people.ben)[0].words
    assert waiting_for(people.dev) == []

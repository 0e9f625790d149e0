"""Anonymity can't be undone: whoever holds the whole database, journal, jobs and log does no better than chance."""

import json
import logging
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import Job, JournalEntry
from handrail.people.models import Person
from handrail.people.testing import cast, make_person, signed_in
from handrail.vetting.actions import (
    clear,
    dispose,
    empty_letterbox,
    read_clauses,
    redraft,
    remark,
    reply_by_receipt,
    stand,
    withdraw_by_receipt,
)
from handrail.vetting.models import Letterbox, Remark, Round
from handrail.vetting.reads import by_receipt, hindrances, remarks_of, thread_of
from handrail.vetting.tasks import empty_letterboxes
from handrail.vetting.testing import opened, signed, text

pytestmark = pytest.mark.django_db
RUNS, AUTHORS = 24, 6
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table in the order in which the database keeps them, hidden row numbers included."""
    hidden = "ctid::text, xmin::text" if connection.vendor == "postgresql" else "rowid"
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT {hidden}, * FROM "{table}" ORDER BY {order}')
            names = [each[0] for each in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def changed(before: dict, after: dict) -> set[str]:
    return {table for table in after if before.get(table) != after[table]}


def test_a_letter_touches_nothing_but_the_letterbox(caplog: pytest.LogCaptureFixture) -> None:
    people = cast()
    round = opened(people, anonymous=True)
    read_clauses(round, ["ask"], by=people.dev)
    before = dump()
    with caplog.at_level(logging.DEBUG):
        made, code = remark(round, by=people.dev, clause_key="ask", body="I was filmed.", anonymous=True)
    after = dump()
    assert changed(before, after) <= {"vetting_letterbox", "vetting_round"}
    rounds = [{**row, "letters": 0, "xmin": "", "ctid": ""} for row in after["vetting_round"]]
    assert rounds == [{**row, "letters": 0, "xmin": "", "ctid": ""} for row in before["vetting_round"]]
    held = json.dumps(after["vetting_letterbox"], default=str)
    for trace in (people.dev.name, people.dev.email, people.dev.staff_number, code, code.replace("-", "")):
        assert trace not in held
        assert trace not in caplog.text
    assert "I was filmed" not in caplog.text
    assert (made.pk, made.person, made.made_at) == (None, None, None)
    assert not Job.objects.exclude(task="handrail.vetting.tasks.ask_everyone").exists()


def test_a_letter_written_on_the_page_leaves_as_little() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    browser = signed_in(people.dev)
    address = reverse("vetting:say", args=[round.pk])
    assert browser.get(address).status_code == 200
    before = dump()
    given = {"clause": "ask", "body": "I was filmed.", "anonymous": "on", "once": "form-1"}
    answer = browser.post(address, given)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", answer.content.decode())
    assert code, answer.content.decode()[:3000]
    after = dump()
    assert changed(before, after) <= {"vetting_letterbox", "vetting_round", "django_session"}
    kept = [SessionStore(row["session_key"]).load() for row in after["django_session"]]
    assert code.group(0) not in str(kept)
    assert "filmed" not in str(kept)
    assert by_receipt(code.group(0)).waits


def test_what_comes_out_names_nobody_and_no_moment() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, clause_key="ask", body="I was filmed.", anonymous=True)
    (out,) = empty_letterbox(round, all_of_it=True)
    out = Remark.objects.get(pk=out.pk)
    assert (out.person_id, out.outsider_id, out.made_at, out.group) == (None, None, None, "")
    entry = JournalEntry.objects.get(code="vetting.remark_made")
    assert (entry.who_id, entry.who_label) == (None, "")
    assert remarks_of(round)[0].who == "Someone who kept their name to themselves"
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=out.pk).update(person=people.dev)


def attack(rows: list[dict], ranking: list[int], truth: dict[str, int]) -> int:
    """Say that the first remark in this order came from the first person in that order, and so on; how many are right."""
    return sum(truth[row["body"]] == who for row, who in zip(rows, ranking, strict=True))


def a_week(seed: int) -> tuple[dict, dict[str, int], list[str]]:
    """Six people sign in one after the other, read, agree with something, and each writes one letter; then night falls."""
    dice = random.Random(seed)
    people = cast()
    crowd = [make_person(number, function="Housekeeping") for number in range(AUTHORS)]
    dice.shuffle(crowd)
    truth, arrived = {}, []
    with time_machine.travel(MONDAY, tick=False) as clock:
        round = opened(people, anonymous=True, closes_at=MONDAY + timedelta(days=10))
        named, _ = remark(round, by=people.hana, body="What about the spa?")
        for person in crowd:
            clock.shift(timedelta(minutes=dice.randint(10, 90)))
            signed_in(person).get("/")
            read_clauses(round, ["ask"], by=person)
            if dice.random() < 0.7:
                stand(named, True, by=person)
            body = f"letter {dice.random()}"
            remark(round, by=person, body=body, anonymous=True)
            truth[body] = person.pk
            arrived.append(body)
        clock.move_to(MONDAY + timedelta(hours=20))
        empty_letterbox(round)
    return dump(), truth, arrived


def orders(tables: dict, crowd: set[int]) -> tuple[dict[str, list[dict]], dict[str, list[int]]]:
    """Every order the dump gives for remarks, and every order it gives for the people who may have written them."""
    rows = [row for row in tables["vetting_remark"] if row["anonymous"]]
    by_uid = {row["uid"]: row for row in rows}
    told = [json.loads(row["record"]) for row in tables["kernel_journalentry"] if row["code"] == "vetting.remark_made"]
    remarks = {
        "row": rows,
        "key": sorted(rows, key=lambda row: row["id"]),
        "journal": [by_uid[each["remark"][7:]] for each in told if each["remark"][7:] in by_uid],
        "receipt": sorted(rows, key=lambda row: row["receipt_sha256"]),
    }
    signed_in_last = sorted(tables["people_person"], key=lambda row: str(row["last_login"]))
    people = {
        "last sign-in": [row["id"] for row in signed_in_last if row["id"] in crowd],
        "seats": [row["person_id"] for row in tables["vetting_seat"] if row["person_id"] in crowd],
        "staff": sorted(crowd),
    }
    return remarks, people


def test_whoever_holds_the_whole_database_does_no_better_than_chance() -> None:
    hits: dict[str, int] = {}
    control = 0
    for seed in range(RUNS):
        with transaction.atomic():
            tables, truth, arrived = a_week(seed)
            remarks, people = orders(tables, set(truth.values()))
            assert len(remarks["row"]) == AUTHORS, "Five letters or more come out together"
            for how, rows in remarks.items():
                for who, ranking in people.items():
                    name = f"{how} against {who}"
                    hits[name] = hits.get(name, 0) + attack(rows, ranking, truth)
            # The attack has teeth: had the remarks kept the order in which they came in, it would name everyone.
            control += attack([{"body": body} for body in arrived], people["last sign-in"], truth)
            transaction.set_rollback(True)
    assert control == RUNS * AUTHORS
    # Matching at random is right once per run, give or take one: RUNS hits, and a spread of its root.
    bound = RUNS + 4.5 * RUNS**0.5
    assert all(each <= bound for each in hits.values()), hits


def test_a_dump_before_the_night_gives_no_order_either() -> None:
    first = 0
    for seed in range(40):
        with transaction.atomic():
            people = cast()
            round = opened(people, anonymous=True)
            for number in range(4):
                remark(round, by=people.dev, body=f"{seed} {number}", anonymous=True)
            letters = Letterbox.objects.get(round=round).letters
            assert Letterbox.objects.count() == 1
            first += letters[-1]["body"].endswith("3")
            transaction.set_rollback(True)
    assert first <= 10 + 4.5 * (40 * 0.25 * 0.75) ** 0.5  # chance is one in four


def test_marks_of_who_opened_it_lead_to_nobody_without_the_key_file(settings) -> None:
    people = cast()
    round = opened(people, anonymous=True)
    read_clauses(round, ["ask"], by=people.dev)
    read_clauses(round, ["ask"], by=people.dev)
    rows = dump()["vetting_opening"]
    assert len(rows) == 1
    settings.SECRET_KEY = "another house's key"
    with transaction.atomic():
        for person in Person.objects.all():
            read_clauses(round, ["ask"], by=person)
    assert [row["mark"] for row in dump()["vetting_opening"]].count(rows[0]["mark"]) == 1


def test_nothing_comes_out_before_five_have_opened_the_text_and_a_lone_letter_may_wait() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, body="One.", anonymous=True)
    for _ in range(8):
        assert empty_letterbox(round) == []
    for number, person in enumerate(make_person(n) for n in range(5)):
        Round.objects.filter(pk=round.pk).update(for_everyone=True)
        read_clauses(round, ["ask"], by=person)
        assert (number < 4) == (not _opened_by_five(round))
    nights = 0
    while not Remark.objects.exists():
        empty_letterboxes.func()
        nights += 1
    assert 1 <= nights <= 3


def _opened_by_five(round: Round) -> bool:
    return round.openings.filter(clause_key="").count() >= 5


def test_the_last_letters_come_out_when_the_last_day_is_over() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, body="One.", anonymous=True)
    signed(round, people.ben)
    assert [each.kind for each in hindrances(Round.objects.get())] == ["letterbox"]
    with pytest.raises(NotNow, match="letterbox"):
        clear(round, by=people.eva)
    with pytest.raises(IntegrityError, match="clears only when"), transaction.atomic():
        Round.objects.update(state="cleared", cleared_by=people.eva, cleared_at=timezone.now())
    Round.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert len(empty_letterbox(round)) == 1
    assert [each.kind for each in hindrances(Round.objects.get())] == ["remark"]


def test_with_the_code_and_only_with_it_one_reads_the_answer_replies_and_takes_it_back() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    _, code = remark(round, by=people.dev, clause_key="ask", quote="film in the lobby", body="Me too?", anonymous=True)
    assert by_receipt(code).waits
    assert by_receipt(code.lower().replace("-", " ")).waits
    assert by_receipt("AAAA-BBBB-CCCC-DDDD-EEEE") is None
    (out,) = empty_letterbox(round, all_of_it=True)
    reply_by_receipt(code, "I mean the night shift.")
    assert Remark.objects.filter(parent=out).count() == 0
    empty_letterbox(round, all_of_it=True)
    (reply,) = thread_of(out).replies
    assert (reply.body, reply.by_its_author) == ("I mean the night shift.", True)
    dispose(Remark.objects.get(pk=out.pk), "declined", "Nobody films at night.", by=people.eva)
    seen = by_receipt(code)
    assert seen.remark.dispositions.get().reason == "Nobody films at night."
    with pytest.raises(NotNow):
        withdraw_by_receipt(code)
    with pytest.raises(Refused, match="No remark belongs"):
        reply_by_receipt("AAAA-BBBB-CCCC-DDDD-EEEE", "Hello")


def test_taking_it_back_leaves_no_moment_either() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    _, waiting = remark(round, by=people.dev, body="One.", anonymous=True)
    assert withdraw_by_receipt(waiting) is True
    assert empty_letterbox(round, all_of_it=True) == []
    _, code = remark(round, by=people.dev, body="Two.", anonymous=True)
    empty_letterbox(round, all_of_it=True)
    before = dump()
    assert withdraw_by_receipt(code) is False
    assert changed(before, dump()) <= {"vetting_letterbox", "vetting_round"}
    empty_letterbox(round, all_of_it=True)
    assert Remark.objects.get().withdrawn_on
    assert JournalEntry.objects.get(code="vetting.remark_withdrawn").who_id is None


def test_a_letter_follows_its_words_when_the_text_changes_before_it_comes_out() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, clause_key="ask", quote="film in the lobby", body="Me too?", anonymous=True)
    redraft(round, text(ask="Never film in the lobby."), by=people.eva)
    (out,) = empty_letterbox(round, all_of_it=True)
    assert (out.place, out.quote, out.said_on.number) == ("carried", "film in the lobby", 1)


def test_anonymity_is_offered_to_five_or_more_and_only_to_those_without_an_office() -> None:
    people = cast()
    with pytest.raises(NotNow, match="at least 5 people"):
        opened(people, anonymous=True, open_to=None)
    round = opened(people)
    with pytest.raises(BadInput, match="names only"):
        remark(round, by=people.dev, body="x", anonymous=True)


def test_a_small_function_is_shown_under_a_name_it_shares() -> None:
    people = cast()
    for number in range(6):
        make_person(number, function="Housekeeping")
    round = opened(people, anonymous=True)
    made, _ = remark(round, by=people.dev, body="x", anonymous=True, show_group=True)
    assert (made.group, round.groups["Housekeeping"]) == ("Other groups", "Housekeeping")


def test_a_form_sent_twice_is_one_letter() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, body="x", anonymous=True, once="form-1")
    _, code = remark(round, by=people.dev, body="x", anonymous=True, once="form-1")
    assert len(Letterbox.objects.get().letters) == 1
    assert by_receipt(code).waits
    assert len(empty_letterbox(round, all_of_it=True)) == 1
    with pytest.raises(NotNow, match="sent before"):
        remark(round, by=people.dev, body="x", anonymous=True, once="form-1")

"""Bringing posts in: good rows go in, bad ones are named, twice changes nothing, and counts always add up."""

import io
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from handrail.engine.sources.files import look_at
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.listening import actions
from handrail.listening.actions import imports
from handrail.listening.models import BadPost, HourCount, Mention, PostImport, TopicMention, hour_of
from handrail.listening.tests.conftest import frames, table
from handrail.people import testing

GOOD = ("1,2026-07-01 10:05,The lift is broken again,en", "2,2026-07-01 10:55,Lovely stay,en", "3,2026-07-02,Fine,pt")
BAD = ("4,2026-07-02,,en", "5,never,words,en", "6,2026-07-02,words", "1,2026-07-03,twice,en")


def counted():
    """Counts by brute force, to hold the roll-ups against."""
    whole = Counter((None, hour_of(m.posted_at), m.label) for m in Mention.objects.all())
    for link in TopicMention.objects.select_related("mention"):
        whole[link.topic_id, hour_of(link.mention.posted_at), link.mention.label] += 1
    return {key: n for key, n in whole.items() if n}


def rolled_up():
    return {(c.topic_id, c.hour, c.label): c.n for c in HourCount.objects.all() if c.n}


def test_good_rows_go_in_and_bad_ones_are_kept_with_their_line(people):
    report = actions.import_posts(table(*GOOD, *BAD), "posts.csv", by=people.gil)
    assert (report.new, report.known, report.bad, report.rows) == (3, 0, 4, 7)
    assert Mention.objects.count() == 3
    assert list(BadPost.objects.values_list("line", flat=True)) == [5, 6, 7, 8]
    assert report.post_import.state == PostImport.State.DONE
    lifts = Mention.objects.get(uri="file:1")
    assert lifts.posted_at == datetime(2026, 7, 1, 10, 5, tzinfo=UTC)
    assert lifts.langs == "en"
    assert lifts.p_negative + lifts.p_neutral + lifts.p_positive in range(998, 1003)


def test_the_same_file_twice_changes_nothing(people):
    actions.import_posts(frames("one", "two"), "a.jsonl", by=people.gil)
    facts = JournalEntry.objects.count()
    report = actions.import_posts(frames("one", "two"), "a.jsonl", by=people.gil)
    assert (report.new, report.known) == (0, 2)
    assert Mention.objects.count() == 2
    assert JournalEntry.objects.count() == facts
    assert rolled_up() == counted()


def test_the_fact_holds_counts_and_no_words(people):
    actions.import_posts(table(*GOOD, *BAD), "posts.csv", by=people.gil)
    [entry] = JournalEntry.objects.filter(code="listening.posts_imported")
    assert '"new":3' in entry.record
    assert "lift" not in entry.record


def test_a_check_writes_nothing_and_says_the_same(people):
    topic = actions.save_topic(None, name="Lifts", query="lift", purpose="Mend them", by=people.gil)
    report = actions.import_posts(table(*GOOD, *BAD), "posts.csv", by=people.gil, dry_run=True)
    assert (report.new, report.known, report.bad, report.written) == (3, 0, 4, False)
    assert report.by_topic == {topic.pk: 1}
    assert not Mention.objects.exists()
    assert not PostImport.objects.exists()


@pytest.mark.parametrize("who", ["dev", "cleo", "ben", "eva", "finn", "hana"])
def test_others_may_not(people, who):
    with pytest.raises(Refused):
        actions.import_posts(table(*GOOD), "posts.csv", by=getattr(people, who))
    assert not Mention.objects.exists()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04zip", "workbook"),
        (b"id,date\n1,2026-01-01\n", "text"),
        (b"id,text\n1,a b c\n", "date"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(people, raw, says):
    with pytest.raises(BadInput, match=says):
        actions.import_posts(io.BytesIO(raw), "x.csv", by=people.gil)
    assert not Mention.objects.exists()


def test_a_killed_import_goes_on_where_it_was(people, monkeypatch):
    monkeypatch.setattr(imports, "STEP", 10)
    texts = [f"post number {n}" for n in range(95)]

    def die(done):
        if done >= 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.import_posts(frames(*texts), "a.jsonl", by=people.gil, tick=die)
    assert Mention.objects.count() == 40
    assert rolled_up() == counted()
    report = actions.import_posts(frames(*texts), "a.jsonl", by=people.gil)
    assert (report.new, report.known, report.rows) == (95, 0, 95)
    assert PostImport.objects.count() == 1
    assert rolled_up() == counted()


def test_a_step_that_fails_leaves_no_half(people, monkeypatch):
    monkeypatch.setattr(imports, "STEP", 10)
    kept = imports.put_bad_posts

    def break_second(bad, row):
        if row.rows_done:
            raise OSError("disk full")
        kept(bad, row)

    monkeypatch.setattr(imports, "put_bad_posts", break_second)
    with pytest.raises(OSError, match="disk full"):
        actions.import_posts(frames(*[f"n {n}" for n in range(30)]), "a.jsonl", by=people.gil)
    assert Mention.objects.count() == 10
    assert rolled_up() == counted()


def test_a_topic_saved_while_a_file_goes_in_misses_nothing(people, monkeypatch):
    monkeypatch.setattr(imports, "STEP", 10)

    def save(done):
        if done == 20:
            actions.save_topic(None, name="Lifts", query="lift", purpose="Mend them", by=people.gil)

    actions.import_posts(frames(*[f"lift {n}" for n in range(50)]), "a.jsonl", by=people.gil, tick=save)
    assert TopicMention.objects.count() == 50
    assert rolled_up() == counted()


def test_putting_a_file_back_takes_its_posts_and_their_counts_away(people):
    actions.save_topic(None, name="Lifts", query="lift", purpose="Mend them", by=people.gil)
    first = actions.import_posts(frames("lift a", "b"), "a.jsonl", by=people.gil).post_import
    actions.import_posts(frames("lift c", "d", start=2), "b.jsonl", by=people.gil)
    assert actions.forget_import(first, by=people.ana) == 2
    assert Mention.objects.count() == 2
    assert rolled_up() == counted()
    assert JournalEntry.objects.filter(code="listening.import_forgotten").count() == 1
    with pytest.raises(Refused):
        actions.forget_import(first, by=people.dev)


def test_an_uploaded_file_is_kept_matched_and_put_in(people):
    raw = table("A,01/02/2026,hello there,x", "B,03/02/2026,bye now,y", head="nr,when,words,note").getvalue()
    row = actions.choose_file([raw[:20], raw[20:]], "posts.csv", by=people.gil)
    assert row.state == PostImport.State.CHOSEN
    with pytest.raises(BadInput, match="gives the date"):
        actions.match_columns(row, {2: "text"}, "day", by=people.gil)
    row = actions.match_columns(row, {0: "id", 1: "posted_at", 2: "text"}, "day", by=people.gil)
    row = actions.start_import(row, by=people.gil)
    row.refresh_from_db()
    assert (row.state, row.new) == (PostImport.State.DONE, 2)
    assert Mention.objects.get(uri="file:A").posted_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert not imports.staged(row).exists()
    with pytest.raises(NotNow):
        actions.start_import(row, by=people.gil)


def test_an_upload_nobody_can_read_is_refused_and_not_kept(people, settings):
    with pytest.raises(BadInput, match="workbook"):
        actions.choose_file([b"PK\x03\x04"], "posts.xlsx", by=people.gil)
    assert list((settings.HANDRAIL_HOME / "uploads").iterdir()) == []
    assert not PostImport.objects.exists()


def test_a_stopped_file_can_go_on(people, monkeypatch):
    monkeypatch.setattr(imports, "STEP", 10)
    row = actions.choose_file([frames(*[f"n {n}" for n in range(30)]).read()], "a.jsonl", by=people.gil)
    row = actions.queue_import(row, by=people.gil)

    def stop(done):
        if done == 10:
            actions.stop_import(PostImport.objects.get(), by=people.gil)

    with pytest.raises(NotNow):
        actions.put_in(row, by=people.gil, tick=stop)
    row.refresh_from_db()
    assert (row.state, row.rows_done) == (PostImport.State.STOPPED, 10)
    row = actions.start_import(row, by=people.gil)
    row.refresh_from_db()
    assert (row.state, row.new) == (PostImport.State.DONE, 30)


def test_the_airline_file_goes_in_within_five_seconds(people):
    path = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "airline_dev.csv"
    if not path.exists():
        pytest.skip("airline_dev.csv is not here")
    began = time.monotonic()
    report = actions.import_posts(path, path.name, by=people.gil)
    assert (report.new, report.bad) == (7026, 0)
    assert time.monotonic() - began < 5
    assert rolled_up() == counted()


class RollUps(TestCase):
    """Whatever comes in, in whatever order, and whatever is put back: the hourly counts are the brute-force ones."""

    @settings(deadline=None, max_examples=15)
    @given(st.integers(0, 2**32))
    def test_roll_ups_equal_a_brute_force_count(self, seed):
        rng = random.Random(seed)
        people = testing.cast()
        words = ["lift", "lovely", "terrible", "hotel", "breakfast"]
        for round_ in range(3):
            rows = []
            for _ in range(rng.randrange(1, 15)):
                at = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(300))
                text = " ".join(rng.choices(words, k=3))
                rows.append(f"{rng.randrange(30)},{at.isoformat()},{text},en")
            row = actions.import_posts(table(*rows), f"{round_}.csv", by=people.gil).post_import
            if rng.random() < 0.5:
                word = rng.choice(words)
                actions.save_topic(None, name=f"T{round_}", query=word, purpose="see", by=people.gil)
            if rng.random() < 0.3:
                actions.forget_import(row, by=people.gil)
        assert rolled_up() == counted()


def test_columns_given_by_hand_are_kept(people):
    stream = table("A,2026-01-01,hello there", head="nr,when,words")
    columns = look_at(stream).columns
    assert actions.import_posts(stream, "x.csv", by=people.gil, columns=columns).new == 1

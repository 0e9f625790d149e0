"""What we listen for: saved with a purpose, replayed over the past, previewed before, and never about one of us."""

import pytest

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.listening import actions, reads
from handrail.listening.actions import topics as topic_actions
from handrail.listening.models import Mention, Topic, TopicMention, TopicRevision
from handrail.listening.tests.conftest import frames
from handrail.listening.tests.test_import_posts import counted, rolled_up

TEXTS = ("The lift is broken", "Lovely breakfast", "lift and breakfast", "nothing at all")


@pytest.fixture
def heard(people):
    actions.import_posts(frames(*TEXTS), "a.jsonl", by=people.gil)


def save(people, query, topic=None, name="Lifts", by=None):
    return actions.save_topic(topic, name=name, query=query, purpose="Mend the lifts", by=by or people.gil)


def test_a_saved_topic_finds_the_posts_kept_from_before(people, heard):
    topic = save(people, "lift")
    assert TopicMention.objects.filter(topic=topic).count() == 2
    assert not topic.is_behind
    assert rolled_up() == counted()
    [fact] = JournalEntry.objects.filter(code="listening.topic_saved")
    assert '"added":2' in fact.record


def test_a_new_wording_lets_posts_in_and_out_and_keeps_the_old_one(people, heard):
    topic = save(people, "lift")
    topic = save(people, "breakfast", topic)
    assert topic.revision == 2
    assert [(r.number, r.query, r.added, r.lost) for r in TopicRevision.objects.all()] == [
        (2, "breakfast", 1, 1),
        (1, "lift", 2, 0),
    ]
    assert rolled_up() == counted()


def test_saving_the_same_again_writes_nothing(people, heard):
    topic = save(people, "lift")
    facts = JournalEntry.objects.count()
    assert save(people, "lift", topic).revision == 1
    assert JournalEntry.objects.count() == facts


def test_a_long_past_is_left_to_a_worker_and_ends_the_same(people, heard, monkeypatch):
    monkeypatch.setattr(topic_actions, "REPLAY_AT_ONCE", 2)
    topic = save(people, "lift")
    assert topic.is_behind
    assert not TopicMention.objects.exists()
    replay = actions.replay_topic(topic)
    topic.refresh_from_db()
    assert (replay.added, topic.is_behind) == (2, False)
    assert actions.replay_topic(topic).added == 0
    assert topic.revisions.first().added == 2
    assert rolled_up() == counted()


def test_the_preview_says_what_saving_would_do(people, heard):
    topic = save(people, "lift")
    seen = reads.preview("(breakfast\nOR nothing)\nNOT lovely", topic)
    assert (seen.matches, seen.looked_at, seen.whole) == (2, 4, True)
    assert (seen.adds, seen.loses) == (1, 1)
    assert [(line.count, line.excludes) for line in seen.lines] == [(2, False), (1, False), (1, True)]
    marked = [[text for text, hit in shown.pieces if hit] for shown in seen.sample]
    assert sorted(marked) == [["breakfast"], ["nothing"]]
    assert Topic.objects.get().query == "lift"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('"open', "E007 at character 1"),
        ("NOT lift", "only excludes"),
        ("", "Write the words"),
        ("hotel AND Dev Patel", "“Dev Patel” works here"),
        ('"dev patel" OR lift', "works here"),
        ("from:somebody AND lift", "follows one account"),
    ],
)
def test_a_query_that_cannot_be_is_refused_with_its_reason(people, query, says):
    with pytest.raises(BadInput, match=says):
        save(people, query)
    assert not Topic.objects.exists()


def test_leaving_an_account_out_is_fine(people):
    assert save(people, "lift NOT from:jobs").pk


@pytest.mark.parametrize(("name", "purpose"), [("", "why"), ("Lifts", " "), ("x" * 121, "why")])
def test_a_topic_needs_a_name_and_a_purpose(people, name, purpose):
    with pytest.raises(BadInput):
        actions.save_topic(None, name=name, query="lift", purpose=purpose, by=people.gil)


def test_two_live_topics_never_share_a_name(people):
    save(people, "lift")
    with pytest.raises(BadInput, match="already"):
        save(people, "stairs")


@pytest.mark.parametrize("who", ["dev", "cleo", "hana", "finn"])
def test_others_may_not_save_or_retire(people, who):
    topic = save(people, "lift")
    with pytest.raises(Refused):
        save(people, "stairs", name="Stairs", by=getattr(people, who))
    with pytest.raises(Refused):
        actions.retire_topic(topic, by=getattr(people, who))


def test_a_retired_topic_keeps_what_was_heard_and_hears_no_more(people, heard):
    topic = actions.retire_topic(save(people, "lift"), by=people.ana)
    actions.import_posts(frames("another lift", start=9), "b.jsonl", by=people.gil)
    assert TopicMention.objects.filter(topic=topic).count() == 2
    with pytest.raises(NotNow):
        actions.retire_topic(topic, by=people.ana)
    with pytest.raises(NotNow):
        save(people, "stairs", topic)
    assert save(people, "lift").pk != topic.pk
    assert Mention.objects.count() == 5

"""The pages of listening: right for those who listen, closed to others, whole and in fragments."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from handrail.listening import actions
from handrail.listening.actions import uploads
from handrail.listening.models import Mention, PostImport, Topic
from handrail.listening.tests.conftest import frames, table
from handrail.people.testing import signed_in

URL = reverse("listening:listening")


def page(person, url=URL, **given):
    response = signed_in(person).get(url, given)
    return response, response.content.decode()


@pytest.fixture
def heard(people):
    now = timezone.now()
    said = ["the lift number {} is stuck and nobody comes, terrible"] * 6 + [
        "the lift {} was stuck, and I love your staff!"
    ]
    rows = [f'{n},{(now - timedelta(minutes=5 * n)).isoformat()},"{said[n % 7].format(n)}",en' for n in range(70)]
    actions.import_posts(table(*rows), "a.csv", by=people.gil)
    actions.save_topic(None, name="Lifts", query="lift", purpose="Mend the lifts", by=people.gil)


@pytest.mark.parametrize("who", ["ana", "gil", "hana"])
def test_those_who_listen_see_the_sentence_the_chart_and_the_posts(people, heard, who):
    response, text = page(getattr(people, who))
    assert response.status_code == 200
    assert "70 posts in 7 days" in text
    assert 'role="img"' in text
    assert "stacked by sentiment: 70 posts" in text
    assert text.count('class="words"') == 15
    assert "<mark>lift</mark>" in text
    assert "Sentiment is right for 76 of 100" in text
    assert "1,000 posts of TweetEval’s validation set" in text


@pytest.mark.parametrize("who", ["dev", "cleo", "ben", "eva", "finn"])
@pytest.mark.parametrize("name", ["listening", "more", "came_since", "posts_csv", "imports", "new_topic", "sample_csv"])
def test_others_are_refused(people, heard, who, name):
    response, text = page(getattr(people, who), reverse(f"listening:{name}"))
    assert response.status_code == 403
    assert "stuck" not in text


def test_what_we_listen_for_is_open_to_everyone_here(people, heard):
    response, text = page(people.dev, reverse("listening:topics"))
    assert response.status_code == 200
    assert "Mend the lifts" in text
    assert "stuck" not in text


def test_an_empty_house_is_taught_how_to_begin(people):
    _, text = page(people.gil)
    assert "Nobody has been heard yet." in text
    assert "Bring posts in" in text


def test_old_posts_are_shown_and_said_to_be_old(people):
    rows = table("1,2015-02-24 11:53,the lift,en", "2,2015-02-24 09:00,no lift,en")
    actions.import_posts(rows, "a.csv", by=people.gil)
    _, text = page(people.gil)
    assert "in the 7 days up to 24 February 2015" in text
    assert "Nothing newer has come in" in text
    _, text = page(people.gil, span="season")
    assert "in the 13 weeks up to" in text


def test_the_stream_is_read_to_its_end_page_by_page_without_gap_or_double(people, heard):
    client = signed_in(people.gil)
    seen, url = [], reverse("listening:more")
    while url:
        response = client.get(url, headers={"hx-request": "true"})
        assert "<html" not in response.content.decode()
        seen += [post.pk for post, _ in response.context["posts"]]
        url = response.context["next_url"]
    assert seen == list(Mention.objects.order_by("-posted_at", "-id").values_list("pk", flat=True))


def test_a_topic_a_sound_and_a_step_narrow_the_stream(people, heard):
    topic = Topic.objects.get()
    post = Mention.objects.filter(label=2).first()
    assert post is not None
    _, text = page(people.gil, topic=topic.pk, show="positive")
    assert text.count('class="words"') == Mention.objects.filter(label=2).count()
    _, text = page(
        people.gil, since=post.posted_at.isoformat(), until=(post.posted_at + timedelta(minutes=1)).isoformat()
    )
    assert text.count('class="words"') == 1
    for nonsense in (
        {"topic": "x"},
        {"topic": "9" * 30},
        {"span": "x"},
        {"since": "x"},
        {"mark": "x_y"},
        {"show": "x"},
    ):
        response, _ = page(people.gil, **nonsense)
        assert response.status_code == 200


def test_new_posts_are_counted_not_shown(people, heard):
    newest = Mention.objects.order_by("-pk").first().pk
    url = reverse("listening:came_since")
    assert "new post" not in page(people.gil, url, after=newest)[1]
    actions.import_posts(frames("one", "two"), "b.jsonl", by=people.gil)
    assert "Show 2 new posts" in page(people.gil, url, after=newest)[1]


def test_the_file_of_posts_runs_no_formula_and_names_nobody(people):
    head = "id,date,text,author"
    actions.import_posts(table(f"1,{timezone.now():%Y-%m-%d},=2+2 now,secretname", head=head), "a.csv", by=people.gil)
    _, text = page(people.gil, reverse("listening:posts_csv"))
    [row] = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert row["text"] == "'=2+2 now"
    assert "secretname" not in text
    assert "secretname" not in page(people.gil)[1]


def test_a_script_in_a_post_stays_words(people):
    actions.import_posts(
        table(f"1,{timezone.now():%Y-%m-%d},<script>alert(1)</script> lift,en"), "a.csv", by=people.gil
    )
    _, text = page(people.gil)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_query_editor_previews_saves_and_says_what_is_wrong(people, heard):
    client = signed_in(people.gil)
    preview = client.post(reverse("listening:preview"), {"query": "stuck", "topic": ""}).content.decode()
    assert "Would match 70" in preview
    assert "<html" not in preview
    wrong = client.post(reverse("listening:preview"), {"query": '"stuck'}).content.decode()
    assert "E007 at character 1" in wrong
    given = {"name": "Stuck", "query": "stuck", "purpose": "See"}
    bad = client.post(reverse("listening:new_topic"), given | {"query": "(stuck"})
    assert bad.status_code == 422
    assert "never closed" in bad.content.decode()
    checked = client.post(reverse("listening:new_topic"), given | {"check": "1"})
    assert "Would match 70" in checked.content.decode()
    assert Topic.objects.count() == 1
    saved = client.post(reverse("listening:new_topic"), given, follow=True)
    assert "70 posts kept from before came in" in saved.content.decode()
    topic = Topic.objects.get(name="Stuck")
    assert "wording 1" in client.get(reverse("listening:topic", args=[topic.pk])).content.decode()
    client.post(reverse("listening:retire_topic", args=[topic.pk]))
    topic.refresh_from_db()
    assert topic.retired_at


def test_a_file_is_chosen_matched_checked_and_put_in_by_the_page(people):
    client = signed_in(people.gil)
    raw = b"Nr,When,Words,AVE\nA,01/02/2026,hello there,9\nB,13/02/2026,bye now,9\nC,13/13/2026,odd one,9\n"
    chosen = client.post(reverse("listening:imports"), {"file": SimpleUploadedFile("p.csv", raw)}, follow=True)
    text = chosen.content.decode()
    assert "2 posts are new. 1 row can’t go in yet." in text
    assert "Barcelona Principles, no. 5" in text
    assert "1 date only makes sense with the day first" in text.replace("\n", " ")
    row = PostImport.objects.get()
    columns = reverse("listening:columns", args=[row.pk])
    refused = client.post(columns, {"column-2": "text", "column-1": "text"})
    assert refused.status_code == 422
    assert "Two columns are matched with Text" in refused.content.decode()
    client.post(columns, {"column-0": "id", "column-1": "posted_at", "column-2": "text", "date_order": "day"})
    done = client.post(reverse("listening:put_in", args=[row.pk]), follow=True).content.decode()
    assert "2 posts went in. 1 row didn’t." in done
    mend = client.get(reverse("listening:bad_csv", args=[row.pk])).content.decode()
    assert "13/13/2026" in mend
    again = client.post(reverse("listening:put_in", args=[row.pk]))
    assert again.status_code == 409
    client.post(reverse("listening:put_back", args=[row.pk]))
    assert not Mention.objects.exists()


def test_a_file_that_is_none_is_answered_on_the_page(people):
    response = signed_in(people.gil).post(
        reverse("listening:imports"), {"file": SimpleUploadedFile("p.xlsx", b"PK\x03\x04...")}
    )
    assert response.status_code == 422
    assert "workbook" in response.content.decode()


def test_a_long_file_waits_for_a_worker_and_can_be_stopped(people, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    client = signed_in(people.gil)
    client.post(reverse("listening:imports"), {"file": SimpleUploadedFile("a.jsonl", frames("one", "two").read())})
    row = PostImport.objects.get()
    text = client.post(reverse("listening:put_in", args=[row.pk]), follow=True).content.decode()
    assert "is going in" in text
    assert "Waiting for a worker" in client.get(reverse("listening:progress", args=[row.pk])).content.decode()
    client.post(reverse("listening:stop", args=[row.pk]))
    gone = client.get(reverse("listening:progress", args=[row.pk]))
    assert gone.headers["HX-Refresh"] == "true"
    assert "stopped at row 0" in client.get(reverse("listening:import", args=[row.pk])).content.decode()


def test_no_page_asks_for_a_person(people, heard):
    for url in (URL, reverse("listening:new_topic"), reverse("listening:imports")):
        text = page(people.ana, url)[1].split("<main", 1)[1]
        assert 'name="author"' not in text
        assert 'name="person"' not in text


def test_a_trend_is_told_only_where_posts_reach_back_far_enough(people):
    now = timezone.now()
    lately = [f"{n},{(now - timedelta(days=1, minutes=n)).isoformat()},lift {n},en" for n in range(60)]
    before = [f"{n},{(now - timedelta(days=9, minutes=n)).isoformat()},lift {n},en" for n in range(100, 125)]
    oldest = [f"999,{(now - timedelta(days=30)).isoformat()},lift,en"]
    actions.import_posts(table(*lately, *before), "a.csv", by=people.gil)
    assert "as many as before" not in page(people.gil)[1]
    actions.import_posts(table(*oldest), "b.csv", by=people.gil)
    assert "2.4 times as many as before" in page(people.gil)[1]


def test_the_headline_says_how_many_of_all_posts_stand_in_a_topic(people, heard):
    rows = [f'out{n},{timezone.now().isoformat()},"breakfast {n}",en' for n in range(30)]
    actions.import_posts(table(*rows), "b.csv", by=people.gil)
    assert "100 posts in 7 days; 70 of them stand in a topic." in page(people.gil)[1]
    actions.save_topic(None, name="Stuck", query="stuck OR breakfast", purpose="See", by=people.gil)
    assert "100 of them stand in a topic." in page(people.gil)[1], "a post in two topics counts once"
    lifts = Topic.objects.get(name="Lifts")
    assert "in a topic" not in page(people.gil, topic=lifts.pk)[1].split("<h1>")[1].split("</h1>")[0]


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Asia/Kolkata", "America/St_Johns"])
def test_seven_days_are_today_and_six_before(people, settings, zone):
    settings.TIME_ZONE = zone
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=6)
    times = [midnight - timedelta(minutes=90), midnight + timedelta(minutes=10), timezone.now()]
    rows = [f"{n},{moment.isoformat()},lift {n},en" for n, moment in enumerate(times)]
    actions.import_posts(table(*rows), "a.csv", by=people.gil)
    assert "2 posts in 7 days" in page(people.gil)[1]


def test_posts_go_out_again_only_after_their_number_was_read(people):
    now = timezone.now().isoformat()
    rows = [f"{n},{now},lift {n},en" for n in range(3)]
    client = signed_in(people.gil)
    raw = table(*rows).read()
    client.post(reverse("listening:imports"), {"file": SimpleUploadedFile("p.csv", raw)})
    row = PostImport.objects.get()
    text = client.post(reverse("listening:put_in", args=[row.pk]), follow=True).content.decode()
    folded = text.split('<details class="sure">')[1].split("</details>")[0]
    assert "3 posts of this file would go" in folded
    assert "Yes, take 3 posts out" in folded
    assert text.count(reverse("listening:put_back", args=[row.pk])) == 1


def test_no_topic_is_told_without_a_false_promise(people):
    _, text = page(people.dev, reverse("listening:topics"))
    assert "Nobody is listened to without one" not in text

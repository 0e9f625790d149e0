"""The API of listening: the same verbs and refusals as the pages."""

import json

from handrail.listening import actions
from handrail.listening.models import Mention, Topic
from handrail.listening.tests.conftest import frames, table
from handrail.people.testing import signed_in

API = "/api/v1"
TOPIC = {"name": "Lifts", "query": "lift", "purpose": "Mend them"}


def send(person, method, path, given=None):
    client = signed_in(person)
    if method == "get":
        return client.get(API + path)
    return getattr(client, method)(API + path, json.dumps(given), content_type="application/json")


def test_a_topic_is_saved_changed_and_read(people):
    actions.import_posts(frames("a lift", "stairs"), "a.jsonl", by=people.gil)
    made = send(people.gil, "post", "/topics", TOPIC)
    assert made.status_code == 201
    changed = send(people.gil, "put", f"/topics/{made.json()['id']}", TOPIC | {"query": "stairs"})
    assert changed.json()["revision"] == 2
    assert [each["name"] for each in send(people.dev, "get", "/topics").json()] == ["Lifts"]


def test_others_are_refused_with_the_sentence(people):
    refused = send(people.dev, "post", "/topics", TOPIC)
    assert refused.status_code == 403
    assert "decide what we listen for" in refused.json()["sentence"]
    assert send(people.dev, "get", "/posts").status_code == 403
    assert send(people.dev, "post", "/topics/preview?query=lift").status_code == 403
    assert not Topic.objects.exists()


def test_a_wrong_query_is_answered_with_its_code(people):
    refused = send(people.gil, "post", "/topics", TOPIC | {"query": "(lift"})
    assert refused.status_code == 422
    assert "E005 at character 1" in refused.json()["sentence"]


def test_posts_come_page_by_page_without_their_authors(people):
    actions.import_posts(frames(*[f"lift {n}" for n in range(20)]), "a.jsonl", by=people.gil)
    first = send(people.gil, "get", "/posts").json()
    assert len(first["posts"]) == 15
    assert "author" not in first["posts"][0]
    rest = signed_in(people.gil).get(API + "/posts", {"mark": first["next"]}).json()
    assert len({post["id"] for post in first["posts"] + rest["posts"]}) == 20
    assert rest["next"] == ""


def test_a_file_is_checked_and_brought_in(people):
    client = signed_in(people.gil)
    raw = table("1,2026-01-01,ok then,en", "2,never,bad,en")
    raw.name = "a.csv"
    told = client.post(API + "/posts/import?dry_run=true", {"file": raw}).json()
    assert (told["new"], told["bad"], told["written"]) == (1, 1, False)
    raw.seek(0)
    told = client.post(API + "/posts/import", {"file": raw}).json()
    assert told["bad_rows"][0]["line"] == 3
    assert Mention.objects.count() == 1

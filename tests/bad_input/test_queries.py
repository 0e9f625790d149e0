"""Queries too deep, too long or broken: a code and a sentence, at once."""

import io
import json
import re
import time

import pytest

from handrail.__main__ import main
from handrail.kernel.errors import BadInput
from handrail.listening.actions import import_posts, save_topic
from handrail.listening.models import Topic
from handrail.people.testing import signed_in
from tests.bad_input.given import ROWS, assert_sentence, frame, rows_of_everything

DEEP = {
    "fifty-one brackets": ("(" * 51 + "lift" + ")" * 51, "E003"),
    "fifty-one nots": ("lift AND " + "NOT " * 51 + "hotel", "E003"),
    "a hundred thousand brackets": ("(" * 100_000, "E002|longer than"),
    "a megabyte of words": ("lift OR " * 125_000 + "lift", "E002|longer than"),
    "a megabyte in one word": ("x" * 1_000_000, "E002|longer than"),
    "never closed": ('lift AND "late', "E007"),
    "only control characters": ("\x07\x08", "E0|hidden character"),
}


@pytest.mark.parametrize("why", DEEP)
def test_a_query_too_deep_or_too_long_gets_its_code_and_a_sentence(who, why) -> None:
    query, said = DEEP[why]
    before, began = rows_of_everything(), time.perf_counter()
    with pytest.raises(BadInput) as refusal:
        save_topic(None, name="Lifts", query=query, purpose="Mend them", by=who.gil)
    assert_sentence(refusal.value.sentence, said)
    for address in ("/listening/topics/new", "/listening/topics/preview"):
        response = signed_in(who.gil).post(address, {"name": "Lifts", "query": query, "purpose": "Mend them"})
        assert response.status_code in {200, 422}
        assert re.search(said, response.content.decode())
    asked = json.dumps({"name": "Lifts", "query": query, "purpose": "Mend them"})
    response = signed_in(who.gil).post("/api/v1/topics", asked, content_type="application/json")
    assert response.status_code == 422
    assert_sentence(response.json()["sentence"], said)
    assert rows_of_everything() == before
    assert time.perf_counter() - began < 5


def test_a_query_exactly_fifty_levels_deep_is_read(who) -> None:
    topic = save_topic(None, name="Lifts", query="(" * 50 + "lift" + ")" * 50, purpose="Mend them", by=who.gil)
    assert Topic.objects.get() == topic
    import_posts(io.BytesIO(ROWS["posts"].encode()), "posts.csv", by=who.gil)
    assert topic.mentions.count() == 1


@pytest.mark.parametrize("why", DEEP)
def test_the_command_match_refuses_such_a_query(tmp_path, capsys, why) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(frame("The lift", "a"))
    assert main(["match", DEEP[why][0], str(path)]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert re.search(r"E0\d\d", out.err)
    assert "Traceback" not in out.err

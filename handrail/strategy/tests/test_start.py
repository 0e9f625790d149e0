"""The starter: plain questions, answered by the real verbs, left and resumed by what is written down."""

import pytest

from handrail.people.testing import cast, signed_in
from handrail.strategy.models import Goal, Initiative, Purpose

pytestmark = pytest.mark.django_db
ANSWERS = {
    "goal": {"statement": "Guests come back"},
    "touches": {"name": "Purchasing", "lead": "ben@example.org"},
    "today": {"what": "Answers growers", "audience": "partners"},
    "purpose": {"name": "Cook together", "statement": "One dish a season.", "cells": ["share.employees"]},
    "measure": {"measure": "Rebookings", "unit": "%", "value": "45"},
    "initiative": {"name": "Harvest", "cells": ["share.employees"], "lead": "eva@example.org"},
}


def test_it_leads_through_every_question_and_ends_at_the_overview() -> None:
    client = signed_in(cast().ana)
    for step, typed in ANSWERS.items():
        assert client.get("/strategy/start").url == f"/strategy/start/{step}"
        assert client.get(f"/strategy/start/{step}").status_code == 200
        assert client.post(f"/strategy/start/{step}", typed).status_code == 302
    assert client.get("/strategy/start").url == "/strategy/"
    row = Initiative.objects.get()
    assert (row.purpose.name, row.purpose.targets.get().measure) == ("Cook together", "Rebookings")


def test_a_question_can_be_skipped_and_comes_back() -> None:
    client = signed_in(cast().ana)
    client.post("/strategy/start/touches", ANSWERS["touches"])
    assert client.get("/strategy/start").url == "/strategy/start/goal"
    assert "Name a function first" not in client.get("/strategy/start/today").content.decode()
    assert "Write a purpose down first" in client.get("/strategy/start/measure").content.decode()
    assert client.post("/strategy/start/measure", ANSWERS["measure"]).status_code == 200


def test_a_wrong_answer_is_mended_in_place_and_nothing_is_written() -> None:
    client = signed_in(cast().ana)
    said = client.post("/strategy/start/purpose", {"name": "Cook", "statement": "x", "owner": "nobody@example.org"})
    assert said.status_code == 422
    assert "Nobody here has the e-mail" in said.content.decode()
    assert not Purpose.objects.exists()


def test_whoever_may_not_answer_is_told_who_may() -> None:
    people = cast()
    author = signed_in(people.eva)
    assert "The governance owner writes goals down." in author.get("/strategy/start/goal").content.decode()
    assert author.post("/strategy/start/goal", ANSWERS["goal"]).status_code == 403
    assert not Goal.objects.exists()
    assert signed_in(people.dev).get("/strategy/start").status_code == 403
    assert author.get("/strategy/start/nothing").status_code == 404


def test_a_file_is_looked_at_first_and_then_put_in_from_a_page() -> None:
    from_page = {"text": "name,statement,cells\nCook,Together,share.employees\n", "name": "p.csv"}
    client = signed_in(cast().ana)
    assert "1 purpose would be new" in client.post("/strategy/bring-in/purposes", from_page).content.decode()
    assert not Purpose.objects.exists()
    assert client.post("/strategy/bring-in/purposes", from_page | {"put_in": "on"}).status_code == 302
    assert "Share with employees" in client.get("/strategy/purposes.csv").content.decode()
    assert client.get("/strategy/bring-in/nothing").status_code == 404

"""Speaking without one's name on the pages: honest words, a code shown once, a way back that asks for no name."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from handrail.people.testing import cast, signed_in
from handrail.vetting import actions
from handrail.vetting.models import Letterbox, Remark, Round
from handrail.vetting.testing import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_count() -> None:
    cache.clear()


def _said() -> tuple[Round, str, Client]:
    people = cast()
    round = opened(people, anonymous=True)
    client = signed_in(people.dev)
    given = {"clause": "pay", "body": "I am afraid to say so.", "anonymous": "on", "once": "a1"}
    answer = client.post(f"/vetting/{round.pk}/say", given)
    code = re.search(r'id="code">([\w-]+)<', answer.content.decode())
    assert code is not None
    assert "no-store" in answer["Cache-Control"]
    return round, code.group(1), client


def test_the_form_says_what_is_kept_and_what_cannot_be_hidden() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    page = signed_in(people.dev).get(f"/vetting/{round.pk}/say?clause=pay").content.decode()
    assert "the way you write" in page
    assert "nobody can give you another" in page


def test_a_round_that_takes_names_only_offers_no_other_way() -> None:
    people = cast()
    round = opened(people)
    assert "Without my name" not in signed_in(people.dev).get(f"/vetting/{round.pk}/say").content.decode()


def test_reviewers_speak_with_their_name() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    assert "Without my name" not in signed_in(people.ben).get(f"/vetting/{round.pk}/say").content.decode()


def test_the_code_is_shown_once_and_written_nowhere() -> None:
    round, code, client = _said()
    assert not Remark.objects.exists()
    kept = str(Letterbox.objects.get().letters) + str(dict(client.session))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert code not in client.get(f"/vetting/{round.pk}/read").content.decode()


def test_the_same_form_sent_twice_puts_one_letter_in() -> None:
    round, first, client = _said()
    given = {"clause": "pay", "body": "I am afraid to say so.", "anonymous": "on", "once": "a1"}
    client.post(f"/vetting/{round.pk}/say", given)
    assert len(Letterbox.objects.get().letters) == 1
    assert Client().post("/vetting/code", {"code": first}).status_code == 404


def test_the_code_opens_the_answer_without_signing_in() -> None:
    round, code, _ = _said()
    anyone = Client()
    waiting = anyone.post("/vetting/code", {"code": code.lower().replace("-", " ")})
    assert "has not come out yet" in waiting.content.decode()
    actions.empty_letterbox(round, all_of_it=True)
    row = Remark.objects.get()
    anyone.post("/vetting/code", {"code": code, "deed": "reply", "body": "It was in March."})
    actions.empty_letterbox(Round.objects.get(), all_of_it=True)
    assert row.replies.get().by_receipt
    actions.dispose(row, "adapted", "The desk is named now.", by=round.opened_by)
    page = anyone.post("/vetting/code", {"code": code})
    assert "The desk is named now." in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_a_letter_is_taken_back_with_its_code() -> None:
    _, code, _ = _said()
    answer = Client().post("/vetting/code", {"code": code, "deed": "take_back"})
    assert answer.status_code == 302
    assert not Letterbox.objects.get().letters


def test_a_wrong_code_says_one_sentence_and_guessing_is_slowed() -> None:
    cast()
    answers = [Client().post("/vetting/code", {"code": f"WRONG-{number}"}) for number in range(33)]
    assert answers[0].status_code == 404
    assert "No remark belongs to this code" in answers[0].content.decode()
    assert answers[-1].status_code == 409

"""Home is each person's own: the seven answers for those who steer, what is asked for everyone else."""

import pytest
from django.core.cache import cache
from django.test import Client

from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import GoalText, set_goal
from handrail.web.rooms import may_open

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def test_the_owner_sees_seven_rows_and_one_solid_button() -> None:
    people = cast()
    page = signed_in(people.ana).get("/").content.decode()
    assert page.count('<li class="q') == 7
    assert page.count('class="btn pri"') == 1
    assert "None of the seven questions holds yet." in page


@pytest.mark.parametrize("name", ["dev", "cleo", "gil"])
def test_who_does_not_steer_never_sees_the_seven_answers(name: str) -> None:
    people = cast()
    page = signed_in(getattr(people, name)).get("/").content.decode()
    assert "of the seven questions" not in page
    assert '<li class="q' not in page
    assert 'class="rail"' not in page
    assert "Hello " in page


def test_a_line_manager_sees_the_team_and_nobody_elses() -> None:
    people = cast()
    mine = signed_in(people.cleo).get("/").content.decode()
    assert "Dev Patel" in mine
    other = signed_in(people.dev).get("/").content.decode()
    assert "Your team" not in other
    assert "Cleo Marsh" in other


def test_nothing_is_asked_when_no_room_asks() -> None:
    people = cast()
    assert "Hello Dev. Nothing waits for you today." in signed_in(people.dev).get("/").content.decode()


@pytest.mark.parametrize("path", ["/answers", "/history"])
def test_an_employee_may_not_open_the_answers(path: str) -> None:
    people = cast()
    assert signed_in(people.dev).get(path).status_code == 403
    assert signed_in(people.finn).get(path).status_code == 200


def test_strangers_are_sent_to_sign_in() -> None:
    cast()
    assert Client().get("/find").status_code == 302


def test_home_says_at_once_what_changed_in_the_record() -> None:
    people = cast()
    client = signed_in(people.ana)
    set_goal(GoalText("Guests come back"), by=people.ana)
    first = client.get("/").content.decode()
    assert "1 goal" in first
    set_goal(GoalText("We do no harm"), by=people.ana)
    second = client.get("/").content.decode()
    assert "2 goals" in second
    assert "We do no harm" in second


def test_every_bold_number_opens_a_page_that_is_open_to_its_reader() -> None:
    people = cast()
    set_goal(GoalText("Guests come back"), by=people.ana)
    for person in (people.ana, people.eva, people.ben, people.finn, people.hana):
        client = signed_in(person)
        response = client.get("/")
        for row in response.context["rows"]:
            for part in row.sentence:
                if part.href:
                    assert client.get(part.href).status_code == 200, part


def test_navigation_holds_only_rooms_that_open() -> None:
    people = cast()
    for person in people.everyone():
        client = signed_in(person)
        for room in client.get("/").context["frame"].rooms:
            assert may_open(person, room.href)
            assert client.get(room.href).status_code == 200, room


def test_the_bell_counts_what_waits() -> None:
    people = cast()
    client = signed_in(people.ana)
    waiting = client.get("/waiting")
    assert waiting.context["frame"].waiting == len(waiting.context["waiting"]) > 0
    assert signed_in(people.dev).get("/waiting").context["waiting"] == []


def test_no_page_of_the_desk_carries_inline_styles_or_foreign_addresses() -> None:
    people = cast()
    client = signed_in(people.ana)
    for path in ("/", "/answers", "/history", "/find?q=goal", "/waiting", "/components"):
        page = client.get(path).content.decode()
        assert " style=" not in page, path
        assert "<style" not in page, path
        assert "//cdn" not in page
        assert "https://" not in page

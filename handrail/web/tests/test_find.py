"""Find looks only where the person may look."""

import pytest

from handrail.people.testing import cast, make_person, signed_in
from handrail.strategy.actions import GoalText, set_goal
from handrail.web.search import LIMIT, find

pytestmark = pytest.mark.django_db


def names(groups) -> dict[str, list[str]]:
    return {group.name: [hit.words for hit in group.hits] for group in groups}


def test_a_goal_is_found_by_part_of_its_words() -> None:
    people = cast()
    set_goal(GoalText("Guests come back"), by=people.ana)
    assert names(find(people.dev, "come"))["Goals"] == ["Guests come back"]


def test_people_are_found_by_any_name_they_have() -> None:
    people = cast()
    assert "Dev Patel" in names(find(people.ana, "patel"))["People"]


def test_nobody_finds_what_they_may_not_see() -> None:
    people = cast()
    for name in find(people.dev, "patel"):
        assert not name.name.startswith("Posts")
    assert find(people.dev, "p") == []


def test_more_hits_than_fit_are_admitted() -> None:
    people = cast()
    for number in range(LIMIT + 3):
        make_person(number, name=f"Zed {number:02}")
    group = next(each for each in find(people.ana, "zed") if each.name == "People")
    assert len(group.hits) == LIMIT
    assert group.more


@pytest.mark.parametrize("words", ["", "x", "  ", "nothing like this", "%", "<script>alert(1)</script>", "a" * 5000])
def test_any_words_are_answered(words: str) -> None:
    people = cast()
    response = signed_in(people.ana).get("/find", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_every_hit_opens() -> None:
    people = cast()
    set_goal(GoalText("Guests come back"), by=people.ana)
    client = signed_in(people.ana)
    for words in ("guests", "ana", "home", "answers"):
        for group in client.get("/find", {"q": words}).context["groups"]:
            for hit in group.hits:
                assert client.get(hit.href.partition("#")[0]).status_code == 200, hit

"""The page of ownership: it opens for everyone, changes for the governance owner, and says what the table says."""

import pytest
from django.test import Client

from handrail.people import testing
from handrail.people.models import Matrix
from handrail.people.reads import matrix_in_force, may_act

pytestmark = pytest.mark.django_db
PAGE = "/policies/ownership"


@pytest.fixture
def cast() -> testing.Cast:
    return testing.cast()


def _do(client: Client, verb: str, **given: object) -> str:
    answer = client.post(f"{PAGE}/{verb}", given, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_everyone_may_read_it_before_anything_is_agreed(cast: testing.Cast) -> None:
    assert "Nobody has agreed yet" in testing.signed_in(cast.dev).get(PAGE).content.decode()


def test_the_whole_road_from_proposal_to_in_force_by_the_page(cast: testing.Cast) -> None:
    client = testing.signed_in(cast.ana)
    page = _do(client, "propose", view="proposed")
    assert "Only Ana may approve" in page
    _do(client, "letters", row="activity:approve", holder="cleo@example.org", letters="A", view="proposed")
    two = client.get(f"{PAGE}?view=proposed").content.decode()
    assert "Two are accountable for Approve" in two
    finding = next(each for each in two.split('"') if each.startswith("RACI-01|"))
    _do(client, "fix", finding=finding, fix="Keep Cleo Marsh", view="proposed")
    _do(client, "agree", agreed_on="2026-01-05", how="In one meeting.", people="ana@example.org\nben@example.org")
    assert matrix_in_force() is not None
    assert may_act(cast.cleo, "approve")
    assert not may_act(cast.ana, "approve")
    assert "In one meeting." in client.get(PAGE).content.decode()


def test_others_can_not_change_it(cast: testing.Cast) -> None:
    _do(testing.signed_in(cast.eva), "propose")
    assert not Matrix.objects.exists()


def test_csv_of_the_table_and_of_those_who_take_part(cast: testing.Cast) -> None:
    client = testing.signed_in(cast.ana)
    _do(client, "propose")
    assert "ana@example.org" in client.get(f"{PAGE}.csv?view=proposed").content.decode()
    assert "fewer than 5" in client.get(f"{PAGE}/who-takes-part.csv").content.decode()


def test_a_stray_nul_and_a_made_up_key_are_answered_with_a_sentence(cast: testing.Cast) -> None:
    client = testing.signed_in(cast.ana)
    _do(client, "propose")
    _do(client, "letters", row="activity:\x00", holder="\x00", letters="R")
    assert client.post(f"{PAGE}/take", {"key": "²"}).status_code == 404

"""People from elsewhere: one round by a link that ends, the same plain sentence for every link that opens nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from handrail.people.testing import cast, signed_in
from handrail.vetting import actions
from handrail.vetting.models import Remark, Stand
from handrail.vetting.reads import thread_of
from handrail.vetting.testing import opened
from handrail.vetting.views.guests import ENDED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_count() -> None:
    cache.clear()


def test_a_link_opens_its_round_without_signing_in_and_tells_nobody() -> None:
    people = cast()
    round = opened(people)
    _, token = actions.invite_outsider(round, "Helga Brandt", by=people.eva)
    answer = Client().get(f"/vetting/from/{token}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Never name a guest" in page
    assert "Helga Brandt" in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "no-store"
    assert f"/vetting/{round.pk}/" not in page, "a guest is led to no page that is closed to them"


def test_unknown_expired_revoked_and_ended_links_say_the_same_sentence() -> None:
    people = cast()
    round = opened(people)
    gone, revoked = actions.invite_outsider(round, "R", by=people.eva)
    actions.revoke_outsider(gone, by=people.eva)
    _, short = actions.invite_outsider(round, "S", by=people.eva, expires_at=timezone.now() + timedelta(days=1))
    said = [Client().get("/vetting/from/no-such-token/"), Client().get(f"/vetting/from/{revoked}/")]
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        said.append(Client().get(f"/vetting/from/{short}/"))
    actions.withdraw_round(round, "Over.", by=people.eva)
    _, other = "", short
    said.append(Client().get(f"/vetting/from/{other}/"))
    assert {each.status_code for each in said} == {404}
    assert all(ENDED in each.content.decode() for each in said)
    assert len({each.content.decode().replace(revoked, "").replace(short, "") for each in map(_quiet, said)}) == 1


def _quiet(answer):
    answer.content = re.sub(rb"csrf[^\n]*|X-CSRFToken[^\n]*", b"", answer.content)
    return answer


def test_a_guest_speaks_with_their_name_and_a_form_sent_twice_counts_once() -> None:
    people = cast()
    round = opened(people)
    row, token = actions.invite_outsider(round, "Helga", by=people.eva)
    guest = Client()
    form = guest.get(f"/vetting/from/{token}/say?clause=pay").content.decode()
    once = re.search(r'name="once" value="(\w+)"', form)
    assert once is not None
    given = {"clause": "pay", "body": "Good.", "once": once.group(1)}
    for _ in range(2):
        assert guest.post(f"/vetting/from/{token}/say", given).status_code == 302
    made = Remark.objects.get()
    assert made.outsider == row
    assert "Good." in guest.get(f"/vetting/from/{token}/").content.decode()


def test_a_form_that_was_open_when_the_link_ended_says_nothing_any_more() -> None:
    people = cast()
    round = opened(people)
    row, token = actions.invite_outsider(round, "Helga", by=people.eva)
    actions.revoke_outsider(row, by=people.eva)
    assert Client().post(f"/vetting/from/{token}/say", {"body": "Late."}).status_code == 404
    assert not Remark.objects.exists()


def test_links_are_not_guessed_by_the_hundred() -> None:
    cast()
    answers = [Client().get(f"/vetting/from/guess-{number}/").status_code for number in range(125)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_link_is_shown_once_and_kept_as_a_fingerprint() -> None:
    people = cast()
    round = opened(people)
    eva = signed_in(people.eva)
    page = eva.post(f"/vetting/{round.pk}/outsiders", {"name": "Helga", "email": "h@example.org"}).content.decode()
    token = re.search(r"/vetting/from/([\w-]+)/", page)
    assert token is not None
    assert Client().get(f"/vetting/from/{token.group(1)}/").status_code == 200
    again = eva.get(f"/vetting/{round.pk}/outsiders").content.decode()
    assert token.group(1) not in again
    assert "Helga" in again
    bad = eva.post(f"/vetting/{round.pk}/outsiders", {"name": "X", "day": "2020-01-01"})
    assert bad.status_code == 422
    row = round.outsiders.get()
    assert eva.post(f"/vetting/{round.pk}/outsiders/{row.pk}/revoke").status_code == 302
    assert Client().get(f"/vetting/from/{token.group(1)}/").status_code == 404


def test_somebody_from_elsewhere_takes_a_side_once_and_not_on_their_own_remark() -> None:
    people = cast()
    round = opened(people)
    outsider, token = actions.invite_outsider(round, "Works council", by=people.eva)
    said, _ = actions.remark(round, by=people.dev, clause_key="guests", body="x")
    own, _ = actions.remark(round, by=None, outsider=outsider, clause_key="guests", body="y")
    client = Client()
    where = f"/vetting/from/{token}/remarks/{said.uid}/side"
    for _ in range(2):
        assert client.post(where, {"side": "for"}).status_code == 302
    assert thread_of(said).support == 1
    assert thread_of(said, guest=outsider).my_stand is True
    page = client.get(f"/vetting/from/{token}/").content.decode()
    assert where in page
    assert f"remarks/{own.uid}/side" not in page
    client.post(where, {"side": "against"})
    assert (thread_of(said).support, thread_of(said).against) == (0, 1)
    assert client.post(f"/vetting/from/{token}/remarks/{own.uid}/side", {"side": "for"}).status_code == 403
    actions.revoke_outsider(outsider, by=people.eva)
    assert client.post(where, {"side": "for"}).status_code == 404


def test_a_stand_is_of_one_person_or_one_outsider_in_the_database_too() -> None:
    people = cast()
    round = opened(people)
    outsider, _ = actions.invite_outsider(round, "Works council", by=people.eva)
    said, _ = actions.remark(round, by=people.dev, body="x")
    for who in ({}, {"person": people.hana, "outsider": outsider}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stand.objects.create(remark=said, support=True, **who)
    Stand.objects.create(remark=said, support=True, outsider=outsider)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stand.objects.create(remark=said, support=False, outsider=outsider)

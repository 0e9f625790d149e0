"""Signing in: what is asked, how guessing is slowed, how a sign-in ends, and links by mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.kernel.worker import work_off
from handrail.people import actions
from handrail.people.actions.accounts import SENT
from handrail.people.actions.sign_in import closed_until
from handrail.people.models import Person, RoleGrant, SignIn, SignInTry
from handrail.people.testing import PASSWORD, Cast, cast

pytestmark = pytest.mark.django_db

NEW = "lantern-tide-harbour-58"


@pytest.fixture
def who() -> Cast:
    return cast()


def try_it(client: Client, email: str = "dev@example.org", password: str = PASSWORD, **more: str):
    return client.post(reverse("people:sign_in"), {"username": email, "password": password, **more})


def link_in_mail() -> str:
    work_off()
    return re.search(r"http://testserver(/password/set/\S+)", mail.outbox[-1].body)[1]


def test_the_right_password_signs_in_whatever_the_case_of_the_address(who, client):
    answer = try_it(client, "Dev@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert SignIn.objects.get().person == who.dev


def test_signing_in_takes_a_new_session_key(who, client):
    client.get(reverse("people:sign_in"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    try_it(client)
    assert client.session.session_key != before
    assert "planted" not in client.session


def test_wrong_password_and_unknown_address_read_the_same(who, client):
    one = try_it(client, password="not it").content.decode()
    two = try_it(client, email="nobody@example.org").content.decode()
    sentence = "That e-mail and password don’t go together."
    assert sentence in one
    assert sentence in two


def test_too_many_tries_at_an_account_are_slowed_with_a_sentence_that_says_how_long(who, client):
    for _ in range(5):
        assert try_it(client, password="wrong").status_code == 422
    answer = try_it(client)
    assert answer.status_code == 409
    assert re.search(r"Wait \d seconds?, then try again", answer.content.decode())
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert try_it(client).status_code == 302
    assert not SignInTry.objects.filter(key__startswith="account").exists()


def test_one_address_that_tries_many_accounts_is_slowed(who, client):
    for number in range(50):
        try_it(client, email=f"guess{number}@example.org", password="wrong")
    assert try_it(client).status_code == 409
    assert try_it(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_waits_double_and_end_at_a_quarter_of_an_hour():
    now = timezone.now()
    waits = [(closed_until(n, 5, now) or now) - now for n in range(1, 40)]
    assert waits[:4] == [timedelta(0)] * 4
    assert waits[4:7] == [timedelta(seconds=s) for s in (2, 4, 8)]
    assert waits[-1] == timedelta(minutes=15)
    assert waits == sorted(waits)


@pytest.mark.parametrize("gone", [{"is_active": False}, {"ends_on": timezone.localdate() - timedelta(days=1)}])
def test_a_leaver_does_not_sign_in_and_is_signed_out(who, client, gone):
    try_it(client)
    assert client.get(reverse("people:people")).status_code == 200
    Person.objects.filter(pk=who.dev.pk).update(**gone)
    assert client.get(reverse("people:people")).status_code in (302, 403)
    assert try_it(Client()).status_code == 422


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_after_signing_in_nobody_is_sent_elsewhere(who, client, bad):
    assert try_it(client, next=bad)["Location"] == "/"
    assert try_it(Client(), next="/people?q=a")["Location"] == "/people?q=a"


def test_a_sign_in_ends_after_two_idle_hours_and_after_its_day(who, client):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        try_it(client)
        clock.move_to(start + timedelta(hours=1, minutes=50))
        assert client.get(reverse("people:people")).status_code == 200
        clock.move_to(start + timedelta(hours=3, minutes=30))
        assert client.get(reverse("people:people")).status_code == 200
        clock.move_to(start + timedelta(hours=5, minutes=40))
        assert client.get(reverse("people:people")).status_code == 302
        fresh = Client()
        try_it(fresh)
        for hours in range(1, 12):
            clock.move_to(start + timedelta(hours=5 + hours, minutes=41))
            assert fresh.get(reverse("people:people")).status_code == 200
        clock.move_to(start + timedelta(hours=18))
        assert fresh.get(reverse("people:people")).status_code == 302


def test_signing_out_needs_a_post_and_ends_the_sign_in(who, client):
    try_it(client)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert client.get(reverse("people:people")).status_code == 302
    assert not SignIn.objects.exists()


def test_changing_the_password_signs_out_everywhere_else(who, client):
    other = Client()
    try_it(client)
    try_it(other)
    answer = client.post(reverse("people:password"), {"old": PASSWORD, "password": NEW}, follow=True)
    assert "You are signed out in 1 other browser." in answer.content.decode()
    assert client.get(reverse("people:people")).status_code == 200
    assert other.get(reverse("people:people")).status_code == 302
    assert try_it(Client()).status_code == 422
    assert try_it(Client(), password=NEW).status_code == 302
    assert SignIn.objects.filter(session_key=client.session.session_key).exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("no", NEW, "present password"),
        (PASSWORD, "short", "12 characters"),
        (PASSWORD, PASSWORD, "differs"),
        (PASSWORD, "password1234", "common"),
    ],
)
def test_a_password_that_can_not_stand_is_answered_in_place(who, client, old, new, sentence):
    try_it(client)
    answer = client.post(reverse("people:password"), {"old": old, "password": new})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_one_other_browser_is_signed_out_and_nobody_elses(who, client):
    other = Client()
    try_it(client)
    try_it(other)
    try_it(third := Client(), email="cleo@example.org")
    theirs = SignIn.objects.get(person=who.cleo)
    assert client.post(reverse("people:end_sign_in", args=[theirs.pk])).status_code == 404
    mine = SignIn.objects.get(session_key=other.session.session_key)
    client.post(reverse("people:end_sign_in", args=[mine.pk]))
    assert other.get(reverse("people:people")).status_code == 302
    assert third.get(reverse("people:people")).status_code == 200


def test_asking_for_a_new_password_reads_the_same_for_known_and_unknown(who, client):
    known = client.post(reverse("people:new_password"), {"email": "dev@example.org"})
    unknown = client.post(reverse("people:new_password"), {"email": "nobody@example.org"})
    assert SENT in known.content.decode()
    strip = re.compile(r'csrf\w*"[^>]*>|X-CSRFToken[^>]*')
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
    work_off()
    assert [letter.to for letter in mail.outbox] == [["dev@example.org"]]


def test_many_requests_within_a_minute_send_one_letter(who, client):
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        for _ in range(5):
            client.post(reverse("people:new_password"), {"email": "dev@example.org"})
        work_off()
    assert len(mail.outbox) == 1


def test_the_link_sets_a_password_once_and_ends_every_sign_in(who, client):
    try_it(other := Client())
    client.post(reverse("people:new_password"), {"email": "dev@example.org"})
    link = link_in_mail()
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": "short"}).status_code == 422
    assert client.post(link, {"password": NEW}).status_code == 302
    assert other.get(reverse("people:people")).status_code == 302
    assert client.get(link).status_code == 409
    assert client.post(link, {"password": "another-long-one-99"}).status_code == 409
    assert try_it(client, password=NEW).status_code == 302


def test_a_link_is_worth_an_hour(who, client):
    client.post(reverse("people:new_password"), {"email": "dev@example.org"})
    link = link_in_mail()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(link).status_code == 409


@pytest.mark.parametrize("key", ["MQ", "x", "!!!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "TlVMTA"])
def test_a_made_up_link_opens_nothing(who, client, key):
    assert client.get(f"/password/set/{key}/abc-def").status_code == 409


def test_the_owner_invites_and_the_link_sets_the_first_password(who, client):
    who.dev.set_unusable_password()
    who.dev.save()
    client.force_login(who.ana)
    client.post(reverse("people:invite", args=[who.dev.pk]))
    link = link_in_mail()
    assert "Ana Lind invites you" in mail.outbox[-1].subject
    Client().post(link, {"password": NEW})
    assert try_it(Client(), password=NEW).status_code == 302


def test_an_invitation_is_worth_seven_days_and_works_once(who, client):
    Person.objects.filter(pk=who.dev.pk).update(password="!")
    client.force_login(who.ana)
    client.post(reverse("people:invite", args=[who.dev.pk]))
    link = link_in_mail()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert Client().get(link).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert Client().get(link).status_code == 200
        assert Client().post(link, {"password": NEW}).status_code == 302
        assert Client().get(link).status_code == 409


def test_an_invitation_opens_nobody_elses_account(who, client):
    key = actions.accounts.invitation_parts(who.cleo)[0]
    token = actions.accounts.invitation_parts(who.dev)[1]
    assert client.get(reverse("people:set_password", args=[key, token])).status_code == 409


def test_without_a_mail_server_the_owner_is_told_and_gets_the_link(who, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client.force_login(who.ana)
    answer = client.post(reverse("people:invite", args=[who.dev.pk]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert f"No mail server is set, so the letter to Dev Patel goes to the folder {settings.EMAIL_FILE_PATH}" in text
    link = re.search(r'value="http://testserver(/password/set/[^"]+)"', text)[1]
    assert "is on its way" not in text
    assert Client().post(link, {"password": NEW}).status_code == 302
    assert try_it(Client(), password=NEW).status_code == 302


def test_without_a_mail_server_asking_for_a_password_says_so_to_everybody_alike(who, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    known, unknown = (
        client.post(reverse("people:new_password"), {"email": address}).content.decode()
        for address in ("dev@example.org", "nobody@example.org")
    )
    strip = re.compile(r'csrf\w*"[^>]*>|X-CSRFToken[^>]*')
    assert strip.sub("", known) == strip.sub("", unknown)
    assert "No mail server is set" in known
    assert "is on its way" not in known


def test_nobody_else_invites(who):
    with pytest.raises(Refused):
        actions.invite(who.dev, by=who.cleo, make_link=lambda key, token: "")


def test_the_first_owner_is_named_only_while_nobody_is_here(client):
    assert client.get(reverse("people:sign_in"))["Location"] == reverse("people:first_owner")
    given = {"name": "Mara Voss", "email": "Mara@Example.org", "password": NEW}
    answer = client.post(reverse("people:first_owner"), given)
    assert answer["Location"] == reverse("people:import")
    mara = Person.objects.get()
    assert mara.email == "mara@example.org"
    assert RoleGrant.objects.get().role == "governance_owner"
    assert set(JournalEntry.objects.values_list("code", flat=True)) == {
        "people.first_owner_created",
        "people.role_granted",
    }
    assert client.get(reverse("people:import")).status_code == 200
    with pytest.raises(NotNow):
        actions.create_first_owner("Eve", "eve@example.org", NEW)
    assert Client().get(reverse("people:first_owner")).status_code == 302


@pytest.mark.parametrize(
    ("name", "email", "password", "field"),
    [("", "a@b.example", NEW, "name"), ("A", "nope", NEW, "email"), ("A", "a@b.example", "short", "password")],
)
def test_a_first_owner_that_can_not_stand_is_answered_by_field(name, email, password, field):
    with pytest.raises(BadInput) as refusal:
        actions.create_first_owner(name, email, password)
    assert refusal.value.field == field
    assert not Person.objects.exists()

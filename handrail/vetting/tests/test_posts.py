"""What leaves the house: one mail a day to whom something waits on, nudges, reminders, posts that go only outside."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.models import Job
from handrail.kernel.refs import Ref
from handrail.people.testing import cast, signed_in
from handrail.vetting import actions
from handrail.vetting.facts import RoundOpened
from handrail.vetting.hooks import HookFailed, check_address, post, said_for, sealed, target_of, unsealed
from handrail.vetting.models import Hook
from handrail.vetting.posts import (
    post_to_hook,
    remind_before_closing,
    remind_open_part,
    send_digest,
    send_nudges,
    write_digests,
)
from handrail.vetting.reads import clauses_in
from handrail.vetting.testing import opened
from handrail.vetting.when import tell_of_opening

pytestmark = pytest.mark.django_db
SLACK = "https://hooks.slack.com/services/T0/B0/secret-part"


@pytest.fixture
def channel(settings) -> Iterator[tuple[str, list[dict], list[int]]]:
    """A server on this machine that takes posts, allowed by the setting."""
    got: list[dict] = []
    answers: list[int] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got.append({"path": self.path, "host": self.headers["Host"], "body": body})
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.HANDRAIL_HOOK_HOSTS = ["127.0.0.1"]
    yield f"http://127.0.0.1:{server.server_port}/hook?key=1", got, answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_kept_sealed_and_never_shown_again() -> None:
    people = cast()
    ana = signed_in(people.ana)
    answer = ana.post("/vetting/channels", {"name": "#policy", "kind": "slack", "address": SLACK}, follow=True)
    assert "secret-part" not in answer.content.decode()
    row = Hook.objects.get()
    assert "secret" not in row.sealed
    assert unsealed(row.sealed) == SLACK
    assert "secret-part" not in str(ana.get("/api/v1/rounds-channels").json())
    assert signed_in(people.eva).get("/vetting/channels").status_code == 403
    with pytest.raises(Refused):
        actions.add_hook(name="x", kind="slack", address=SLACK, by=people.eva)
    actions.remove_hook(row, by=people.ana)
    row.refresh_from_db()
    assert row.sealed == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.slack.com/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://10.0.0.7/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://me:pw@hooks.slack.com/x",
        "https://[::ffff:10.0.0.1]/x",
        "ftp://x.org",
        "https://db.internal/x",
        "nonsense",
        "https://x.org:99999/",
    ],
)
def test_addresses_inside_or_without_https_are_refused(address: str) -> None:
    with pytest.raises(BadInput):
        check_address(address)


def test_a_name_that_leads_inside_is_found_out_at_the_post(monkeypatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("192.168.1.5", 443))]
    monkeypatch.setattr("handrail.vetting.hooks.socket.getaddrinfo", lambda *a, **k: found)
    with pytest.raises(HookFailed, match="into this network"):
        target_of("https://rebind.example.org/x")
    monkeypatch.setattr("handrail.vetting.hooks.socket.getaddrinfo", lambda *a, **k: found[:1])
    assert target_of("https://rebind.example.org/x").machine == "93.184.216.34"


def test_a_post_arrives_in_the_format_of_its_place(channel) -> None:
    address, got, _ = channel
    post(address, said_for("slack", "Read <this> & say", "https://h.example/vetting/1/"))
    post(address, said_for("teams", "A [link](http://x)", "https://h.example/"))
    assert got[0]["path"] == "/hook?key=1"
    assert "&lt;this&gt; &amp; say" in got[0]["body"]["text"]
    card = got[1]["body"]["attachments"][0]["content"]
    assert card["body"][0]["text"] == r"A \[link\]\(http://x\)"


def test_a_redirect_is_not_followed_and_a_failure_is_tried_again(channel) -> None:
    address, got, answers = channel
    people = cast()
    row = actions.add_hook(name="#policy", kind="slack", address=address, by=people.ana)
    answers += [302, 500, 200]
    for _ in range(2):
        with pytest.raises(HookFailed) as failed:
            post_to_hook.call(row.pk, "Hello", "")
        assert "127.0.0.1" not in str(failed.value)
        row.refresh_from_db()
        assert not row.last_went_well
    post_to_hook.call(row.pk, "Hello", "")
    row.refresh_from_db()
    assert row.last_went_well
    assert len(got) == 3


def test_the_same_news_goes_to_a_channel_once() -> None:
    people = cast()
    actions.add_hook(name="#policy", kind="teams", address=SLACK, by=people.ana)
    round = opened(people)
    fact = RoundOpened(Ref("round", round.pk), Ref("text", "x"), "", (), 4, 8, round.closes_at)
    for _ in range(2):
        tell_of_opening(fact)
    assert Job.objects.filter(key__startswith="vetting-hook-").count() == 1


def test_one_letter_a_day_while_something_waits_and_none_when_nothing_does(settings) -> None:
    people = cast()
    round = opened(people)
    for _ in range(2):
        write_digests.call()
    mine = Job.objects.filter(key=f"vetting-digest-{people.ben.pk}-{timezone.localdate()}")
    assert mine.count() == 1
    send_digest.call(people.ben.pk, str(timezone.localdate()))
    assert len(mail.outbox) == 1
    assert "for Legal" in mail.outbox[0].body
    assert f"/vetting/{round.pk}/" in mail.outbox[0].body
    actions.read_clauses(round, [each.key for each in clauses_in(round)], by=people.ben)
    actions.sign(round, "legal", by=people.ben)
    send_digest.call(people.ben.pk, str(timezone.localdate()))
    send_digest.call(people.dev.pk, str(timezone.localdate()))
    send_digest.call(people.ben.pk, "2020-01-01")
    assert len(mail.outbox) == 1


def test_a_nudge_goes_once_a_day_to_those_who_have_not_signed() -> None:
    people = cast()
    round = opened(people)
    assert actions.nudge(round, "legal", by=people.eva) == 1
    assert actions.nudge(round, "legal", by=people.eva) == 0
    job = Job.objects.get(key__startswith="vetting-nudge-")
    send_nudges.call(*job.args)
    assert mail.outbox[0].to == ["ben@example.org"]
    assert signed_in(people.eva).post(f"/vetting/{round.pk}/nudge", {"interest": "legal"}).status_code == 302
    assert Job.objects.filter(key__startswith="vetting-nudge-").count() == 1


def test_two_days_before_the_end_everyone_in_the_open_part_hears_once() -> None:
    people = cast()
    round = opened(people)
    remind_before_closing.call()
    assert not Job.objects.filter(key__startswith="vetting-remind-").exists()
    with time_machine.travel(round.closes_at - timedelta(days=1)):
        for _ in range(2):
            remind_before_closing.call()
    assert Job.objects.filter(key__startswith="vetting-remind-").count() == 1
    remind_open_part.call(round.pk)
    assert {each.to[0] for each in mail.outbox} >= {"dev@example.org", "cleo@example.org"}
    assert "ben@example.org" not in {each.to[0] for each in mail.outbox}


def test_a_changed_house_key_makes_an_address_unreadable_not_an_error_page(settings) -> None:
    kept = sealed(SLACK)
    people = cast()
    row = actions.add_hook(name="#policy", kind="slack", address=SLACK, by=people.ana)
    settings.SECRET_KEY = "another key altogether, as after a restore"
    assert kept
    post_to_hook.call(row.pk, "Hello", "")
    row.refresh_from_db()
    assert "key has changed" in row.last_words

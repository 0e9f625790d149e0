"""Who answers a remark: the opener, or whom those who run the round choose; a friendly word to them once a day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import Job
from handrail.people.testing import cast, make_person, signed_in
from handrail.vetting.actions import ask_stewards, assign, dispose, nudge_answer, remark
from handrail.vetting.models import Disposition, Remark
from handrail.vetting.page import waiting_words
from handrail.vetting.posts import send_answer_nudge
from handrail.vetting.reads import thread_of
from handrail.vetting.testing import opened

pytestmark = pytest.mark.django_db


def test_the_opener_answers_until_somebody_else_is_chosen() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="x")
    assert thread_of(said).answers == people.eva
    with pytest.raises(Refused):
        dispose(said, "declined", "No.", by=people.ben)
    assign(said, people.ben, by=people.eva)
    said.refresh_from_db()
    assert thread_of(said).answers == people.ben
    other, _ = remark(round, by=people.dev, body="y")
    with pytest.raises(Refused, match="chosen"):
        dispose(said, "declined", "No.", by=people.ben, also=[other])
    assert dispose(said, "declined", "No.", by=people.ben).by == people.ben


def test_nobody_is_chosen_for_their_own_remark_or_unasked_and_only_by_who_runs_the_round() -> None:
    people = cast()
    round = opened(people, open_to=None)
    said, _ = remark(round, by=people.ben, body="x")
    with pytest.raises(BadInput, match="said it"):
        assign(said, people.ben, by=people.eva)
    with pytest.raises(BadInput, match="doesn’t ask"):
        assign(said, people.dev, by=people.eva)
    with pytest.raises(Refused):
        assign(said, people.eva, by=people.ben)
    dispose(said, "declined", "No.", by=people.eva)
    with pytest.raises(NotNow, match="answered already"):
        assign(said, people.ana, by=people.eva)


def test_a_friendly_word_goes_once_a_day_to_who_answers_and_not_to_oneself() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="Say it plainly.")
    with pytest.raises(Refused, match="yourself"):
        nudge_answer(said, by=people.eva)
    assign(said, people.ben, by=people.eva)
    said.refresh_from_db()
    assert nudge_answer(said, by=people.eva)
    assert not nudge_answer(said, by=people.eva)
    assert Job.objects.filter(task__endswith="send_answer_nudge").count() == 1
    send_answer_nudge.func(said.pk, "Eva") if hasattr(send_answer_nudge, "func") else send_answer_nudge(said.pk, "Eva")
    assert "Say it plainly." in mail.outbox[-1].body
    assert mail.outbox[-1].to == [people.ben.email]


def test_the_table_offers_answer_for_mine_and_nudge_for_others() -> None:
    people = cast()
    round = opened(people)
    mine, _ = remark(round, by=people.dev, body="Mine to answer.")
    theirs, _ = remark(round, by=people.dev, body="Ben answers.")
    assign(theirs, people.ben, by=people.eva)
    page = signed_in(people.eva).get(f"/vetting/{round.pk}/").content.decode()
    assert f"remarks/{theirs.uid}/nudge" in page
    assert f"remarks/{mine.uid}/nudge" not in page
    assert 'data-label="Who answers">You<' in page
    ben = signed_in(people.ben).get(f"/vetting/{round.pk}/").content.decode()
    assert "nudge" not in ben.split('id="remarks"')[1].split('class="pair"')[0]
    assert f'<a href="/vetting/{round.pk}/remarks/{theirs.uid}">Answer' in ben


@pytest.mark.parametrize(("days", "words"), [(0, "Today"), (4, "days"), (5, "due"), (6, "late"), (9, "late")])
def test_an_answer_is_due_after_five_days_and_late_from_then(days: int, words: str) -> None:
    assert waiting_words(days).endswith(words)


def test_stewards_of_a_silent_group_are_asked_once_a_day_and_nobody_is_named() -> None:
    people = cast()
    for number in range(6):
        make_person(300 + number, function="Housekeeping")
    steward = make_person(399, function="Housekeeping")
    steward.grants.create(role="steward")
    round = opened(people)
    with pytest.raises(NotNow, match="No steward"):
        ask_stewards(round, "Nowhere", by=people.eva)
    assert ask_stewards(round, "Housekeeping", by=people.eva) == 1
    assert ask_stewards(round, "Housekeeping", by=people.eva) == 0
    with pytest.raises(Refused):
        ask_stewards(round, "Housekeeping", by=people.dev)


def test_a_replayed_answer_is_one_answer_and_a_plain_sentence() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="x")
    client = signed_in(people.eva)
    form = {"verdict": "declined", "reason": "No."}
    assert client.post(f"/vetting/{round.pk}/remarks/{said.uid}/answer", form).status_code == 302
    again = client.post(f"/vetting/{round.pk}/remarks/{said.uid}/answer", form)
    assert again.status_code == 409
    assert "answered already" in again.content.decode()
    assert Disposition.objects.filter(remark=said).count() == 1


def test_a_replayed_remark_is_said_once_and_a_replayed_side_counts_once() -> None:
    people = cast()
    round = opened(people)
    client = signed_in(people.dev)
    form = {"body": "Once.", "once": "abc123", "clause": "guests"}
    for _ in range(2):
        assert client.post(f"/vetting/{round.pk}/say", form).status_code == 302
    said = Remark.objects.get(body="Once.")
    other = signed_in(people.hana)
    for _ in range(2):
        other.post(f"/vetting/{round.pk}/remarks/{said.uid}/side", {"side": "for"})
    assert thread_of(said).support == 1


def test_two_tabs_take_an_answer_back_once() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="x")
    dispose(said, "declined", "No.", by=people.eva)
    client = signed_in(people.eva)
    where = f"/vetting/{round.pk}/remarks/{said.uid}/open-again"
    assert client.post(where, {"why": "Too short."}).status_code == 302
    again = client.post(where, {"why": "Too short."})
    assert again.status_code == 409
    assert "nothing to open again" in again.content.decode()
    assert Disposition.objects.filter(remark=said).count() == 1


def test_a_page_from_before_a_redraft_signs_nothing_it_did_not_show() -> None:
    people = cast()
    round = opened(people, closes_at=timezone.now() + timedelta(days=3))
    client = signed_in(people.ben)
    for key in ("why", "guests", "ask", "pay"):
        client.post(f"/vetting/{round.pk}/noted", {"key": key})
    for _ in range(2):
        assert client.post(f"/vetting/{round.pk}/sign/legal", {"condition": ""}).status_code == 302
    assert round.sign_offs.count() == 1

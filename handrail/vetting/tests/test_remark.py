"""People speak about a text, others agree or not, the text changes, and each hears what became of their words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people.testing import cast
from handrail.vetting.actions import (
    dispose,
    invite_outsider,
    note_answer_seen,
    redraft,
    remark,
    reopen,
    revoke_outsider,
    stand,
    withdraw_remark,
)
from handrail.vetting.models import Answer, Disposition, Outsider, Remark, RoundAuthor, SignOff
from handrail.vetting.reads import outsider_for, remarks_of, thread_of, waiting_for
from handrail.vetting.tasks import tell_answer
from handrail.vetting.testing import opened, reviewer, signed, text

pytestmark = pytest.mark.django_db


def test_a_remark_holds_its_clause_its_words_and_what_stood_around_them() -> None:
    people = cast()
    round = opened(people)
    made, code = remark(
        round,
        by=people.ben,
        clause_key="ask",
        quote="film   in the lobby",
        body="And in the spa?",
        suggested="film in the lobby or the spa",
        because_rule="CLR-04",
    )
    assert code == ""
    assert (made.quote, made.said_before, made.said_after) == (
        "film in the lobby",
        "Ask before you ",
        ", and stop when somebody asks you to stop.",
    )
    (thread,) = remarks_of(round, "ask", viewer=people.dev)
    assert (thread.who, thread.interest_name, thread.number, thread.is_open) == ("Ben Achterberg", "Legal", "4.2", True)
    assert remarks_of(round, "pay") == []


def test_words_that_are_not_there_and_clauses_that_are_gone_are_refused() -> None:
    people = cast()
    round = opened(people)
    for given, words in (
        ({"clause_key": "ask", "quote": "sing in the lobby"}, "aren’t in clause 4.2"),
        ({"clause_key": "nope"}, "isn’t in the present text"),
        ({"quote": "film"}, "which clause"),
        ({"body": " "}, "what you have to say"),
        ({"body": "x\u202e"}, "hidden character"),
        ({"body": "x" * 20_001}, "20,000 are the most"),
        ({"parent": remark(opened(people, subject=_other()), by=people.dev, body="x")[0]}, "another round"),
    ):
        with pytest.raises(BadInput, match=words):
            remark(round, by=people.dev, **{"body": "x", **given})


def _other():
    from handrail.kernel.refs import Ref  # noqa: PLC0415

    return Ref("version", 8)


def test_a_form_sent_twice_is_one_remark() -> None:
    people = cast()
    round = opened(people)
    one, _ = remark(round, by=people.dev, body="x", once="f1")
    two, _ = remark(round, by=people.dev, body="x", once="f1")
    assert one == two


def test_answers_stand_in_one_thread_and_need_no_verdict() -> None:
    people = cast()
    round = opened(people)
    first, _ = remark(round, by=people.dev, clause_key="ask", body="x")
    reply, _ = remark(round, by=people.ben, parent=first, body="y")
    deeper, _ = remark(round, by=people.dev, parent=reply, body="z")
    assert deeper.parent == first
    assert [each.body for each in thread_of(reply).replies] == ["y", "z"]
    with pytest.raises(BadInput, match="needs no verdict"):
        dispose(reply, "declined", "no", by=people.eva)


def test_one_person_counts_once_and_not_for_themselves() -> None:
    people = cast()
    round = opened(people)
    made, _ = remark(round, by=people.dev, body="x")
    stand(made, True, by=people.hana)
    stand(made, False, by=people.hana)
    stand(made, True, by=people.gil)
    (thread,) = remarks_of(round, viewer=people.hana)
    assert (thread.support, thread.against, thread.my_stand) == (1, 1, False)
    stand(made, None, by=people.hana)
    assert thread_of(made).against == 0
    with pytest.raises(Refused):
        stand(made, True, by=people.dev)


def test_each_author_is_told_with_the_reason_and_so_are_those_who_said_the_same() -> None:
    people = cast()
    round = opened(people)
    rows = [
        remark(round, by=each, clause_key="ask", body=f"{each}")[0] for each in (people.dev, people.hana, people.gil)
    ]
    redraft(round, text(ask="Ask before you film."), by=people.eva)
    dispose(rows[0], "adopted", "The spa is in.", by=people.eva, also=rows[1:])
    first, second, _ = Disposition.objects.order_by("pk")
    assert (first.words_before, first.words_after) == (text()[2].text, "Ask before you film.")
    assert (first.duplicate_of, second.duplicate_of) == (None, rows[0])
    assert {each.person for each in Answer.objects.all()} == {people.dev, people.hana, people.gil}
    assert remarks_of(round)[0].duplicates == 2
    for each in Answer.objects.all():
        tell_answer.func(each.pk)
        tell_answer.func(each.pk)
    assert len(mail.outbox) == 3
    assert "The spa is in." in mail.outbox[0].body
    assert "Ask before you film." in mail.outbox[0].body
    assert [each.kind for each in waiting_for(people.dev)] == ["answered"]
    note_answer_seen(rows[0], by=people.dev)
    assert waiting_for(people.dev) == []


def test_a_verdict_needs_a_reason_and_is_given_once() -> None:
    people = cast()
    round = opened(people)
    made, _ = remark(round, by=people.dev, body="x")
    with pytest.raises(BadInput, match="Say why"):
        dispose(made, "declined", " ", by=people.eva)
    with pytest.raises(BadInput, match="Choose one of"):
        dispose(made, "maybe", "x", by=people.eva)
    with pytest.raises(Refused):
        dispose(made, "declined", "x", by=people.ben)
    dispose(made, "declined", "x", by=people.eva)
    with pytest.raises(NotNow, match="answered already"):
        dispose(made, "adopted", "x", by=people.eva)
    with pytest.raises(Refused):
        reopen(made, "x", by=people.dev)
    reopen(made, "We look again", by=people.eva)
    dispose(made, "adapted", "y", by=people.eva)
    assert [each.reason for each in thread_of(made).earlier] == ["x"]


def test_one_takes_back_only_ones_own_and_only_before_it_was_answered() -> None:
    people = cast()
    round = opened(people)
    made, _ = remark(round, by=people.dev, body="x")
    with pytest.raises(Refused):
        withdraw_remark(made, by=people.ana)
    withdraw_remark(made, by=people.dev)
    assert not thread_of(made).is_open
    with pytest.raises(NotNow):
        dispose(made, "declined", "x", by=people.eva)
    other, _ = remark(round, by=people.dev, body="x")
    dispose(other, "declined", "x", by=people.eva)
    with pytest.raises(NotNow):
        withdraw_remark(other, by=people.dev)


def test_a_redraft_carries_moves_and_detaches_and_loses_nothing() -> None:
    people = cast()
    round = opened(people)
    kept, _ = remark(round, by=people.dev, clause_key="ask", quote="film in the lobby", body="kept")
    moved, _ = remark(
        round, by=people.dev, clause_key="guests", quote="never post a picture of their room", body="moved"
    )
    gone, _ = remark(round, by=people.dev, clause_key="pay", quote="Your pay is yours", body="gone")
    whole, _ = remark(round, by=people.dev, body="whole")
    after = text(
        ask="Please ask before you film in the lobby.",
        guests="Never name a guest without asking them first.",
        pay="",
        rooms="You never post a picture of anyone’s room.",
    )
    redraft(round, after, by=people.eva, why="After the first week")
    places = {each.body: (each.place, each.clause_key, each.quote) for each in Remark.objects.all()}
    assert places["kept"] == ("carried", "ask", "film in the lobby")
    assert places["moved"] == ("reanchored", "rooms", "never post a picture of anyone’s room")
    assert places["gone"] == ("detached", "", "")
    assert places["whole"] == ("whole", "", "")
    redraft(round, text(), by=people.eva)
    gone.refresh_from_db()
    assert (gone.place, gone.clause_key, gone.quote) == ("reanchored", "pay", "Your pay is yours")
    assert {kept, moved, gone, whole} == set(Remark.objects.all())


def test_whoever_redrafts_is_an_author_from_then_on_and_can_not_sign() -> None:
    people = cast()
    second = reviewer(1, "legal")
    round = opened(people, authors=[people.eva, people.cleo])
    redraft(round, text(ask="Ask."), by=people.ana)
    assert RoundAuthor.objects.filter(person=people.ana, since=2).exists()
    round = opened(people, subject=_other(), by=people.ana, reviewers={"legal": [people.eva, second]}, authors=[])
    signed(round, people.eva)
    RoundAuthor.objects.create(round=round, person=people.eva)
    with pytest.raises(Refused, match="wrote in this text"):
        signed(round, people.eva)


def test_a_word_binds_to_what_was_read() -> None:
    people = cast()
    round = opened(people)
    from handrail.vetting.actions import read_clauses, sign  # noqa: PLC0415

    read_clauses(round, ["why", "guests"], by=people.ben)
    with pytest.raises(NotNow, match=r"Open 4.2 and 5.2 in the present text"):
        sign(round, "legal", by=people.ben)
    redraft(round, text(ask="Ask."), by=people.eva)
    read_clauses(round, ["ask", "pay"], by=people.ben, number=1)
    with pytest.raises(NotNow, match=r"Open 4.2 in the present text"):
        sign(round, "legal", by=people.ben)
    with pytest.raises(Refused):
        sign(round, "legal", by=people.dev)
    with pytest.raises(NotNow, match="doesn’t ask Brand"):
        sign(round, "brand", by=people.ben)
    assert not SignOff.objects.exists()


def test_an_outsider_speaks_until_the_link_ends() -> None:
    people = cast()
    round = opened(people)
    guest, token = invite_outsider(round, "Nora Quill", "nora@union.example", by=people.eva)
    assert token not in str(Outsider.objects.values().get())
    assert outsider_for(token) == guest
    made, _ = remark(round, by=None, outsider=guest, clause_key="pay", body="Good.")
    assert thread_of(made).who == "Nora Quill"
    dispose(made, "adopted", "Thank you.", by=people.eva)
    tell_answer.func(Answer.objects.get().pk)
    assert mail.outbox[-1].to == ["nora@union.example"]
    Outsider.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert outsider_for(token) is None
    with pytest.raises(Refused, match="has ended"):
        remark(round, by=None, outsider=guest, body="More.")
    other, secret = invite_outsider(round, "Ivo Sand", by=people.eva)
    revoke_outsider(other, by=people.eva)
    assert outsider_for(secret) is None
    assert outsider_for("guess") is None
    with pytest.raises(Refused):
        invite_outsider(round, "x", by=people.dev)
    with pytest.raises(BadInput, match="not an e-mail"):
        invite_outsider(round, "x", "not an address", by=people.eva)


def test_whoever_is_not_asked_does_not_speak() -> None:
    people = cast()
    round = opened(people, open_to=None)
    with pytest.raises(Refused, match="doesn’t ask you"):
        remark(round, by=people.dev, body="x")
    people.ben.is_active = False
    people.ben.save(update_fields=["is_active"])
    with pytest.raises(Refused):
        remark(round, by=people.ben, body="x")

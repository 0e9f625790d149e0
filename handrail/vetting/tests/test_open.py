"""A text goes out for review: who must sign, who is left out and why, who is asked."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import Job, JournalEntry
from handrail.kernel.refs import Ref
from handrail.people.models import Audience
from handrail.people.testing import cast, make_person
from handrail.vetting.actions import invite_reviewers, move_closing, open_round, withdraw_round
from handrail.vetting.models import InterestLeftOut, Round, Seat
from handrail.vetting.reads import clauses_in, hindrances, is_cleared, open_remarks, round_for
from handrail.vetting.tasks import ask_everyone
from handrail.vetting.testing import left_out, opened, reviewer, signed, text
from handrail.vetting.text import TextClause, text_sha

pytestmark = pytest.mark.django_db


def test_a_round_opens_with_its_words_its_seats_and_a_job_for_the_letters() -> None:
    people = cast()
    round = opened(people)
    assert [each.text for each in clauses_in(round)] == [each.text for each in text()]
    assert round.text_sha256 == text_sha(text())
    assert (round_for(Ref("version", 7)), is_cleared(Ref("version", 7), round.text_sha256)) == (round, None)
    assert Seat.objects.filter(round=round, interest="legal").get().person == people.ben
    assert Seat.objects.filter(round=round, interest="").count() == 7
    assert round.invited == 8
    assert Job.objects.filter(task="handrail.vetting.tasks.ask_everyone").count() == 1
    assert JournalEntry.objects.filter(code="vetting.round_opened", who_id=people.eva.pk).count() == 1


def test_letters_go_to_everyone_once() -> None:
    people = cast()
    round = opened(people)
    mail.outbox.clear()
    ask_everyone.func(round.pk)
    ask_everyone.func(round.pk)
    assert len(mail.outbox) == 8
    assert any("your signature is needed" in each.body for each in mail.outbox if each.to == [people.ben.email])
    assert not Seat.objects.filter(asked_at=None).exists()


def test_a_round_that_nobody_must_sign_does_not_open() -> None:
    people = cast()
    with pytest.raises(BadInput, match="at least one interest"):
        open_round(
            Ref("version", 7),
            "x",
            "",
            text(),
            by=people.eva,
            authors=[people.eva],
            required={},
            left_out=left_out(()),
            closes_at=timezone.now() + timedelta(days=1),
        )


def test_an_interest_left_out_needs_a_reason_that_is_kept() -> None:
    people = cast()
    with pytest.raises(BadInput, match="Say why Brand"):
        opened(people, left_out={**left_out(("legal", "brand"))})
    opened(people)
    assert InterestLeftOut.objects.get(interest="brand").why == "It is not touched by this text."


def test_a_quorum_that_nobody_can_reach_is_refused_in_words() -> None:
    people = cast()
    with pytest.raises(NotNow, match="Privacy needs 1 signature and has 0 people"):
        opened(people, {"privacy": 1})
    with pytest.raises(NotNow, match=r"Legal needs 1 signature and has 0 people.*1 reviewer wrote"):
        opened(people, authors=[people.ben])
    with pytest.raises(NotNow, match="Legal needs 2 signatures"):
        opened(people, {"legal": 2})
    assert not Round.objects.exists()


def test_reviewers_named_for_the_round_read_instead_of_those_who_hold_the_role() -> None:
    people = cast()
    round = opened(people, {"brand": 1}, reviewers={"brand": [people.gil]})
    assert Seat.objects.exclude(interest="").get().person == people.gil
    signed(round, people.gil, "brand")
    assert hindrances(round) == []


def test_one_text_has_one_open_round_and_a_new_one_after_it_was_withdrawn() -> None:
    people = cast()
    round = opened(people)
    with pytest.raises(NotNow, match="under review already"):
        opened(people)
    withdraw_round(round, "We begin anew.", by=people.eva)
    again = opened(people)
    assert round_for(Ref("version", 7)) == again
    assert open_remarks(Ref("version", 7)) == 0


def test_only_authors_and_the_governance_owner_open_one() -> None:
    people = cast()
    with pytest.raises(Refused):
        opened(people, by=people.dev)


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ([], "no clause"),
        ([TextClause("a", "1", "", "x"), TextClause("a", "2", "", "y")], "Two clauses"),
        ([TextClause("", "1", "", "x")], "needs a key"),
        ([TextClause("a", "1", "", "x\x00")], "hidden character"),
    ],
)
def test_a_text_that_can_t_be_read_by_clause_is_refused(clauses: list[TextClause], words: str) -> None:
    people = cast()
    with pytest.raises(BadInput, match=words):
        open_round(
            Ref("version", 7),
            "x",
            "",
            clauses,
            by=people.eva,
            authors=[],
            required={"legal": 1},
            left_out=left_out(("legal",)),
            closes_at=timezone.now() + timedelta(days=1),
        )


def test_right_to_left_words_emoji_and_very_long_texts_go_through() -> None:
    people = cast()
    rows = [TextClause(f"k{n}", str(n), "כותרת 🙂" * 200, "שלום 🙂 مرحبا" * 50) for n in range(300)]
    round = opened(people, clauses=rows)
    assert text_sha(rows) == round.text_sha256
    signed(round, people.ben)
    assert hindrances(round) == []


def test_an_audience_gets_seats_and_a_named_group_its_label() -> None:
    people = cast()
    rule = {"join": "all", "lines": [{"field": "function", "op": "is", "value": "Front office"}]}
    audience = Audience.objects.create(name="Front office", rule=rule)
    round = opened(people, open_to=audience, invited={"Stewards": [people.hana, people.gil]})
    asked = dict(Seat.objects.filter(interest="").values_list("person__name", "label"))
    assert asked == {"Cleo Marsh": "", "Dev Patel": "", "Hana Sato": "Stewards", "Gil Tavares": "Stewards"}
    assert round.open_to_words == "Front office"


def test_more_reviewers_can_be_asked_later_and_only_once() -> None:
    people = cast()
    round = opened(people)
    more = reviewer(1, "legal")
    assert invite_reviewers(round, "legal", [more, people.ben], by=people.eva) == 1
    assert invite_reviewers(round, "legal", [more], by=people.eva) == 0
    with pytest.raises(Refused):
        invite_reviewers(round, "legal", [make_person(2)], by=people.dev)


def test_the_last_day_moves_but_not_into_the_past() -> None:
    people = cast()
    round = opened(people)
    move_closing(round, timezone.now() + timedelta(days=30), by=people.eva)
    with pytest.raises(BadInput, match="over already"):
        move_closing(round, timezone.now() - timedelta(days=1), by=people.eva)

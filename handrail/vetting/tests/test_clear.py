"""A text clears only when everyone with a stake was heard, and not even the database lets it slip by otherwise."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.kernel.refs import Ref
from handrail.people.testing import cast
from handrail.vetting.actions import (
    clear,
    confirm_condition,
    dispose,
    may_clear,
    redraft,
    remark,
    reopen,
    withdraw_remark,
    withdraw_round,
    withdraw_sign_off,
)
from handrail.vetting.models import Disposition, Remark, RequiredInterest, Round, RoundAuthor, SignOff, SnapshotClause
from handrail.vetting.reads import hindrances, is_cleared, round_for, waiting_for
from handrail.vetting.testing import opened, reviewer, signed, text

pytestmark = pytest.mark.django_db


def words_of(round: Round) -> str:
    return "; ".join(each.words for each in hindrances(Round.objects.get(pk=round.pk)))


def by_force(round: Round, **given) -> None:
    """What somebody with the database would try."""
    values = {"state": "cleared", "cleared_by": round.opened_by, "cleared_at": timezone.now()} | given
    with transaction.atomic():
        Round.objects.filter(pk=round.pk).update(**values)


def test_a_signed_text_with_every_remark_answered_clears() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, clause_key="ask", body="And in the spa?")
    signed(round, people.ben)
    assert words_of(round) == "one remark has no answer yet"
    with pytest.raises(NotNow, match="one remark has no answer"):
        clear(round, by=people.eva)
    dispose(said, "declined", "The spa has its own rule.", by=people.eva)
    clear(round, by=people.eva)
    assert is_cleared(Ref("version", 7), round.text_sha256) == round
    assert is_cleared(Ref("version", 7), "0" * 64) is None
    assert round_for(Ref("version", 7)).state == "cleared"
    assert JournalEntry.objects.filter(code="vetting.round_cleared").count() == 1


def test_an_unsigned_text_does_not_clear() -> None:
    people = cast()
    round = opened(people)
    assert words_of(round) == "Legal has not signed the present text"
    with pytest.raises(NotNow, match="Legal has not signed"):
        clear(round, by=people.eva)
    with pytest.raises(IntegrityError, match="clears only when"):
        by_force(round)


def test_an_edit_makes_the_signature_stale_and_a_new_one_counts() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    redraft(round, text(ask="Ask before you film anywhere."), by=people.eva)
    assert "signed earlier words" in words_of(round)
    with pytest.raises(IntegrityError):
        by_force(round)
    signed(round, people.ben)
    clear(round, by=people.eva)


def test_a_move_leaves_the_signature_fresh() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    redraft(round, [*text()[1:], text()[0]], by=people.eva)
    assert words_of(round) == ""
    assert clear(round, by=people.eva).text_sha256 != round.text_sha256


def test_the_same_words_again_make_a_stale_signature_fresh() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    redraft(round, text(ask="Ask."), by=people.eva)
    assert words_of(round)
    redraft(round, text(), by=people.eva)
    assert words_of(round) == ""


def test_a_quorum_of_two_needs_two_people() -> None:
    people = cast()
    second = reviewer(1, "legal")
    round = opened(people, {"legal": 2})
    signed(round, people.ben)
    signed(round, people.ben)
    assert "1" not in words_of(round)
    assert words_of(round) == "Legal has one of two signatures; one to come"
    with pytest.raises(IntegrityError):
        by_force(round)
    signed(round, second)
    clear(round, by=people.eva)


def test_a_condition_must_be_met_before_the_signature_counts() -> None:
    people = cast()
    round = opened(people)
    word = signed(round, people.ben, condition="5.2 names the law")
    asked = Remark.objects.get(is_condition=True)
    assert "condition that is not met" in words_of(round)
    dispose(asked, "declined", "The law is named in annex 2.", by=people.eva)
    assert "condition that is not met" in words_of(round)
    with pytest.raises(IntegrityError):
        by_force(round)
    reopen(asked, "Legal insists", by=people.ben)
    dispose(asked, "adopted", "Annex 2 is quoted.", by=people.eva)
    assert "not met yet (Ben Achterberg says when it is)" in words_of(round), "An author's answer meets nothing"
    assert "Say whether your condition" in waiting_for(people.ben)[0].words
    confirm_condition(word, by=people.ben)
    assert words_of(round) == ""
    reopen(asked, "Not in the text", by=people.ben)
    assert "condition that is not met" in words_of(round)
    dispose(asked, "declined", "See annex 2.", by=people.eva)
    confirm_condition(word, by=people.ben, how="Annex 2 will do")
    clear(round, by=people.eva)


def test_a_leaver_an_author_and_a_word_taken_back_do_not_count() -> None:
    people = cast()
    round = opened(people)
    word = signed(round, people.ben)
    people.ben.ends_on = timezone.localdate() - timedelta(days=3)
    people.ben.save(update_fields=["ends_on"])
    assert "too few reviewers left" in words_of(round)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError):
            by_force(round)
    with pytest.raises(NotNow):
        clear(round, by=people.eva)
    people.ben.ends_on = None
    people.ben.save(update_fields=["ends_on"])
    assert words_of(round) == ""
    RoundAuthor.objects.create(round=round, person=people.ben)
    assert "too few reviewers left" in words_of(round)
    with pytest.raises(IntegrityError):
        by_force(round)
    withdraw_sign_off(word, by=people.ben, why="I wrote in it")
    with pytest.raises(NotNow):
        clear(round, by=people.eva)


def test_the_database_refuses_what_would_make_it_clear_unheard() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="Hm.")
    word = signed(round, people.ben)
    tries = [
        lambda: Round.objects.create(
            subject_kind="x",
            subject_key="1",
            title="x",
            state="cleared",
            opened_by=people.ana,
            closes_at=timezone.now(),
        ),
        lambda: by_force(round),
        lambda: RequiredInterest.objects.filter(round=round).update(quorum=1),
        lambda: RequiredInterest.objects.filter(round=round).delete(),
        lambda: RoundAuthor.objects.filter(round=round).delete(),
        lambda: Remark.objects.filter(pk=said.pk).delete(),
        lambda: Remark.objects.filter(pk=said.pk).update(body="Fine."),
        lambda: Remark.objects.filter(pk=said.pk).update(parent=said),
        lambda: SignOff.objects.filter(pk=word.pk).update(words_sha256="0" * 64),
        lambda: SnapshotClause.objects.filter(snapshot__round=round).update(text="Anything goes."),
        lambda: Round.objects.filter(pk=round.pk).delete(),
    ]
    for each in tries:
        with pytest.raises((IntegrityError, Exception)) as caught, transaction.atomic():
            each()
        assert "IntegrityError" in type(caught.value).__name__ or "Protected" in type(caught.value).__name__
    assert Round.objects.get(pk=round.pk).state == "open"


def test_a_cleared_round_stays_as_it_is() -> None:
    people = cast()
    round = opened(people)
    said, _ = remark(round, by=people.dev, body="Hm.")
    dispose(said, "declined", "No.", by=people.eva)
    signed(round, people.ben)
    clear(round, by=people.eva)
    for act in (
        lambda: remark(round, by=people.dev, body="Late."),
        lambda: redraft(round, text(ask="x"), by=people.eva),
        lambda: reopen(said, "Late", by=people.eva),
        lambda: withdraw_remark(said, by=people.dev),
        lambda: withdraw_round(round, "Late", by=people.eva),
        lambda: signed(round, people.ben),
    ):
        with pytest.raises((NotNow, Refused)):
            act()
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE vetting_round SET state = 'open'",
            "UPDATE vetting_round SET text_sha256 = 'x'",
            "UPDATE vetting_disposition SET reason = 'x'",
            "UPDATE vetting_disposition SET reopened_at = at",
            "DELETE FROM vetting_disposition",
            "DELETE FROM vetting_remark",
            "UPDATE vetting_remark SET quote = 'x'",
            "UPDATE vetting_signoff SET ended_at = signed_at",
            "DELETE FROM vetting_signoff",
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement)
    assert Disposition.objects.get().reason == "No."


def test_only_those_who_run_it_clear_it() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    assert not may_clear(people.dev, round)
    assert may_clear(people.eva, round)
    with pytest.raises(Refused):
        clear(round, by=people.ben)
    with pytest.raises(Refused):
        clear(round, by=people.dev)

"""Stand-ins sign in a reviewer's place, with both names, and never for an author; nobody counts twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.paper import html_of_blocks
from handrail.people.models import Delegation, Person
from handrail.people.testing import Cast, cast, make_person, signed_in
from handrail.vetting.actions import (
    choose_naming,
    clear,
    may_open_round,
    may_read,
    may_sign,
    read_clauses,
    redraft,
    sign,
)
from handrail.vetting.models import Round, SignOff
from handrail.vetting.reads import hindrances, record_of, standings, waiting_for
from handrail.vetting.testing import opened, reviewer, signed, text

pytestmark = pytest.mark.django_db


def stands_in(for_: Person, to: Person, activity: str = "vet", days: int = 3) -> Delegation:
    """A delegation that runs today."""
    today = timezone.localdate()
    return Delegation.objects.create(
        person=for_, to=to, starts_on=today, ends_on=today + timedelta(days=days), activities=[activity]
    )


def test_a_stand_in_reads_and_signs_in_the_reviewers_place_and_both_are_named() -> None:
    people = cast()
    round = opened(people, open_to=None)
    assert not may_read(people.dev, round)
    stands_in(people.ben, people.dev)
    assert may_sign(people.dev, round, "legal")
    assert any("standing in for" in each.because for each in waiting_for(people.dev))
    row = signed(round, people.dev)
    assert (row.person, row.stands_for) == (people.dev, people.ben)
    assert not hindrances(round)
    assert f"{people.dev} for {people.ben} for Legal" in html_of_blocks(record_of(round), 1)
    clear(round, by=people.eva)


def test_a_stand_in_must_have_read_it_themselves() -> None:
    people = cast()
    round = opened(people)
    read_clauses(round, ["why", "guests", "ask", "pay"], by=people.ben)
    stands_in(people.ben, people.dev)
    with pytest.raises(NotNow, match="Open"):
        sign(round, "legal", by=people.dev)


def test_nobody_stands_in_on_other_days_for_other_work_or_for_an_author() -> None:
    people = cast()
    other = reviewer(7, "legal")
    round = opened(people, authors=[people.eva, other])
    late = stands_in(people.ben, people.dev)
    Delegation.objects.filter(pk=late.pk).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    stands_in(people.ben, people.hana, "approve")
    guest = make_person(55)
    stands_in(other, guest)
    stands_in(people.ben, people.eva)
    for person in (people.dev, people.hana, guest, people.eva):
        assert not may_sign(person, round, "legal"), person
        read_clauses(round, ["why", "guests", "ask", "pay"], by=person)
        with pytest.raises(Refused):
            sign(round, "legal", by=person)


def test_a_reviewer_and_their_stand_in_count_once_and_the_reviewers_own_word_goes_before() -> None:
    people = cast()
    other = reviewer(7, "legal")
    round = opened(people, {"legal": 2})
    stands_in(people.ben, people.dev)
    signed(round, people.dev)
    signed(round, people.ben)
    assert [each.signer for each in standings(round)[0].counting] == [str(people.ben)]
    with pytest.raises(NotNow, match="given already"):
        signed(round, people.dev)
    assert hindrances(round)
    signed(round, other)
    assert not hindrances(round)


def test_the_database_counts_a_reviewer_and_their_stand_in_once_and_no_author() -> None:
    people = cast()
    round = opened(people, {"legal": 1})
    stands_in(people.ben, people.dev)
    signed(round, people.dev)
    values = {"state": "cleared", "cleared_by": people.eva, "cleared_at": timezone.now()}
    redraft(round, text(why="Other words."), by=people.ana)
    round.refresh_from_db()
    row = SignOff.objects.get(round=round)
    with pytest.raises(IntegrityError, match="on record"), transaction.atomic():
        SignOff.objects.filter(pk=row.pk).update(stands_for=None)
    fresh = SignOff(
        round=round,
        interest="legal",
        person=people.hana,
        stands_for=people.ana,
        snapshot=round.snapshots.last(),
        words_sha256=round.words_sha256,
    )
    fresh.save()
    with pytest.raises(IntegrityError, match="clears only"), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(**values)
    assert hindrances(round)


def test_a_stand_ins_word_ends_when_the_reviewer_becomes_an_author() -> None:
    people = cast()
    round = opened(people, authors=[people.eva])
    stands_in(people.ben, people.dev)
    signed(round, people.dev)
    assert not hindrances(round)
    round.author_rows.create(round=round, person=people.ben)
    assert hindrances(round)


def test_who_signed_is_named_or_not_as_the_round_keeps_it_and_fixed_at_its_end() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    assert str(people.ben) in html_of_blocks(record_of(round), 1)
    client = signed_in(people.eva)
    assert client.post(f"/vetting/{round.pk}/naming", {}).status_code == 302
    round.refresh_from_db()
    assert not round.names_signers
    assert str(people.ben) not in html_of_blocks(record_of(round), 1)
    assert str(people.ben) not in client.get(f"/vetting/{round.pk}/record.md").content.decode()
    assert signed_in(people.dev).post(f"/vetting/{round.pk}/naming", {"names": "1"}).status_code == 403
    clear(round, by=people.eva)
    with pytest.raises(NotNow):
        choose_naming(round, True, by=people.eva)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(names_signers=True)


def test_reading_for_an_interest_is_not_leave_to_send_a_text_out() -> None:
    people: Cast = cast()
    assert may_open_round(people.eva)
    assert may_open_round(people.ana)
    assert not may_open_round(people.ben)
    assert not may_open_round(people.dev)

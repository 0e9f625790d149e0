"""What an attack found, each as it was done: nobody makes a word count, or a letter come out, who has no right to."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.paper import html_of_blocks
from handrail.kernel.refs import Ref
from handrail.people.models import Delegation, Interest, Person, RoleGrant
from handrail.people.testing import cast, make_person, signed_in
from handrail.vetting.actions import (
    clear,
    dispose,
    empty_letterbox,
    may_sign,
    move_closing,
    redraft,
    remark,
    withdraw_round,
)
from handrail.vetting.anchor import Anchor, Finder
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import counting, hands_words, hindrances, record_of, silent_groups, standings
from handrail.vetting.testing import left_out, opened, signed, text
from handrail.vetting.text import TextClause

pytestmark = pytest.mark.django_db


def now(round: Round) -> Round:
    """The round as it stands."""
    return Round.objects.get(pk=round.pk)


def test_withdrawing_loses_no_letter() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    for body in ("One.", "Two."):
        remark(round, by=people.dev, body=body, anonymous=True)
    withdraw_round(now(round), "We begin anew.", by=people.eva)
    said = Remark.objects.filter(round=round, anonymous=True)
    assert {each.body for each in said} == {"One.", "Two."}
    assert {each.made_on for each in said} == {timezone.localdate()}
    assert now(round).letters == 0


def test_moving_the_last_day_forces_no_letter_out() -> None:
    people = cast()
    round = opened(people, anonymous=True)
    remark(round, by=people.dev, body="One.", anonymous=True)
    with pytest.raises(BadInput, match="less than a day ahead"):
        move_closing(now(round), timezone.now() + timedelta(hours=2), by=people.eva)
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    assert empty_letterbox(now(round)) == [], "Fewer than five opened it, and its interest has not signed"
    signed(now(round), people.ben)
    assert len(empty_letterbox(now(round))) == 1, "Nothing else stands in the way, so the round's end lets it out"


def test_a_reviewer_whose_role_ended_neither_signs_nor_counts() -> None:
    people = cast()
    round = opened(people)
    signed(round, people.ben)
    assert not hindrances(now(round))
    RoleGrant.objects.filter(person=people.ben, role="reviewer").update(ended_at=timezone.now())
    assert not may_sign(people.ben, now(round), "legal")
    assert not counting(now(round))
    assert (standings(now(round))[0].may_sign, bool(hindrances(now(round)))) == (0, True)
    with pytest.raises(Refused):
        signed(now(round), people.ben)


@pytest.mark.parametrize("how", ["left", "role ended"])
def test_a_stand_ins_word_ends_with_the_reviewers_own_right(how: str) -> None:
    people = cast()
    round, today = opened(people), timezone.localdate()
    Delegation.objects.create(person=people.ben, to=people.dev, starts_on=today, ends_on=today, activities=["vet"])
    signed(round, people.dev)
    assert not hindrances(now(round))
    if how == "left":
        Person.objects.filter(pk=people.ben.pk).update(is_active=False)
    else:
        RoleGrant.objects.filter(person=people.ben).update(ended_at=timezone.now())
    assert hindrances(now(round))
    assert not counting(now(round))


def test_one_person_may_read_for_several_interests_and_it_is_said() -> None:
    people = cast()
    solo = make_person(60)
    both = {"privacy": 1, "brand": 1}
    for interest in both:
        RoleGrant.objects.create(person=solo, role="reviewer", interest=interest)
    assert set(both) <= set(Interest.values)
    round = opened(people, both)
    assert hands_words(standings(round)) == "Two interests, one person who may sign for them."
    assert "Two interests, one person who may" in signed_in(people.eva).get(f"/vetting/{round.pk}/").content.decode()
    for interest in both:
        signed(round, solo, interest)
    clear(now(round), by=people.eva)
    assert "Two interests, one person signed." in html_of_blocks(record_of(now(round)), 1)


def test_putting_wording_forward_is_no_authorship_and_the_record_says_it() -> None:
    people = cast()
    round = opened(people)
    words = "Ben wrote this whole clause himself."
    said, _ = remark(round, by=people.ben, clause_key="pay", body="Say so.", suggested=words)
    redraft(now(round), text(pay=words), by=people.eva)
    dispose(said, "adopted", "Taken.", by=people.eva)
    signed(now(round), people.ben)
    assert not hindrances(now(round))
    assert "having put wording forward" in html_of_blocks(record_of(now(round)), 1)


def test_a_clause_has_an_end_and_a_remark_on_a_long_one_is_found_in_a_blink() -> None:
    people = cast()
    with pytest.raises(BadInput, match="20,000 are the most"):
        opened(people, clauses=[TextClause("a", "1", "", "x" * 20_001)])
    words = [f"word{number * 7919 % 1500}" for number in range(2200)]
    quote = " ".join(words[700:840])
    changed = [*words[:770], "changed", *words[771:]]
    old = [TextClause("a", "1", "", " ".join(words)), TextClause("b", "2", "", " ".join(words[::-1]))]
    finder = Finder(old, [TextClause("a", "1", "", " ".join(changed)), old[1]])
    took = []
    for _ in range(3):
        began = time.process_time()
        found = finder.place(Anchor("a", quote), "anchored")
        took.append(time.process_time() - began)
    assert (found.clause_key, found.quote) == ("a", " ".join(changed[700:840]))
    assert min(took) < 0.1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"required": {"legal": 10**30}}, "are the most"),
        ({"audience": 10**30}, "no such audience"),
        ({"clauses": [{"key": "a", "text": "x", "level": 10**30}]}, "levels go from 0 to 9"),
        ({"closes_at": "9999-12-31T23:59:59-14:00"}, "between the years"),
        ({"closes_at": "0001-01-01T00:00:00+14:00"}, "between the years"),
    ],
)
def test_numbers_that_nobody_means_are_refused_in_words(given: dict[str, object], words: str) -> None:
    people = cast()
    body = {
        "key": "k",
        "title": "t",
        "clauses": [{"key": "a", "text": "x"}],
        "required": {"legal": 1},
        "left_out": left_out(["legal"]),
        "closes_at": "2099-01-01T00:00:00Z",
    }
    client = signed_in(people.eva)
    answer = client.post("/api/v1/rounds", body | given, content_type="application/json")
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nobody_can_watch_one_colleague_open_the_text() -> None:
    people = cast()
    for number in range(20):
        make_person(number, function="Kitchen")
    round = opened(people, subject=Ref("text", "watched"))
    seen = []
    for number in range(20):
        round.openings.create(round=round, mark=f"{number:064}", group=round.groups["Kitchen"])
        seen.append(next(each for each in silent_groups(round) if each.name == "Kitchen"))
    steps = [(each.words, each.share, each.is_silent) for each in seen]
    changes = sum(before != after for before, after in pairwise(steps))
    assert changes == 4, "Most openings change nothing that is shown"


def test_a_last_day_moved_has_a_year_somebody_means() -> None:
    people = cast()
    with pytest.raises(BadInput, match="between the years"):
        move_closing(opened(people), datetime(9999, 12, 31, tzinfo=UTC), by=people.eva)

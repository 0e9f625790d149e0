"""What the rooms hold for a person waits on them, and only on them; the bell counts the same."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.people.models import Interest
from handrail.people.testing import cast, signed_in
from handrail.policy.actions import Proposal, ask_legal, import_policy, open_vetting, propose_amendment
from handrail.policy.models import Version
from handrail.policy.reads import checked
from handrail.policy.testing import in_vetting
from handrail.strategy.actions import GoalText, PurposeText, change_goal, propose_purpose, set_goal
from handrail.strategy.models import Purpose
from handrail.vetting.actions import dispose, remark
from handrail.web.asking import asked_by_rooms
from handrail.web.inbox import needs_you
from handrail.web.rooms import page_of_question
from handrail.web.search import find

pytestmark = pytest.mark.django_db
TEXT = b"# Social media policy\n\nYou must ask before you post.\n\nThis may be removed by us without notice.\n"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def draft(people) -> Version:
    report = import_policy(TEXT, "policy.md", by=people.ana)
    assert report.version is not None
    return report.version


def words(person) -> str:
    return " | ".join(each.words for each in asked_by_rooms(person))


def test_a_reviewer_is_asked_to_read_and_nobody_else_is() -> None:
    people = cast()
    in_vetting(draft(people), people)
    assert "Read “Social media policy, version 1” for Legal" in words(people.ben)
    assert "Read" not in words(people.dev)


def test_two_answers_to_ones_remarks_are_one_thing_that_waits() -> None:
    people = cast()
    round = in_vetting(draft(people), people)
    for said in ("First thing.", "Second thing."):
        made, _ = remark(round, by=people.ben, body=said)
        dispose(made, "declined", "Not now, because it is settled elsewhere.", by=people.ana)
    assert "Two of your remarks on “Social media policy, version 1” were answered" in words(people.ben)


def test_a_question_to_legal_waits_with_legal() -> None:
    people = cast()
    version = draft(people)
    ask_legal(version, checked(version)[0].finding, by=people.ana)
    assert "Answer 1 question to legal" in words(people.ben)
    assert "legal" not in words(people.eva)


def test_a_proposed_amendment_waits_with_those_who_write() -> None:
    people = cast()
    version = draft(people)
    propose_amendment(version.policy, Proposal(because="It helps.", wording="Ask twice."), by=people.ana)
    assert "Answer 1 proposed amendment" in words(people.ana)
    assert "amendment" not in words(people.dev)


def test_a_purpose_that_needs_another_look_waits_with_its_owner() -> None:
    people = cast()
    goal = set_goal(GoalText("Guests come back"), by=people.ana)
    cells = (("monitor", "customers"),)
    text = PurposeText("Hear a guest", "We hear a guest in time.", owner=people.dev, goals=(goal,), cells=cells)
    purpose = propose_purpose(text, by=people.ana)
    Purpose.objects.filter(pk=purpose.pk).update(
        state=Purpose.State.APPROVED, approved_at=timezone.now(), approved_by=people.ana
    )
    change_goal(goal, GoalText("Guests come back within a year"), by=people.ana, why="It was vague.")
    assert "Look again at the purpose “Hear a guest”" in words(people.dev)
    assert "Hear a guest" not in words(people.eva)


def test_the_bell_counts_what_the_page_lists() -> None:
    people = cast()
    in_vetting(draft(people), people)
    page = signed_in(people.ben).get("/waiting")
    listed = page.content.decode().count("<li><a href=")
    assert page.context["frame"].waiting == len(page.context["waiting"]) == len(needs_you(people.ben))
    assert listed >= len(page.context["waiting"]) > 0


def test_more_remarks_and_amendments_ask_the_database_no_more_often() -> None:
    people = cast()
    version = draft(people)
    round = in_vetting(version, people)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            asked_by_rooms(people.ben)
        return len(seen)

    before = queries()
    for at in range(6):
        made, _ = remark(round, by=people.ben, body=f"Thing {at}.")
        dispose(made, "declined", "Because it stands elsewhere.", by=people.ana)
        guess = Proposal(because=f"Reason {at}.", wording=f"Ask {at} times.")
        propose_amendment(version.policy, guess, by=people.ana)
    assert queries() <= before + 1


def test_each_question_is_worked_on_in_its_room() -> None:
    people = cast()
    assert page_of_question(people.ana, 1) == "/strategy/"
    assert page_of_question(people.ana, 3) == "/vetting/"
    assert page_of_question(people.ana, 6) == ""


def test_what_is_being_decided_stands_on_the_desk_of_those_it_asks() -> None:
    people = cast()
    version = draft(people)
    asked = "What is being decided"
    assert asked not in signed_in(people.dev).get("/").content.decode()
    closes_at = timezone.now() + timedelta(days=7)
    left_out = {each: "A test needs one interest." for each in Interest.values if each != Interest.LEGAL}
    open_vetting(
        version, by=people.ana, closes_at=closes_at, required={"legal": 1}, left_out=left_out, open_to="everyone"
    )
    page = signed_in(people.dev).get("/").content.decode()
    assert asked in page
    assert "Social media policy, version 1" in page


def test_find_looks_in_remarks_only_where_one_was_asked() -> None:
    people = cast()
    round = in_vetting(draft(people), people)
    remark(round, by=people.ben, body="The lobby is full at noon.")
    assert "Remarks" in {group.name for group in find(people.ben, "lobby")}
    assert "Remarks" not in {group.name for group in find(people.dev, "lobby")}

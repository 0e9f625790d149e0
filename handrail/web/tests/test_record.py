"""The record and the jobs are open to the owner and the auditor, and only the owner tries again."""

import pytest
from django.db import transaction
from django.utils import timezone

from handrail.kernel.facts import fact_codes
from handrail.kernel.models import Job
from handrail.kernel.rules import declared
from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import GoalText, set_goal
from handrail.web.tellings import ONLY_IN_THE_RECORD, TELLINGS, told
from handrail.web.work import TITLES

ROOMS = {"kernel", "people", "strategy", "policy", "listening", "web"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/journal", "/journal.csv", "/jobs"])
def test_who_may_read_the_record(path: str) -> None:
    people = cast()
    for person in people.everyone():
        expected = 200 if person in (people.ana, people.finn) else 403
        assert signed_in(person).get(path).status_code == expected, person


def test_a_fact_stands_in_the_record_with_its_words_and_its_doer() -> None:
    people = cast()
    set_goal(GoalText("Guests <b>come</b> back"), by=people.ana)
    client = signed_in(people.finn)
    page = client.get("/journal?code=strategy.goal_set").content.decode()
    assert "Guests &lt;b&gt;come&lt;/b&gt; back" in page
    assert "Ana Lind" in page
    assert "No fact like that" in client.get("/journal?words=nowhere-to-be-found").content.decode()


@pytest.mark.parametrize(
    "asked", ["since=never", "before=x", "before=99999999999999999999999", "code=%00", "until=2026-02-31"]
)
def test_a_filter_that_cant_be_read_is_left_out(asked: str) -> None:
    people = cast()
    assert signed_in(people.ana).get(f"/journal?{asked}").status_code == 200


def test_a_failed_job_says_why_and_goes_back_in_line() -> None:
    people = cast()
    job = Job.objects.create(task="x.y", state="failed", tries=5, errors=[{"class": "ValueError", "trace": "<boom>"}])
    client = signed_in(people.ana)
    assert "&lt;boom&gt;" in client.get("/jobs").content.decode()
    assert signed_in(people.finn).post(f"/jobs/{job.pk}/try").status_code == 403
    with transaction.atomic():
        assert client.post(f"/jobs/{job.pk}/try").status_code == 302
    job.refresh_from_db()
    assert job.state == "waiting"
    assert client.post(f"/jobs/{job.pk}/try").status_code == 409


def test_every_kind_of_fact_is_told_in_words_and_an_old_record_never_breaks_the_page() -> None:
    for code in fact_codes():
        sentence = told(code, {})
        assert (sentence.before + sentence.bold + sentence.after).endswith("."), code
    known = set(TELLINGS) | set(ONLY_IN_THE_RECORD)
    assert {code for code in fact_codes() if code.split(".")[0] in ROOMS} <= known


def test_the_record_speaks_plainly_with_the_code_beneath() -> None:
    people = cast()
    set_goal(GoalText("Guests come back"), by=people.ana)
    page = signed_in(people.ana).get("/journal?code=strategy.goal_set").content.decode()
    assert "A goal was written down: <b>Guests come back</b>." in page
    assert "strategy.goal_set<span" in page
    gone = told("listening.import_forgotten", {"name": "a.csv", "posts": 1200})
    assert gone.before + gone.bold + gone.after == "The posts of a.csv were put back: 1,200 posts went out again."


def test_work_has_titles_and_right_plurals() -> None:
    people = cast()
    client = signed_in(people.ana)
    assert "Nothing waits." in client.get("/jobs").content.decode()
    Job.objects.create(task="handrail.kernel.tasks.tidy_away", state="waiting")
    Job.objects.create(task="somewhere.else.call_the_owner", state="done", finished_at=timezone.now())
    page = client.get("/jobs").content.decode()
    assert "1 job waits." in page
    assert "Tidy away old work" in page
    assert "Call the owner" in page
    assert "handrail.kernel.tasks" not in page


def test_every_task_of_ours_has_a_title() -> None:
    assert {path for path in declared() if path.startswith("handrail.") and path not in TITLES} == set()

"""The record and the jobs are open to the owner and the auditor, and only the owner tries again."""

import pytest
from django.db import transaction

from handrail.kernel.models import Job
from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import GoalText, set_goal

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

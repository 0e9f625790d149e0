"""Goals over the API: the same verbs and the same refusals as the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.people.testing import cast, signed_in
from handrail.strategy.models import Goal

pytestmark = pytest.mark.django_db


def test_the_owner_writes_a_goal_and_everyone_reads_it() -> None:
    people = cast()
    made = signed_in(people.ana).post(
        "/api/v1/goals", {"statement": "Guests come back", "theme": "Guests"}, content_type="application/json"
    )
    assert made.status_code == 201
    assert [goal["key"] for goal in signed_in(people.dev).get("/api/v1/goals").json()] == ["guests-come-back"]


def test_an_employee_is_refused_with_a_sentence() -> None:
    people = cast()
    said = signed_in(people.dev).post("/api/v1/goals", {"statement": "Mine"}, content_type="application/json")
    assert said.status_code == 403
    assert "governance owner" in said.json()["sentence"]
    assert not Goal.objects.exists()


def test_a_file_goes_in_and_bad_rows_come_back() -> None:
    people = cast()
    file = SimpleUploadedFile("goals.csv", b"goal,end\nGuests come back,2030-01-01\nBad,soon\n")
    said = signed_in(people.ana).post("/api/v1/goals/import", {"file": file}).json()
    assert (said["new"], said["held_back"][0]["line"]) == (1, 3)

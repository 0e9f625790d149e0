"""Every verb of the matrix over the API, by session and by token: the same deeds, the same refusals."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from handrail.people import actions, testing
from handrail.people.models import Gap, Matrix, Person
from handrail.people.reads import matrix_in_force, takes_part, taking_part
from handrail.people.reads.share import _rooms

pytestmark = pytest.mark.django_db
API = "/api/v1"


def _client(person: Person, how: str) -> Client:
    if how == "session":
        return testing.signed_in(person)
    until = timezone.localdate() + timedelta(days=9)
    _, secret = actions.make_token("script", ["people:read", "people:write"], expires_on=until, by=person)
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize("how", ["session", "token"])
def test_the_whole_road_over_the_api(how: str) -> None:
    cast = testing.cast()
    owner, today = _client(cast.ana, how), timezone.localdate()
    js = "application/json"
    assert owner.post(f"{API}/matrix/proposal", {"why": "x"}, js).json()["state"] == "proposed"
    assert owner.post(f"{API}/matrix/proposal", {}, js).status_code == 409
    cell = {"row": "activity:inform", "holder": f"person:{cast.dev.pk}", "letters": "R"}
    cells = owner.put(f"{API}/matrix/proposal/cell", cell, js).json()["cells"]
    assert cell in cells
    assert cell not in owner.post(f"{API}/matrix/proposal/undo", {}, js).json()["cells"]
    file = SimpleUploadedFile("m.csv", b"row,who,letters\ninform,dev@example.org,C\ndance,x,R\n")
    answer = owner.post(f"{API}/matrix/proposal/import", {"file": file}).json()
    assert (answer["cells"], [bad["line"] for bad in answer["bad_rows"]]) == (1, [3])
    found = owner.get(f"{API}/matrix?proposed=true").json()["findings"]
    key = next(each["key"] for each in found if each["severity"] == "advice")
    waiver = {"finding": key, "why": "Fine.", "until": str(today + timedelta(days=9))}
    assert owner.post(f"{API}/matrix/waivers", waiver, js).status_code == 200
    agreed = {"agreed_on": str(today), "how": "In one meeting.", "people": [cast.ana.pk]}
    assert owner.post(f"{API}/matrix/proposal/agree", agreed, js).json()["state"] == "in_force"
    assert owner.post(f"{API}/matrix/proposal/agree", agreed, js).status_code == 409
    days = {"starts_on": str(today), "ends_on": str(today), "activities": ["approve"]}
    stand = owner.post(f"{API}/delegations", {"person": cast.ana.pk, "to": cast.cleo.pk, **days}, js).json()
    assert _client(cast.cleo, how).get(f"{API}/matrix/may?activity=approve").json()["you"] is True
    assert owner.delete(f"{API}/delegations/{stand['id']}").status_code == 200
    Person.objects.filter(pk=cast.gil.pk).update(ends_on=today + timedelta(days=5))
    actions.open_gaps_of_leavers()
    gap = Gap.objects.get().pk
    assert owner.post(f"{API}/gaps/{gap}/offer", {"to": cast.hana.pk}, js).status_code == 200
    assert _client(cast.dev, how).post(f"{API}/gaps/{gap}/take", {}, js).status_code == 403
    assert _client(cast.hana, how).post(f"{API}/gaps/{gap}/take", {}, js).json()["taken_by"] == cast.hana.pk
    owner.post(f"{API}/matrix/proposal", {}, js)
    assert owner.delete(f"{API}/matrix/proposal").json()["state"] == "dropped"


@pytest.mark.parametrize("how", ["session", "token"])
def test_others_are_refused_with_a_sentence(how: str) -> None:
    cast = testing.cast()
    answer = _client(cast.eva, how).post(f"{API}/matrix/proposal", {}, "application/json")
    assert answer.status_code == 403
    assert "governance owner" in answer.json()["sentence"]
    assert not Matrix.objects.exists()
    assert matrix_in_force() is None


def test_a_room_says_who_takes_part_in_it() -> None:
    cast = testing.cast()
    assert cast.dev.pk not in taking_part()
    takes_part("a test", lambda: [cast.dev.pk, 999999])
    try:
        assert cast.dev.pk in taking_part()
        assert 999999 not in taking_part()
    finally:
        del _rooms.by_name["a test"]

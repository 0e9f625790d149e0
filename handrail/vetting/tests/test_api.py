"""Vetting over the API: the same verbs, the same refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from handrail.people.testing import cast, signed_in
from handrail.vetting.models import Letterbox
from handrail.vetting.testing import left_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_count() -> None:
    cache.clear()


def _post(client: Client, path: str, **given: Any) -> Any:
    return client.post(f"/api/v1{path}", given, content_type="application/json")


def test_a_text_goes_from_opened_to_cleared_over_the_api() -> None:
    people = cast()
    eva, ben, dev = signed_in(people.eva), signed_in(people.ben), signed_in(people.dev)
    given = {
        "key": "handbook", "title": "Handbook", "required": {"legal": 1}, "left_out": left_out(("legal",)),
        "clauses": [{"key": "a", "number": "1", "text": "Be kind."}], "everyone": True, "anonymous": True,
        "closes_at": (timezone.now() + timedelta(days=5)).isoformat(),
    }  # fmt: skip
    assert _post(dev, "/rounds", **given).status_code == 403
    made = _post(eva, "/rounds", **given)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert _post(eva, "/rounds", **given).status_code == 409
    said = _post(dev, f"/rounds/{pk}/remarks", body="Kind to whom?", clause="a", quote="kind")
    uid = said.json()["uid"]
    letter = _post(dev, f"/rounds/{pk}/remarks", body="Nameless", anonymous=True)
    assert letter.json()["code"]
    assert letter.json()["uid"] == ""
    assert len(Letterbox.objects.get().letters) == 1
    assert _post(ben, f"/rounds/{pk}/remarks/{uid}/side", side="for").json()["support"] == 1
    assert _post(dev, f"/rounds/{pk}/remarks/{uid}/answer", verdict="adopted", reason="x").status_code == 403
    assert (
        _post(eva, f"/rounds/{pk}/remarks/{uid}/answer", verdict="adopted", reason="To all.").json()["verdict"]
        == "adopted"
    )
    new = [{"key": "a", "number": "1", "text": "Be kind to all."}]
    assert _post(eva, f"/rounds/{pk}/redraft", clauses=new).json()["draft"] == 2
    assert _post(ben, f"/rounds/{pk}/sign-offs", interest="legal").status_code == 409
    _post(ben, f"/rounds/{pk}/read", keys=["a"])
    assert _post(ben, f"/rounds/{pk}/sign-offs", interest="legal").status_code == 201
    whole = eva.get(f"/api/v1/rounds/{pk}").json()
    assert whole["interests"][0]["met"]
    assert "letterbox" in whole["in_the_way"][0]
    code = letter.json()["code"]
    Client().post("/vetting/code", {"code": code, "deed": "take_back"})
    assert _post(eva, f"/rounds/{pk}/clear").json()["state"] == "cleared"
    assert _post(eva, f"/rounds/{pk}/withdraw", why="x").status_code == 409
    assert "Who was heard" in dev.get(f"/api/v1/rounds/{pk}/record.md").content.decode()


def test_invitations_over_the_api_show_their_link_once() -> None:
    people = cast()
    eva = signed_in(people.eva)
    given = {
        "key": "h", "title": "Handbook", "required": {"legal": 1}, "left_out": left_out(("legal",)),
        "clauses": [{"key": "a", "text": "Be kind."}], "closes_at": (timezone.now() + timedelta(days=5)).isoformat(),
    }  # fmt: skip
    pk = _post(eva, "/rounds", **given).json()["id"]
    made = _post(eva, f"/rounds/{pk}/outsiders", name="Helga").json()
    assert "/vetting/from/" in made["link"]
    assert eva.get(f"/api/v1/rounds/{pk}/outsiders").json()[0]["link"] is None
    assert signed_in(people.dev).get(f"/api/v1/rounds/{pk}").status_code == 403
    assert not _post(eva, f"/rounds/{pk}/outsiders/{made['id']}/revoke").json()["opens"]

"""Tokens: shown once, kept as a fingerprint, held to their scopes at every address, dead when their owner leaves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from handrail.api import api
from handrail.people import actions, testing
from handrail.people.models import ApiToken

pytestmark = pytest.mark.django_db


def _made(person: object, *scopes: str) -> tuple[ApiToken, dict[str, str]]:
    until = timezone.localdate() + timedelta(days=30)
    token, secret = actions.make_token("script", scopes, expires_on=until, by=person)  # type: ignore[arg-type]
    return token, {"Authorization": f"Bearer {secret}"}


def test_only_the_fingerprint_is_kept() -> None:
    cast = testing.cast()
    token, headers = _made(cast.ana, "people:read")
    assert headers["Authorization"][7:] not in str(vars(token)) and token.sha256 != headers["Authorization"][7:]


def test_a_token_reads_within_its_scope_and_its_day_of_use_is_noted() -> None:
    cast = testing.cast()
    token, headers = _made(cast.ana, "people:read")
    assert Client().get("/api/v1/people", headers=headers).status_code == 200
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert Client().post("/api/v1/matrix/proposal", "{}", "application/json", headers=headers).status_code == 403


def test_writing_needs_no_csrf_token_with_a_bearer_and_does_with_a_session() -> None:
    cast = testing.cast()
    _, headers = _made(cast.ana, "people:write")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/matrix/proposal", "{}", "application/json", headers=headers).status_code == 200
    strict.force_login(cast.ana)
    assert strict.delete("/api/v1/matrix/proposal").status_code == 403


@pytest.mark.parametrize("how", ["revoked", "over", "left", "unknown"])
def test_a_dead_token_opens_nothing(how: str) -> None:
    cast = testing.cast()
    token, headers = _made(cast.eva, "people:read")
    if how == "revoked":
        actions.revoke_token(token, by=cast.eva)
    elif how == "over":
        ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    elif how == "left":
        cast.eva.is_active = False
        cast.eva.save()
    else:
        headers = {"Authorization": "Bearer hr_nothing"}
    assert Client().get("/api/v1/people", headers=headers).status_code == 401


def test_every_address_of_every_room_refuses_a_token_of_other_rooms() -> None:
    cast = testing.cast()
    client = Client(raise_request_exception=False)
    walked = 0
    all_scopes = set(actions.SCOPES)
    made = {room: _made(cast.ana, *sorted(s for s in all_scopes if not s.startswith(f"{room}:")))[1] for room in ROOMS}
    for room, path, method in _addresses():
        answer = client.generic(method, path, "{}", content_type="application/json", headers=made[room])
        assert answer.status_code == 403 and "scope" in answer.json()["sentence"], (method, path, answer.status_code)
        walked += 1
    assert walked > 50


ROOMS = ("people", "vetting", "strategy", "policy", "listening")


def _addresses() -> list[tuple[str, str, str]]:
    import re

    from handrail import api as door

    found = []
    for room, router in door.ROUTERS.items():
        for prefix, each in router.build_routers(""):
            for path, view in each.path_operations.items():
                filled = re.sub(r"\{(?:int:)?[^}]*\}", "1", f"{prefix}/{path.lstrip('/')}".lstrip("/"))
                found += [(room, f"/api/v1/{filled}", method) for op in view.operations for method in op.methods]
    assert api.urls
    return found

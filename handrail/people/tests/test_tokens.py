"""Tokens: shown once, kept as a fingerprint, held to their scopes at every address, dead when their owner leaves."""

import re
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
    assert headers["Authorization"][7:] not in str(vars(token))
    assert token.sha256 != headers["Authorization"][7:]


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


def test_every_address_of_every_room_refuses_a_token_that_lacks_just_its_scope() -> None:
    cast = testing.cast()
    client = Client()
    _, headers = _made(cast.ana, "people:read")
    seen = set()
    for path, method in _addresses():
        ApiToken.objects.update(scopes=[])
        bare = client.generic(method, path, "{}", content_type="application/json", headers=headers)
        assert bare.status_code == 403, (method, path)
        lacking = next(scope for scope in actions.SCOPES if f" {scope}." in bare.json()["sentence"])
        assert lacking.endswith(":read") is (method == "GET"), (method, path)
        ApiToken.objects.update(scopes=[scope for scope in actions.SCOPES if scope != lacking])
        again = client.generic(method, path, "{}", content_type="application/json", headers=headers)
        assert again.status_code == 403, (method, path)
        seen.add(lacking)
    assert seen == set(actions.SCOPES)


def _addresses() -> list[tuple[str, str]]:
    found = []
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        filled = re.sub(r"{[^}]*}", "1", path)
        found += [(filled, method.upper()) for method in methods if not path.endswith("/me")]
    return found

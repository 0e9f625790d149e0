"""The ledger over the API: every verb, the same refusals, and both wordings to be had after a clash."""

import json
from typing import Any

import pytest
from django.test import Client

from handrail.people.testing import Cast, cast, signed_in
from handrail.policy import actions
from handrail.policy.models import Version
from handrail.policy.tests.test_edit_clauses import TEXT, key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def draft(people: Cast) -> Version:
    report = actions.import_policy(TEXT.encode(), "policy.md", by=people.eva)
    assert report.version is not None
    return report.version


class Api:
    """One person at the API of one version."""

    def __init__(self, client: Client, version: Version) -> None:
        self.client, self.of = client, f"/api/v1/policies/{version.policy.key}"
        self.number = version.number

    def call(self, how: str, path: str, status: int = 200, **sent: Any) -> Any:
        send = getattr(self.client, how)
        answer = (
            send(self.of + path)
            if how in ("get", "delete")
            else send(self.of + path, json.dumps(sent), "application/json")
        )
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


def test_every_verb_can_be_reached(people: Cast, draft: Version) -> None:
    api = Api(signed_in(people.eva), draft)
    key = key_of(draft, "Say sorry")
    at = f"/1/clauses/{key}"
    seen = api.call("get", at)
    because = {"kind": "misstep", "words": "July.", "ref": "misstep:1"}
    api.call("put", at, markup="Say sorry. Then call the manager on duty.", base_sha=seen["base_sha"], because=because)
    second = api.call("post", f"{at}/split", at=len("Say sorry."))["clauses"][1]
    api.call("post", "/1/merge", keys=[key, second])
    api.call("post", "/1/undo")
    api.call("post", "/1/redo")
    fresh = api.call("post", "/1/clauses", markup="Name nobody.", after=key)["clauses"][0]
    api.call("post", f"/1/clauses/{fresh}/move", heading=2)
    api.call("post", f"/1/clauses/{fresh}/kind", kind="don't")
    api.call("put", f"/1/clauses/{fresh}/typed", markup="Name no", base_sha="x")
    api.call("delete", f"/1/clauses/{fresh}/typed", status=204)
    api.call("delete", f"/1/clauses/{fresh}")
    api.call("post", "/1/headings", words="The end", last=True)
    api.call("put", "/1/headings/3", words="An end", was="The end")
    api.call("post", "/1/headings/3/move", up=True, was="An end")
    api.call("delete", "/1/headings/2?was=An end")
    api.call("post", f"/clauses/{key}/because", kind="law", words="Consumer law.")
    api.call("post", f"/clauses/{key}/owner", owner=people.ben.email, topics=["complaints"])
    rows = {row["clause"]: row for row in api.call("get", "/ledger")}
    assert [each["words"] for each in rows[key]["because"]] == ["July.", "Consumer law."]
    assert rows[second]["merged_into"] == key
    assert rows[fresh]["retired_in"] == 1


def test_changes_are_typed(people: Cast, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    api = Api(signed_in(people.eva), draft)
    assert api.call("post", "/draft")["number"] == 2
    key = key_of(draft, "Answer")
    seen = api.call("get", f"/2/clauses/{key}")
    api.call("put", f"/2/clauses/{key}", markup="Answer within 8 hours.", base_sha=seen["base_sha"])
    assert [(each["clause"], each["proposed"], each["said"]) for each in api.call("get", "/2/changes")] == [
        (key, "tightened", "")
    ]
    api.call("put", f"/2/changes/{key}", said="clarified")
    assert api.call("post", "/2/confirm", clauses=[key])[0]["said"] == "clarified"


def test_refusals_are_the_same_sentences(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Answer")
    eva, dev = Api(signed_in(people.eva), draft), Api(signed_in(people.dev), draft)
    assert (
        "while you were writing" in eva.call("put", f"/1/clauses/{key}", 409, markup="x y", base_sha="old")["sentence"]
    )
    assert eva.call(
        "put", f"/1/clauses/{key}", 422, markup="  ", base_sha=eva.call("get", f"/1/clauses/{key}")["base_sha"]
    )
    assert eva.call("post", f"/1/clauses/{key}/split", 422, at=2)
    for how, path in (("get", "/ledger"), ("get", f"/1/clauses/{key}"), ("delete", f"/1/clauses/{key}")):
        assert dev.call(how, path, 403)
    assert dev.call("post", "/draft", 403)

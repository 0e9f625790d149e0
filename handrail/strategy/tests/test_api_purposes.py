"""Purposes, initiatives, domains, the grid and the plan over the API: the same verbs, the same refusals."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.people.testing import cast, signed_in
from handrail.strategy.models import Purpose

pytestmark = pytest.mark.django_db


class Api:
    """A person at the API; `post` and `put` return the status and the answer."""

    def __init__(self, person: Any) -> None:
        self.client = signed_in(person)

    def get(self, path: str) -> Any:
        """What is there."""
        return self.client.get(f"/api/v1/{path}").json()

    def post(self, path: str, said: Any = None) -> tuple[int, Any]:
        """A deed."""
        answer = self.client.post(f"/api/v1/{path}", said or {}, content_type="application/json")
        return answer.status_code, answer.json()

    def put(self, path: str, said: Any) -> tuple[int, Any]:
        """A change."""
        answer = self.client.put(f"/api/v1/{path}", said, content_type="application/json")
        return answer.status_code, answer.json()


def test_a_purpose_goes_from_proposal_to_a_live_initiative_and_an_issued_plan() -> None:
    people = cast()
    ana, eva, ben = Api(people.ana), Api(people.eva), Api(people.ben)
    assert ana.post("goals", {"statement": "Guests come back", "owner": "ana@example.org"})[0] == 201
    assert ana.post("domains", {"name": "Purchasing", "activities": [{"what": "Buys"}]})[1]["key"] == "purchasing"
    said = {"name": "Cook", "statement": "Together", "owner": "eva@example.org", "cells": ["share.employees"]}
    said |= {"goals": ["guests-come-back"], "domains": ["purchasing"]}
    assert ana.post("purposes", said)[1]["state"] == "proposed"
    assert ana.put("purposes/cook", said | {"statement": "As one", "because": "Shorter"})[1]["statement"] == "As one"
    assert ana.post("purposes/cook/move", {"to": "monitor.partners", "why": "They grow it"})[0] == 200
    assert eva.post("purposes/cook/approve")[0] == 403
    assert ana.post("purposes/cook/approve")[1]["state"] == "approved"
    assert ana.post("purposes/cook/approve")[0] == 409
    assert ben.post("purposes/cook/ratings", {"trait": "magnetic", "rating": 4, "reason": "It draws"})[0] == 201
    assert ben.post("purposes/cook/ratings", {"trait": "magnetic", "rating": 9, "reason": "It draws"})[0] == 422
    target = eva.post("purposes/cook/targets", {"measure": "Rebookings", "value": "45"})[1]["id"]
    assert eva.put(f"targets/{target}", {"measure": "Rebookings", "value": "46", "every_days": 30})[0] == 200
    assert eva.post(f"targets/{target}/readings", {"value": "43.5", "on": "2024-03-01"})[1]["latest"] == "43.500"
    act = {"purpose": "cook", "name": "Harvest", "lead": "eva@example.org", "cells": ["share.employees"]}
    assert (
        eva.post("initiatives", act | {f"on_{t}": t for t in ("mission", "strategy", "values", "outcomes")})[0] == 201
    )
    assert ana.post("initiatives/harvest/approve")[1]["state"] == "approved"
    assert eva.post("initiatives/harvest/go-live")[0] == 409
    assert ana.post("initiatives/harvest/go-live", {"reason": "The season"})[1]["override_reason"] == "The season"
    assert [gate["holds"] for gate in eva.get("initiatives/harvest")["gates"]] == [True, False, False]
    assert ana.post("plans")[1]["number"] == 1
    assert ana.post("initiatives/harvest/close", {"came_of": "A dish"})[1]["state"] == "closed"
    assert "Closed" in {each["label"] for each in eva.get("plans/1/changes")}
    whole = eva.get("purposes/cook")
    assert whole["traits"][0]["trait"] == "magnetic"
    assert ana.post("purposes/cook/reopen", {"why": "Look"})[1]["state"] == "again"
    assert eva.post("purposes/cook/keep", {"why": "Holds"})[1]["state"] == "proposed"
    assert eva.post("purposes/cook/drop", {"why": "Done"})[1]["state"] == "dropped"


def test_the_grid_and_what_hangs_loose() -> None:
    people = cast()
    ana, dev = Api(people.ana), Api(people.dev)
    ana.post("goals", {"statement": "Guests come back"})
    ana.post("goals", {"statement": "Complaints end well", "parent": "guests-come-back"})
    said = {"cells": ["monitor.employees"], "reason": "We don’t watch colleagues."}
    assert dev.post("grid/leave-empty", said)[0] == 403
    assert ana.post("grid/leave-empty", said)[0] == 200
    empty = {cell["cell"]: cell["empty_on_purpose"] for cell in dev.get("grid")}
    assert len(empty) == 20
    assert empty["monitor.employees"] == "We don’t watch colleagues."
    assert ana.post("grid/open", {"cell": "monitor.employees"})[0] == 200
    assert ana.post("grid/open", {"cell": "monitor.martians"})[0] == 422
    assert [each["depth"] for each in dev.get("goals/tree")] == [0, 1]
    assert {each["lacks"] for each in dev.get("strategy/orphans")} == {"no purpose serves it"}
    assert ana.put("goals/guests-come-back", {"statement": "Guests return", "status": "gone"})[0] == 422
    assert ana.put("goals/guests-come-back", {"statement": "Guests return", "why": "Shorter"})[1]["key"]


def test_a_file_of_purposes_comes_in_with_its_bad_lines_named() -> None:
    people = cast()
    raw = b"name,statement,cells\nCook,Together,share.employees\nBad,Words,shout.all\n"
    client = signed_in(people.ana)
    for dry, there in ((True, 0), (False, 1)):
        file = SimpleUploadedFile("p.csv", raw)
        said = client.post(f"/api/v1/strategy/import/purposes?dry_run={dry}", {"file": file}).json()
        assert (said["new"], said["held_back"][0]["line"], said["written"]) == (1, 3, not dry)
        assert Purpose.objects.count() == there
    file = SimpleUploadedFile("p.csv", raw)
    assert client.post("/api/v1/strategy/import/martians", {"file": file}).status_code == 422
    assert signed_in(people.dev).post("/api/v1/strategy/import/purposes", {"file": file}).status_code == 403

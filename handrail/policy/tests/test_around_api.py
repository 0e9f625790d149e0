"""What stands around a policy answers over the API by the same verbs, with the same refusals."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from handrail.people.testing import cast, signed_in
from handrail.policy.actions import import_policy
from handrail.policy.models import Version
from handrail.policy.testing import cleared
from handrail.policy.tests.test_publish import FIRST, SECOND

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


def say(client: Client, method: str, path: str, body: Any = None, wanted: int = 200) -> Any:
    answer = client.generic(method, f"{BASE}{path}", json.dumps(body) if body is not None else "", "application/json")
    assert answer.status_code == wanted, answer.content.decode()
    return answer.json() if answer.content else None


def test_every_verb_around_a_policy_is_reachable() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    eva, ana, dev = signed_in(people.eva), signed_in(people.ana), signed_in(people.dev)
    one = "/policies/social-media-policy"
    key = version.clauses.get(text="Answer within 48 hours.").key
    step = version.clauses.get(text="Ask before you post.").key
    moved = say(eva, "POST", f"{one}/1/move-steps", {"clauses": [step], "title": "Asking", "department": "Legal"})
    say(eva, "POST", f"{one}/1/move-steps/{moved['id']}/back")
    closes = (timezone.now() + timedelta(days=3)).isoformat()
    left = dict.fromkeys(("security", "privacy", "brand", "employees"), "Not touched.")
    opened = say(eva, "POST", f"{one}/1/rounds", {"closes_at": closes, "required": {"legal": 1}, "left_out": left})
    assert opened["state"] == "open"
    say(ana, "POST", f"{one}/1/publish", wanted=409)
    cleared(Version.objects.get(), people)
    day = timezone.localdate() + timedelta(days=9)
    assert say(ana, "POST", f"{one}/1/publish?effective_on={day}")["state"] == "scheduled"
    assert say(ana, "POST", f"{one}/1/hold-back")["state"] == "cleared"
    assert say(ana, "POST", f"{one}/1/publish")["state"] == "published"

    made = say(eva, "POST", "/procedures", {"title": "Caring", "department": "Legal", "markdown": "1. x"})
    number = made["number"]
    say(dev, "POST", f"/procedures/{number}/approve", wanted=403)
    linked = say(eva, "POST", f"/procedures/{number}/links", {"policy": "social-media-policy", "clause": key})
    assert say(ana, "POST", f"/procedures/{number}/approve")["state"] == "in force"
    scenario = {"situation": "At ten.", "question": "At noon?", "verdict": "fine", "clauses": [key]}
    bank = say(eva, "POST", f"{one}/scenarios", scenario)
    say(eva, "PUT", f"{one}/translations/de", {key: "In 48 Stunden."})
    assert say(eva, "POST", f"{one}/translations/de/publish")["published_from"] == 1

    proposal = {"because": "Clearer.", "clause": key, "wording": "Answer in a day.", "once": "1"}
    asked = say(dev, "POST", f"{one}/amendments", proposal)
    assert say(dev, "POST", f"{one}/amendments", proposal)["id"] == asked["id"]
    assert say(signed_in(people.gil), "POST", f"{one}/amendments/{asked['id']}", {"verb": "back"})["supports"] == 1
    say(dev, "POST", f"{one}/amendments/{asked['id']}", {"verb": "take_up"}, wanted=403)
    say(eva, "POST", f"{one}/amendments/{asked['id']}", {"verb": "decline", "reason": "It comes."})
    import_policy(SECOND, "policy.md", by=people.eva)
    kinds = {each["kind"]: len(each["touched"]) for each in say(eva, "GET", f"{one}/2/impact")}
    assert kinds == {"Procedures": 1, "Translations": 1, "Scenarios": 1, "Amendments": 0}
    assert say(eva, "GET", f"{one}/2/verdicts")[0]["clauses"] == {key: "tightened"}
    assert say(eva, "POST", f"{one}/2/verdicts/{bank['id']}?verdict=dont")[0]["said"] == "dont"
    say(eva, "PUT", f"{one}/scenarios/{bank['id']}", scenario | {"why": "So it says."})
    say(eva, "DELETE", f"{one}/scenarios/{bank['id']}", wanted=204)
    say(eva, "DELETE", f"/procedures/{number}/links/{linked['links'][0]['id']}")
    say(eva, "POST", f"/procedures/{number}/check", wanted=409)
    say(ana, "POST", f"/procedures/{number}/retire")
    assert [each["code"] for each in say(dev, "GET", "/procedures")] == []
    assert say(ana, "GET", "/policies-needs") is not None


def brought(client: Client, path: str, name: str, raw: str, wanted: int = 200) -> Any:
    answer = client.post(f"{BASE}{path}", {"file": SimpleUploadedFile(name, raw.encode())})
    assert answer.status_code == wanted, answer.content.decode()
    return answer.json()


def test_lists_come_in_over_the_api_and_each_record_is_read_alone() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    cleared(Version.objects.get(), people)
    eva, ana, dev = signed_in(people.eva), signed_in(people.ana), signed_in(people.dev)
    one = "/policies/social-media-policy"
    say(ana, "POST", f"{one}/1/publish")
    key = version.clauses.get(text="Answer within 48 hours.").key

    rows = "department,title,text\nLegal,Caring,1. Ask.\nLegal,,2. Look.\n"
    listed = brought(eva, "/procedures/import", "p.csv", rows)
    assert (listed["made"], [each["line"] for each in listed["bad"]]) == (1, [3])
    assert brought(eva, "/procedures/import", "p.csv", rows)["same"] == 1
    assert say(dev, "GET", "/procedures/1")["title"] == "Caring"
    say(dev, "GET", "/procedures/9", wanted=404)

    rows = f"situation,question,verdict,clauses,why\nAt ten.,At noon?,fine,{key},So it says.\n"
    assert brought(eva, f"{one}/scenarios/import", "s.csv", rows)["made"] == 1
    brought(dev, f"{one}/scenarios/import", "s.csv", rows, wanted=403)
    [bank] = say(dev, "GET", f"{one}/scenarios")
    assert say(dev, "GET", f"{one}/scenarios/{bank['id']}") == bank
    assert bank["clauses"] == [key]

    words = version.markdown.replace("Answer within 48 hours.", "Antworte in 48 Stunden.")
    assert brought(eva, f"{one}/translations/de/import", "de.md", words)["changed"] >= 1
    lines = {each["key"]: each["text"] for each in say(eva, "GET", f"{one}/translations/de")["lines"]}
    assert lines[key] == "Antworte in 48 Stunden."
    brought(dev, f"{one}/translations/de/import", "de.md", words, wanted=403)


def test_a_procedure_is_reworded_and_builds_on_another_and_a_proposal_is_taken_up() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    cleared(Version.objects.get(), people)
    eva, ana, dev = signed_in(people.eva), signed_in(people.ana), signed_in(people.dev)
    one = "/policies/social-media-policy"
    say(ana, "POST", f"{one}/1/publish")
    words = {"title": "Caring", "department": "Legal", "markdown": "1. Ask."}
    first, second = (say(eva, "POST", "/procedures", words | {"title": title})["number"] for title in ("One", "Two"))
    say(ana, "POST", f"/procedures/{first}/approve")
    reworded = say(eva, "PUT", f"/procedures/{first}", words | {"title": "One", "markdown": "1. Ask twice."})
    assert (reworded["in_force"], reworded["draft"]) == ("1. Ask.\n", "1. Ask twice.\n")
    say(dev, "PUT", f"/procedures/{first}", words, wanted=403)
    say(dev, "POST", f"/procedures/{second}/links", {"procedure": first}, wanted=403)
    built = say(eva, "POST", f"/procedures/{second}/links", {"procedure": first})
    assert [each["builds_on"] for each in built["links"]] == [reworded["code"]]
    round_about = say(eva, "POST", f"/procedures/{first}/links", {"procedure": second})
    assert set(round_about["circle"]) == {built["code"], reworded["code"]}

    key = Version.objects.get().clauses.get(text="Answer within 48 hours.").key
    asked = say(dev, "POST", f"{one}/amendments", {"because": "Clearer.", "clause": key, "wording": "Answer in a day."})
    taken = say(eva, "POST", f"{one}/amendments/{asked['id']}", {"verb": "take_up"})
    assert taken["version"] == 2
    assert say(dev, "GET", f"{one}/amendments/{asked['id']}") == taken
    assert Version.objects.get(number=2).clauses.get(key=key).text == "Answer in a day."
    say(dev, "POST", f"{one}/amendments/{asked['id']}", {"verb": "sing"}, wanted=422)

"""Nonsense in every form and every body of vetting, policy and strategy: a sentence, no 500, nothing half written."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from handrail.people.testing import Cast
from handrail.vetting.models import Round
from tests.bad_input.given import rows_of_everything
from tests.bad_input.rooms import House, addresses, filled, furnished, verbs_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("policy", "vetting", "strategy", "people")
NONSENSE = {
    "nothing": "",
    "a NUL byte": "a\x00b\x07",
    "an unknown key": "987654321987654321",
    "a made-up day": "9999-99-99",
    "far too long": "x" * 20_000,
    "right to left": "سياسة \u202e👩‍👩‍👧‍👦 x",
    "pasted Word": '<p class="MsoNormal"><o:p></o:p><span style="mso-x:y">Be <b>kind</b></span><script>alert(1)</script>',
}

pytestmark = pytest.mark.one_database  # what refuses is the same Python on both; the walk is long


@pytest.fixture
def house(who: Cast) -> House:
    return furnished(who)


def field_names() -> list[str]:
    """Every name under which a form of these rooms sends anything."""
    names = set()
    for room in ROOMS:
        for path in (ROOT / "handrail" / room).rglob("*.py"):
            if "tests" not in path.parts:
                text = path.read_text(encoding="utf-8")
                names |= set(re.findall(r"POST(?:\.get(?:list)?)?[(\[]\"(\w+)\"", text))
                names |= set(re.findall(r"^    (\w+) = forms\.\w+\(", text, re.M))
        for path in (ROOT / "handrail" / room).rglob("templates/**/*.html"):
            names |= set(re.findall(r'\bname="(\w+)"', path.read_text(encoding="utf-8")))
    return sorted(names)


def changed(before: dict[str, int], now: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The tables whose number of rows is another now."""
    return {name: (before[name], many) for name, many in now.items() if many != before[name]}


def sentence_of(response: Any) -> str:
    """The text of an answer without its markup."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode("utf-8", "replace")))


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_in_every_form_of_the_new_pages_breaks_nothing_and_a_refusal_writes_nothing(house, what) -> None:
    names = field_names()
    assert len(names) > 60, "no fields found, so this proves nothing"
    client = Client(raise_request_exception=False)
    client.force_login(house.people.ana)
    wrong, tried, refused, before = [], 0, 0, rows_of_everything()
    for address in addresses():
        for verb in verbs_of(address):
            if address.endswith("/withdraw"):
                continue  # any words at all are a reason, so here nonsense is no bad input
            page = filled(address, house.keys, verb)
            response = client.post(page, dict.fromkeys(names, NONSENSE[what]))
            now = rows_of_everything()
            tried += response.status_code != 405
            if response.status_code >= 500:
                wrong.append(f"POST {page} answered {response.status_code}")
            if 400 <= response.status_code < 500 and response.status_code != 405:
                refused += 1
                if grew := changed(before, now):
                    wrong.append(f"POST {page} refused with {response.status_code} and wrote {grew}")
                if re.search(r"Traceback|Exception\b|IntegrityError|DataError", sentence_of(response)):
                    wrong.append(f"POST {page} speaks like a programmer")
            before = now
    assert tried > 60
    assert refused > 20
    assert not wrong, "\n".join(wrong)
    assert Round.objects.get(pk=house.round.pk).state == "open", "nonsense never ends a round"


def bodies(schema: dict[str, Any], given: object) -> Iterator[tuple[str, str, dict[str, Any], list[str]]]:
    """Each writing operation of the API with a body in which every field holds the nonsense, as its type allows."""
    parts = schema["components"]["schemas"]

    def value(of: dict[str, Any], depth: int = 0) -> object:
        if "$ref" in of:
            of = parts[of["$ref"].rsplit("/", 1)[1]]
        if "anyOf" in of:
            of = of["anyOf"][0]
            return value(of, depth)
        if of.get("type") == "object" and "properties" in of and depth < 4:
            return {name: value(each, depth + 1) for name, each in of["properties"].items()}
        if of.get("type") == "object":
            return {str(given): 1}
        if of.get("type") == "array":
            return [value(of.get("items", {}), depth + 1)]
        return {"integer": 10**15, "number": 1e300, "boolean": True}.get(str(of.get("type")), given)

    for path, verbs in sorted(schema["paths"].items()):
        for verb, asked in verbs.items():
            if verb not in {"post", "put", "patch", "delete"}:
                continue
            inside = asked.get("requestBody", {}).get("content", {})
            names = [each["name"] for each in asked.get("parameters", [])]
            if "application/json" in inside:
                yield verb, path, value(inside["application/json"]["schema"]), names  # type: ignore[misc]
            else:
                yield verb, path, {}, names


@pytest.mark.parametrize(("what", "known"), [*((each, True) for each in NONSENSE), (next(iter(NONSENSE)), False)])
def test_nonsense_in_every_body_of_the_api_gets_a_sentence_and_writes_nothing(house, what, known) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(house.people.ana)
    schema = client.get("/api/v1/openapi.json").json()
    wrong, tried, before = [], 0, rows_of_everything()
    for verb, path, body, _ in bodies(schema, NONSENSE[what]):
        if "import" in path or "push" in path or path.endswith("/word"):
            continue  # files are sent by the tests of files
        pattern = re.sub(r"{(key|clause|language|interest|mark|uid|token)}", r"<slug:\1>", path)
        page = filled(re.sub(r"{(\w+)}", r"<int:\1>", pattern), house.keys if known else {})
        response = getattr(client, verb)(page, json.dumps(body), content_type="application/json")
        tried += 1
        now = rows_of_everything()
        if response.status_code >= 500:
            wrong.append(f"{verb} {page} answered {response.status_code}")
        elif response.status_code >= 400 and response.status_code != 405:
            if grew := changed(before, now):
                wrong.append(f"{verb} {page} refused with {response.status_code} and wrote {grew}")
            said = response.json()
            if not str(said.get("sentence", "")).strip():
                wrong.append(f"{verb} {page} answered {response.status_code} without a sentence: {str(said)[:120]}")
        before = now
    assert tried > 60
    assert not wrong, "\n".join(wrong)

"""Every address with every role: who gets in is written down in doors.txt, and nobody else does.

After a deliberate change: `HANDRAIL_WRITE_DOORS=1 pytest tests/test_doors.py` writes it anew; then read the difference.
"""

import os
from copy import deepcopy
from dataclasses import fields
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from handrail.people.testing import cast

SHARES = 6  # so that workers walk it side by side
TABLE = Path(__file__).resolve().parent / "doors.txt"
# Keys that exist in no database: a page refuses or is not found, but never breaks.
SAMPLES = {"int": "987654321", "slug": "nothing-here", "str": "nothing-here", "path": "nothing/here", "uuid": "0" * 32}


def addresses() -> list[tuple[str, object]]:
    """Every address of the product with a sample for each of its parts, and its view."""
    found: list[tuple[str, object]] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for each in patterns:
            part = str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, prefix + part)
            else:
                found.append((prefix + part, each.callback))

    walk(get_resolver().url_patterns, "/")
    return found


def filled(address: str) -> str:
    out = address
    while "<" in out:
        start, end = out.index("<"), out.index(">")
        kind = out[start + 1 : end].partition(":")[0] if ":" in out[start:end] else "str"
        out = out[:start] + SAMPLES.get(kind, "nothing-here") + out[end + 1 :]
    return out


def written_table() -> dict[str, str]:
    rows = [line.strip() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {address: who for address, _, who in (row.partition(" ") for row in rows)}


def who_gets_in(address: str, clients: dict[str, Client]) -> str:
    """Who is not turned away, by method: `get=signed-in post=ana,eva`; a dash where the method is not answered."""
    said = []
    for method in ("get",) if address == "/sign-out" else ("get", "post"):
        inside, answered = [], False
        for name, client in clients.items():
            response = getattr(client, method)(filled(address))
            assert response.status_code < 500, f"{method} {address} broke for {name}: {response.status_code}"
            to_sign_in = "/sign-in" in response.headers.get("Location", "") and not address.startswith("/sign-in")
            answered = answered or response.status_code != 405
            if response.status_code not in {401, 403, 405} and not to_sign_in:
                inside.append(name)
        said.append(f"{method}={_named(inside, list(clients)) if answered else '-'}")
    return " ".join(said)


def _named(inside: list[str], everyone: list[str]) -> str:
    if inside == everyone:
        return "everyone"
    return "signed-in" if inside == everyone[1:] else ",".join(inside) or "nobody"


@pytest.fixture
def clients(db) -> dict[str, Client]:
    found = {"stranger": Client(raise_request_exception=False)}
    people = cast()
    for each in fields(people):
        found[each.name] = Client(raise_request_exception=False)
        found[each.name].force_login(getattr(people, each.name))
    return found


@pytest.fixture
def _no_frame(settings) -> None:
    """Pages without the frame around them: who gets in doesn't hang on it, and the walk takes a third of the time."""
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"].remove("handrail.web.context.desk")


@pytest.mark.usefixtures("_no_frame")
@pytest.mark.parametrize("share", range(SHARES))
def test_every_address_opens_to_exactly_those_written_down(clients: dict[str, Client], share: int) -> None:
    expected = written_table()
    wrong = []
    for address, _ in addresses()[share::SHARES]:
        who = who_gets_in(address, clients)
        if expected.get(address) != who:
            wrong.append(f"{address} {who}   (written: {expected.get(address)})")
    assert not wrong, "Who gets in differs from tests/doors.txt:\n" + "\n".join(wrong)


def test_the_table_names_no_address_that_is_gone() -> None:
    gone = set(written_table()) - {address for address, _ in addresses()}
    assert not gone, f"tests/doors.txt names addresses that are gone: {gone}"


def test_every_view_names_its_guard() -> None:
    bare = [address for address, view in addresses() if not hasattr(view, "guard")]
    assert not bare, f"These views name no guard and open to nobody: {bare}"


def test_a_leaver_is_a_stranger(db) -> None:
    people = cast()
    client = Client()
    client.force_login(people.ana)
    assert client.get("/").status_code == 200
    people.ana.is_active = False
    people.ana.save()
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("_no_frame")
def test_the_table_is_written_on_request(clients: dict[str, Client], request: pytest.FixtureRequest) -> None:
    """With HANDRAIL_WRITE_DOORS=1 this writes tests/doors.txt anew; review it line by line."""
    if os.environ.get("HANDRAIL_WRITE_DOORS") != "1":
        pytest.skip("only on request: HANDRAIL_WRITE_DOORS=1")
    head = "# Who gets in where, by role; the cast is in handrail/people/testing.py. Compared by tests/test_doors.py.\n"
    lines = sorted({f"{address} {who_gets_in(address, clients)}" for address, _ in addresses()})
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")

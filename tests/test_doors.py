"""Every address with every role: who gets in is written down in doors.txt, and nobody else does.

After a deliberate change: `python tests/test_doors.py` prints the table to put into tests/doors.txt.
"""

from dataclasses import fields
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from handrail.people.testing import cast

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
    rows = [
        line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {address: who for address, who in rows}


def who_gets_in(address: str, clients: dict[str, Client]) -> str:
    """`everyone`, or the names of the cast who are not turned away, joined by commas."""
    inside = []
    for name, client in clients.items():
        for method in ("get",) if address == "/sign-out" else ("get", "post"):
            response = getattr(client, method)(filled(address))
            assert response.status_code < 500, f"{method} {address} broke for {name}: {response.status_code}"
            turned_away = response.status_code in {401, 403} or (
                response.status_code == 302 and "/sign-in" in response.headers["Location"] and "sign-" not in address
            )
            if method == "get" and not turned_away:
                inside.append(name)
            if method == "post" and turned_away is False and name not in inside and response.status_code != 405:
                inside.append(name)
    return "everyone" if len(inside) == len(clients) else ",".join(inside) or "nobody"


@pytest.fixture
def clients(db) -> dict[str, Client]:
    found = {"stranger": Client(raise_request_exception=False)}
    people = cast()
    for each in fields(people):
        found[each.name] = Client(raise_request_exception=False)
        found[each.name].force_login(getattr(people, each.name))
    return found


def test_every_address_opens_to_exactly_those_written_down(clients: dict[str, Client]) -> None:
    expected = written_table()
    wrong = []
    for address, _ in addresses():
        who = who_gets_in(address, clients)
        if expected.get(address) != who:
            wrong.append(f"{address} {who}   (written: {expected.get(address)})")
    gone = set(expected) - {address for address, _ in addresses()}
    assert not wrong, "Who gets in differs from tests/doors.txt:\n" + "\n".join(wrong)
    assert not gone, f"tests/doors.txt names addresses that are gone: {gone}"


def test_every_view_names_its_guard() -> None:
    bare = [address for address, view in addresses() if not hasattr(view, "guard")]
    assert not bare, f"These views name no guard and open to nobody: {bare}"


def test_a_leaver_is_a_stranger(clients: dict[str, Client], db) -> None:
    people = cast()
    client = Client()
    client.force_login(people.ana)
    assert client.get("/").status_code == 200
    people.ana.is_active = False
    people.ana.save()
    assert client.get("/").status_code == 302

"""The cast, and small files of posts, for the tests of listening."""

import io
import json
from pathlib import Path

import pytest

from handrail.people import testing


@pytest.fixture
def people(db):
    return testing.cast()


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HANDRAIL_HOME = tmp_path


def table(*rows, head="id,date,text,lang"):
    return io.BytesIO("\n".join([head, *rows, ""]).encode())


def frames(*texts, start=0):
    lines = []
    for number, text in enumerate(texts, start):
        record = {"text": text, "createdAt": f"2026-07-04T{number % 24:02}:38:06Z", "langs": ["en"]}
        commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": f"k{number}", "record": record}
        line = {"did": "did:plc:a", "time_us": 1_783_175_888_090_631, "kind": "commit", "commit": commit}
        lines.append(json.dumps(line))
    return io.BytesIO("\n".join(lines).encode())


SHARED = Path(__file__).parents[4] / "shared"

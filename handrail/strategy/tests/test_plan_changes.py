"""What changed between two plans, held against a slow obvious account of the same two records."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.strategy.reads import changed_since

KEYS = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["one", "two", "three"])
GOALS = st.fixed_dictionaries(
    dict.fromkeys(("statement", "theme", "owner", "starts", "ends", "parent"), WORDS)
    | {"status": st.sampled_from(["live", "met", "dropped"])}
)
MEASURES = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("measure", "baseline", "target", "due", "latest"), WORDS)
        | {"fresh": st.booleans(), "met": st.booleans()}
    ),
    max_size=2,
    unique_by=lambda each: each["measure"],
)
PURPOSES = st.fixed_dictionaries(
    dict.fromkeys(("name", "statement", "why", "owner", "review"), WORDS)
    | {"state": st.sampled_from(["approved", "again", "proposed"]), "because": st.just("")}
    | {"cells": st.lists(WORDS, max_size=2), "goals": st.lists(WORDS, max_size=2), "measures": MEASURES}
)
INITIATIVES = st.fixed_dictionaries(
    dict.fromkeys(("name", "purpose", "lead", "channels"), WORDS)
    | {"state": st.sampled_from(["proposed", "approved", "live", "closed"]), "override": st.just("")}
    | {"came_of": st.just(""), "override_missing": st.just([]), "words": st.just({}), "cells": st.just([])}
)
DOMAINS = st.fixed_dictionaries(
    dict.fromkeys(("name", "lead", "impact", "ready"), WORDS) | {"today": st.lists(WORDS, max_size=2)}
)
RECORDS = st.fixed_dictionaries(
    {
        "goals": st.dictionaries(KEYS, GOALS),
        "domains": st.dictionaries(KEYS, DOMAINS),
        "purposes": st.dictionaries(KEYS, PURPOSES),
        "initiatives": st.dictionaries(KEYS, INITIATIVES),
        "empty_on_purpose": st.dictionaries(WORDS, WORDS),
        "missing": st.lists(WORDS, unique=True),
    }
)


def differing(old: dict[str, Any], new: dict[str, Any]) -> int:
    """How many rows differ, counted the slow way: a row added, gone or not the same is one."""
    count = 0
    for kind in ("goals", "domains", "purposes", "initiatives", "empty_on_purpose"):
        for key in {*old[kind], *new[kind]}:
            there = key in old[kind], key in new[kind]
            count += there[0] != there[1] or old[kind][key] != new[kind][key]
    return count + len(set(old["missing"]) ^ set(new["missing"]))


@settings(max_examples=60, deadline=None)
@given(RECORDS, RECORDS)
def test_no_difference_goes_unsaid_and_nothing_is_said_without_one(old: dict[str, Any], new: dict[str, Any]) -> None:
    said = [change for change in changed_since(old, new) if change.label != "Still missing"]
    count = differing(old, new)
    assert bool(said) == bool(count)
    assert len(said) >= count
    assert changed_since(old, copy.deepcopy(old)) == []


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.data())
def test_one_row_that_changes_is_said_about_that_row_alone(record: dict[str, Any], data: st.DataObject) -> None:
    kinds = [kind for kind in ("goals", "domains", "purposes", "initiatives") if record[kind]]
    if not kinds:
        return
    kind = data.draw(st.sampled_from(kinds))
    key = data.draw(st.sampled_from(sorted(record[kind])))
    new = copy.deepcopy(record)
    plain = sorted(name for name, value in record[kind][key].items() if value in ("one", "two", "three"))
    new[kind][key][data.draw(st.sampled_from(plain))] = "another"
    said = [change for change in changed_since(record, new) if change.label != "Still missing"]
    assert len(said) == 1
    title = new[kind][key].get("name") or new[kind][key]["statement"]
    assert title in said[0].said


@pytest.mark.parametrize("kind", ["goals", "domains", "purposes", "initiatives"])
@settings(max_examples=15, deadline=None)
@given(record=RECORDS)
def test_a_row_that_is_gone_is_named(kind: str, record: dict[str, Any]) -> None:
    for key, row in record[kind].items():
        new = copy.deepcopy(record)
        del new[kind][key]
        said = [change.said for change in changed_since(record, new)]
        assert any(row.get("name", row.get("statement")) in words for words in said)

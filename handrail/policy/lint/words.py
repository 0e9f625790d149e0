"""The word lists the rules use, read from words.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def words(name: str) -> frozenset[str]:
    """One list by its name."""
    return frozenset(_lists()[name].split())


def phrases(name: str) -> Mapping[str, str]:
    """One list of phrases, each with what to do about it."""
    found: Mapping[str, str] = _lists()[name]
    return found


@cache
def _lists() -> Mapping[str, Any]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)

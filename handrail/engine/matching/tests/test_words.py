"""The compiled code cuts and names words exactly as the query language does."""

import os
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="numba is not installed")

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.engine.matching.alphabet import alphabet
from handrail.engine.matching.compiling import forget_outdated
from handrail.engine.matching.cutting import cut
from handrail.engine.matching.hashing import EXACT_SEED, PLAIN_SEED, RAW_SEED, hash_letters
from handrail.engine.matching.naming import exact_numbers, plain_numbers, raw_numbers, signs_of
from handrail.engine.query import tokens
from handrail.engine.query.tests.strategies import BARE, texts

TRICKY = "aBsTrelLvdm01'’_#@＠$:/. -é\u0301ßŒẮ東ก\u0e31हि👍🏽🇬\u200d\ufe0f\u00adйﬃ"


@given(st.lists(st.text(alphabet=TRICKY, max_size=30) | texts | st.text(max_size=20), min_size=1, max_size=4))
@settings(max_examples=1_500, deadline=None)
@example(["wendy's we're we'll they've don’T I'm x'sa x're_ x'", "'s_a http://a _b_", "", "👩\u200d👩x\u200d"])
@example([" ".join(BARE), "\ud800a\0b"])
def test_compiled_words_are_the_query_languages_words(seen: list[str]) -> None:
    letters = alphabet()
    points = np.frombuffer(("\0".join(seen) + "\0").encode("utf-32-le", "surrogatepass"), np.uint32)
    bounds = np.cumsum([0, *(len(text) + 1 for text in seen)])
    starts, ends, first = cut(points, bounds, letters.kinds)
    signs = signs_of(points, starts, letters.kinds)
    words = (points, starts, ends, signs, letters.kinds, letters.row)
    numbers = (
        plain_numbers(*words, letters.plain),
        exact_numbers(*words, letters.exact, letters.differs),
        raw_numbers(*words, letters.exact),
    )
    for post, text in enumerate(seen):
        found = range(first[post], first[post + 1])
        wanted = tokens(text)
        assert [(starts[word] - bounds[post], ends[word] - bounds[post]) for word in found] == [
            (token.start, token.end) for token in wanted
        ]
        assert [["", "#", "@"][signs[word]] for word in found] == [token.sigil for token in wanted]
        assert [tuple(int(form[word]) for form in numbers) for word in found] == [
            (
                hash_letters(PLAIN_SEED, token.plain),
                hash_letters(EXACT_SEED, token.exact) if token.exact != token.plain else 0,
                hash_letters(RAW_SEED, token.raw),
            )
            for token in wanted
        ]


def test_compiled_functions_older_than_a_source_are_forgotten(tmp_path: Path) -> None:
    kept, source = tmp_path / "kept", tmp_path / "source"
    for folder in (kept, source):
        folder.mkdir()
    for name, age in (("old.nbi", 10), ("new.nbi", 30)):
        (kept / name).touch()
        os.utime(kept / name, (age, age))
    (source / "letters.py").touch()
    os.utime(source / "letters.py", (20, 20))
    forget_outdated(kept, source)
    assert [index.name for index in kept.iterdir()] == ["new.nbi"]

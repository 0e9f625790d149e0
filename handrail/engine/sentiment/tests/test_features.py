"""The compiled reader and NumPy's find the same features, whatever they are given."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.engine.sentiment import features, language, reading
from handrail.engine.sentiment.clean import clean
from handrail.engine.sentiment.student import NEGATORS

compiled = pytest.importorskip("handrail.engine.sentiment.compiled", reason="numba is not installed")

WORDS = (language.hashes(set(NEGATORS)), *language.votes())
SPOKEN = "not don't GREAT sooooo !!!! :) @ana.example https://x.example/a?b ’t the los #win &amp; ' 1000000 a"
PIECES = [*SPOKEN.split(), "😀", "日本", "¿qué?", "\x00", "\x1e", "\n", "Ünï", "❤️", "\U00010410"]
LIVELY = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
TEXTS = st.lists(st.one_of(st.text(max_size=80), LIVELY, LIVELY.map(lambda text: text.replace(" ", ""))), max_size=6)


def by_numpy(texts, sort):
    strands = features.read(clean(texts), *WORDS)[sort]
    hashes = np.concatenate([strand.hashes.astype(np.uint32) for strand in strands])
    posts = np.concatenate([strand.posts for strand in strands])
    return [np.sort(hashes[posts == post]).tolist() for post in range(len(texts))]


@settings(deadline=None, max_examples=150)
@given(TEXTS)
@example(["", "", "a'b''c 'd' aaa'''", "NOT ok, not. ok"])
@example(["\ud800 lone \udfff surrogates"])
def test_both_readers_find_the_same_features(texts):
    hashes, begins = compiled.rows(np.frombuffer(clean(texts), np.uint8), WORDS, len(texts)) if texts else ([], [0])
    for sort in (0, 1):
        expected = by_numpy(texts, sort) if texts else []
        for post in range(len(texts)):
            found = np.sort(hashes[begins[2 * post + sort] : begins[2 * post + sort + 1]]).tolist()
            assert found == expected[post]


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_both_readers_sum_and_tally_alike(texts):
    table = np.random.default_rng(1).integers(-127, 128, (1 << 12, 4)).astype(np.int8)
    fast = [bags for _, bags in reading.read(texts, table, compiled=True)]
    slow = [bags for _, bags in reading.read(texts, table, compiled=False)]
    for one, other in zip(fast, slow, strict=True):
        for left, right in zip(one, other, strict=True):
            assert (left == right).all()


def test_a_post_is_read_alike_wherever_it_stands():
    texts = ["not good at all", "", "SO good!!", "日本語"]
    alone = [by_numpy([text], sort)[0] for text in texts for sort in (0, 1)]
    together = [by_numpy(texts, sort)[post] for post in range(len(texts)) for sort in (0, 1)]
    assert alone == together


def test_names_and_addresses_are_read_as_names_and_addresses():
    assert clean(["@ana.example see https://a.example/x?y=1"]) == clean(["@ben see http://b.example"])


def test_character_references_are_read_as_what_they_stand_for():
    assert clean(["salt &amp; pepper"]) == clean(["salt & pepper"])


def test_a_break_inside_a_text_does_not_make_two_posts():
    assert clean(["one\x1etwo", "three"]).count(b"\x1e") == 3
    assert clean(["one&#30;two &#x1e;", "three"]).count(b"\x1e") == 3


def test_case_and_stretching_are_features_of_their_own():
    quiet, loud, stretched = (set(by_numpy([text], 0)[0]) for text in ("good", "GOOD", "gooood"))
    assert quiet < loud
    assert quiet != stretched
    assert set(by_numpy(["goood"], 0)[0]) == set(by_numpy(["gooooooood"], 0)[0])


def test_words_after_a_negation_are_read_as_negated_up_to_a_mark():
    def negated(text):
        plain = set(by_numpy([text.replace("not", "now")], 0)[0])
        return len(by_numpy([text], 0)[0]) - len(plain)

    assert negated("not one two three four") == 3
    assert negated("not one, two three four") == 1

"""What `score` says of posts: easy ones rightly, doubtful ones not at all, hostile ones without falling over."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.sentiment import accuracy, score
from handrail.engine.sentiment.student import MEASURED, MODEL, shipped

EASY = [
    ("I love this hotel, the staff were wonderful!", "positive"),
    ("Thank you so much, great service as always :)", "positive"),
    ("Best weekend ever, can't wait to come back", "positive"),
    ("The room was filthy and nobody answered. Never again.", "negative"),
    ("Worst customer service I have ever had, absolutely terrible", "negative"),
    ("My flight was cancelled and I lost my bag, so angry", "negative"),
    ("The meeting starts on Tuesday at 10 in the main hall", "neutral"),
    ("New opening hours from Monday: 9 am to 5 pm http://example.org", "neutral"),
]


def label(text, *langs):
    return score([text], [langs] if langs else None)[0].label


@pytest.mark.parametrize(("text", "expected"), EASY)
def test_easy_posts_are_scored_rightly(text, expected):
    assert label(text) == expected


def test_a_negation_turns_praise():
    good, bad = score(["The food was good", "The food was not good"])
    assert bad.p[0] > good.p[0] + 0.2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no words"),
        ("   \n ", "no words"),
        ("😀😀 ❤️", "no words"),
        ("https://example.org @ana 123 !!!", "no words"),
        ("このホテルは最高でした", "language"),
        ("Отличный отель, спасибо", "language"),
        ("فندق رائع جدا", "language"),
        ("호텔이 정말 좋았어요 love", "language"),
        ("Das Zimmer war nicht sauber und wir haben keine Antwort bekommen", "language"),
        ("La habitación estaba sucia y nadie nos atendió, pero muy cara", "language"),
        ("Les chambres sont très sales et nous ne reviendrons jamais avec vous", "language"),
        ("O quarto estava sujo, não recomendo para você", "language"),
    ],
)
def test_it_abstains_where_it_knows_nothing(text, why):
    sentiment = score([text])[0]
    assert (sentiment.label, sentiment.why) == ("abstain", why)
    assert sentiment.p == (1 / 3, 1 / 3, 1 / 3)


def test_a_declared_language_decides_before_the_guess():
    assert label("I love this hotel, the staff were wonderful!", "de") == "abstain"
    assert label("I love this hotel, the staff were wonderful!", "en-GB") == "positive"
    assert label("I love this hotel, the staff were wonderful!", "de", "en") == "positive"
    assert label("I love this hotel, the staff were wonderful!", "und") == "positive"


def test_a_script_it_cannot_read_overrides_a_declared_language():
    assert score(["このホテルは最高でした"], [("en",)])[0].why == "language"


def test_an_unsure_post_is_abstained_from_and_still_says_its_probabilities():
    unsure = [
        said for said in score([text + " " + more for text, _ in EASY for more, _ in EASY]) if said.why == "unsure"
    ]
    assert unsure
    assert all(max(said.p) < shipped().threshold and said.label == "abstain" for said in unsure)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_probabilities_sum_to_one_and_every_text_has_an_answer(texts):
    said = score(texts)
    assert len(said) == len(texts)
    for sentiment in said:
        assert abs(sum(sentiment.p) - 1) < 1e-9
        assert all(0 <= p <= 1 for p in sentiment.p)
        if sentiment.label != "abstain":
            assert ("negative", "neutral", "positive").index(sentiment.label) == max(
                range(3), key=sentiment.p.__getitem__
            )


def test_the_same_post_gets_the_same_answer_in_any_batch_and_by_either_reader():
    texts = [text for text, _ in EASY] * 90
    once = score(texts[:8], compiled=False)
    assert score(texts, compiled=False) == once * 90
    pytest.importorskip("numba")
    assert score(texts, compiled=True) == once * 90


@pytest.mark.parametrize(
    "text",
    ["good " * 200_000, "a" * 1_000_000, "\x00" * 1_000_000, "@" * 100_000, "&#x1e;" * 50_000, "http" * 100_000,
     "\ud800\udfff" * 1_000, "'" * 50_000, "\x1e" * 1_000, "&" * 100_000, "😀" * 100_000, "www.." * 10_000,
     "@a." * 50_000, "not " * 100_000],
    ids=lambda text: ascii(text[:6]),
)  # fmt: skip
@pytest.mark.parametrize("compiled", [False, True])
def test_hostile_texts_are_answered_at_once(text, compiled):
    score(["warm"], compiled=compiled)
    started = time.monotonic()
    said = score(["I love this wonderful hotel", text, "Worst service ever, awful"], compiled=compiled)
    assert time.monotonic() - started < 2
    assert [said[0].label, said[2].label] == ["positive", "negative"]


def test_no_texts_give_no_answers():
    assert score([]) == []


def test_languages_for_the_wrong_number_of_texts_are_refused():
    with pytest.raises(ValueError, match="2 texts came with languages for 1"):
        score(["one", "two"], [("en",)])


def test_the_shipped_file_is_small_and_holds_no_text():
    assert MODEL.stat().st_size <= 6_000_000
    student = shipped()
    assert student.table.dtype == "int8"
    assert 1 / 3 < student.threshold < 1


def test_the_stated_accuracy_is_complete():
    measured = accuracy()
    low, high = measured["macro_recall_interval"]
    assert low < measured["macro_recall"] < high
    assert measured["calibration_error"] <= 0.05
    assert measured["accuracy_by_coverage"]["80%"] - measured["accuracy_by_coverage"]["100%"] >= 0.05
    assert measured["n"] > 500
    assert measured["threshold"] == shipped().threshold
    assert MEASURED.stat().st_size < 5_000


def test_importing_it_loads_neither_numba_nor_the_model():
    line = (
        "import sys, handrail.engine.sentiment as s; from handrail.engine.sentiment.student import shipped;"
        "assert 'numba' not in sys.modules and shipped.cache_info().currsize == 0"
    )
    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0


def test_it_works_where_numba_is_missing():
    line = (
        "import sys; sys.modules['numba'] = None; from handrail.engine.sentiment import score;"
        "assert score(['I love this wonderful hotel'] * 6000)[5999].label == 'positive'"
    )
    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0

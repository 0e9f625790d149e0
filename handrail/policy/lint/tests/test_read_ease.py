"""Are syllables, sentences and school grades counted as a careful reader would?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.policy.lint.readability import measure
from handrail.policy.lint.sentences import split_sentences, words_of
from handrail.policy.lint.syllables import syllables

SYLLABLES = {
    "cat": 1, "make": 1, "makes": 1, "wanted": 2, "asked": 1, "table": 2, "people": 2, "employee": 3, "business": 2,
    "media": 3, "policy": 3, "confidential": 4, "information": 4, "social": 2, "being": 2, "create": 2, "area": 3,
    "rhythm": 1, "agreed": 2, "boxes": 2, "pages": 2, "responsible": 4, "organisation": 5, "video": 3, "hour": 1,
    "communication": 5, "disclosure": 3, "harassment": 3, "the": 1, "privacy": 3, "reputation": 4, "colleague’s": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ask first. Then post.", 2),
        ("Ask Dr. Lind first. Then post.", 2),
        ("Use plain words, e.g. ask or tell. Then post.", 2),
        ("It costs 3.50 a day. Pay at no. 5 there.", 2),
        ("Is it public? Ask! Then post.", 3),
        ("We follow art. 6 and Sec. 3 of the act.", 1),
        ("1. Ask first. 2. Then post.", 2),
        ("She said “Ask first.” Then she left.", 2),
        ("J. Smith wrote it. Then he left.", 2),
        ("Bring pens, paper, etc. Then begin.", 2),
        ("no capitals here. none there either", 1),
        ("", 0),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_a_web_address_counts_as_one_word() -> None:
    assert len(words_of("See https://a.example/one/two-three?four=5 first")) == 3


def test_the_grade_follows_the_formula() -> None:
    measured = measure("The cat sat on the mat. The dog ran to the park.")
    assert (measured.words, measured.sentences, measured.syllables) == (12, 2, 12)
    assert measured.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert not measured.enough


def test_office_prose_reads_harder_than_plain_prose() -> None:
    plain = measure("Tell us at once when you lose your phone. We will help you.")
    office = measure("Notification of misplaced communication equipment necessitates immediate acknowledgement.")
    assert plain.grade < 4 < 15 < office.grade


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_word_is_lost_by_cutting_a_text_into_sentences(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_word_has_at_least_one_syllable(word: str) -> None:
    assert syllables(word) >= 1

"""Words of a text: one place for each decision about spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.query import evaluate, parse, tokens
from handrail.engine.query.tests.strategies import wild_texts
from handrail.engine.query.tokens import ascii_words


def plain(text: str) -> list[str]:
    return [token.sigil + token.plain for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wendy's wendy’s WENDYS", ["wendys"] * 3),
        ("l'hôtel O'Brien don't", ["l", "hotel", "o", "brien", "dont"]),
        ("wouldn't've 'quoted' 'tis", ["wouldntve", "quoted", "tis"]),
        ("#Hand_rail @alice.example a@b.example C#", ["#hand_rail", "@alice", "example", "a", "b", "example", "c"]),
        ("_em_ snake_case __x", ["em", "snake_case", "x"]),
        ("see https://www.example.com/a-b?x=1", ["see", "www", "example", "com", "a", "b", "x", "1"]),
        ("$5 £3.50 ©", ["$", "5", "£", "3", "50", "©"]),
        ("👍🏽👩‍💻🇬🇧🇫🇷❤️", ["👍", "👩\u200d💻", "🇬🇧", "🇫🇷", "❤"]),
        ("東京タワー 삼성은", list("東京タワー삼성은")),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Straße ﬁne Ｒoom Øre й мой ё", ["strasse", "fine", "room", "ore", "й", "мой", "е"]),
        ("co\u00adop \u200b x\u200cy", ["coop", "xy"]),
        ("", []),
        ("!?… --- \u0301", []),
    ],
)
def test_a_text_has_these_words(text: str, words: list[str]) -> None:
    assert plain(text) == words


def test_a_composed_and_a_decomposed_accent_are_the_same_word() -> None:
    composed, decomposed = tokens("café cafe\u0301")
    assert composed[2:4] == decomposed[2:4]
    assert composed.exact != composed.plain


@given(wild_texts | st.text())
@settings(max_examples=300, deadline=None)
def test_words_stand_in_order_apart_and_are_never_empty(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert token.plain
        last = token.end


@given(wild_texts)
@settings(max_examples=300, deadline=None)
def test_every_word_of_a_text_finds_that_text(text: str) -> None:
    for token in tokens(text):
        quoted = text[token.start : token.end].replace("*", " ").replace("?", " ")
        if '"' not in quoted:
            assert evaluate(parse(f'"{quoted}"'), text), quoted


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    tokens("a" * 300_000 + "://" + "'" * 50_000 + "_" * 50_000 + "👍\u200d" * 30_000)


@given(st.text(alphabet="aBsTrelLvdm019'_#@$:/. \n-", max_size=40))
@settings(max_examples=1000, deadline=None)
def test_the_quick_way_through_ascii_finds_the_same_words(text: str) -> None:
    assert ascii_words(text) == [token.sigil + token.plain for token in tokens(text)]

"""Deciding whether a post matches: each part of the language by example, and laws that must hold for all."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from handrail.engine.post import Post
from handrail.engine.query import QueryError, evaluate, leaves, parse, part_holds, spans, tokens
from handrail.engine.query.tests.strategies import posts, query_texts, texts


@pytest.mark.parametrize(
    ("query", "matching", "others"),
    [
        ("hotel", ["A HOTEL!", "#hotel", "@hotel", "l'hôtel"], ["hotels", ""]),
        ("#hotel", ["my #Hotel"], ["hotel", "@hotel", "a#hotel"]),
        ("wendy's", ["Wendys", "WENDY’S"], ["wendy", "wendy s"]),
        ("café", ["CAFÉ", "cafe\u0301"], ["cafe"]),
        ("cafe", ["café", "Cafe"], ["cafes"]),
        ("{BT}", ["BT is"], ["bt", "Bt"]),
        ("{Café}", ["Café"], ["café", "Cafe"]),
        ("e-mail", ["e-mail", "E mail"], ["email", "mail e"]),
        ('"a b c"', ["x a b c"], ["a b", "a b x c"]),
        ('"a b"~1', ["a b", "b a", "b x a"], ["a x y b", "a"]),
        ('"a a"~1', ["a x a"], ["a", "a x y a"]),
        ("a NEAR/1 b", ["a b", "b x a", "a x b"], ["a x y b", "a"]),
        ("a NEAR/0f b", ["a b"], ["b a", "a x b"]),
        ("a NEAR/1f b", ["a x b"], ["b x a"]),
        ("a NEAR/3 a", ["a a"], ["a"]),
        ('"a b" NEAR/1 (c OR "d e")', ["a b x c", "d e a b"], ["a b x y c", "a x b c"]),
        ("a AND NOT (b OR c)", ["a"], ["a b", "a c", ""]),
        ("hot*", ["hot", "hotels", "#hoT"], ["shot", "ho"]),
        ("caf?", ["cafe", "café"], ["caf", "cafes"]),
        ("c?f*s", ["cafés"], ["cafe"]),
        ("東京", ["東京都", "in 東京"], ["東 大京", "京東"]),
        ("👍", ["ok👍🏽", "👍"], ["👎"]),
        ("👍🏽", ["👍🏽"], ["👍", "👍🏿"]),
        ("£5", ["for £5!"], ["5", "£ 6 5"]),
        ("example.com", ["https://www.example.com/x"], ["example of com"]),
        ("https", [], ["https://x.example"]),
        ("мои", ["мои"], ["мой"]),
    ],
)
def test_a_query_finds_these_and_not_those(query: str, matching: list[str], others: list[str]) -> None:
    read = parse(query)
    assert [text for text in matching + others if evaluate(read, text)] == matching


POST = Post(
    uri="at://1",
    text="Look at www.menu.example",
    posted_at=datetime(2026, 1, 1, tzinfo=UTC),
    author="Bob.example",
    langs=("pt-BR",),
    platform="bluesky",
    url="https://www.a.news.example/1",
)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("lang:pt", True),
        ("lang:pt-br", True),
        ("lang:pt-pt", False),
        ("lang:en,pt", True),
        ("from:@bob.example", True),
        ("from:bob", False),
        ("site:news.example", True),
        ("site:www.a.news.example", True),
        ("site:s.example", False),
        ("platform:Bluesky", True),
        ("has:links", True),
        ("look AND NOT lang:pt", False),
    ],
)
def test_a_field_asks_about_the_post(query: str, holds: bool) -> None:
    assert evaluate(parse(query), POST) is holds


def test_what_matched_is_marked_and_what_excludes_is_not() -> None:
    text = "My flight lost all my bags, free Planes"
    marked = spans(parse("(flight OR plane*) AND (bag* NEAR/2 lost) AND NOT freed"), text)
    assert [text[start:end] for start, end in marked] == ["flight", "lost", "bags", "Planes"]


def test_marks_that_touch_are_one() -> None:
    assert spans(parse('"a b" OR "b c"'), "a b c") == [(0, 5)]


@given(query_texts, posts)
@settings(max_examples=400, deadline=None)
def test_the_parts_decide_the_whole(text: str, post: Post) -> None:
    """AND, OR and NOT are those of logic, whatever the leaves say."""
    try:
        query = parse(text)
    except QueryError:
        return
    for part in leaves(query):
        part_holds(part, post)
    matches = evaluate(query, post)
    assert evaluate(parse(f"({text}) OR ({text})"), post) is matches
    assert evaluate(parse(f"({text}) AND NOT zzzz"), post) is matches
    assert not evaluate(parse(f"({text}) AND NOT ({text})"), post)


@given(query_texts, texts)
@settings(max_examples=200, deadline=None)
def test_marks_lie_on_words(query: str, text: str) -> None:
    try:
        marked = spans(parse(query), text)
    except QueryError:
        return
    starts, ends = {token.start for token in tokens(text)}, {token.end for token in tokens(text)}
    assert all(start in starts and end in ends for start, end in marked)


def test_wildcards_take_linear_time() -> None:
    began = time.perf_counter()
    assert not evaluate(parse("a*a*a*a*a*a*a*a*a*b"), "a" * 20_000)
    assert time.perf_counter() - began < 1

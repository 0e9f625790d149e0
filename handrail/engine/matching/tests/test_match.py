"""The matcher in both its ways against the slow evaluator: neither loses a match nor invents one."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.engine.matching import Matcher, can_compile, word_shares
from handrail.engine.matching.matcher import Way
from handrail.engine.post import Post
from handrail.engine.query import Query, QueryError, evaluate, parse, read
from handrail.engine.query.tests.strategies import posts, query_texts

WAYS = [
    "pure",
    pytest.param("compiled", marks=pytest.mark.skipif(not can_compile(), reason="numba is not installed")),
]


def post(text: str, **more: object) -> Post:
    return Post(uri="at://1", text=text, posted_at=datetime(2026, 1, 1, tzinfo=UTC), **more)


def readable(texts: list[str]) -> dict[int, Query]:
    found = {}
    for number, text in enumerate(texts):
        try:
            found[number * 3] = parse(text)
        except QueryError:
            continue
    return found


def oracle(queries: dict[int, Query], seen: list[Post]) -> list[list[int]]:
    readings = [read(one) for one in seen]
    return [[number for number, query in queries.items() if evaluate(query, reading)] for reading in readings]


@pytest.mark.parametrize("way", WAYS)
@given(st.lists(query_texts, min_size=1, max_size=8), st.lists(posts, min_size=1, max_size=8), st.booleans())
@settings(max_examples=250, deadline=None)
@example(["hot*"], [Post(uri="", text="Hôtel", posted_at=datetime(2026, 1, 1, tzinfo=UTC))], False)
def test_every_post_matches_what_the_slow_evaluator_says(
    way: Way, texts: list[str], seen: list[Post], counted: bool
) -> None:
    queries = readable(texts)
    matcher = Matcher(queries, shares=word_shares(seen) if counted else None, way=way)
    assert matcher.match_many(seen) == oracle(queries, seen)


@pytest.mark.parametrize("way", WAYS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_edit_holds_from_the_next_post_on(way: Way, data: st.DataObject) -> None:
    queries = readable(data.draw(st.lists(query_texts, max_size=4)))
    seen = data.draw(st.lists(posts, min_size=1, max_size=4))
    matcher = Matcher(queries, way=way)
    for _ in range(data.draw(st.integers(1, 5))):
        number = data.draw(st.integers(0, 6))
        added = readable([data.draw(query_texts)])
        if added and data.draw(st.booleans()):
            matcher.add(number, added[0])
            queries[number] = added[0]
        else:
            matcher.remove(number)
            queries.pop(number, None)
        assert matcher.match_many(seen) == oracle(dict(sorted(queries.items())), seen)
        assert len(matcher) == len(queries)


@pytest.mark.parametrize("way", WAYS)
def test_many_edits_are_merged_and_none_is_lost(way: Way) -> None:
    matcher = Matcher({0: parse("hotel")}, way=way)
    for number in range(1, 700):
        matcher.add(number, parse(f"word{number} OR hotel"))
        if number % 100 == 0:
            assert matcher.match(post("the hotel")) == list(range(number + 1))
    for number in range(0, 700, 2):
        matcher.remove(number)
    assert matcher.match(post("hotel")) == list(range(1, 700, 2))
    assert matcher.match(post("word13")) == [13]


@pytest.mark.parametrize("way", WAYS)
def test_a_matcher_without_queries_matches_nothing(way: Way) -> None:
    assert Matcher(way=way).match_many([post("hotel"), post("")]) == [[], []]
    assert Matcher({1: parse("hotel")}, way=way).match_many([]) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_hostile_post_costs_no_more_than_its_length(way: Way) -> None:
    matcher = Matcher({1: parse('"a a"~3 AND a NEAR/5 b AND a*a*a*a*a*b'), 2: parse("hotel")}, way=way)
    matcher.match(post("warm up"))
    began = time.perf_counter()
    long = "a " * 5_000 + "a" * 20_000 + "'" * 5_000 + "_" * 5_000 + "\ud800\0é\u0301 hotel"
    assert matcher.match_many([post(long), post("hotel")]) == [[2], [2]]
    assert time.perf_counter() - began < 3


def test_a_handful_of_posts_never_loads_numba() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\n"
            "from datetime import datetime, UTC\n"
            "from handrail.engine.matching import Matcher\n"
            "from handrail.engine.post import Post\n"
            "from handrail.engine.query import parse\n"
            "post = Post(uri='1', text='the hotel', posted_at=datetime.now(UTC))\n"
            "print(Matcher({7: parse('hotel')}).match_many([post] * 100)[0], 'numba' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["[7]", "False"]


def test_a_numba_that_does_not_load_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("handrail.engine.matching.matcher.import_module", broken)
    assert Matcher({7: parse("hotel")}, way="compiled").match_many([post("the hotel")] * 3) == [[7]] * 3


def test_shares_count_posts_and_not_words() -> None:
    shares = word_shares([post("hotel hotel #spa", langs=("de",)), post("Hôtel")])
    assert shares["hotel"] == 1.0
    assert shares["spa"] == shares["#spa"] == shares["lang:de"] == 0.5


WORDS = [f"w{number}" for number in range(40)]


def drawn(random: Random) -> str:
    """A query of every kind of part, over few words."""
    one, two, three, four = random.choices(WORDS, k=4)
    near = random.randint(0, 6)
    return random.choice(
        [
            f"{one} AND {two}",
            f"({one} OR {two}) AND NOT {three}",
            f'"{one} {two}" OR ({three} AND {four})',
            f"{one} NEAR/{near} {two} AND NOT {three}",
            f'({one} OR "{two} {three}") NEAR/{near}f ({four} OR {two})',
            f'"{one} {two} {three}"~{near} AND NOT "{one} {four}"',
            f"w1* AND NOT ({one} NEAR/{near} {two})",
            f"{one} AND (w?1 OR {{{two.upper()}}})",
        ]
    )


@pytest.mark.parametrize("way", WAYS)
def test_many_queries_side_by_side_do_not_mix(way: Way) -> None:
    random = Random(5)
    queries = {number: parse(drawn(random)) for number in range(400)}
    seen = [
        post(
            " ".join(
                word.upper() if random.random() < 0.1 else word
                for word in random.choices(WORDS, k=random.randint(0, 12))
            )
        )
        for _ in range(250)
    ]
    matched = Matcher(queries, way=way).match_many(seen)
    assert sum(map(len, matched)) > 2_000
    assert matched == oracle(queries, seen)

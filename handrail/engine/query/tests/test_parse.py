"""Reading queries: what they mean, what is refused and where, what is warned about."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.query import REFUSALS, WARNINGS, QueryError, as_text, explain, leaves, parse
from handrail.engine.query.tests.strategies import query_texts

REFUSED = [
    ("", "E001", 0),
    (" <<< nothing >>> ", "E001", 0),
    ("a " * 10_001, "E002", 20_000),
    ("(" * 51 + "a" + ")" * 51, "E003", 50),
    ("a AND " + "NOT " * 51 + "b", "E003", 206),
    ("ab " * 2_001, "E004", 6_000),
    ("(a OR b", "E005", 0),
    ("a AND (", "E005", 6),
    ("a OR b)", "E006", 6),
    (")", "E006", 0),
    ('late "check in', "E007", 5),
    ("AND hotel", "E008", 0),
    ("(OR hotel)", "E008", 1),
    ("NEAR/3 hotel", "E008", 0),
    ("hotel AND", "E009", 6),
    ("hotel AND OR room", "E009", 6),
    ("hotel NOT", "E009", 6),
    ("hotel AND ()", "E010", 10),
    ('"..."', "E011", 0),
    ("room AND *tel", "E012", 9),
    ("how ?", "E012", 4),
    ("h*", "E013", 0),
    ("東京*", "E014", 2),
    ("{BT", "E015", 0),
    ("{ }", "E016", 0),
    ("{B*}", "E017", 2),
    ("a NEAR b", "E018", 2),
    ("a NEAR/51 b", "E018", 2),
    ("a NEAR/3x b", "E018", 2),
    ("a NEAR/3 (b AND c)", "E019", 9),
    ("a NEAR/3 b NEAR/3 c", "E019", 0),
    ("a NEAR/3 lang:en", "E019", 9),
    ('a NEAR/3 "b c"~2', "E019", 9),
    ('"a b"~', "E020", 5),
    ('"a b"~51', "E020", 5),
    ('"a b"~²', "E020", 5),
    ("title:hotel", "E021", 0),
    ("lang: en", "E022", 0),
    ("site:,", "E022", 0),
    ("has:video", "E023", 0),
    ("lang:english", "E023", 0),
    ("site:example", "E023", 0),
    ("NOT hotel", "E024", 0),
    ("hotel OR NOT room", "E024", 0),
    ("NOT lang:en NOT room", "E024", 0),
    ("hotel <<< why", "E025", 6),
    ("hotel }", "E026", 6),
    ("hotel ~3", "E027", 6),
]


@pytest.mark.parametrize(("text", "code", "position"), REFUSED)
def test_a_bad_query_is_refused_with_code_and_place(text: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert (refused.value.code, refused.value.position) == (code, position)
    assert position <= refused.value.end <= len(text)
    assert code in ("E015", "E016", "E026") or "{" not in refused.value.message


def test_every_refusal_has_a_test() -> None:
    assert {code for _, code, _ in REFUSED} == set(REFUSALS)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("hotel room", "W001", 6),
        ("hotel AND room OR spa", "W002", 0),
        ("hotel NEAR/11 room", "W003", 6),
        ("x AND hotel", "W004", 0),
        ("hotel or room", "W005", 6),
        ("hotel AND ro*", "W006", 10),
        ("hotel AND -room", "W007", 10),
        ("hotel & spa", "W008", 6),
        ("hotel OR spa OR Hotel", "W009", 16),
    ],
)
def test_a_doubtful_query_is_warned_about_once(text: str, code: str, position: int) -> None:
    warned = [(one.code, one.position) for one in parse(text).warnings if one.code == code]
    assert warned == [(code, position)]
    assert code in WARNINGS


def test_a_query_without_doubt_has_no_warning() -> None:
    assert parse('(hotel OR "late check-in"~3) AND NOT (spa OR lang:de) AND room NEAR/5f service').warnings == ()


def test_the_rewrite_offered_for_mixing_means_the_same() -> None:
    mixed = parse("hotel OR spa AND room")
    rewrite = mixed.warnings[0].message.split(": ", 1)[1]
    assert rewrite == "(spa AND room)"
    assert parse(f"hotel OR {rewrite}") == mixed
    assert parse(f"hotel OR {rewrite}").warnings == ()


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a OR b AND NOT c", "a OR (b AND NOT c)"),
        ("NOT a AND b", "NOT a AND b"),
        ("NOT NOT a", "a"),
        ("a AND (b AND (c AND d))", "a AND b AND c AND d"),
        ("NOT a NEAR/3 b AND c", "NOT (a NEAR/3 b) AND c"),
        ("e-mail", '"e mail"'),
        ("“smart quotes”", '"smart quotes"'),
        ("東京タワー", '"東京タワー"'),
        ("CAFÉ OR Cafe", "café OR cafe"),
        ("{BT Group}", "{BT Group}"),
        ("author:@Bob language:PT-br,de site:https://www.x.example/y", "from:bob AND lang:pt-br,de AND site:x.example"),
        ("a <<< the old name >>> OR b", "a OR b"),
        ('from:"some one",bob', 'from:"some one",bob'),
        ("https://example.com/menu", '"example com menu"'),
        ('"a b"~0', '"a b"~0'),
        ('"a"~3', "a"),
    ],
)
def test_one_meaning_is_written_one_way(text: str, canonical: str) -> None:
    query = parse(text)
    assert as_text(query) == canonical
    assert parse(canonical) == query


@given(query_texts)
@settings(max_examples=500, deadline=None)
def test_what_is_written_down_reads_back_the_same(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(as_text(query)) == query
    assert not any(one.code in ("W001", "W002") for one in parse(as_text(query)).warnings)
    assert explain(query)


SIGNS = [
    "AND",
    "OR",
    "NOT",
    "NEAR/3",
    "NEAR/",
    "(",
    ")",
    '"',
    "~3",
    "{",
    "}",
    "lang:",
    "has:",
    "a",
    "*",
    "<<<",
    ">>>",
    " ",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join) | st.text(max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused_inside_its_length(text: str) -> None:
    refused = None
    try:
        query = parse(text)
    except QueryError as error:
        refused = error
    if refused is None:
        assert parse(as_text(query)) == query
    else:
        assert 0 <= refused.position <= refused.end <= len(text)
        assert refused.code in REFUSALS


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "NOT " * 5_000,
        '"' * 19_999,
        "a " * 10_000,
        "a OR " * 4_000,
        "{" * 20_000,
        "(a " * 6_000,
        "x" * 1_000_000,
    ],
)
def test_a_hostile_query_is_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(QueryError):
        parse(text)
    assert time.perf_counter() - began < 1


def test_fifty_levels_are_read() -> None:
    assert as_text(parse("(a OR (b AND " * 25 + "c" + "))" * 25)).startswith("a OR (b AND (a OR")


def test_every_sentence_says_how_to_mend() -> None:
    for code, sentence in REFUSALS.items():
        assert sentence.count(".") >= 1, code
        assert re.search(r"Write|write|Add|Remove|remove|Split|Put|put|Take|Quote|needs|least", sentence), code


def test_the_parts_of_a_query_know_their_lines() -> None:
    query = parse('hotel OR spa\nAND NOT ("bad room"\n  OR lang:de)')
    assert [(part.line, part.negated) for part in leaves(query)] == [(1, False), (1, False), (2, True), (3, True)]
    assert [query.text[part.start : part.end] for part in leaves(query)] == ["hotel", "spa", '"bad room"', "lang:de"]


def test_an_explanation_is_a_tree_in_words() -> None:
    assert explain(parse('hotel AND (room NEAR/1f "my bill") AND NOT lang:de')).splitlines() == [
        "all of these:",
        "  the word “hotel”",
        "  with at most 1 word between them, first the left, then the right:",
        "    the word “room”",
        "    the phrase “my bill”",
        "  but not:",
        "    in the language de",
    ]

"""The sentence at the top of Home: its count is right and its joins are grammatical, whatever the seven say."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.evidence import Answer, Figure
from handrail.kernel.words import SMALL
from handrail.web.headline import (
    NAMED,
    ROOM,
    ROOM_BESIDE_SILENCE,
    fitting,
    headline,
    joined,
    overall,
    overall_words,
    subjects,
)
from handrail.web.questions import QUESTIONS, unanswered

GISTS = ("vetting closes on Friday", "two of the goals ran out", "nobody answers for a policy yet", "it needs a look.")


def answer(number: int, state: str = "answered", score: int = 3, gist: str = "vetting closes on Friday") -> Answer:
    return Answer(number, state, score, (), Figure(0, 0, ""), None, "", gist)


states = st.sampled_from(["open", "in_progress", "answered", "again"])
sevens = st.lists(st.tuples(states, st.sampled_from(GISTS), st.booleans()), min_size=7, max_size=7)


def said(seven: list[tuple[str, str, bool]]) -> tuple[str, list[Answer], frozenset[int]]:
    answers, silent = [], set()
    for number, (state, gist, mute) in enumerate(seven, start=1):
        if mute:
            silent.add(number)
            answers.append(unanswered(number))
        else:
            answers.append(answer(number, state, gist=gist))
    return headline(answers, frozenset(silent)), answers, frozenset(silent)


@given(sevens)
@settings(deadline=None, max_examples=300)
def test_the_count_is_the_number_of_answered_questions(seven) -> None:
    words, answers, _ = said(seven)
    holding = sum(each.state == "answered" for each in answers)
    first = words.split(".")[0]
    if holding == 0:
        assert first == "None of the seven questions holds yet"
    elif holding == 7:
        assert first == "All seven questions hold"
    else:
        assert first.lower().startswith(SMALL[holding] + " of the seven questions hold")
        assert first.endswith("holds") == (holding == 1)


@given(sevens)
@settings(deadline=None, max_examples=300)
def test_joins_are_never_ungrammatical(seven) -> None:
    words, answers, _ = said(seven)
    assert words.endswith(".")
    assert not re.search(r"\s,|,,|\.\.|\s\.|\s\s|, and,|and and|, and$|;\.", words)
    assert all(sentence[0].isupper() for sentence in re.split(r"(?<=\.) ", words))
    unsettled = [each for each in answers if each.state != "answered"]
    assert (words.count(". ") == 1) == bool(unsettled)
    if unsettled:
        rest = words.split(". ", 1)[1]
        assert rest.count(", and ") <= 1
        assert len(rest) < 190


@given(sevens)
@settings(deadline=None, max_examples=200)
def test_every_unsettled_question_is_counted_somewhere(seven) -> None:
    words, answers, silent = said(seven)
    for number in silent if 0 < len(silent) <= NAMED else ():
        assert QUESTIONS[number - 1].subject in words.lower()
    spoken = [each for each in answers if each.state != "answered" and each.question not in silent]
    rest = len(spoken) - len(fitting(spoken, ROOM_BESIDE_SILENCE if silent else ROOM))
    assert ("unsettled" in words) == bool(rest)
    if rest:
        assert f"{SMALL[rest]} more {'is' if rest == 1 else 'are'} unsettled" in words.lower()
    if len(silent) > NAMED:
        assert f"{SMALL[len(silent)]} have no answer yet" in words.lower()


def test_verbs_agree_with_one_and_with_many() -> None:
    assert subjects([6]) == "coaching has"
    assert subjects([4, 6]) == "informing and coaching have"
    assert subjects([4, 5, 6]) == "informing, stewardship and coaching have"


def test_what_fell_is_said_before_what_is_under_way() -> None:
    seven = [answer(n) for n in range(1, 8)]
    seven[0] = answer(1, "in_progress", gist="strategy has no purposes yet")
    seven[3] = answer(4, "again", gist="informing needs another look")
    words = headline(seven, frozenset())
    assert words == (
        "Five of the seven questions hold. Informing needs another look, and strategy has no purposes yet."
    )


def test_two_clauses_keep_the_comma_of_whole_sentences() -> None:
    assert joined(["a is so", "b is not"]) == "a is so, and b is not"
    assert joined(["a", "b", "c"]) == "a, b, and c"
    assert joined([]) == ""


def test_overall_is_the_lowest_and_never_an_average() -> None:
    seven = [answer(n, score=3) for n in range(1, 8)]
    seven[5] = unanswered(6)
    assert overall(seven) == 0
    assert overall_words(seven) == "Overall “not started”: the lowest counts, and coaching stands there."


@pytest.mark.parametrize("number", range(1, 8))
def test_a_question_without_evidence_says_so_in_words(number: int) -> None:
    alone = unanswered(number)
    assert alone.state == "open"
    assert alone.score == 0
    assert alone.sentence[0].text.startswith("We can’t say yet. Handrail keeps no record of ")

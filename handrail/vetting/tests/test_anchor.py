"""No remark is lost over redrafts: each has exactly one place, and what is shown as quoted is really there."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.vetting.anchor import CARRIED, DETACHED, REANCHORED, Anchor, Finder, as_it_stands, neighbours
from handrail.vetting.text import TextClause, text_sha, words_sha

SENTENCES = (
    "Ask before you film in the lobby and stop when somebody asks you to.",
    "Never name a guest without asking them first.",
    "Say that you work here when you talk about us.",
    "Your pay is yours to talk about and nothing here stops you.",
    "Four accounts speak for the hotel; every other one speaks for itself.",
    "If something goes wrong, tell the duty manager within an hour.",
    "A second factor protects every account that several people share.",
    "Pictures of rooms that are let are never posted, whoever took them.",
)


def clause(key: str, *sentences: str) -> TextClause:
    return TextClause(key, key, "", " ".join(sentences))


def placed(quote: str, before: list[TextClause], after: list[TextClause], key: str = "a"):
    text = {each.key: each.text for each in before}[key]
    return Finder(before, after).place(Anchor(key, quote, *neighbours(text, quote)), "anchored")


def test_words_that_are_still_there_are_carried() -> None:
    found = placed(
        "film in the lobby", [clause("a", SENTENCES[0])], [clause("a", "Please: ask before you film in the lobby.")]
    )
    assert (found.place, found.clause_key, found.quote) == (CARRIED, "a", "film in the lobby")


def test_a_changed_quotation_is_found_again_in_its_clause() -> None:
    found = placed(
        "stop when somebody asks you to",
        [clause("a", SENTENCES[0])],
        [clause("a", "Ask first. Stop at once when anybody asks you to.")],
    )
    assert (found.place, found.quote) == (REANCHORED, "Stop at once when anybody asks you to")


def test_a_quotation_follows_a_split_and_a_merge() -> None:
    whole = [clause("a", *SENTENCES[:2]), clause("b", SENTENCES[2])]
    split = [clause("a", SENTENCES[0]), clause("c", SENTENCES[1]), clause("b", SENTENCES[2])]
    found = placed("Never name a guest", whole, split)
    assert (found.place, found.clause_key, found.quote) == (REANCHORED, "c", "Never name a guest")
    merged = [clause("b", SENTENCES[2], *SENTENCES[:2])]
    assert placed("Never name a guest", whole, merged).clause_key == "b"


def test_a_remark_on_a_whole_clause_follows_it_under_another_key() -> None:
    found = placed("", [clause("a", *SENTENCES[:2])], [clause("b", SENTENCES[5]), clause("z", *SENTENCES[:2])])
    assert (found.place, found.clause_key) == (REANCHORED, "z")


def test_words_that_are_gone_leave_the_remark_detached_and_common_words_prove_nothing() -> None:
    assert placed("Never name a guest", [clause("a", SENTENCES[1])], [clause("a", SENTENCES[3])]).place == DETACHED
    assert placed("the", [clause("a", SENTENCES[0])], [clause("b", SENTENCES[5])]).place == DETACHED
    assert placed("🙂", [clause("a", "Smile 🙂 now")], [clause("a", "Smile now")]).place == DETACHED


def test_a_detached_remark_comes_back_with_its_words() -> None:
    gone, back = [clause("b", SENTENCES[4])], [clause("b", SENTENCES[4]), clause("n", SENTENCES[1])]
    anchor = Anchor("a", "Never name a guest", "", " without asking them first.")
    assert Finder(gone, back).place(anchor, DETACHED).clause_key == "n"


def test_a_quotation_is_found_however_its_spaces_were_typed() -> None:
    assert as_it_stands("Ask\n  before you", "Ask before") == "Ask\n  before"
    assert as_it_stands("Ask before you", "Tell") is None


def test_a_move_changes_the_text_but_not_its_words() -> None:
    one = [clause("a", SENTENCES[0]), clause("b", SENTENCES[1])]
    assert text_sha(one) != text_sha(one[::-1])
    assert words_sha(one) == words_sha(one[::-1])


def edited(clauses: list[TextClause], dice: random.Random) -> list[TextClause]:
    """One random edit: words changed, a clause split, merged, moved, dropped, added or renamed."""
    rows = list(clauses)
    at = dice.randrange(len(rows))
    row, deed = (
        rows[at],
        dice.choice(("word", "word", "drop word", "split", "merge", "move", "drop", "add", "rename", "empty")),
    )
    words = row.text.split(" ")
    if deed == "word":
        words[dice.randrange(len(words))] = dice.choice(
            ("perhaps", "always", "🙂", "\u05e9\u05dc\u05d5\u05dd", "(never)")
        )
        rows[at] = TextClause(row.key, row.number, row.heading, " ".join(words))
    elif deed == "drop word" and len(words) > 1:
        words.pop(dice.randrange(len(words)))
        rows[at] = TextClause(row.key, row.number, row.heading, " ".join(words))
    elif deed == "split" and len(words) > 3:
        half = dice.randrange(1, len(words))
        rows[at : at + 1] = [
            TextClause(row.key, row.number, "", " ".join(words[:half])),
            TextClause(f"{row.key}s{dice.randrange(10**9)}", "", "", " ".join(words[half:])),
        ]
    elif deed == "merge" and len(rows) > 1:
        other = rows.pop((at + 1) % len(rows))
        at = rows.index(row)
        rows[at] = TextClause(row.key, row.number, "", f"{row.text} {other.text}")
    elif deed == "move":
        rows.insert(dice.randrange(len(rows)), rows.pop(at))
    elif deed == "drop" and len(rows) > 1:
        rows.pop(at)
    elif deed == "add":
        rows.insert(at, clause(f"n{dice.randrange(10**9)}", dice.choice(SENTENCES)))
    elif deed == "rename":
        rows[at] = TextClause(f"r{dice.randrange(10**9)}", row.number, row.heading, row.text)
    elif deed == "empty":
        rows[at] = TextClause(row.key, row.number, row.heading, "")
    return rows


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_over_random_redrafts_every_remark_has_one_true_place(seed: int) -> None:
    dice = random.Random(seed)
    text = [clause(f"k{number}", *dice.sample(SENTENCES, dice.randint(1, 3))) for number in range(dice.randint(1, 6))]
    remarks = []
    for _ in range(8):
        row = dice.choice(text)
        words = row.text.split(" ")
        start = dice.randrange(len(words))
        quote = dice.choice(("", " ".join(words[start : start + dice.randint(1, 8)])))
        remarks.append((Anchor(row.key, quote, *neighbours(row.text, quote)), "anchored"))
    said = [anchor for anchor, _ in remarks]
    for _ in range(dice.randint(1, 6)):
        after = edited(text, dice)
        finder, there = Finder(text, after), {each.key: each for each in after}
        was = {each.key: each for each in text}
        moved = []
        for first, (anchor, place) in zip(said, remarks, strict=True):
            look = first if place == DETACHED else anchor
            found = finder.place(look, place)
            assert found.place in {"anchored", CARRIED, REANCHORED, DETACHED}
            if found.place == DETACHED:
                assert (found.clause_key, found.quote) == ("", "")
            else:
                assert found.quote in there[found.clause_key].text
                assert bool(found.quote) == bool(look.quote)
            # What nobody touched stays exactly where it was.
            if place != DETACHED and there.get(anchor.clause_key) == was.get(anchor.clause_key):
                assert (found.place, found.clause_key, found.quote) == (place, anchor.clause_key, anchor.quote)
            moved.append((Anchor(found.clause_key, found.quote, first.before, first.after), found.place))
        remarks, text = moved, after
    assert len(remarks) == 8

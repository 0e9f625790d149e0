"""What changed between two texts, and does it ask more or less?"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.policy.text import ClauseChange, assign_ids, compare, read_markdown, write_markdown
from handrail.policy.text.words import word_pieces


def changes(old: str, new: str) -> list[ClauseChange]:
    return compare(read_markdown(old), read_markdown(new))


def one(old: str, new: str) -> ClauseChange:
    found = [change for change in changes(old, new) if change.change != "unchanged"]
    assert len(found) == 1, [(change.change, change.why) for change in found]
    return found[0]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("You should ask first.", "You must ask first.", "tightened"),
        ("You must ask first.", "You should ask first.", "loosened"),
        ("You may post pictures of guests.", "You must not post pictures of guests.", "tightened"),
        ("You must not post from the lobby.", "You may post from the lobby.", "loosened"),
        ("Never name a guest.", "Never name a guest, a room or a table.", "tightened"),
        ("Never name a guest, a room or a table.", "Never name a guest.", "loosened"),
        ("You must answer within 48 hours.", "You must answer within 24 hours.", "tightened"),
        ("You must answer within 2 days.", "You must answer within 3 days.", "loosened"),
        ("You must keep at least two holders.", "You must keep at least three holders.", "tightened"),
        ("You must not film guests.", "You must not film guests unless they agree.", "loosened"),
        ("You must not film guests unless they agree.", "You must not film guests.", "tightened"),
        ("We trust you judgement here.", "We trust your judgement here.", "editorial"),
        ("We value colour, and kindness.", "We value color and kindness.", "editorial"),
        ("We trust your judgement", "We trust your judgement.", "editorial"),
        ("Posts reach people far away quickly.", "Posts reach people everywhere in a moment.", "clarified"),
    ],
)
def test_a_change_is_typed_by_what_it_asks(old: str, new: str, change: str) -> None:
    found = one(old, new)
    assert (found.change, found.why) == (change, found.why)
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("old", "new"),
    [("This is legal here now.", "This is illegal here now."), ("Staff can post it.", "Staff can't post it.")],
)
def test_a_letter_that_turns_the_meaning_round_is_never_editorial(old: str, new: str) -> None:
    assert one(old, new).change != "editorial"


def test_a_lead_in_that_changes_is_typed_itself_and_words_that_stay_are_unchanged() -> None:
    found = changes("You should:\n\n- ask\n- wait\n", "You must:\n\n- ask\n- wait\n")
    assert [change.change for change in found] == ["tightened", "unchanged", "unchanged"]


def test_the_same_words_are_unchanged_whatever_stands_over_them() -> None:
    found = changes("# Do\n\nBe kind to guests.\n", "# Values\n\nYou may:\n\n- Be kind to guests.\n")
    assert [change.change for change in found if change.old] == ["unchanged"]


STRUCK = "Say sorry. Don’t discuss their stay in public, and never discuss conditions at the hotel."
OVER = "# Guests\n\n"


def test_a_ban_that_is_struck_loosens_whatever_was_added_with_it() -> None:
    kept = "Say sorry. Don’t discuss their stay in public."
    assert one(OVER + STRUCK, OVER + kept).change == "loosened"
    assert one(OVER + kept, OVER + STRUCK).change == "tightened"
    more = "Say sorry. If the guest is still here, call the manager, because that helps more than any reply. "
    found = one(OVER + STRUCK, OVER + more + "Don’t discuss their stay in public.")
    assert found.change == "loosened"
    assert "never discuss conditions at the hotel" in found.why
    assert "adds an order" in found.why


def test_approval_struck_from_a_ban_closes_it_and_replaced_leaves_the_question_to_people() -> None:
    old = "Don't post from a guest's event without approval."
    assert one(old, "Don't post from a guest's event.").change == "tightened"
    assert one("Don't post from a guest's event.", old).change == "loosened"
    found = one(old, "Don't post from a guest's event while it is going on.")
    assert found.change == "clarified"
    assert "can’t tell" in found.why
    assert "“without”" in found.why


def test_consent_that_is_no_longer_asked_for_loosens() -> None:
    old = "You must obtain consent in accordance with procedure P-07 before a picture of a guest is posted."
    found = one(old, "You must ask before a picture of a guest is posted.")
    assert (found.change, "“consent”" in found.why) == ("loosened", True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hotel staff talk about their work.", "Hotel staff may talk about their work, here and anywhere."),
        ("You must ask first.", "You must ask first. You may talk about your pay with anyone."),
        ("You may talk about your pay.", "You may talk about your pay, your hours and any other matter."),
    ],
)
def test_a_permission_that_grows_never_tightens(old: str, new: str) -> None:
    assert one(old, new).change in ("clarified", "loosened")


@pytest.mark.parametrize(
    "end", [" unless it is secret", ", provided that no guest is named", " after your manager agreed"]
)
def test_a_permission_that_is_narrowed_tightens_and_widened_again_loosens(end: str) -> None:
    old, new = "You may share news of the hotel.", f"You may share news of the hotel{end}."
    assert (one(old, new).change, one(new, old).change) == ("tightened", "loosened")


def test_a_reason_or_an_example_asks_nothing_more() -> None:
    old = "You must not harass anyone."
    found = one(old, "You must not harass anyone, because it does harm. Example: mocking someone in a chat.")
    assert (found.change, found.why) == ("clarified", "Only a reason or an example changed.")


LEFT_OPEN = "must should may can never not no only all any unless without before within until consent two 7".split()


@pytest.mark.parametrize("word", LEFT_OPEN)
@pytest.mark.parametrize("over", ["We hold that good posts {} come from the heart.", "Ask the desk {} about it."])
def test_no_reason_says_that_nothing_weighty_changed_where_such_a_word_did(word: str, over: str) -> None:
    plain, marked = over.replace(" {}", ""), over.replace("{}", word)
    for old, new in ((plain, marked), (marked, plain)):
        assert "no duty word" not in one(old, new).why


def test_a_clause_that_only_moved_is_moved_and_nothing_else_is() -> None:
    old = "# A\n\nFirst thing to know.\n\nSecond thing to know.\n\nThird thing to know.\n\n# B\n\nFourth one here.\n"
    new = "# A\n\nSecond thing to know.\n\nThird thing to know.\n\n# B\n\nFourth one here.\n\nFirst thing to know.\n"
    assert [(change.new.text, change.change) for change in changes(old, new) if change.new] == [
        ("Second thing to know.", "unchanged"),
        ("Third thing to know.", "unchanged"),
        ("Fourth one here.", "unchanged"),
        ("First thing to know.", "moved"),
    ]


def test_removed_clauses_stand_where_they_stood() -> None:
    found = changes("One is here.\n\nTwo is gone soon.\n\nThree stays put.", "One is here.\n\nThree stays put.")
    assert [change.change for change in found] == ["unchanged", "removed", "unchanged"]


def test_ids_written_in_the_text_count_before_the_words() -> None:
    old = read_markdown("Alpha beta gamma. <!-- c-aaaa -->\n\nDelta epsilon zeta. <!-- c-bbbb -->")
    new = read_markdown("Delta epsilon zeta. <!-- c-aaaa -->\n\nAlpha beta gamma. <!-- c-bbbb -->")
    assert [(change.clause, change.change in ("unchanged", "moved")) for change in compare(old, new)] == [
        ("c-aaaa", False),
        ("c-bbbb", False),
    ]


def test_ids_are_carried_over_edits_and_moves() -> None:
    old = read_markdown("# A\n\nAsk before you post a picture.\n\nNever name a guest.\n\n# B\n\nWe help first.\n")
    old = read_markdown(write_markdown(old))
    edited = "# A\n\nNever name a guest or a room.\n\nSomething that is quite new.\n\n# B\n\nWe help first.\n\nAsk before you post any picture.\n"
    new = assign_ids(read_markdown(edited), old)
    ids = {clause.text: clause.id for clause in old.clauses}
    carried = {clause.text: clause.id for clause in new.clauses}
    assert carried["Never name a guest or a room."] == ids["Never name a guest."]
    assert carried["We help first."] == ids["We help first."]
    assert carried["Ask before you post any picture."] == ids["Ask before you post a picture."]
    assert carried["Something that is quite new."] not in ids.values()
    assert len(set(carried.values())) == 4


def test_a_doubled_id_is_given_to_the_first_only() -> None:
    document = read_markdown("One. <!-- c-same -->\n\nTwo. <!-- c-same -->")
    assert document.clauses[0].id == "c-same"
    assert document.clauses[1].id != "c-same"


TEXTS = st.lists(st.sampled_from("must not share a guest, room . and 24 hours we will".split(" ")), max_size=30).map(
    " ".join
)


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS)
def test_the_pieces_tell_both_wordings(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "ins").split() == old.split()
    assert "".join(piece.text for piece in pieces if piece.op != "del").split() == new.split()
    assert all(first.op != second.op for first, second in pairwise(pieces))


@settings(deadline=None, max_examples=100)
@given(st.lists(TEXTS.filter(str.strip), max_size=8), st.lists(TEXTS.filter(str.strip), max_size=8))
def test_every_clause_of_both_texts_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    before, after = read_markdown("\n\n".join(old)), read_markdown("\n\n".join(new))
    found = compare(before, after)
    assert [change.new for change in found if change.new] == list(after.clauses)
    assert sorted(change.old.line_start for change in found if change.old) == [c.line_start for c in before.clauses]
    assert all(change.change == "unchanged" for change in compare(before, before))


def test_the_same_words_under_the_other_heading_say_the_opposite() -> None:
    old = read_markdown("# P\n\n## Do\n\n- Share pictures of the lobby.\n\n## Don't\n\n- Name a guest.\n")
    new = read_markdown("# P\n\n## Do\n\n- Name a guest.\n\n## Don't\n\n- Share pictures of the lobby.\n")
    changes = {change.new.text: change.change for change in compare(old, new) if change.new}
    assert changes == {"Name a guest.": "loosened", "Share pictures of the lobby.": "tightened"}

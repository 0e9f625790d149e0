"""Words under discussion are marked where they stand, whatever the difference cut through them."""

from hypothesis import given
from hypothesis import strategies as st

from handrail.policy.marks import discussed
from handrail.policy.pure import Piece

PIECES = st.lists(
    st.builds(Piece, st.sampled_from(["equal", "ins", "del"]), st.text("ab c", min_size=1, max_size=8)), max_size=6
)


def test_a_quotation_over_added_and_kept_words_is_marked_in_both() -> None:
    cuts = discussed([Piece("equal", "Ask the guest "), Piece("del", "soon "), Piece("ins", "in person")], ["guest in"])
    assert [(cut.op, cut.text, cut.discussed) for cut in cuts] == [
        ("equal", "Ask the ", False),
        ("equal", "guest ", True),
        ("del", "soon ", False),
        ("ins", "in", True),
        ("ins", " person", False),
    ]


def test_a_quotation_that_is_gone_marks_nothing() -> None:
    assert not any(cut.discussed for cut in discussed([Piece("equal", "Ask the guest")], ["hotel"]))


@given(PIECES, st.lists(st.text("ab c", max_size=5), max_size=3))
def test_cutting_loses_no_word_and_marks_exactly_the_quoted_letters(pieces, quotes) -> None:
    cuts = discussed(pieces, quotes)
    assert "".join(cut.text for cut in cuts) == "".join(piece.text for piece in pieces)
    present = "".join(piece.text for piece in pieces if piece.op != "del")
    wanted = set()
    for quote in quotes:
        words = quote.split()
        starts = range(len(present)) if words else ()
        for start in starts:
            end = _fits(present, start, words)
            if end is not None:
                wanted |= set(range(start, end))
                break
    marked, at = set(), 0
    for cut in cuts:
        if cut.op != "del":
            if cut.discussed:
                marked |= set(range(at, at + len(cut.text)))
            at += len(cut.text)
    assert marked == wanted


def _fits(text: str, start: int, words: list[str]) -> int | None:
    """Letter by letter: where the words end that begin here, or None."""
    at = start
    for place, word in enumerate(words):
        if place:
            space = at
            while at < len(text) and text[at].isspace():
                at += 1
            if at == space:
                return None
        if text[at : at + len(word)] != word:
            return None
        at += len(word)
    return at

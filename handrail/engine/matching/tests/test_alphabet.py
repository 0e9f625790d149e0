"""The compiled code's tables of characters say what the query language says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.matching.alphabet import POINTS, alphabet
from handrail.engine.query.folding import exact_letter, plain_letter
from handrail.engine.query.letters import KINDS, kind


def test_every_character_has_the_kind_the_query_language_gives_it() -> None:
    kinds = alphabet().kinds
    # Every letter of the crowded blocks, and every 41st of the rest, where thousands in a row are alike.
    points = (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x20000), *range(0x3400, POINTS, 41))
    assert [hex(point) for point in points if KINDS[kinds[point]] != kind(point)] == []


@given(st.characters())
@settings(max_examples=2000, deadline=None)
def test_a_character_folds_as_the_query_language_folds_it(letter: str) -> None:
    letters, point = alphabet(), ord(letter)
    if kind(point) == " ":
        return
    row = letters.row[point]
    for forms, folded in ((letters.plain, plain_letter(point)), (letters.exact, exact_letter(point))):
        written = "".join(chr(part) for part in forms[row] if part) if row else letter
        assert written == folded

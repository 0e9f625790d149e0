"""What changed goes out as a Word file whose changes Word accepts or rejects."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handrail.policy.doors.merged import merged
from handrail.policy.doors.redline import exact_pieces, redline
from handrail.policy.doors.tests.edits import PHRASES, edited, policies
from handrail.policy.doors.tests.word_oracle import lines_left
from handrail.policy.pure import read_markdown

AT = datetime(2026, 3, 1, tzinfo=UTC)


def _plain(markdown: str) -> list[tuple[str, str]]:
    """What an untracked file of this text alone says."""
    document = read_markdown(markdown)
    return lines_left(redline(document, document, author="", at=AT, title="-"), accepted=True)


@settings(
    max_examples=100,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_all_changes_accepted_give_the_new_text_and_all_rejected_the_old(data: st.DataObject) -> None:
    old = data.draw(policies())
    new = data.draw(edited(old))
    raw = redline(read_markdown(old), read_markdown(new), author="Ana Lind", at=AT, title="-")
    assert lines_left(raw, accepted=True) == _plain(new)
    assert lines_left(raw, accepted=False) == _plain(old)


@settings(max_examples=200, deadline=None)
@given(PHRASES, PHRASES)
def test_pieces_give_both_wordings_to_the_letter(old: str, new: str) -> None:
    pieces = exact_pieces(old, new)
    assert "".join(each.text for each in pieces if each.op != "ins") == old
    assert "".join(each.text for each in pieces if each.op != "del") == new


def test_a_changed_word_is_a_tracked_change_with_author_and_day() -> None:
    old = read_markdown("# P\n\nYou should ask. <!-- c-aaa -->\n")
    new = read_markdown("# P\n\nYou must ask. <!-- c-aaa -->\n")
    raw = redline(old, new, author="Ana Lind", at=AT)
    xml = Document(BytesIO(raw)).element.xml
    assert 'w:author="Ana Lind"' in xml
    assert 'w:date="2026-03-01T00:00:00Z"' in xml
    assert ">should</w:delText>" in xml.replace('<w:delText xml:space="preserve"> ', ">")
    assert "_hr_c_aaa" in xml


def test_a_heading_with_new_words_over_the_same_clause_is_one_heading() -> None:
    old = read_markdown("# P\n\n## Guests\n\nAsk first. <!-- c-aaa -->\n")
    new = read_markdown("# P\n\n## Guests and friends\n\nAsk first. <!-- c-aaa -->\n")
    steps = merged(old, new)
    assert [(bool(step.old), bool(step.new)) for step in steps] == [(True, True)] * 3


def test_the_same_change_gives_the_same_bytes() -> None:
    old, new = read_markdown("# P\n\nOne.\n"), read_markdown("# P\n\nTwo.\n")
    assert redline(old, new, author="A", at=AT) == redline(old, new, author="A", at=AT)

"""One document, four faces: every word is there in each of them, none of them runs, and the bytes are the same twice."""

import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handrail.kernel.errors import NotNow
from handrail.kernel.paper import (
    Annex,
    Break,
    Clause,
    Grid,
    Heading,
    Listing,
    Note,
    Paper,
    Para,
    Points,
    Quote,
    Side,
    Sides,
    Span,
    bookmark_of,
    html_fragment,
    paper_answer,
    pdf,
    to_docx,
    to_html,
    to_markdown,
    to_pdf,
    words,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)
NASTY = '#read("/etc/passwd") *b* $x$ \\ @a <script>alert(1)</script> [l](javascript:alert(1)) `c` | & " ~ _i_'


def _paper(*blocks: object, **given: object) -> Paper:
    values = {"title": "Title", "subtitle": "", "organisation": "", "facts": (), "blocks": blocks, "at": AT} | given
    return Paper(**values)  # type: ignore[arg-type]


def _everything(text: str) -> tuple[object, ...]:
    return (
        Heading(text, 1, "1", "one"),
        Clause("c-abc", "1(a)", (Para(words(text, Span(text, "bold"), Span(text, "code"))),)),
        Clause("c-abd", "1(b)", (Points((words(text),)),)),
        Clause("c-abe", "1(c)", (Points((words(text),), depth=1),)),
        Points((words(text), words(text)), ordered=True, start=3),
        Grid((words("Head"), words(text)), ((words(text), words("x")),), "Caption"),
        Quote(words(text), text),
        Note(words(text), "advice"),
        Listing(text),
        Sides((Side("Do", (Points((words(text),)),), "do"), Side("Don't", (Para(words(text)),), "dont"))),
        Break(),
        Annex("Record", (Para(words(text)),)),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_text_of_any_kind_never_becomes_markup_on_the_page(text: str) -> None:
    page = to_html(_paper(*_everything(text)))
    assert "<script" not in page
    tags = set(re.findall(r"</?([a-z0-9]+)", page))
    assert tags <= set("""html head meta title style body header main section span p h1 h2 strong code ul ol li table
        caption thead tbody tr th td blockquote footer pre div h6 hr""".split())  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_a_paragraph_in_markdown_shows_the_words_it_was_made_of(text: str) -> None:
    shown = MarkdownIt("commonmark").render(to_markdown(_paper(Para(words("So: ", text)))).split("\n", 2)[2])
    said = " ".join(unescape(re.sub(r"<[^>]+>", "", shown)).split())
    assert said == f"So: {text}"


def test_words_that_look_like_commands_are_printed_and_not_run() -> None:
    written = to_pdf(_paper(*_everything(NASTY), title=NASTY, footer=NASTY, running=NASTY, facts=((NASTY, NASTY),)))
    assert written.startswith(b"%PDF")
    assert b"root:" not in written
    assert docx.Document(BytesIO(to_docx(_paper(*_everything(NASTY))))).paragraphs


def test_the_same_paper_gives_the_same_bytes() -> None:
    for write in (to_pdf, to_docx, to_html, to_markdown):
        assert write(_paper(*_everything("Word"))) == write(_paper(*_everything("Word")))


def test_pdf_is_tagged_titled_and_says_its_language() -> None:
    written = to_pdf(_paper(*_everything("Wörter"), language="de-CH", title="Richtlinie"))
    for mark in (b"pdfuaid", b"/StructTreeRoot", b"/Lang", b"(de-CH)"):
        assert mark in written


@pytest.mark.parametrize(
    "text", ["😀🎉 👍🏽 👨‍👩‍👧", "שלום עולם", "مرحبا بالعالم", "日本語", "\ud800 \x00 \x0b", "a" * 3000, ""]
)
def test_letters_of_any_script_and_emoji_make_a_pdf_and_a_word_file(text: str) -> None:
    for language in ("en", "ar"):
        paper = _paper(*_everything(text), language=language, title=text or "-")
        assert b"pdfuaid" in to_pdf(paper)
        assert docx.Document(BytesIO(to_docx(paper))).paragraphs


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_any_text_makes_a_pdf_and_a_word_file_that_opens(text: str) -> None:
    paper = _paper(*_everything(text), title=text)
    assert to_pdf(paper).startswith(b"%PDF")
    docx.Document(BytesIO(to_docx(paper)))


def test_word_has_real_styles_levels_lists_heads_of_tables_and_properties() -> None:
    opened = docx.Document(BytesIO(to_docx(_paper(*_everything("Word"), author="Ana"))))
    styles = [paragraph.style.name for paragraph in opened.paragraphs]
    assert {"Title", "Heading 1", "List Paragraph", "Quote", "Caption"} <= set(styles)
    assert (opened.core_properties.title, opened.core_properties.author) == ("Title", "Ana")
    assert opened.core_properties.created == AT
    xml = opened.element.xml
    assert "w:tblHeader" in xml
    assert f'w:name="{bookmark_of("c-abc")}"' in xml


def test_a_link_that_could_run_something_is_only_words() -> None:
    paper = _paper(Para(words(Span("x", href="javascript:alert(1)"), Span("y", href="https://a.example/?q=\"'<>"))))
    page = html_fragment(paper)
    assert "javascript" not in page
    assert 'href="https://a.example/?q=%22' in page
    assert "javascript" not in to_markdown(paper)


def test_lists_in_lists_stand_inside_their_line() -> None:
    blocks = (Points((words("a"),)), Points((words("b"),), depth=1), Points((words("c"),)))
    flat = html_fragment(_paper(*blocks)).replace("\n", "")
    assert flat == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_without_the_extra_a_pdf_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "typst", None)
    assert not pdf.can_pdf()
    with pytest.raises(NotNow, match="handrail"):
        to_pdf(_paper())


def test_a_paper_is_answered_as_a_file() -> None:
    answer = paper_answer(_paper(Para(words("Hi"))), "docx", "policy-v1")
    assert answer["Content-Disposition"] == 'attachment; filename="policy-v1.docx"'

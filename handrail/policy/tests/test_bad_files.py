"""A file that can't be used gets a sentence; a strange one that can is read."""

import io
import time
import zipfile

import pytest
from docx import Document as Word
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from handrail.kernel.errors import BadInput
from handrail.policy.text import read_policy, write_markdown
from handrail.policy.text.read import read_markdown

POLICY = "# Post\n\nDon’t name a guest in a café.\n"


def saved(word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return out.getvalue()


def repacked(raw: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        wanted = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
        for entry in old.infolist():
            if entry.filename not in wanted:
                new.writestr(entry.filename, old.read(entry))
        for name, part in wanted.items():
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        POLICY.encode(),
        b"\xef\xbb\xbf" + POLICY.encode(),
        POLICY.encode("utf-16"),
        POLICY.encode("utf-16-le"),
        POLICY.encode("utf-16-be"),
        POLICY.encode("utf-32"),
        POLICY.encode("cp1252"),
        POLICY.replace("\n", "\r\n").encode(),
        POLICY.replace("\n", "\r").encode(),
    ],
)
def test_every_usual_encoding_and_line_end_is_read(raw: bytes) -> None:
    document = read_policy(raw, "policy.md")
    assert [(clause.text, clause.kind) for clause in document.clauses] == [("Don’t name a guest in a café.", "don't")]
    assert document.title == "Post"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"abc\x00def\x00\x00ghi", "not a text"),
        (b"one\ntwo \x07 three", "Line 2 .* control character .U.0007"),
        (b"\x01\x02\x03\x04\xff\xfe\xfd" * 50, "not a text"),
        (b"\xff\xfeA", "breaks off"),
        (b"x" * (20 * 1024 * 1024 + 1), "a policy may have 20"),
        (b"PK\x03\x04 nonsense", "damaged"),
        (zipped(readme_txt=b"hello"), "not a Word file"),
        (zipped(word__document_xml=b"<w:document"), "not well-formed"),
        (zipped(word__document_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "entities"),
        (zipped(word__document_xml=b"<x/>"), "without text"),
        (zipped(word__document_xml=b"<x>" + b" " * 60_000_000 + b"</x>"), "unpacks to"),
        (">" * 100 + " deep\n" + "\n".join(" " * (2 * n) + "- a" for n in range(90)), "nested"),
    ],
)
def test_a_file_that_cant_be_used_gets_a_sentence(raw: bytes | str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refusal:
        read_policy(raw.encode() if isinstance(raw, str) else raw, "policy.md")
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (b"word must not ", "x.md"),
        (b"*a ", "x.md"),
        (b"[", "x.md"),
        (b"<a ", "x.html"),
        (b"<!-- ", "x.html"),
        (b"&", "x.txt"),
    ],
)
def test_a_line_of_one_megabyte_takes_a_moment(piece: bytes, name: str) -> None:
    started = time.process_time()
    read_policy(piece * (1_000_000 // len(piece)) + b"end", name)
    assert time.process_time() - started < 6


def test_scripts_styles_comments_and_program_code_are_no_words_of_a_page() -> None:
    page = b"""<?php $x = "a > b"; ?><html><head><title>T</title><style>p{}</style></head><body>
    <p>Ask <b>first</b>.<!-- not me --></p><script>if (a < b) document.write('<p>nor me</p>')</script></body></html>"""
    document = read_policy(page, "page.php")
    assert [clause.text for clause in document.clauses] == ["Ask first."]
    assert document.clauses[0].line_start == 2


def test_a_word_file_gives_headings_lists_tables_and_quotations() -> None:
    word = Word()
    word.add_heading("Social media policy", 0)
    word.add_heading("Guests", 1)
    word.add_paragraph("You must:")
    word.add_paragraph("ask first", style="List Bullet")
    word.add_paragraph("in person", style="List Number")
    word.add_paragraph("A stay is theirs.", style="Quote")
    bold = word.add_paragraph()
    bold.add_run("When it goes wrong").bold = True
    word.add_paragraph("Call us.").add_run().add_break(WD_BREAK.LINE)
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Who", "What", "Ana", "Owns it"], strict=True):
        cell.text = text
    document = read_policy(saved(word), "policy.docx")
    assert [(clause.text, clause.heading, clause.form) for clause in document.clauses] == [
        ("You must:", "Guests", "paragraph"),
        ("ask first", "Guests", "list_item"),
        ("in person", "Guests", "list_item"),
        ("A stay is theirs.", "Guests", "quotation"),
        ("Call us.", "When it goes wrong", "paragraph"),
        ("Who: Ana; What: Owns it", "When it goes wrong", "table_row"),
    ]
    assert document.clauses[1].kind == "do"
    assert document.source_format == "docx"
    back = read_markdown(write_markdown(document))
    assert [(c.id, c.text, c.kind, c.headings) for c in back.clauses] == [
        (c.id, c.text, c.kind, c.headings) for c in document.clauses
    ]


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    word = Word()
    paragraph = word.add_paragraph("Ask ")
    inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>first</w:t></w:r></w:ins>')
    deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>later</w:delText></w:r></w:del>')
    paragraph._p.append(inserted)
    paragraph._p.append(deleted)
    assert [clause.text for clause in read_policy(saved(word), "p.docx").clauses] == ["Ask first"]


def test_text_in_content_controls_and_links_is_not_lost() -> None:
    word = Word()
    paragraph = word.add_paragraph("See ")
    link = OxmlElement("w:hyperlink")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "our page"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    block = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    word.element.body.insert_element_before(block, "w:sectPr")
    assert [clause.text for clause in read_policy(saved(word), "p.docx").clauses] == ["See our page", "In a box."]


def test_macros_in_a_word_file_are_never_read_and_the_text_is() -> None:
    word = Word()
    word.add_paragraph("Be kind.")
    raw = repacked(saved(word), word__vbaProject_bin=b"Sub AutoOpen()")
    assert [clause.text for clause in read_policy(raw, "policy.docm").clauses] == ["Be kind."]


def test_a_zip_bomb_is_not_unpacked() -> None:
    word = Word()
    word.add_paragraph("Be kind.")
    raw = repacked(saved(word), word__media__big_bin=b"\0" * 210_000_000)
    started = time.process_time()
    with pytest.raises(BadInput, match="unpacks to 2"):
        read_policy(raw, "policy.docx")
    assert time.process_time() - started < 1

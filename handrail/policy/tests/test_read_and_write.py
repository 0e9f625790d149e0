"""Nothing a reader sees is lost on the way in, and nothing changes on the way out and back."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.policy.clause import Document
from handrail.policy.tests.oracle import missing, said, words_of_html, words_of_markdown
from handrail.policy.text import read_markdown, read_policy, write_html, write_markdown, write_text

_LISTED = """# P

## Do

- Ask first.
- Say that you work at Harbour & Pine.
- Violations will result in disciplinary action.

## Elsewhere

- Say that you work at Harbour & Pine.
"""
WORDS = st.lists(
    st.sampled_from(
        [
            "guest",
            "must",
            "not",
            "share",
            "Don't",
            "ask",
            "2024",
            "*bold*",
            "**two",
            "words**",
            "`code`",
            "<b>tag</b>",
            "&amp;",
            "[link](https://x.org)",
            "_it_",
            "a|b",
            "#tag",
            "[team",
            "name]",
            "![alt",
            "words](p.png)",
            "<br>",
            "naïve",
            "日本",
            "\\*",
            "1.",
            "-",
            "it's:",
            "means",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
MARKDOWN = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda words: f"# {words}"),
        WORDS.map(lambda words: f"### {words}"),
        WORDS.map(lambda words: f"{words}\n==="),
        WORDS.map(lambda words: f"**{words.replace('*', '')}**"),
        WORDS.map(lambda words: f"{words} must:"),
        st.lists(WORDS, min_size=1, max_size=4).map(lambda rows: "\n".join(f"- {row}" for row in rows)),
        st.lists(WORDS, min_size=1, max_size=4).map(
            lambda rows: "\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1))
        ),
        st.lists(WORDS, min_size=2, max_size=4).map(
            lambda rows: "\n".join(f"{'  ' * n}- {row}" for n, row in enumerate(rows))
        ),
        st.lists(WORDS, min_size=1, max_size=3).map(lambda rows: "\n".join(f"> {row}" for row in rows)),
        WORDS.map(lambda words: f"```\n{words}\n\n{words}\n```"),
        WORDS.map(lambda words: f"    {words}"),
        WORDS.map(lambda words: f"- {words}\n\n  {words}\n\n      {words}"),
        WORDS.map(lambda words: f"| Do | Don't |\n|---|---|\n| {words} | {words} |\n|  | one |"),
        WORDS.map(lambda words: f"| Who | {words} |\n|---|---|\n| {words} | two |\n| three | |"),
        WORDS.map(lambda words: f"<details><summary>Don't share</summary>\n{words}\n</details>"),
        WORDS.map(lambda words: f"<div><p>one</p><p>{words}</p><ul><li>two<li>{words}</ul></div>"),
        WORDS.map(lambda words: f"<table><tr><th>A</th><th>B</th></tr><tr><td>{words}</td><td>x</td></tr></table>"),
        st.just("<!-- not shown -->"),
        st.just("---"),
        st.just("-"),
        st.just("•one\n• two words\nmore"),
        st.just("[ref]: https://example.org"),
    ),
    min_size=1,
    max_size=7,
)


def shape(document: Document) -> list[object]:
    rows: list[object] = [
        (c.id, c.kind, c.text, c.headings, c.lead_in, c.frame, c.form, c.depth, c.marker, c.level)
        for c in document.clauses
    ]
    return rows + [(h.text, h.level, h.pseudo) for h in document.headings]


def check_round_trip(document: Document) -> None:
    written = write_markdown(document)
    back = read_markdown(written)
    assert shape(back) == shape(document)
    assert write_markdown(back) == written


@settings(deadline=None, max_examples=250)
@given(MARKDOWN, st.sampled_from(["\n\n", "\n"]))
def test_no_visible_word_of_markdown_is_lost_and_writing_reads_back_the_same(parts: list[str], between: str) -> None:
    source = between.join(parts)
    document = read_markdown(source)
    assert not missing(words_of_markdown(source), said(document))
    check_round_trip(document)
    assert all(
        clause.text and clause.line_start <= clause.line_end <= source.count("\n") + 1 for clause in document.clauses
    )
    assert len({clause.id for clause in document.clauses}) == len(document.clauses)


HTML_WORDS = st.lists(
    st.sampled_from(
        [
            "guest",
            "must",
            "not",
            "*star*",
            "_under_",
            "&lt;b&gt;",
            "1.",
            "-",
            "#",
            "a|b",
            "`tick`",
            "[x](y)",
            "<b>bold</b>",
            "<i>it</i>al",
            "naïve",
            "&amp;",
            "it's",
            "~~no~~",
            "\\",
            "+",
            ">",
            "•",
        ]
    ),
    min_size=1,
    max_size=7,
).map(" ".join)
HTML = st.recursive(
    HTML_WORDS,
    lambda inner: st.one_of(
        st.tuples(
            st.sampled_from(
                [
                    "p",
                    "div",
                    "li",
                    "ul",
                    "ol",
                    "h1",
                    "h3",
                    "blockquote",
                    "section",
                    "td",
                    "tr",
                    "th",
                    "table",
                    "pre",
                    "summary",
                    "b",
                    "strong",
                    "span",
                    "dt",
                    "dd",
                ]
            ),
            st.lists(inner, max_size=4),
            st.booleans(),
        ).map(lambda part: f"<{part[0]}>" + "\n".join(part[1]) + (f"</{part[0]}>" if part[2] else "")),
        st.just("<script>var hidden = '<p>no</p>';</script>"),
        st.just("<!-- hidden -->"),
        st.just('<img src="a.png" alt="A lobby">'),
        st.just("<?php echo $hidden->x; ?>"),
        st.just("<br>"),
    ),
    max_leaves=14,
)


@settings(deadline=None, max_examples=250)
@given(HTML)
def test_no_visible_word_of_a_page_is_lost_and_writing_reads_back_the_same(source: str) -> None:
    document = read_policy(f"<html><body>{source}\nend</body></html>".encode(), "page.html")
    assert not missing(words_of_html(source), said(document))
    check_round_trip(document)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.one_of(
            WORDS,
            WORDS.map(lambda w: f"- {w}"),
            WORDS.map(lambda w: f"  * {w}"),
            st.just(""),
            st.just("SCOPE"),
            st.just("-----"),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_of_plain_text_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    if not source.strip():
        return
    document = read_policy(source.encode(), "policy.txt")
    assert not missing(re.findall(r"\w+", source), said(document, markers=True))
    check_round_trip(document)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab *_`<>![]()|#-+.:\n\\&;~=>\"'\t1", max_size=60))
def test_no_text_at_all_makes_the_reader_fall_over(source: str) -> None:
    document = read_markdown(source)
    assert all(clause.text for clause in document.clauses)
    write_html(document)
    write_text(document)


def policies(shared: Path) -> list[Path]:
    return [path for path in sorted((shared / "data" / "policies").iterdir()) if path.suffix in (".md", ".html")]


def test_no_visible_word_of_any_real_policy_is_lost(shared: Path) -> None:
    for path in policies(shared):
        source = path.read_text(encoding="utf-8")
        document = read_policy(path.read_bytes(), path.name)
        wanted = words_of_html(source) if path.suffix == ".html" else words_of_markdown(source)
        assert not missing(wanted, said(document)), path.name
        if "|" not in source:
            assert " ".join(wanted) in " ".join(said(document)), path.name
        check_round_trip(document)


@pytest.mark.parametrize("write", [write_html, write_text])
def test_every_word_is_in_the_other_exports_too(write) -> None:
    document = read_markdown(
        "# Posts\n\nYou must:\n\n- ask <b>first</b>\n  - twice\n\n"
        "> We trust you.\n\n| Do | Don't |\n|-|-|\n| smile | shout |\n"
    )
    out = write(document)
    assert not missing(said(document), re.findall(r"\w+", out))


def test_an_order_to_say_something_is_a_do_and_a_consequence_is_none() -> None:
    assert [clause.kind for clause in read_markdown(_LISTED).clauses] == ["do", "do", "principle", "do"]

"""Slow, obvious answers to one question: which words does a reader of this file see?"""

import html
import re
from collections import Counter

from markdown_it import MarkdownIt

from handrail.policy.clause import Document

WORD = re.compile(r"\w+")
INLINE = "a|abbr|b|i|em|strong|code|span|u|s|del|ins|small|big|sub|sup|mark|tt|kbd|cite|q|font|label|time"


def words_of_html(source: str) -> list[str]:
    source = re.sub(r"<\?.*?(\?>|\Z)", " ", source, flags=re.S)
    source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    source = re.sub(r"<(script|style|template|iframe|title|svg|object)\b.*?</\1\s*>", " ", source, flags=re.S | re.I)
    source = re.sub(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", r" \1 ", source)
    source = re.sub(rf"</?(?:{INLINE})\b[^>]*>", "", source, flags=re.I)
    source = re.sub(r"<[/!a-zA-Z][^>]*>", " ", source)
    return WORD.findall(html.unescape(source))


def words_of_markdown(source: str) -> list[str]:
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
    return words_of_html(rendered)


def said(document: Document, *, markers: bool = False) -> list[str]:
    """Every word a reader of the clauses, headings and title gets, in order of lines."""
    rows = [(each.line, 0, each.text) for each in document.headings]
    rows += [(each.line_start, 1, each.text) for each in document.clauses]
    rows += [(each.line_start, 2, each.marker) for each in document.clauses if markers]
    return WORD.findall(" ".join(text for _, _, text in sorted(rows, key=lambda row: row[:2])))


def missing(wanted: list[str], got: list[str]) -> Counter[str]:
    """Words wanted more often than they are there."""
    return Counter(wanted) - Counter(got)

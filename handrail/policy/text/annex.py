"""How does the record of a text's vetting travel in its Markdown without ever becoming part of the text?"""

import re

OPENS = "<!-- handrail:annex · written by Handrail, left out when the text comes back in -->"
_CUT = re.compile(r"\r?\n\r?\n<!--[ \t]*handrail:annex\b[^\n]*-->[ \t]*(?:\r?\n|$)")


def with_annex(markdown: str, annex: str) -> str:
    """The text with an annex behind it; the text alone where there is none."""
    return f"{markdown}\n\n{OPENS}\n\n{annex.rstrip()}\n" if annex.strip() else markdown


def without_annex(text: str) -> str:
    """The text as it was before its annex was put behind it, to the letter."""
    found = _CUT.search(text)
    return text[: found.start()] if found else text

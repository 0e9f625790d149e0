"""STR-01: blanks, notes to the author and empty tables that a template left behind."""

import re
from collections.abc import Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import cut
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.words import words

_BLANK_WORD = (
    r"(?:name|company|organi[sz]ation|organi[sz]ation's|charity|employer|business|date|dd|title|department|role|team|"
    r"e-?mail|phone|number|address|url|link|insert|your|contact|manager|website|platforms?|hashtag|xx+|tbc|tbd|"
    r"location|city|state|country|year|version|owner|position|client|school|council|agency|firm|group|brand|person)"
)
_MISSING = r"(?:link|date|name|logo|text|contact details?|e-?mail(?: address)?)"
_BRACKETED = (
    # [team name], [Company Name], [INSERT DATE]; a bracket that belongs to a link or a footnote is none.
    re.compile(r"(?<![\]!\w])\[[^\]\[\n]{0,50}\b" + _BLANK_WORD + r"\b[^\]\[\n]{0,50}\](?![(\[:])", re.IGNORECASE),
    re.compile(r"(?<![\]!\w])\[[A-Z][a-z]{2,20}(?: [A-Z&][A-Za-z]{0,20}){1,4}\](?![(\[:])"),
    re.compile(r"(?<![\]!\w$])\[[A-Z]{3,20}(?:[ _/-][A-Z]{1,20}){0,4}\](?![(\[:])"),
    re.compile(r"\{\{?\s?[A-Z][A-Z0-9]{1,20}(?:[ _-][A-Z0-9]{1,20}){0,4}\s?\}?\}"),
    re.compile(
        r"\{\{?\s?(?:[a-z]{1,20}[ _-]){0,3}" + _BLANK_WORD + r"(?:[ _-][a-z]{1,20}){0,3}\s?\}?\}", re.IGNORECASE
    ),
    re.compile(r"[〇○]{2,6}"),
    re.compile(r"%(?:COMPANY|ORGANI[SZ]ATION|NAME|DATE)(?:_[A-Z]{1,20})?%"),
    re.compile(r"(?<![\w/])_{5,}(?![\w/])|\bXX+/XX+/XX+\b|\bXX+-XX+-XX+\b|\bXXX+\b"),
)
# Written like tags, these vanish from the visible words, so they are sought in the source.
_ANGLED = (
    re.compile(r"<(?:insert|your|enter|add|company|organi[sz]ation) [^<>\n]{1,50}>", re.IGNORECASE),
    re.compile(r"<(?:[A-Z]{2,20}[ _-]){0,3}(?:NAME|COMPANY|DATE|ORGANI[SZ]ATION|DEPARTMENT|CONTACT|TITLE|EMAIL)>"),
)
_SPOKEN = (
    re.compile(r"\b(?:TBC|TBD|TODO|FIXME)\b|\blorem ipsum\b|\bLorem ipsum\b"),
    re.compile(
        r"\b(?:Your|ABC|XYZ|Sample|Example) (?:Company|Corporation|Corp"
        r"|Organi[sz]ation)(?: Name)?\b(?=['’ .,;)]|$)"
    ),
    re.compile(
        r"\b[\w.+-]{1,40}@(?:your-?(?:company|org|organi[sz]ation|domain)|company|domain)\.(?:com|org"
        r"|net)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\((?:add|insert) (?:a |the |your )?{_MISSING}(?: here)?\)"
        rf"|\b(?:add|insert) (?:a |the |your )?{_MISSING} here\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\((?:link )?to be (?:updated|confirmed|added|decided|determined|completed|announced"
        r"|agreed)[^()\n]{0,40}\)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bthis (?:sample|model|example) (?:social media )?policy\b|\b(?:this"
        r"|the) (?:policy )?template (?:will|can|is|below|should|provides|helps|was)\b",
        re.IGNORECASE,
    ),
)
_MARKS = re.compile(r"[\[{%]|[〇○]{2}|_{5}|XX")
_SPOKEN_PARTS = (
    "tbc",
    "tbd",
    "todo",
    "fixme",
    "lorem",
    "company",
    "corp",
    "organi",
    "@",
    "add ",
    "insert",
    "to be ",
    "this ",
    "template",
)
_LINK_HERE = re.compile(r"\blink here\b", re.IGNORECASE)
_LINKED = re.compile(r"\[[^\]\[]{0,200}\blink here\b[^\]\[]{0,200}\]\(", re.IGNORECASE)
_AUTHOR = re.compile(
    r"\bin this section,? (?:you should|describe|explain|list|provide|insert|outline|include)\b"
    r"|\b(?:when |before |while )?(?:writing|drafting|customi[sz]ing|adapting) your (?:\w{1,20} ){0,2}polic(?:y"
    r"|ies)\b"
    r"|\byour social media policy (?:should|might|must|can|needs|could)\b"
    r"|^(?:provide|include|insert) (?:a|the|an) (?:list|table|name|brief overview) (?:of|and)\b"
    r"|\bthe policy might apply to\b|^topics to cover include\b|\byour policy document\b"
    r"|^explain (?:how you will|what prompted|precisely)\b"
    r"|\bdesignate (?:to what|to whom|who in the)\b",
    re.IGNORECASE,
)
_VENDOR_TIP = re.compile(r"^(?P<who>[A-Z]\w{2,20}) (?:Tip|Note|Hint)s?:")
_EVERYDAY_TIPS = words("everyday_tips")
_EMPTY_ROW = re.compile(r"^\s{0,3}\|(?:\s{0,200}\|){2,40}\s*$")
_LABELS = re.compile(r"^\s{0,3}\|(?:\s{0,9}\*\*[^|*\n]{1,80}\*\*\s{0,9}\|\s{0,200}\|){1,10}(?:\s{0,200}\|){0,10}\s*$")


@detector("STR-01")
def leftovers(document: Document, context: Context) -> Iterator[Hit]:
    """Placeholders, author's notes and empty tables."""
    seen: set[tuple[str, int]] = set()
    for text, clause, line in context.reading.spoken():
        for quote in _placeholders(text):
            if clause and _sits_in_link(quote, clause.markup):
                continue
            yield Hit(quote, clause, line)
        if not clause:
            continue
        note = _AUTHOR.search(text)
        tip = _VENDOR_TIP.match(text)
        if tip and tip["who"] not in _EVERYDAY_TIPS and (tip["who"], clause.line_start) not in seen:
            seen.add((tip["who"], clause.line_start))
            yield Hit(tip.group(), clause)
        elif note and context.reading.is_english:
            yield Hit(note.group(), clause, wording="author")
    yield from _angled(context)
    yield from _empty_tables(context)


def _placeholders(text: str) -> Iterator[str]:
    taken: list[tuple[int, int]] = []
    low = text.lower()
    bracketed = _BRACKETED if _MARKS.search(text) else ()
    spoken = _SPOKEN if any(part in low for part in _SPOKEN_PARTS) else ()
    for pattern in (*bracketed, *spoken):
        for found in pattern.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in taken[-50:]):
                taken.append(found.span())
                yield found.group()
    found_link = _LINK_HERE.search(text) if "link here" in low else None
    if found_link:
        yield found_link.group()


def _sits_in_link(quote: str, markup: str) -> bool:
    """Whether the words are the text of a working link, where they are no blank."""
    if quote.lower() == "link here":
        return bool(_LINKED.search(markup[:4_000]))
    return quote.startswith("[") and f"{quote}(" in markup


def _angled(context: Context) -> Iterator[Hit]:
    for index, line in enumerate(context.reading.source_lines):
        if "<" not in line:
            continue
        for part in cut(line):
            for found in (match for pattern in _ANGLED for match in pattern.finditer(part)):
                clause, place = context.reading.place(index)
                yield Hit(found.group(), clause, place)


def _empty_tables(context: Context) -> Iterator[Hit]:
    """One hit per table that has rows without a word, or labels whose value is blank."""
    inside = reported = False
    for index, line in enumerate(context.reading.source_lines):
        is_row = line.lstrip().startswith("|")
        reported = reported and is_row and inside
        inside = is_row
        if is_row and not reported and len(line) <= 2_000 and (_EMPTY_ROW.match(line) or _LABELS.match(line)):
            reported = True
            clause, place = context.reading.place(index)
            yield Hit(line.strip(), clause, place, wording="table")

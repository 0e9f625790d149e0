"""CUR-01, CUR-02 and CUR-05: version, dates, status, an overdue review, and how changes are told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.dates import dates_in, shown
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.rulebook import detector

A_YEAR = 365
_VERSION = re.compile(
    r"\bversion(?: (?:number|no\.?|control))?\s{0,3}[:#|]?\s{0,3}(?:v\.?\s?)?\d"
    r"|\bv\.?\s?\d{1,3}(?:\.\d{1,3}){1,2}\b|\b(?:revision|edition|issue)(?: number| no\.?)?\s{0,3}[:#|]?\s{0,3}\d"
    r"|\bversion:\s{0,3}\w{1,20}|\b\d{1,3}(?:st|nd|rd|th) edition\b",
    re.IGNORECASE,
)
_START = re.compile(
    r"\b(?:effective(?: date)?(?: from| as of)?|valid from|in (?:force|effect) (?:from|since)|(?:comes?|came"
    r"|enters?|entered|goes|takes?|took) (?:into )?(?:force|effect)(?: on| from)?|"
    r"applies from|start(?:s| date)|starting|adopted|approved(?: by|:| on)|approval date"
    r"|date (?:of )?(?:approval|approved|adopted|issued|issue|effective|published)|"
    r"issued(?: on)?|issue date|published(?: on)?|implemented(?: on)?|policy date|date of policy|date in force)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:next (?:policy )?(?:review|revision|update)(?: date| due)?|review (?:date|due|by)|(?:to be|will be"
    r"|due to be|due for) (?:review(?:ed)?|revis(?:ed|ion)|updated)(?: by| on| in| before)?|due for review|"
    r"valid until|expires?(?: on)?|expiry(?: date)?|date of next review|scheduled review)\b",
    re.IGNORECASE,
)
_RHYTHM = re.compile(
    r"\b(?:review|revise|revisit|update|look at)(?:s|d|ed)?\b[^.;]{0,60}\b(?:every|each|annual(?:ly)?|yearly"
    r"|once a|twice a|quarterly|regularly every)\b"
    r"|\b(?:annual(?:ly)?|yearly|quarterly|six-monthly) (?:review|revision|reviewed|revised)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:last (?:policy )?(?:updated?|review(?:ed)?|revis(?:ed|ion)|changed?|edited|modified"
    r"|amended)(?: (?:on|date|time))?|(?:date of )?last (?:review|revision|update|change)|latest (?:revision"
    r"|version|update)|"
    r"(?:updated|reviewed|revised|amended|adopted|approved|effective|published|issued|created)(?: (?:on|date"
    r"|from))?|(?:effective|issue|approval|version|revision) date|date (?:approved|adopted|issued|published"
    r"|of issue|revised))\b",
    re.IGNORECASE,
)
_DRAFTS = (
    r"draft|not started|in progress|wip|work in progress|pending(?: approval| review)?|proposed"
    r"|for (?:review|comment|consultation)|unapproved|to do"
)
_DRAFT_VALUE = re.compile(rf"^\W{{0,3}}(?P<status>{_DRAFTS})\b", re.IGNORECASE)
_DRAFT_LINE = re.compile(
    rf"^\W{{0,3}}(?:document |policy )?status\s{{0,3}}[:|–-]?\s{{0,3}}(?P<status>{_DRAFTS})\b"
    r"|^\W{0,3}(?P<alone>draft)(?: (?:policy|version|document|only|v?\d[\d.]{0,5}))?\W{0,3}$"
    r"|^\W{0,3}(?P<named>draft) (?:–|-|—|:)"
    r"|^.{1,80}\((?P<bracket>draft)\)$",
    re.IGNORECASE,
)
_CHANGE_LOG = re.compile(
    r"\b(?:change ?log|(?:version|revision|document|policy|amendment|change) history|record of changes"
    r"|(?:version|document) control|list of changes|amendments?|what(?:['’]s| has| is) (?:new|changed)"
    r"|changes to this policy|updates to this policy)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:changes?|updates?|amendments?|new versions?|revis\w{1,8})\b[^.]{0,80}\b(?:announc\w{1,6}"
    r"|notif\w{1,8}|tell|told|communicat\w{1,6}|e-?mail\w{0,3}|inform\w{0,5}|publish\w{0,3}|posted|shared"
    r"|listed|let you know|let everyone know)\b"
    r"|\b(?:tell|notify|inform|let|e-?mail|announce|communicate)\b[^.]{0,60}\b(?:changes?|updates?|amendments?"
    r"|new version)\b",
    re.IGNORECASE,
)
_UNANNOUNCED = re.compile(
    r"\bwithout (?:any )?(?:prior |advance |further |previous )?(?:notice|notification"
    r"|warning|announcement)\b",
    re.IGNORECASE,
)
_ABOUT_RULES = re.compile(
    r"\b(?:polic(?:y|ies)|guidelines?|rules?|guidance|handbook|terms)\b[^.]{0,160}\b(?:chang|amend|updat|revis"
    r"|modif|appl|withdr|alter|interpret)"
    r"|\b(?:chang|amend|updat|revis|modif|withdr|alter)\w{0,6}\b[^.]{0,160}\b(?:polic(?:y|ies)|guidelines?"
    r"|rules?|guidance|handbook|terms)\b",
    re.IGNORECASE,
)


_LABEL_PARTS = (
    *("version", "revis", "edition", "issue", "v.", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v "),
    *("effective", "valid", "force", "effect", "applies", "start", "adopted", "approv", "date", "publish", "implement"),
    *("review", "expir", "amend", "modif", "chang", "edited", "latest", "created", "annual", "yearly", "quarterly"),
    *("draft", "status", "revisit", "look at"),
)


@dataclass(frozen=True, slots=True)
class _Label:
    """One place that may state a date or a version: a front matter field, a heading, the head or foot of the text."""

    text: str
    clause: Clause | None
    line: int
    value: str


def _labels(document: Document, reading: Reading) -> Iterator[_Label]:
    """Front matter, headings, and the passages where such things stand; a long text is not searched in its middle."""
    for key, value in document.front_matter.items():
        yield _Label(f"{key}: {value}", None, _line_of(document, key), value)
    for heading in document.headings:
        yield _Label(heading.text[:300], None, heading.line, heading.text[:300])
    passages = reading.passages
    edges = passages if len(passages) <= 60 else (*passages[:25], *passages[-25:])
    for passage in edges:
        if not passage.has(_LABEL_PARTS):
            continue
        yield _Label(passage.text, passage.clause, 0, passage.text)
    if len(passages) > 60:
        for passage in passages[25:-25]:
            if not passage.has(_LABEL_PARTS):
                continue
            if len(passage.text) < 200 or _RHYTHM.search(passage.text):
                yield _Label(passage.text, passage.clause, 0, passage.text)


@detector("CUR-01")
def version_and_dates(document: Document, context: Context) -> Iterator[Hit]:
    """What the head of the policy leaves out, and a status that says it is not in force."""
    labels = list(_labels(document, context.reading))
    if not document.clauses:
        return
    missing = []
    if not any(_VERSION.search(label.text) for label in labels):
        missing.append("a version")
    if not any(_dated(_START, label.text) for label in labels):
        missing.append("the date it starts")
    if not any(_dated(_NEXT, label.text) or _RHYTHM.search(label.text) for label in labels):
        missing.append("the next review")
    if missing:
        words = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
        quote = document.title or (document.headings[0].text if document.headings else "")
        yield Hit(quote, None, 1, values={"missing": words})
    yield from _draft(document, labels)


def _dated(label: re.Pattern[str], text: str) -> bool:
    """Whether a date follows the label within the same line of thought."""
    return any(True for found in label.finditer(text) for _ in dates_in(text[found.end() : found.end() + 60]))


def _draft(document: Document, labels: list[_Label]) -> Iterator[Hit]:
    for key, value in document.front_matter.items():
        found = _DRAFT_VALUE.match(value.strip()[:60])
        if found and "status" in key.lower():
            values = {"status": value.strip()}
            yield Hit(f"{key}: {value}", None, _line_of(document, key), wording="draft", values=values)
            return
        if key.lower() == "draft" and value.strip().lower() in ("true", "yes"):
            yield Hit(f"{key}: {value}", None, _line_of(document, key), wording="draft", values={"status": "draft"})
            return
    for label in labels:
        found = _DRAFT_LINE.search(label.text[:200])
        if found:
            status = next(value for value in found.groups() if value)
            yield Hit(found.group(), label.clause, label.line, wording="draft", values={"status": status})
            return


def _line_of(document: Document, key: str) -> int:
    for number, line in enumerate(document.markdown[:20_000].splitlines()[:80], 1):
        if line.startswith(key):
            return number
    return 1


@detector("CUR-02")
def review_overdue(document: Document, context: Context) -> Iterator[Hit]:
    """A next review that lies behind us, or a last date more than a year old with none ahead."""
    nexts: list[tuple[date, str, _Label]] = []
    lasts: list[tuple[date, str, _Label]] = []
    for label in _labels(document, context.reading):
        nexts += _after(_NEXT, label)
        lasts += [] if _NEXT.search(label.text) and not _LAST.search(label.text) else _after(_LAST, label)
    if nexts:
        day, written, label = max(nexts, key=lambda each: each[0])
        if day < context.today:
            line = label.line or 0
            yield Hit(written, label.clause, line, values={"date": shown(day)})
        return
    past = [each for each in lasts if each[0] <= context.today]
    if past:
        day, written, label = max(past, key=lambda each: each[0])
        if (context.today - day).days > A_YEAR:
            yield Hit(written, label.clause, label.line, wording="old", values={"date": shown(day)})


def _after(pattern: re.Pattern[str], label: _Label) -> list[tuple[date, str, _Label]]:
    found = []
    for match in pattern.finditer(label.text):
        for written, day in dates_in(label.text[match.end() : match.end() + 60]):
            at = label.text.find(written, match.end())
            found.append((day, label.text[match.start() : at + len(written)], label))
            break
    return found


def last_review(document: Document, reading: Reading, today: date) -> date | None:
    """The latest day on which the text says it was written, changed or reviewed."""
    days = [day for label in _labels(document, reading) for day, _, _ in _after(_LAST, label) if day <= today]
    return max(days, default=None)


@detector("CUR-05")
def changes_told(document: Document, context: Context) -> Iterator[Hit]:
    """Rules that change unannounced, and no word on how people hear of changes."""
    told = any(clause is None and _CHANGE_LOG.search(text) for text, clause, _ in context.reading.spoken())
    for passage in context.reading.passages:
        for sentence in passage.sentences:
            told = told or bool(_TOLD.search(sentence.text))
            found = _UNANNOUNCED.search(sentence.text)
            if found and _ABOUT_RULES.search(sentence.text):
                told = True
                yield Hit(found.group(), passage.clause)
    if not told and document.clauses:
        quote = document.title or (document.headings[0].text if document.headings else "")
        yield Hit(quote, None, 1, wording="log")

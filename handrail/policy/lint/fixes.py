"""Which findings can be mended at one press, because only one wording is right, and what that wording is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Finding
from handrail.policy.lint.register import GONE, register
from handrail.policy.lint.words import phrases

_WRITE = re.compile(r'^write "([^"]+)"$')
_WHOLE_LEFTOVER = re.compile(
    r"^\W*(?:lorem ipsum\b.*|(?:this|the) template (?:will|can|is|helps?)\b.*|delete this (?:line|text|section)\b.*)$",
    re.I,
)
_PLAIN = {word: found.group(1) for word, advice in phrases("plain_words").items() if (found := _WRITE.match(advice))}
_LAWS = {
    name.lower(): authority.replaced_by
    for authority in register().values()
    if authority.status in GONE and authority.replaced_by and authority.replaced_by not in register()
    for name in authority.names
}
# "shall" is "must" where a person has a duty; elsewhere it may mean "will" or "may", and a person has to choose.
_PERSON = re.compile(
    r"(?:^|[.;:!?] )(?![^.;:!?]*\b(?:no|none|neither|nor|nobody)\b)[^.;:!?]*?\b(?:you|everyone|anyone|staff|employees?"
    r"|volunteers?|managers?|officers?|officials?|members|contractors?|users|authors|owners?|moderators?|supervisors?"
    r"|directors?|trustees?|colleagues|associates|people|teams?|leaders?)(?: [\w’'-]+,?){0,4} $",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(
    r" (?:(?:also|not|only) )?(?:be (?:deemed|construed|interpreted|considered|entitled|liable)|mean|have)\b"
)
_PINPOINT = re.compile(
    r"\b(?:sections?|ss?\.|art(?:icle)?s?\.?|parts?|schedules?|principles?|para(?:graph)?s?|reg\w*) ?\d", re.I
)
_MAIL_LINK = re.compile(
    r"(?P<before>\b(?:contact|e-?mail|ask|tell|write to|us)) \[(?:click here|here|this link|link)\]"
    r"\(mailto:(?P<mail>[\w.+-]{1,60}@[\w.-]{1,60})\)",
    re.I,
)
_CLICK_TO = re.compile(
    r"(?P<before>^|[.!?] )\[click here\]\((?P<url>[^()\s]{1,500})\) to (?P<deed>(?:read|see|view|find|download|open"
    r"|learn|report|register|apply|watch|visit|get|join|contact|ask|book|send|sign)\b[^.!?\[\]*_`]{4,80}?)"
    r"(?P<end>[.!](?= |$)|$)",
    re.I,
)
_DOUBLED = re.compile(r"\b(?P<word>[a-z]{1,6})[ \t]+(?P=word)\b", re.I)


@dataclass(frozen=True, slots=True)
class Fix:
    """A clause as it is worded and as it would be; without words it goes."""

    clause_key: str
    before: str
    after: str

    @property
    def removes(self) -> bool:
        """Whether the whole clause goes."""
        return not self.after


def fix_of(finding: Finding, document: Document, before: str = "") -> Fix | None:
    """The one wording that mends a finding, or None where a person has to choose.

    `before` is the Markdown of the clause as an author edits it; without it, as the document has it.
    """
    clause = next((each for each in document.clauses if each.id == finding.clause_id), None)
    if clause is None:
        return None
    markup = before or clause.markup or clause.text
    return _BY_RULE[finding.rule](finding, document, clause, markup) if finding.rule in _BY_RULE else None


def _plain_word(finding: Finding, document: Document, clause: Clause, markup: str) -> Fix | None:
    word = finding.quote.lower()
    if word == "shall":
        return _must(clause.id, markup)
    return _swapped(clause.id, markup, finding.quote, _PLAIN[word]) if word in _PLAIN else None


def _must(key: str, markup: str) -> Fix | None:
    """Every "shall" of a clause, where each is a person's duty."""
    for found in re.finditer(r"\bshall\b", markup, re.I):
        if not _PERSON.search(markup[: found.start()]) or _NO_DUTY.match(markup[found.end() :]):
            return None
    return _swapped(key, markup, "shall", "must")


def _new_law(finding: Finding, document: Document, clause: Clause, markup: str) -> Fix | None:
    """The law that took over; not beside a section number, and not where it would be named twice."""
    name = next((name for name in sorted(_LAWS, key=len, reverse=True) if name in finding.quote.lower()), "")
    if not name:
        return None
    at = markup.lower().find(name)
    if at < 0 or _PINPOINT.search(markup[max(0, at - 40) : at + len(name) + 30]):
        return None
    rest = markup[:at] + markup[at + len(name) :]
    new = " and ".join(part for part in _LAWS[name].split(" and ") if not _stands_in(part, rest))
    if markup[:at].lower().endswith("the "):
        new = new.removeprefix("the ")
    return _swapped(clause.id, markup, name, new) if new else None


def _stands_in(law: str, text: str) -> bool:
    """Whether a text names a law in full or by its short form."""
    return any(name in text for name in (law, *re.findall(r"\(([^()]+)\)", law)))


def _leftover(finding: Finding, document: Document, clause: Clause, markup: str) -> Fix | None:
    whole = len(clause.text) < 400 and _WHOLE_LEFTOVER.match(clause.text)
    return Fix(clause.id, markup, "") if whole else None


def _repeated(finding: Finding, document: Document, clause: Clause, markup: str) -> Fix | None:
    return Fix(clause.id, markup, "") if _stands_before(document, clause.id, clause.text) else None


def _layout(finding: Finding, document: Document, clause: Clause, markup: str) -> Fix | None:
    """A word written twice, or a link whose own sentence or address says where it leads."""
    doubled = _DOUBLED.fullmatch(" ".join(finding.quote.split()))
    if doubled:
        pattern = re.compile(rf"\b({re.escape(doubled['word'])})[ \t]+{re.escape(doubled['word'])}\b(?!-)", re.I)
        after, count = pattern.subn(r"\1", markup)
        return Fix(clause.id, markup, after) if count else None
    after = _MAIL_LINK.sub(_addressed, markup)
    after = _CLICK_TO.sub(_told, after)
    return Fix(clause.id, markup, after) if after != markup else None


def _addressed(found: re.Match[str]) -> str:
    at = " at" if found["before"].lower() == "us" else ""
    return f"{found['before']}{at} [{found['mail']}](mailto:{found['mail']})"


def _told(found: re.Match[str]) -> str:
    deed = found["deed"]
    return f"{found['before']}[{deed[:1].upper()}{deed[1:]}]({found['url']}){found['end']}"


def _swapped(key: str, markup: str, words: str, plain: str) -> Fix | None:
    pattern = re.compile(rf"(?<![\w/]){re.escape(words)}(?![\w/])", re.IGNORECASE)
    if "](" in markup and any(pattern.search(link) for link in re.findall(r"\]\(([^)]{0,2000})\)", markup)):
        return None
    after, count = pattern.subn(lambda found: _cased(found.group(), plain), markup)
    return Fix(key, markup, after) if count and after != markup else None


def _cased(was: str, plain: str) -> str:
    return plain[:1].upper() + plain[1:] if was[:1].isupper() and not was.isupper() else plain


def _stands_before(document: Document, key: str, text: str) -> bool:
    """Whether an earlier clause says the same in the same words under the same lead-in."""
    here = next(each for each in document.clauses if each.id == key)
    said = " ".join(text.lower().split())
    for each in document.clauses:
        if each.id == key:
            return False
        if " ".join(each.text.lower().split()) == said and each.frame == here.frame and each.lead_in == here.lead_in:
            return True
    return False


_BY_RULE: Mapping[str, Callable[[Finding, Document, Clause, str], Fix | None]] = {
    "CLR-03": _plain_word,
    "CUR-03": _new_law,
    "STR-01": _leftover,
    "STR-05": _layout,
    "STR-07": _repeated,
}

"""Which findings can be mended at one press, because only one wording is right, and what that wording is."""

import re
from dataclasses import dataclass

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Finding
from handrail.policy.lint.register import GONE, register
from handrail.policy.lint.words import phrases

_WRITE = re.compile(r'^write "([^"]+)"$')
_WHOLE_LEFTOVER = re.compile(
    r"^\W*(?:lorem ipsum\b.*|(?:this|the) template (?:will|can|is|helps?)\b.*|delete this (?:line|text|section)\b.*)$",
    re.I,
)
_PLAIN = {word: found.group(1) for word, advice in phrases("plain_words").items() if (found := _WRITE.match(advice))}
# "shall" becomes "must" in a rule; elsewhere it may mean "will", and a person has to choose.
_PLAIN["shall"] = "must"
_LAWS = {
    name.lower(): authority.replaced_by
    for authority in register().values()
    if authority.status in GONE and authority.replaced_by and authority.replaced_by not in register()
    for name in authority.names
}


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
    if finding.rule == "CLR-03":
        plain = _PLAIN.get(finding.quote.lower())
        return _swapped(clause.id, markup, finding.quote, plain) if plain else None
    if finding.rule == "CUR-03":
        name = next((name for name in sorted(_LAWS, key=len, reverse=True) if name in finding.quote.lower()), "")
        return _swapped(clause.id, markup, name, _LAWS[name]) if name else None
    if finding.rule == "STR-01" and len(clause.text) < 400 and _WHOLE_LEFTOVER.match(clause.text):
        return Fix(clause.id, markup, "")
    if finding.rule == "STR-07" and _stands_before(document, clause.id, clause.text):
        return Fix(clause.id, markup, "")
    return None


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

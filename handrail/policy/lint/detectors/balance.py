"""BAL-01 to BAL-06: does a policy give as well as ask, help before it punishes, and did many read it?"""

import re
from collections.abc import Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.frames import Said, bans, said
from handrail.policy.lint.reading import Section
from handrail.policy.lint.rulebook import detector

TOO_MANY, ENOUGH_CLAUSES = 3, 8
FEW_REASONS, ENOUGH_BANS = 0.3, 3
THREATS_PER_THOUSAND = 3
MANY_DUTIES = 8
_DO_HEADING = re.compile(
    r"(?:please )?do(?:[’']?s)?\W*$|(?:what )?you (?:are welcome|can|may)|welcome|encouraged|what we welcome",
    re.IGNORECASE,
)
# Freed from a duty is not yet welcome to do something.
_SPARED = re.compile(r"\b(?:not|n[’']t) (?:need|have|required|obliged)\b")
_WHY = re.compile(
    r"\b(?:because|since (?:it|a|the|they|we)|so that|in order to|to (?:protect|keep|guard|avoid|prevent|help|respect)"
    r"|that is why|the reason|as (?:the regulator|this|it|they (?:would|could|may)))\b"
)
_PENALTIES = re.compile(
    r"\b(?:disciplin\w*|breach\w*|consequences?|violations?|enforcement|sanctions?|penalt\w+|non-?compliance"
    r"|if (?:a |the )?rules? (?:is|are) broken|misuse)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:support|help|questions?|mistakes?|advice|goes? wrong|contact|hard days|who to ask)\b", re.IGNORECASE
)
_HELPING = re.compile(
    r"\b(?:we (?:support|help|stand by|back)|if you (?:made|make) a mistake|honest slip)\b", re.IGNORECASE
)
_THREAT = re.compile(
    r"\b(?:zero[- ]tolerance|strict(?:ly)?|immediate(?:ly)? (?:dismiss\w+|terminat\w+)|summary dismissal|legal action"
    r"|gross misconduct|prosecut\w+|severe(?:ly)?|up to and including)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\bwe (?:will|promise|support|help|stand by|pay|give|train|answer|protect|commit|provide|offer|listen)\b"
    r"|\b(?:the (?:\w+ ){0,2}(?:company|council|bank|trust|hospital"
    r"|agency|desk|managers?)) (?:will )?(?:support|help|train|answer"
    r"|give|provide|protect)s?\b"
    r"(?! (?:disciplin|dismiss))|\b(?:we|administrators|managers) (?:do not|don[’']t|never|will never)"
    r" (?:monitor|look|read|track|watch|search|score)\b"
    r"|\bprohibits? (?:\w+ ){0,4}(?:against|retaliat)|\byou will not be in trouble\b",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(
    r"\bwe will (?:delete|remove|monitor|discipline|take action|investigate|ask|not)\b", re.IGNORECASE
)
_READ_BY = re.compile(
    r"^(?:this (?:policy|text|document) (?:was|is|has been) )?(?:\w+ )?(?:approved|reviewed|signed off|agreed|consulted"
    r"|vetted)(?: by| with)\b|\bapproved this (?:text|policy)\b|\b(?:policy"
    r"|text|document|guidelines?) (?:was|were|is|has been)"
    r" (?:approved|reviewed|agreed|signed off|vetted) (?:by|with)\b",
    re.IGNORECASE,
)
_VOICES = {
    "legal": re.compile(r"\b(?:legal|counsel|lawyers?|solicitors?)\b", re.IGNORECASE),
    "security": re.compile(r"\b(?:security|it team|information technology|cyber\w*)\b", re.IGNORECASE),
    "privacy": re.compile(r"\b(?:privacy|data protection|dpo)\b", re.IGNORECASE),
    "brand": re.compile(r"\b(?:brand|communications?|marketing|press)\b", re.IGNORECASE),
    "staff": re.compile(r"\b(?:staff|employees?|unions?|works council|volunteers|people team)\b", re.IGNORECASE),
}


def _top(document: Document) -> tuple[str, int]:
    heading = document.headings[0] if document.headings else None
    return (heading.text, heading.line) if heading else ("", 1)


@detector("BAL-01")
def dos_and_donts(document: Document, context: Context) -> Iterator[Hit]:
    """Many more bans than things people are welcome to do."""
    if context.reading.is_procedure:
        return
    donts = sum(each.asked == "ban" for each in said(context.reading))
    dos = sum(_welcomes(each) for each in said(context.reading))
    if len(document.clauses) >= ENOUGH_CLAUSES and donts > TOO_MANY * max(dos, 1):
        quote, line = _top(document)
        yield Hit(quote, line=line, values={"donts": donts, "dos": dos})


def _welcomes(each: Said) -> bool:
    """Whether a sentence opens something up: a freedom, a promise, or a line under a heading such as Do."""
    if each.asked in ("free", "promise"):
        return not (each.low.startswith("nothing") or _SPARED.search(each.low))
    clause = each.passage.clause
    return each.asked == "plain" and clause.kind == "do" and bool(_DO_HEADING.match(clause.heading.strip()))


@detector("BAL-02")
def reasons(document: Document, context: Context) -> Iterator[Hit]:
    """Bans that rarely say why."""
    if context.reading.is_procedure:
        return
    found = bans(context.reading)
    sections = {id(each.section): each.section for each in found}
    told = {name for name, section in sections.items() if _explained(section)}
    given = sum(id(each.section) in told or bool(_WHY.search(each.passage.low)) for each in found)
    if len(found) >= ENOUGH_BANS and given < FEW_REASONS * len(found):
        quote, line = _top(document)
        yield Hit(quote, line=line, values={"given": given, "bans": len(found)})


def _explained(section: Section) -> bool:
    """Whether a paragraph of the section that forbids nothing itself says why."""
    return any(
        _WHY.search(passage.low) and passage.clause.form == "paragraph" and passage.clause.kind == "principle"
        and not passage.is_duty
        for passage in section.passages
    )  # fmt: skip


@detector("BAL-03")
def help_first(document: Document, context: Context) -> Iterator[Hit]:
    """A part on penalties before, or longer than, the part on help and questions."""
    sections = context.reading.sections
    first = next((at for at, each in enumerate(sections) if _PENALTIES.search(each.heading)), None)
    if first is None:
        return
    helping = [at for at, each in enumerate(sections) if _HELP.search(each.heading) or _HELPING.search(each.text)]
    passage = sections[first].passages[0]
    if not helping or helping[0] > first:
        yield Hit(passage.text, passage.clause)
    elif len(sections[first].text) > sum(len(sections[at].text) for at in helping) * 1.5:
        yield Hit(passage.text, passage.clause, wording="longer")


@detector("BAL-04")
def threats(document: Document, context: Context) -> Iterator[Hit]:
    """Words of threat, many for the length of the text."""
    hits = [(passage, found) for passage in context.reading.passages for found in _THREAT.finditer(passage.text)]
    if len(hits) >= 2 and len(hits) * 1000 > THREATS_PER_THOUSAND * context.reading.word_count:
        passage, found = hits[0]
        sentence = next((each.text for each in passage.sentences if found.group() in each.text), passage.text)
        yield Hit(sentence, passage.clause)


@detector("BAL-05")
def one_way(document: Document, context: Context) -> Iterator[Hit]:
    """Many duties and no promise; a procedure is all duties."""
    if context.reading.is_procedure:
        return
    duties = sum(each.asked in ("duty", "ban") for each in said(context.reading))
    promised = any(_PROMISE.search(each.text) and not _NO_PROMISE.search(each.text) for each in said(context.reading))
    if duties > MANY_DUTIES and not promised:
        quote, line = _top(document)
        yield Hit(quote, line=line, values={"duties": duties})


@detector("BAL-06")
def few_voices(document: Document, context: Context) -> Iterator[Hit]:
    """A list of those who approved or reviewed the text that lacks a voice."""
    for passage in context.reading.passages:
        found = next((each.text for each in passage.sentences if _READ_BY.search(each.text)), "")
        if found:
            missing = [name for name, voice in _VOICES.items() if not voice.search(found)]
            if missing:
                yield Hit(found, passage.clause, values={"missing": ", ".join(missing)})
            return

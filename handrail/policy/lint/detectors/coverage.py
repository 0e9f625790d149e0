"""COV-01 to COV-17: what a policy has to speak of; one finding for the whole text where nothing does."""

import re
from collections.abc import Callable, Iterator, Mapping

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.rulebook import DETECTORS, Detector

_OPENING = 0.2
_LEAST_OPENING = 700


def _has(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


_GAIN = _has(
    r"\b(?:encourag\w*|benefits?|enjoy\w*|opportunit\w+|learn|welcome|want (?:you|people|everyone|staff)"
    r"|help(?:s|ed|ing)? (?:us|you|people|our|staff|customers|guests|readers|it)|like it when)\b"
)
_WHO = _has(
    r"\b(?:staff|employees?|contractors?|agency workers?|board|volunteers?|team members?|officers|workers|interns"
    r"|apprentices|everyone who works|people here)\b"
)
_USES = {
    "official use": _has(
        r"\b(?:official|corporate|company|hotel|agency|brand) (?:\w+ )?(?:accounts?"
        r"|use|pages?|channels?|posts?)\b|\bofficial\b|\bposts? for (?:us"
        r"|the)\b|\bon (?:our|its) behalf\b"
    ),
    "work-related use": _has(
        r"\b(?:professional|work-related|work related|business)(?: use"
        r"|,| and| or|\)| accounts?| posts?| social)|\b(?:posts?|talk) about (?:your"
        r"|their) work\b"
    ),
    "private use": _has(r"\b(?:personal|private)\b(?! data| information| details)"),
}
_OWNER = _has(
    r"\bown(?:s|ed by|er of)\b[^.]{0,40}\b(?:policy|page|text|guid\w+)"
    r"|\bresponsible for (?:this|these|the) (?:\w+ )?(?:policy|text"
    r"|guid\w+|rules|page)"
    r"|\b(?:policy|document) owner\b|\baccountable for\b|\bmaintained by\b|\bowner\b|\bowns this\b"
)
_ASK = _has(r"\b(?:contact|questions?|ask (?:the|your|our)|write to|e-?mail|talk to|speak to)\b")
_KEYS = {
    "a list of accounts": _has(
        r"\b(?:lists?|register|inventory)\b[^.]{0,30}\baccounts?\b|\baccounts?\b[^.]{0,40}\b(?:list"
        r"|register|inventory)\b"
    ),
    "two holders": _has(
        r"\b(?:two|2|second|three|at least two)\b[^.]{0,25}\b(?:holders?"
        r"|owners?|people|admin\w*|keepers?)\b|\bback-?up (?:holder|owner"
        r"|admin)"
    ),
    "safe sign-in": _has(r"\b(?:mfa|2fa|multi-?factor|two-?(?:step|factor))\b"),
    "handover": _has(
        r"\bhand(?:s|ed|ing)?[ -]?over\b|\btransfer\w*\b[^.]{0,30}\baccounts?\b|\btakes? (?:the|their) accounts? over\b"
    ),
    "closing": _has(
        r"\b(?:clos(?:e|es|ed|ing)|retire[ds]?|decommission\w*|shut down"
        r"|archiv\w+)\b[^.]{0,30}\baccounts?\b|\baccounts?\b[^.]{0,40}\b(?:are"
        r"|is) (?:closed|retired|archived)\b"
    ),
    "leavers": _has(r"\bleav(?:es|ers?|ing)\b|\bwhen (?:someone|a holder|staff) leaves?\b|\blast day\b"),
}
_SAMPLE = _has(
    r"[\"“”‘'][^\"“”]{0,12}\b(?:i|my|we) (?:work|volunteer|am|team"
    r"|serve|study)\b|[\"“][^\"”]{0,30}(?:my own|#employee|are mine)"
)
_OWN_VIEWS = _has(r"\b(?:views?|opinions?)\b[^.]{0,20}\b(?:own|mine)\b|\bown views?\b")
_VIEW_LIMIT = _has(
    r"\b(?:not|n[’']t|never|no)\b[^.]{0,25}\b(?:excuse|lift|remove|cover|protect|enough|change|cancel|free|waive|end)\b"
)
_SPEAKER = _has(
    r"\b(?:authori[sz]ed|spokes\w+|speaks? (?:for|in the name)|in our name"
    r"|on (?:our|its) behalf|post for us|press desk|officers post)\b"
)
_JOIN = _has(r"\b(?:training|trained|become|apply|request|ask (?:your|the)|how to join|want to)\b")
_SECRET = _has(r"\b(?:confidential\w*|secrets?|non-?public|not public)\b")
_THREE = _has(r"[^.;,]{3,},[^.;,]{3,}(?:,| and | or )[^.;,]{3,}")
_PERSONS = (
    r"\b(?:customers?|patients?|guests?|colleagues?|residents?|child(?:ren)?"
    r"|clients?|pupils?|students?|people|anyone|person|someone)\b"
)
_CARE = r"\b(?:consent|permission|privacy|personal data|private|asked|ask(?:s|ing)? (?:guests|them|first|people))\b"
_DETAILS = _has(rf"{_PERSONS}[^.]{{0,120}}{_CARE}|{_CARE}[^.]{{0,120}}{_PERSONS}")
_HARASS = _has(r"\b(?:harass\w*|bull(?:y|ied|ying)|discriminat\w*|threat\w*|slurs?|racis\w+)\b")
_SHOWN = _has(
    r"\b(?:for example|such as|e\.g\.|for instance|see the|code of conduct"
    r"|conduct rules|dignity|rules on)\b|\bsexual\b|\bslurs?\b|https?:"
)
_REUSE = _has(
    r"\b(?:copyright|licen[cs]\w*|permission (?:of|from) the (?:owner"
    r"|author|photographer)|fair use|own work|credit the)\b"
)
_MADE = _has(r"\b(?:ai|artificial intelligence|synthetic|deepfakes?|generated)\b|\bai-")
_SAFE = {
    "sign-in": _has(r"\b(?:passwords?|log-?ins?|mfa|2fa|multi-?factor|two-?(?:step|factor))\b"),
    "scams": _has(r"\b(?:phish\w*|scams?|suspicious links?|false links?|malware)\b"),
    "linked apps": _has(r"\b(?:third-?party apps?|linked apps?|connected apps?|apps? that ask)\b"),
    "place": _has(r"\b(?:location|geo-?tag\w*|where you are)\b"),
}
_COMMENTS = _has(r"\b(?:moderat\w+|house rules|comment rules|(?:hide|remove|delete)s? comments|community rules)\b")
_RECORDS = _has(r"\b(?:records?|retention|retain\w*|archiv\w+|kept for|keep (?:them|it) for)\b")
_ALT = _has(
    r"\b(?:alt(?:ernative)?[ -]text|captions?|picture texts?|short text"
    r"|hashtags|subtitles?|accessib\w+|screen readers?)\b"
)
_CRISIS = _has(r"\b(?:cris[ie]s|emergenc\w+|escalat\w+|out of hours)\b")
_TELL = _has(r"\b(?:contact|call|tell|phone|ring|alert|inform|notify)\b|https?:")
_LOOKS = _has(r"\b(?:monitor\w*|(?:we|desk|team) (?:look|listen|read)s?\b|reads? (?:public )?posts|what we look at)")
_WATCHED = (
    _has(r"\b(?:posts?|mentions?|pages?|accounts?|comments?)\b"),
    _has(r"\b(?:to (?:answer|learn|protect|help|reply|find|improve|keep)|so that|because|in order to|why|so we)\b"),
    _has(r"\b(?:sees?|seen by|reads?|has access|only the|team (?:sees|reads)|desk (?:sees|reads|keeps|reads))\b"),
    _has(r"\b(?:days?|months?|years?|weeks?|deleted after|how long)\b"),
    _has(r"\b(?:rights?|object|access to (?:your|their)|see what we hold)\b"),
)
_NOT_WATCHED = _has(
    r"\b(?:we|it|desk|team|nobody|no one)\b[^.]{0,20}\b(?:do not|don[’']t"
    r"|never|does not)\b[^.]{0,15}\b(?:monitor|look|read|track|watch)"
)
_ATTACK = _has(
    r"\b(?:target\w*|attack\w*|abus\w+|troll\w*|harass\w*)\b[^.]{0,80}\b(?:support"
    r"|help\w*|stand by|back you|call|tell|contact)|\b(?:support|help)\b[^.]{0,60}\b(?:attack\w*"
    r"|abus\w+|target\w*|troll\w*)"
)
_SLIP = _has(
    r"\b(?:mistakes?|slips?|errors?|go(?:es)? wrong)\b[^.]{0,120}\b(?:correct"
    r"|delete|tell|take (?:it|the post) down|help|put (?:it|things) right"
    r"|own up|trouble)"
)
_TRAINED = _has(r"\b(?:training|trained|course|workshop|e-?learning|induction)\b")
_MANAGERS = _has(
    r"\b(?:managers?|team leaders?|supervisors?)\b[^.]{0,30}\b(?:coach\w*"
    r"|page|guid\w+|toolkit|lead|help|talk|support|train\w*)\b|\bcoach\w*\b"
    r"|\btraining\b[^.]{0,30}\bmanagers\b"
)
_SECTOR: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "finance": (
        "records and approval of business posts",
        _has(r"\b(?:regulator|archiv\w+|supervis\w+|records?|financial promotions?)\b"),
    ),
    "health": (
        "patients' details, even without a name",
        _has(r"\bpatients?\b[^.]{0,100}\b(?:consent|privacy|detail|name|identif)"),
    ),
    "pharmacy": ("claims about medicines", _has(r"\b(?:medicines?|drugs?|medical claims?|side effects?|adverse)\b")),
    "listed": (
        "news that can move the share price",
        _has(
            r"\b(?:material (?:news|information)|quiet period|inside information"
            r"|insider|share price|results before)\b"
        ),
    ),
    "retail": ("reviews of our own goods", _has(r"\breviews?\b")),
    "hospitality": ("guests' privacy", _has(r"\bguests?\b")),
    "education": ("pupils and students", _has(r"\b(?:pupils?|students?|learners?)\b")),
    "government": (
        "records and fairness to every view",
        _has(r"\b(?:records?|impartial\w*|neutral\w*|public debate|transparen\w+)\b"),
    ),
}


def _whole(reading: Reading) -> str:
    return reading.low


def _in_a_section(reading: Reading, *tests: Callable[[str], bool]) -> bool:
    return any(all(test(text) for test in tests) for text in reading.sections_low)


def _absent(named: Mapping[str, Callable[[str], bool]], text: str) -> list[str]:
    return [name for name, test in named.items() if not test(text)]


def _purpose(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    body = "\n".join(passage.low for passage in context.reading.passages)
    return None if _GAIN(body[: max(_LEAST_OPENING, int(len(whole) * _OPENING))]) else ""


def _people(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    missing = _absent({"whom it covers": _WHO, **_USES}, whole)
    return ", ".join(missing) if missing else None


def _owned(document: Document, context: Context) -> str | None:
    front = " ".join(f"{key}: {value}" for key, value in document.front_matter.items()).lower()
    whole = f"{front}\n{_whole(context.reading)}"
    return None if _OWNER(whole) and _ASK(whole) else ""


def _keys(document: Document, context: Context) -> str | None:
    missing = _absent(_KEYS, _whole(context.reading))
    return ", ".join(missing) if len(missing) >= 2 else None


def _disclosed(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    limited = any(_VIEW_LIMIT(text) for text in context.reading.sections_low if _OWN_VIEWS(text))
    return None if _SAMPLE(whole) and limited else ""


def _secrets(document: Document, context: Context) -> str | None:
    for section in context.reading.sections:
        for passage in section.passages:
            near = (
                passage.low if passage.clause.form != "list_item" else f"{passage.clause.lead_in.lower()} {passage.low}"
            )
            if _SECRET(near) and _THREE(passage.low):
                return None
        under = [each for each in section.passages if _SECRET(f"{section.heading} {each.clause.lead_in}".lower())]
        if sum(each.clause.form == "list_item" for each in under) >= 3:
            return None
    return ""


def _looked_at(document: Document, context: Context) -> str | None:
    for text in context.reading.sections_low:
        if _NOT_WATCHED(text) and not _WATCHED[4](text) and "private" not in text:
            return None
        if _LOOKS(text) and sum(test(text) for test in _WATCHED) >= 3:
            return None
    return ""


def _helped(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    missing = _absent({"help after attacks": _ATTACK, "what to do after a slip": _SLIP}, whole)
    return ", ".join(missing) if missing else None


def _trained(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    missing = _absent({"training": _TRAINED, "a page for managers": _MANAGERS}, whole)
    if context.sector in _SECTOR:
        missing += _absent(dict([_SECTOR[context.sector]]), whole)
    return ", ".join(missing) if missing else None


def _one_section(*tests: Callable[[str], bool]) -> Callable[[Document, Context], str | None]:
    return lambda document, context: None if _in_a_section(context.reading, *tests) else ""


def _all_somewhere(*tests: Callable[[str], bool]) -> Callable[[Document, Context], str | None]:
    return lambda document, context: None if all(test(_whole(context.reading)) for test in tests) else ""


def _safe(document: Document, context: Context) -> str | None:
    return None if len(_SAFE) - len(_absent(_SAFE, _whole(context.reading))) >= 2 else ""


_CHECKS: Mapping[str, Callable[[Document, Context], str | None]] = {
    "COV-01": _purpose,
    "COV-02": _people,
    "COV-03": _owned,
    "COV-04": _keys,
    "COV-05": _disclosed,
    "COV-06": _one_section(_SPEAKER, _JOIN),
    "COV-07": _secrets,
    "COV-08": _all_somewhere(_DETAILS),
    "COV-09": _one_section(_HARASS, _SHOWN),
    "COV-10": _all_somewhere(_REUSE, _MADE),
    "COV-11": _safe,
    "COV-12": _all_somewhere(_COMMENTS, _RECORDS),
    "COV-13": _all_somewhere(_ALT),
    "COV-14": _one_section(_CRISIS, _TELL),
    "COV-15": _looked_at,
    "COV-16": _helped,
    "COV-17": _trained,
}


def _top(document: Document) -> Hit:
    """Where a finding on the whole text stands: its first heading, or its first line."""
    if document.headings:
        return Hit(document.headings[0].text, line=document.headings[0].line)
    return Hit("", line=1)


def _detect(rule: str) -> Detector:
    def detect(document: Document, context: Context) -> Iterator[Hit]:
        if not context.reading.passages:
            return
        top = _top(document)
        missing = _CHECKS[rule](document, context)
        if missing is not None:
            yield Hit(top.quote, line=top.line, values={"missing": missing})

    return detect


DETECTORS.update({rule: _detect(rule) for rule in _CHECKS})

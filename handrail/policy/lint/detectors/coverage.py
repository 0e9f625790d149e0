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
    r"\b(?:encourag\w*|empower\w*|benefits?|enjoy\w*|opportunit\w+|learn|welcome|want (?:you|people|everyone|staff)"
    r"|(?:build|strengthen)\w* relationships|assist (?:\w+ ){1,3}in"
    r"|help(?:s|ed|ing)? (?:us|you|people|our|staff|customers|guests|readers|it)|like it when)\b"
)
_PURPOSE = _has(r"\b(?:purposes?|benefits?|goals?|aims?|why)\b")
_GROWS = _has(r"\b(?:increas\w+|improv\w+|build\w*|gain\w*|reach\w*|positive)\b")
_WHO = _has(
    r"\b(?:staff|employees?|contractors?|agency workers?|board|volunteers?|team members?|officers|workers|interns"
    r"|apprentices|everyone who works|people here)\b"
)
_USES = {
    "official use": _has(
        r"\b(?:official|corporate|company|hotel|agency|brand) (?:\w+ )?(?:accounts?"
        r"|use|pages?|channels?|posts?)\b|\bofficial\b|\bposts? for (?:us"
        r"|the)\b|\bon (?:our|its) behalf\b|\b(?:our|the \w+[’']s) (?:social media )?accounts\b"
    ),
    "work-related use": _has(
        r"\b(?:professional|work-related|work related|business)(?: use"
        r"|,| and| or|\)| accounts?| posts?| social)|\b(?:posts?|talk) about (?:your"
        r"|their) work\b|\brelated to (?:your|their) (?:work|job)\b|\bprofessional capacity\b"
    ),
    "private use": _has(r"\b(?:personal|private)\b(?! data| information| details)"),
}
_OWNER = _has(
    r"\bown(?:s|ed by|er of)\b[^.]{0,40}\b(?:policy|page|text|guid\w+)"
    r"|\bresponsible for (?:this|these|the) (?:\w+ )?(?:policy|text"
    r"|guid\w+|rules|page)"
    r"|\b(?:policy|document) owner\b|\baccountable for\b|\bmaintained by\b|\bowners?\b|\bowns this\b"
)
_ASK = _has(r"\b(?:contact|questions?|ask (?:the|your|our)|write to|e-?mail|talk to|speak to)\b")
_KEYS = {
    "a list of accounts": _has(
        r"\b(?:lists?|register|inventory|directory)\b[^.]{0,30}\b(?:accounts?|channels|social media sites)\b"
        r"|\baccounts?\b[^.]{0,40}\b(?:list|register|inventory)\b"
    ),
    "two holders": _has(
        r"\b(?:two|2|second|three|at least two)\b[^.]{0,25}\b(?:holders?"
        r"|owners?|people|admin\w*|keepers?)\b|\bback-?up (?:holder|owner"
        r"|admin)"
    ),
    "safe sign-in": _has(r"\b(?:mfa|2fa|multi-?factor|two-?(?:step|factor))\b"),
    "handover": _has(
        r"\bhand(?:s|ed|ing)?[ -]?over\b|\btransfer\w*\b[^.]{0,30}\baccounts?\b|\btakes? (?:the|their) accounts? over\b"
        r"|\btransition\w*\b[^.]{0,30}\bcontrol of\b"
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
    r"|serve|study)\b|[\"“][^\"”]{0,40}(?:my own|#employee|are mine)"
)
_OWN_VIEWS = _has(r"\b(?:views?|opinions?)\b[^.]{0,20}\b(?:own|mine)\b|\bown views?\b")
_VIEW_LIMIT = _has(
    r"\b(?:not|n[’']t|never|no)\b[^.]{0,25}\b(?:excuse|lift|remove|cover|protect|enough|change|cancel|free|waive|end)\b"
)
_SPEAKER = _has(
    r"\b(?:professional capacity|authori[sz]ed|spokes\w+|speaks? (?:for|in the name)|in our name"
    r"|on (?:our|its) behalf|post for us|press desk|officers post)\b"
)
_JOIN = _has(
    r"\b(?:let (?:us|the (?:\w+ ){1,4}team) know"
    r"|training|trained|become|apply|request|ask (?:your|the)|how to join|want to)\b"
)
_SECRET = _has(r"\b(?:confidential\w*|secrets?|non-?public|not public)\b")
_KIND_OF_SECRET = _has(
    r"\b(?:trade secrets?|unreleased|unannounced|not yet (?:public|announced)|financial (?:information|results|figures)"
    r"|projections|forecasts|customer (?:names|details|lists?|data)|source code|designs|contracts?|prices|plans)\b"
)
_THREE = _has(r"[^.;,]{3,},[^.;,]{3,}(?:,| and | or )[^.;,]{3,}")
_PERSONS = (
    r"\b(?:customers?|patients?|guests?|colleagues?|residents?|members?|child(?:ren)?"
    r"|clients?|pupils?|students?|people|anyone|person|someone)\b"
)
_CARE = (
    r"\b(?:consent|permission|privacy|personal (?:data|information)|private|approval from|asked"
    r"|ask(?:s|ing)? (?:guests|them|first|people))\b"
)
_DETAILS = _has(rf"{_PERSONS}[^.]{{0,120}}{_CARE}|{_CARE}[^.]{{0,120}}{_PERSONS}")
_HARASS = _has(r"\b(?:harr?ass\w*|bull(?:y|ied|ying)|discriminat\w*|threat\w*|slurs?|racis\w+)\b")
_SHOWN = _has(
    r"\b(?:for example|such as|e\.g\.|for instance|see the|code of conduct"
    r"|conduct rules|dignity|rules on|harr?assment policy)\b|\bsexual\b|\bslurs?\b|https?:"
)
_REUSE = _has(
    r"\b(?:copyright|licen[cs]\w*|permission (?:of|from) the (?:owner"
    r"|author|photographer)|fair use|own work|credit the)\b"
)
_MADE = _has(r"\b(?:ai|artificial intelligence|synthetic|deepfakes?|generated)\b|\bai-")
_SAFE = {
    "sign-in": _has(r"\b(?:passwords?|log-?ins?|mfa|2fa|multi-?factor|two-?(?:step|factor))\b"),
    "scams": _has(r"\b(?:phish\w*|scams?|suspicious links?|false links?|malware)\b"),
    "linked apps": _has(r"\b(?:third-?party apps?|linked apps?|connected apps?|apps? that ask|plug-?ins)\b"),
    "place": _has(r"\b(?:locations?|geo-?tag\w*|where you are)\b"),
}
_COMMENTS = _has(
    r"\b(?:moderat\w+|blocking|house rules|comment rules|(?:hide|remove|delete)s? comments|community rules)\b"
)
_RECORDS = _has(r"\b(?:records?|retention|retain\w*|archiv\w+|kept for|keep (?:them|it) for)\b")
_ALT = _has(
    r"\b(?:alt(?:ernative)?[ -]text|captions?|picture texts?|short text"
    r"|hashtags|subtitles?|accessib\w+|screen readers?)\b"
)
_CRISIS = _has(r"\b(?:cris[ie]s|emergenc\w+|escalat\w+|out of hours)\b")
_TELL = _has(r"\b(?:contact|call|tell|phone|ring|alert|inform|notify|direct (?:all|any)|pause)\b|https?:")
_LOOKS = _has(r"\b(?:monitor\w*|(?:we|desk|team) (?:look|listen|read)s?\b|reads? (?:public )?posts|what we look at)")
_WATCHED: Mapping[str, Callable[[str], bool]] = {
    "what": _has(r"\b(?:posts?|mentions?|pages?|accounts?|comments?)\b"),
    "why": _has(
        r"\b(?:to (?:answer|learn|protect|help|reply|find|improve|keep)|so that|because|in order to|why|so we)\b"
    ),
    "who sees it": _has(
        r"\b(?:sees?|seen by|reads?|has access|only the|team (?:sees|reads)|desk (?:sees|reads|keeps|reads))\b"
    ),
    "for how long": _has(r"\b(?:days?|months?|years?|weeks?|deleted after|how long)\b"),
    "people's rights": _has(r"\b(?:rights?|object|access to (?:your|their)|see what we hold)\b"),
}
_NOT_WATCHED = _has(
    r"\b(?:we|it|desk|team|nobody|no one)\b[^.]{0,20}\b(?:do not|don[’']t"
    r"|never|does not)\b[^.]{0,15}\b(?:monitor|look|read|track|watch)"
)
_ATTACK = _has(
    r"\b(?:target\w*|attack\w*|abus\w+|troll\w*|harass\w*)\b[^.]{0,80}\b(?:support"
    r"|help\w*|stand by|back you|call|tell|contact)"
    r"|\bunsure\b[^.]{0,30}\brespond\b[^.]{0,140}\bfeedback\b|\b(?:support|help)\b[^.]{0,60}\b(?:attack\w*"
    r"|abus\w+|target\w*|troll\w*)"
)
_SLIP = _has(
    r"\b(?:fix|correct|own|admit) (?:any |your )?(?:errors?|mistakes?)\b"
    r"|\b(?:mistakes?|slips?|errors?|go(?:es)? wrong)\b[^.]{0,120}\b(?:correct|acknowledg\w+"
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
    if _GAIN(body[: max(_LEAST_OPENING, int(len(whole) * _OPENING))]):
        return None
    told = (each.low for each in context.reading.sections if _PURPOSE(each.heading.lower()))
    return None if any(_GROWS(text) for text in told) else ""


def _people(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    missing = _absent({"whom it covers": _WHO, **_USES}, whole)
    return ", ".join(missing) if missing else None


def _owned(document: Document, context: Context) -> str | None:
    front = " ".join(f"{key}: {value}" for key, value in document.front_matter.items()).lower()
    whole = f"{front}\n{_whole(context.reading)}"
    return _named({"a role that owns it": _OWNER(whole), "where to ask": _ASK(whole)})


def _named(there: Mapping[str, bool]) -> str | None:
    """The parts that are not there, as the message names them; None where all are."""
    return ", ".join(name for name, found in there.items() if not found) or None


def _keys(document: Document, context: Context) -> str | None:
    missing = _absent(_KEYS, _whole(context.reading))
    return ", ".join(missing) if len(missing) >= 2 else None


def _disclosed(document: Document, context: Context) -> str | None:
    whole = _whole(context.reading)
    limited = any(_VIEW_LIMIT(text) for text in context.reading.sections_low if _OWN_VIEWS(text))
    return _named({"words to copy": _SAMPLE(whole), "what own views do not excuse": limited})


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
        points = [each for each in section.passages if each.clause.form == "list_item"]
        if any(_SECRET(each.low) for each in points) and sum(_KIND_OF_SECRET(each.low) for each in points) >= 3:
            return None
    return ""


def _looked_at(document: Document, context: Context) -> str | None:
    nearest = [*_WATCHED, "what is never looked at"]
    for text in context.reading.sections_low:
        never = bool(_NOT_WATCHED(text))
        if never and not _WATCHED["people's rights"](text) and "private" not in text:
            return None
        absent = _absent(_WATCHED, text)
        if not _LOOKS(text):
            continue
        if len(_WATCHED) - len(absent) >= 3:
            return None
        nearest = min(nearest, absent if never else [*absent, "what is never looked at"], key=len)
    return ", ".join(nearest)


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


def _all_somewhere(named: Mapping[str, Callable[[str], bool]]) -> Callable[[Document, Context], str | None]:
    return lambda document, context: ", ".join(_absent(named, _whole(context.reading))) or None


def _safe(document: Document, context: Context) -> str | None:
    missing = _absent(_SAFE, _whole(context.reading))
    return ", ".join(missing) if len(_SAFE) - len(missing) < 2 else None


_CHECKS: Mapping[str, Callable[[Document, Context], str | None]] = {
    "COV-01": _purpose,
    "COV-02": _people,
    "COV-03": _owned,
    "COV-04": _keys,
    "COV-05": _disclosed,
    "COV-06": _one_section(_SPEAKER, _JOIN),
    "COV-07": _secrets,
    "COV-08": _all_somewhere({"other people's details": _DETAILS}),
    "COV-09": _one_section(_HARASS, _SHOWN),
    "COV-10": _all_somewhere({"what people may reuse": _REUSE, "labels on AI-made media": _MADE}),
    "COV-11": _safe,
    "COV-12": _all_somewhere({"how comments are handled": _COMMENTS, "how long they are kept": _RECORDS}),
    "COV-13": _all_somewhere({"picture texts": _ALT}),
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
        if not context.reading.passages or context.reading.is_procedure:
            return
        top = _top(document)
        missing = _CHECKS[rule](document, context)
        if missing is not None:
            yield Hit(top.quote, line=top.line, values={"missing": missing})

    return detect


DETECTORS.update({rule: _detect(rule) for rule in _CHECKS})

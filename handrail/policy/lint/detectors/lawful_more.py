"""LAW-11 to LAW-17: private log-ins, notes on rights, speaking up, watching, identity, disclosure, public bodies."""

import re
from collections.abc import Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.detectors import lawful
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.frames import Said, bans, said
from handrail.policy.lint.rulebook import DETECTORS, detector

_FAR = 0.4
_CLOSE = 3
_LOG_IN = re.compile(r"\b(?:passwords?|log-?ins?|log-in details|credentials|access to|user ?names?)\b")
_PRIVATE = re.compile(r"\b(?:personal|private|own)\b")
_HAND_OVER = re.compile(r"\b(?:provide|give|hand over|disclose|share|show|supply|surrender|reveal|open)\b")
_REQUEST = re.compile(r"\baccept (?:a |any |the )?(?:friend|follow\w*|connection) requests?\b")
_MAY_ASK = re.compile(r"\b(?:may|can|will|reserves? the right to) (?:ask|require|request|demand)\b")
_RIGHTS = re.compile(
    r"\b(?:nothing|not(?:hing)?|no part)\b[^.;]{0,60}\b(?:limit|restrict"
    r"|interfer|prohibit|prevent|stop|affect|infring|waive|curtail)\w*"
    r"[^.]{0,120}\b(?:rights?|law|union\w*|act|wages?|pay|conditions|concerted)\b"
)
_SPECIFIC = re.compile(r"\b(?:pay|wages?|salar\w+|hours|conditions|unions?|safety|organi[sz]e|concerted)\b")
_TEN = tuple(f"LAW-{number:02}" for number in range(1, 11))
_GAGS = ("LAW-03", "LAW-04", "LAW-06")
_SPEAK_UP = re.compile(
    r"\bwhistle-?blow\w*|\bprotected disclosures?|\bpublic interest disclosures?|\bspeak(?:ing)? up\b"
    r"|\b(?:report\w*|tell\w*|talk\w*|speak\w*|complain\w*|go)\b[^.]{0,60}\b(?:regulators?"
    r"|authorit(?:y|ies)|agency|agencies|police"
    r"|ombuds\w+|unions?|commission|sec\b|osha|nlrb)|\bwrongdoing\b"
)
_WATCH = re.compile(
    r"\b(?:(?:monitor|track|watch|check|inspect|screen)(?:s|ed|ing|es)?|access(?:es|ing)?|look(?:s|ing)? (?:at|into))\b"
)
_THEIR_OWN = re.compile(
    r"\b(?:personal|private|own|employees?[’']|staff|employee)(?: \w+){0,2} (?:accounts?"
    r"|profiles?|pages?|posts?|social media|activity|use)\b"
)
_COVERT = re.compile(
    r"\b(?:covert\w*|secretly|without (?:prior )?(?:notice|telling|warning|their knowledge)|unannounced)\b"
)
_SCORE = re.compile(
    r"\b(?:scor(?:e|es|ing)|rat(?:e|es|ing)|rank(?:s|ing)?|sentiment analysis of"
    r"|sentiment)\b[^.;]{0,40}\b(?:employees?|staff|workers?|team members?"
    r"|officers?)\b|\b(?:employees?|staff|workers?)[’']?s?\b[^.;]{0,25}\b(?:scores?"
    r"|sentiment)\b"
)
_NOT = re.compile(r"\b(?:not|never|no|nobody|n[’']t)\b")
_ALWAYS = re.compile(
    r"\bat all times\b|\b24/7\b|\bon and off duty\b|\bon or off duty\b"
    r"|\bin and out(?:side)? of work\b|\bwhether or not (?:you are )?at work\b"
    r"|\balways represent\b"
)
_AS_SELF = re.compile(
    r"\b(?:represent\w*|ambassadors?|extension|conduct|behav\w+|professional\w*"
    r"|polite|respectful|courteous|reflect\w*|brand|profile)\b"
)
_ONE = re.compile(
    r"\btreated as (?:one|the same)\b|\bone and the same\b|\bno (?:difference"
    r"|distinction) between\b[^.]{0,40}\b(?:personal|private)\b"
)
_NAMELESS = re.compile(r"\b(?:pseudonyms?|anonymous\w*|aliases|false names?|fake names?|nicknames)\b")
_EMPLOYER = re.compile(
    r"\b(?:identif\w+|nam(?:e|ing)|state|list|reveal\w*|disclos\w+"
    r"|mention\w*|say)\b[^.;]{0,40}\b(?:employer|as (?:an? )?(?:employees?"
    r"|members? of staff|staff)|where (?:you|they) work|that (?:you"
    r"|they) work)\b"
)
_PROFILE = re.compile(r"\b(?:profiles?|bios?|biograph\w+|about section)\b")
_ENOUGH = re.compile(
    r"\b(?:enough|sufficient|suffices?|counts? as (?:enough )?(?:disclosure"
    r"|notice)|satisf\w+|no need to repeat|is disclosure)\b"
)
_NOT_ENOUGH = re.compile(r"\b(?:not|never|n[’']t)\b[^.;]{0,20}\b(?:enough|sufficient|suffice|count)")
_PRAISE = re.compile(
    r"\b(?:like|share|follow|re-?post|re-?tweet|promote|leave|write"
    r"|post)\b[^.;]{0,30}\b(?:(?:company|our|corporate|brand|official"
    r"|the \w+[’']s) (?:\w+ )?(?:posts?|pages?|content|accounts?|updates)"
    r"|(?:five|5)[- ]star|positive|reviews?)\b"
)
_BAD_REVIEW = re.compile(
    r"\b(?:remov\w+|delet\w+|take down|discourag\w+|suppress\w*|hide"
    r"|stop)\b[^.;]{0,40}\b(?:bad|negative|critical|poor|unfavou?rable"
    r"|one-star|1-star)\b[^.;]{0,20}\b(?:reviews?|ratings?|feedback)\b"
)
_MODERATE = re.compile(r"\b(?:delet\w+|remov\w+|hid(?:e|es|ing)|block\w*|ban\w*|moderat\w+|censor\w*)\b")
_VIEWPOINT = re.compile(r"\b(?:critic\w+|negative|off-message|disagree\w*|unfavou?rable|oppos\w+|complain\w*)\b")
_VISITORS = re.compile(r"\b(?:comments?|posts?|users?|people|visitors?|residents?|followers?|replies)\b")


@detector("LAW-11")
def private_log_ins(document: Document, context: Context) -> Iterator[Hit]:
    """A demand for private log-ins, or to be let in."""
    for each in said(context.reading):
        asks = each.asked == "duty" or _MAY_ASK.search(each.zone)
        if each.asked in ("free", "ban", "promise") and not (asks and not _NOT.search(each.low)):
            continue
        own = _LOG_IN.search(each.zone) and _PRIVATE.search(each.zone)
        handed = own and (_HAND_OVER.search(each.zone) or _MAY_ASK.search(each.zone))
        if asks and (
            handed or (_REQUEST.search(each.zone) and re.search(r"manager|supervisor|company|lead", each.zone))
        ):
            yield Hit(each.text, each.passage.clause)


def _hits(document: Document, context: Context, rules: tuple[str, ...]) -> list[Hit]:
    return [hit for rule in rules for hit in DETECTORS[rule](document, context)]


@detector("LAW-12")
def savings_line(document: Document, context: Context) -> Iterator[Hit]:
    """A note on rights that says nothing definite, or stands far from the rules it would limit."""
    notes = [each for each in said(context.reading) if each.asked == "free" and _RIGHTS.search(each.zone)]
    hits = _hits(document, context, _TEN) if notes else []
    if not hits:
        return
    places = {id(passage.clause): at for at, passage in enumerate(context.reading.passages)}
    far = max(_FAR * len(context.reading.passages), _CLOSE)
    for each in notes:
        here = places[id(each.passage.clause)]
        away = all(abs(here - places.get(id(hit.clause), here)) > far for hit in hits)
        if away or not _SPECIFIC.search(each.zone):
            yield Hit(each.text, each.passage.clause)


@detector("LAW-13")
def no_way_to_speak_up(document: Document, context: Context) -> Iterator[Hit]:
    """A rule on secrets or silence in a text that keeps no way open to an authority."""
    if any(_SPEAK_UP.search(passage.low) for passage in context.reading.passages):
        return
    for hit in _hits(document, context, _GAGS):
        yield Hit(hit.quote, hit.clause)
        return


@detector("LAW-14")
def watching(document: Document, context: Context) -> Iterator[Hit]:
    """Watching private pages, watching in secret, and scores of staff."""
    for each in said(context.reading):
        if each.asked != "free" and (_no_privacy(each.low) or _watches(each.low)):
            yield Hit(each.text, each.passage.clause)


def _no_privacy(low: str) -> bool:
    return "expectation of privacy" in low and bool(_NOT.search(low))


def _watches(low: str) -> bool:
    if _NOT.search(low) or re.search(r"\bchecks? (?:your|with)\b", low):
        return False
    seen = _WATCH.search(low) and (_THEIR_OWN.search(low) or _COVERT.search(low))
    return bool(seen or _SCORE.search(low))


@detector("LAW-15")
def whole_life(document: Document, context: Context) -> Iterator[Hit]:
    """Rules that follow people home, and rules on whether they give a name."""
    for each in said(context.reading):
        low = each.low
        home = (_ALWAYS.search(low) and _AS_SELF.search(low)) or _ONE.search(low)
        named = each.asked == "ban" and (_NAMELESS.search(each.zone) or _EMPLOYER.search(each.zone))
        if each.asked != "free" and (home or (named and not _for_fakes(low))):
            yield Hit(each.text, each.passage.clause)


def _for_fakes(low: str) -> bool:
    return bool(
        re.search(r"\b(?:reviews?|customers?|guests?|patients?|products?|content|comments?|praise|promot\w+)\b", low)
    )


@detector("LAW-16")
def free_praise(document: Document, context: Context) -> Iterator[Hit]:
    """A bio as disclosure, praise as a duty, reviews taken away."""
    for each in said(context.reading):
        low = each.low
        if _PROFILE.search(low) and _ENOUGH.search(low) and not _NOT_ENOUGH.search(low):
            yield Hit(each.text, each.passage.clause, wording="bio")
        elif _forces_praise(each) or _hides_reviews(each):
            yield Hit(each.text, each.passage.clause)


def _forces_praise(each: Said) -> bool:
    free = re.search(r"\bbefore|honest|disclos|say\b", each.zone)
    return each.asked == "duty" and bool(_PRAISE.search(each.zone)) and not free


def _hides_reviews(each: Said) -> bool:
    return each.asked != "ban" and bool(_BAD_REVIEW.search(each.low)) and not _NOT.search(each.low)


@detector("LAW-17")
def public_body(document: Document, context: Context) -> Iterator[Hit]:
    """In a public body: bans on criticism, good name and views, and comments removed for their view."""
    if not context.public:
        return
    for each in bans(context.reading):
        if lawful.criticism(each) or lawful.reputation(each) or lawful.private_views(each):
            yield Hit(each.text, each.passage.clause)
    for each in said(context.reading):
        if each.asked not in ("ban", "free") and _by_view(each):
            yield Hit(each.text, each.passage.clause)


def _by_view(each: Said) -> bool:
    low = each.low
    moderates = _MODERATE.search(low) and _VIEWPOINT.search(low) and _VISITORS.search(low)
    return bool(moderates) and not _NOT.search(low)

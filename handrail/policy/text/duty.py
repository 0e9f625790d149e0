"""What does a sentence ask of people: must, must not, should, may; and is a clause a do, a don't, a definition?"""

import re
from functools import lru_cache

from handrail.policy.clause import Frame, Kind

# A clause is judged by its first words: beyond this it is a chapter, and reading on would cost time for nothing.
_FAR = 2000
_APOSTROPHE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_START = r"(?:^|[.!?;:,(–—]\s*|\b(?:please|and|but|or|just|so|then|also)\s+)"
_PEOPLE = (
    r"(?:you|employees?|staff|members?|people|volunteers?|associates?|colleagues?|everyone|anyone|contractors?|users?"
    r"|workers?|managers?|interns?|individuals?|representatives?|officers?|authors?|teams?|they)"
)
_SAID: tuple[tuple[Frame, str], ...] = (
    (
        "may",
        r"\b(?:do not|don't|does not|doesn't) (?:have|need) to\b|\bneed not\b|\b(?:not|n't) (?:be )?"
        r"(?:required|obliged|obligated) to\b|\bnobody (?:needs|has) to\b|\bneeds? no\b|\bno need to\b"
        r"|\bmay (?:only )?be (?:used|opened|shared|posted|changed|taken|kept|made|published|sent|done|given"
        r"|asked|added|filmed|shown|linked|quoted)\b|\b(?:is|are) (?:acceptable|fine|ok|okay|all right)\b",
    ),
    (
        "must not",
        r"\b(?:must|shall)(?: \w+)? (?:not|never)\b|\bmustn't\b|\b(?:cannot|can not|can't)\b|\bmay (?:not|never)\b"
        r"|\b(?:is|are|be|being) (?:strictly |expressly |absolutely )?(?:prohibited|forbidden|banned|unacceptable"
        r"|not to be)\b|(?:\bnot|n't) (?:be )?(?:allowed|permitted|acceptable|authori[sz]ed)\b"
        r"|\bnot be tolerated\b|\bzero tolerance\b"
        r"|\bunder no circumstances\b|\bno one (?:may|should)\b|\bprohibit(?:s|ed)?\b|\bby not \w+ing\b"
        rf"|{_START}(?:do not|don't|never)\b",
    ),
    (
        "should not",
        r"\b(?:should|ought)(?: \w+)? (?:not|never)\b|\bshouldn't\b|\bshould (?:avoid|refrain)\b"
        rf"|\brefrain(?:s|ing)? from\b|\b(?:is|are) discouraged\b|{_START}avoid\b|\bnot recommended\b",
    ),
    (
        "we will",
        r"\b(?:we|the (?:company|organi[sz]ation|foundation|team)) (?:will|shall|promise|commit|undertake)\b"
        r"|\bwe'll\b|\bour promise\b",
    ),
    (
        "must",
        r"\b(?:must|shall)\b|\b(?:is|are|be) (?:required|obliged|obligated|responsible for)\b"
        r"|\b(?:have|has|needs?) to\b"
        r"|\brequires?\b|\bmandatory\b",
    ),
    (
        "should",
        rf"\bshould\b|\bought to\b|\b(?:is|are) expected to\b|\brecommended\b|{_START}always\b|^do\b(?! you\b)",
    ),
    (
        "may",
        rf"\b{_PEOPLE} can\b(?! (?:expect|be\b|not\b)|'t)|\b(?:is|are) (?:free|welcome|allowed|permitted|encouraged)\b"
        r"|\bfeel free\b|\bencouraged\b|\bmay\b(?! (?:be|have|result|include|seem|appear|differ|vary|see"
        r"|affect|need|want|require|apply|come|cause|lead|\d))",
    ),
)
_FRAMES = tuple((frame, re.compile(pattern, re.I)) for frame, pattern in _SAID)
_ASKED = re.compile(rf"\b{_PEOPLE}\b[^.]{{0,60}}\b(?:may|can|free|welcome|allowed|permitted|encouraged)\b", re.I)
_BOTH = re.compile(r"\bdo'?s?\b.{0,8}\b(?:don'?ts?|do not'?s?)\b", re.I)
_DONT_HEADING = re.compile(
    r"^(?:\W|\d)*(?:don'?t'?s?\b|do not'?s?\b|never\b|avoid\b|prohibited\b|forbidden\b|unacceptable\b|not (?:ok|allowed"
    r"|permitted|acceptable)\b|what not to\b|things? (?:not to|to avoid)\b|please (?:don't|do not)\b|not to do\b)",
    re.I,
)
_DO_HEADING = re.compile(
    r"^(?:\W|\d)*(?:do'?s?\W*$|do\b|please do\b|always\b|things? to do\b|what to do\b|what (?:you|we|people) "
    r"(?:can|should|must|may)?\s*do\b|you (?:are welcome|can)\b|encouraged\b|allowed\b|acceptable\b|permitted\b)",
    re.I,
)
_NEGATED = re.compile(r"^(?:not|never|no)\b", re.I)
_DEFINITION_HEADING = re.compile(r"\b(?:definitions?|glossary|defined terms|terminology|terms used)\b", re.I)
_DEFINITION = re.compile(
    r"^.{1,80}?(?:\bmeans\b|\brefers? to\b|\b(?:is|are) defined as\b|\bfor (?:the )?purposes? of this)", re.I
)
_EXAMPLE_HEADING = re.compile(r"^(?:\W|\d)*(?:examples?|samples?|sample wording|scenarios?|case stud)", re.I)
_EXAMPLE = re.compile(r"^(?:for (?:example|instance)|e\.g\.|examples?\b\s*\d*\s*[:–—-]|such as\b|say:)", re.I)
_SAMPLE_LEAD = re.compile(r"\b(?:examples?|for instance|such as|sample|say|wording|words like)\b", re.I)
_IMPERATIVES = frozenset(
    (
        "accept acknowledge act add address adhere admit adopt agree alert align allow answer apologise "
        "apologize apply ask assess assume attach balance be become begin block bring build call capitalise "
        "capitalize check choose cite clarify clear close collect comment communicate complete comply confirm "
        "connect consider consult contact contribute coordinate copy correct create credit declare decide "
        "delete describe direct disclose discuss do double-check draft edit enable encourage engage ensure "
        "erase escalate establish exercise explain express familiarise familiarize find fix focus follow forward "
        "get give hand have help hide hold honour honor identify include inform introduce invite involve join keep "
        "know label lead learn leave let like limit link list listen log look maintain make mark mention message "
        "moderate monitor mute notify obey observe obtain offer own participate pause plan please post "
        "prepare preserve promote protect prove provide publish quote put raise re-post read record refer reflect "
        "remain remember remind remove reply report repost request research resist respect respond retweet "
        "review save say schedule search secure seek send separate set share show sign speak stand start state "
        "stay stick stop store submit summarise summarize supply support tag take talk tell thank think treat "
        "trust try turn understand unfollow update upload use validate verify visit wait walk warn watch wear "
        "welcome write"
    ).split()
)
_CONSEQUENCE = re.compile(
    r"^[^.]{0,200}?\b(?:will|may|can|could|might) (?:also )?(?:result in|lead to|face|be (?:subject to|treated as"
    r"|dealt with))\b",
    re.I,
)
_FIRST_WORD = re.compile(r"^\W*([A-Za-z][\w-]*)")


def plain_quotes(text: str) -> str:
    """The text with curly apostrophes made straight, so that “don’t” is found like "don't"."""
    return text.translate(_APOSTROPHE)


@lru_cache(maxsize=16384)
def frame_of(text: str, *, last: bool = False) -> Frame:
    """The duty that a sentence states: the first one in it, or the last, which is the one that governs a list."""
    plain = plain_quotes(text[-_FAR:] if last else text[:_FAR])
    best: tuple[int, int, Frame] | None = None
    for rank, (frame, pattern) in enumerate(_FRAMES):
        found = [match.start() for match in pattern.finditer(plain)] if last else None
        if found is None:
            first = pattern.search(plain)
            found = [first.start()] if first else []
        if not found:
            continue
        at = -found[-1] if last else found[0]
        if best is None or (at, rank) < best[:2]:
            best = (at, rank, frame)
    return best[2] if best else ""


def heading_frame(heading: str) -> Frame:
    """The duty that stands over everything under a heading such as “Don't” or “You must”; none for “Dos and don'ts”."""
    plain = plain_quotes(heading[:_FAR])
    if _BOTH.search(plain):
        return ""
    if _DONT_HEADING.match(plain):
        return "must not"
    stated = frame_of(plain, last=True)
    if stated and stated != "may":
        return stated
    if _DO_HEADING.match(plain):
        return "should"
    return stated


def inherited_frame(own: Frame, text: str, over: Frame) -> Frame:
    """What a clause asks once its lead-in or heading is heard with it: “must:” over “Not share” asks must not."""
    if own:
        return own
    if _NEGATED.match(text):
        return {"must": "must not", "should": "should not", "may": "must not"}.get(over, over)  # type: ignore[return-value]
    return over


def is_imperative(text: str) -> bool:
    """Whether the text begins with an order such as “Ask first”."""
    found = _FIRST_WORD.match(text)
    return found is not None and found[1].lower() in _IMPERATIVES


def is_consequence(text: str) -> bool:
    """Whether the clause says what follows from a breach, which asks nothing by itself."""
    return not is_imperative(text) and bool(_CONSEQUENCE.match(text[:_FAR]))


def is_definition(text: str, headings: tuple[str, ...]) -> bool:
    """Whether the clause says what a word means."""
    return any(_DEFINITION_HEADING.search(each[:_FAR]) for each in headings) or bool(_DEFINITION.match(text))


def is_example(text: str, headings: tuple[str, ...], lead_in: str, quoted: bool) -> bool:
    """Whether the clause only shows what another one means."""
    if _EXAMPLE.match(text):
        return True
    if headings and _EXAMPLE_HEADING.match(headings[-1]) and not heading_frame(headings[-1]):
        return True
    return quoted and bool(_SAMPLE_LEAD.search((lead_in or (headings[-1] if headings else ""))[-_FAR:]))


def kind_of(text: str, frame: Frame, headings: tuple[str, ...], lead_in: str, quoted: bool) -> Kind:
    """The one kind of a clause; `frame` already counts what it inherits."""
    if is_definition(text, headings):
        return "definition"
    if is_example(text, headings, lead_in, quoted):
        return "example"
    if frame in ("must not", "should not"):
        return "don't"
    if frame in ("must", "should"):
        return "do"
    if frame == "may" and (_ASKED.search(plain_quotes(f"{lead_in[-_FAR:]} {text[:_FAR]}")) or is_imperative(text)):
        return "do"
    if not frame and is_imperative(text):
        return "do"
    return "principle"

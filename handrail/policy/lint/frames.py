"""What each sentence of a policy asks: a ban, a duty, a freedom or a promise, with the frame it inherits."""

import re
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from handrail.policy.lint.reading import Passage, Reading, Section

Asked = Literal["ban", "duty", "free", "promise", "sanction", "plain"]

_FREE = re.compile(
    r"\bfeel free to\b|\bit is (?:okay|ok|fine) to\b|\bcompletely up to you\b"
    r"|\bencourages? (?:\w+ ){0,4}(?:staff|employees|volunteers|people|everyone|you)\b(?! not\b)[^.]{0,40}\bto\b|"
    r"\b(?:nothing|not|never|no rule|n[’']t)\b[^.;]{0,60}\b(?:stop|prevent|limit|restrict|keep|bar|prohibit|forbid"
    r"|apply|cover|mean|affect|extend|include)s?\b|\b(?:do|does) not (?:need|have)\b|\bdon[’']t (?:need|have) to\b"
    r"|\bnot (?:be )?(?:required|obliged) to\b|^\W*(?:you|people|staff"
    r"|employees|everyone|we all|team members|colleagues|volunteers)"
    r" (?:can|may|are (?:free|welcome|encouraged|allowed))\b(?! (?:not|never|only)\b)",
)
_WE = re.compile(
    r"^\W*(?:[\w,’' ]{1,40}, )?we (?:\w+ )?(?:will|do|never|don|are|can|have|keep|look|support|help|reserve)\b"
)
_PASSIVE_BAN = re.compile(
    r"\b(?:strictly |expressly )?(?:prohibited|forbidden|banned|unacceptable|discouraged)\b(?! from)"
    r"|\bnot (?:be )?(?:allowed|permitted|acceptable|tolerated|accepted|accept|allow|tolerate)\b|\bno one may\b",
)
_BAN = re.compile(
    r"\b(?:must|shall|should|may|can|will|do|does|are|is)(?: \w{1,12}ly)? (?:not|never)\b|\bcannot\b|n[’']t\b|\bnever\b"
    r"|\brefrain(?:ing)? from\b|\bavoid(?:ing)?\b|\b(?:prohibited|forbidden|banned|barred|discouraged) from\b"
    r"|\bno (?:employee|staff|member of staff|volunteer|officer|team member)s? (?:may|should|must|can)\b",
)
# "isn’t", "does not" and "will not" often state a fact: a ban tells the reader, or the people of the house.
_STATES = re.compile(r"(?:do|does|can|will|are|is) (?:\w{1,12}ly )?not$|n[’']t$|^(?:will|do|does|are|is|can) never$")
_TO_PEOPLE = re.compile(
    r"(?:^\W*|[,;:(\"“—–] ?|^\W*(?:also|then|so|just|finally|instead),? |\b(?:and|but|or|please) )$"
    r"|\b(?:you|we|they|he|she|everyone|anyone|people|staff|employees?|volunteers?|officers?|officials?|members?"
    r"|managers?|colleagues?|workers?|contractors?|interns?|users?|holders?|associates?|teachers?|nurses?|agents?)"
    r"(?: \w+){0,3} $"
)
_NO_BAN = re.compile(
    r"\bnot (?:just|only|merely|necessarily)\b|\b(?:to|in order to|and) avoid (?:being|any|over-?|problems)"
    r"|\bwhat to avoid\b|^\W*don[’']t (?:worry|hesitate|be afraid)\b"
    r"|\b(?:are|is|were)(?: not|n[’']t) (?:bound|required|obliged)\b"
)
_SHORT = re.compile(r"\w*$")
_EXAMPLE_OF_DONT = re.compile(r"^\W*(?:don[’']?t|avoid): ")
_TOPICS = re.compile(r"\b(?:topics|information on|guidance on)\b")
_SANCTION = re.compile(
    r"\b(?:may|will|can|could)\b[^.;]{0,40}\b(?:disciplin|dismiss|terminat|sanction)|\bgrounds for\b"
)
_DUTY = re.compile(
    r"\b(?:must|shall|should|have to|has to|(?<!may )(?<!might )needs? to"
    r"|(?:is|are) (?:required|obliged|expected)|ought to|ensure"
    r"|make sure|are responsible for)\b",
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and what it asks, in small letters: `zone` are the words a ban or a duty speaks of, `low` all."""

    passage: Passage
    section: Section
    text: str
    asked: Asked
    zone: str
    low: str
    inherited: bool = False

    @property
    def around(self) -> str:
        """Its passage and what it inherits, in small letters."""
        clause = self.passage.clause
        return f"{clause.heading} {clause.lead_in} {self.passage.low}".lower()


_KNOWN: WeakKeyDictionary[Reading, tuple[Said, ...]] = WeakKeyDictionary()


def said(reading: Reading) -> tuple[Said, ...]:
    """Every sentence of a text with what it asks, worked out once."""
    if reading not in _KNOWN:
        _KNOWN[reading] = tuple(
            _said(passage, section, at, sentence.text)
            for section in reading.sections
            for passage in section.passages
            if passage.clause.kind not in ("example", "definition")
            for at, sentence in enumerate(passage.sentences)
        )
    return _KNOWN[reading]


def bans(reading: Reading) -> list[Said]:
    """The sentences that forbid or threaten."""
    return [each for each in said(reading) if each.asked in ("ban", "sanction")]


def _states_only(low: str, passage: Passage) -> bool:
    """A question, an example, a topic or a kind word: nothing in it forbids, whatever it stands under."""
    if _NO_BAN.search(low) or _EXAMPLE_OF_DONT.search(low) or low.rstrip().endswith("?"):
        return True
    return bool(_TOPICS.search(passage.clause.lead_in.lower()))


def _forbids(low: str) -> re.Match[str] | None:
    """The words that forbid, where they are not a plain statement such as "this is not common"."""
    for found in _BAN.finditer(low):
        before = low[: found.start()]
        if found.group().startswith("n"):
            before = before[: len(before) - len(_SHORT.search(before).group())]  # type: ignore[union-attr]
        if not _STATES.search(found.group()) or _TO_PEOPLE.search(before):
            return found
    return None


def _said(passage: Passage, section: Section, at: int, text: str) -> Said:
    low = text.lower()
    if _FREE.search(low):
        return Said(passage, section, text, "free", low, low)
    if _PASSIVE_BAN.search(low):
        return Said(passage, section, text, "ban", low, low)
    if _WE.search(low):
        return Said(passage, section, text, "promise", low, low)
    found = None if _states_only(low, passage) else _forbids(low)
    if found:
        return Said(passage, section, text, "ban", low[found.end() :], low)
    if _SANCTION.search(low):
        return Said(passage, section, text, "sanction", low, low)
    frame = "" if _TOPICS.search(passage.clause.lead_in.lower()) else passage.clause.frame
    inherits = bool(passage.clause.lead_in) or passage.clause.form == "list_item"
    told = inherits or passage.clause.kind == "don't"
    lead_in = passage.clause.lead_in.lower()
    own = bool(_BAN.search(passage.low)) and not (_BAN.search(lead_in) or _PASSIVE_BAN.search(lead_in))
    if frame in ("must not", "should not") and at == 0 and told and not own and not _states_only(low, passage):
        return Said(passage, section, text, "ban", low, low, inherited=True)
    if _DUTY.search(low) or (frame in ("must", "should") and at == 0 and inherits):
        return Said(passage, section, text, "duty", low, low)
    if frame == "may" and at == 0 and inherits:
        return Said(passage, section, text, "free", low, low)
    return Said(passage, section, text, "plain", low, low)

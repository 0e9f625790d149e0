"""How many syllables an English word has: groups of vowels, corrected for silent letters, with a list of exceptions."""

import re
from functools import lru_cache

EXCEPTIONS = {
    "employee": 3, "employees": 3, "business": 2, "businesses": 3, "media": 3, "social": 2, "people": 2, "every": 2,
    "everyone": 3, "everything": 3, "everybody": 4, "different": 3, "interest": 2, "interests": 2, "interested": 3,
    "being": 2, "idea": 3, "ideas": 3, "area": 3, "areas": 3, "create": 2, "creates": 2, "created": 3, "creating": 3,
    "creation": 3, "real": 2, "really": 2, "sometimes": 2, "something": 2, "someone": 2, "somewhere": 2, "whole": 1,
    "therefore": 2, "science": 2, "client": 2, "clients": 2, "video": 3, "videos": 3, "audio": 3, "radio": 3,
    "reliable": 4, "violate": 3, "violates": 3, "violated": 4, "violation": 4, "violations": 4, "experience": 4,
    "experiences": 5, "wednesday": 2, "colleague": 2, "colleagues": 2, "league": 1, "evening": 2, "average": 3,
    "several": 3, "family": 3, "general": 3, "online": 2, "offline": 2, "website": 2, "websites": 2, "username": 3,
    "lifestyle": 2, "homepage": 2, "timeline": 2, "guideline": 2, "guidelines": 2, "statement": 2, "statements": 2,
    "requirement": 3, "requirements": 3, "engagement": 3, "management": 3, "involvement": 3, "agreement": 3,
    "judgement": 2, "judgment": 2, "advertisement": 4, "sponsorship": 3, "recipe": 3, "apostrophe": 4, "resume": 3,
    "simile": 3, "catastrophe": 4, "epitome": 4, "cafe": 2, "quiet": 2, "diet": 2, "poem": 2, "poet": 2, "lion": 2,
    "riot": 2, "society": 4, "variety": 4, "anxiety": 4, "piety": 3, "biology": 4, "theatre": 3, "fire": 1, "hour": 1,
    "hours": 1, "our": 1, "ours": 1, "one": 1, "once": 1, "eye": 1, "eyes": 1, "naive": 2, "cooperate": 4,
    "coordinate": 4, "coordinator": 5, "cooperation": 5, "reality": 4, "react": 2, "reaction": 3, "reactions": 3,
    "co": 1, "re": 1, "the": 1, "wellbeing": 3, "useful": 2, "careful": 2, "carefully": 3, "safety": 2, "safely": 2,
    "closely": 2, "likely": 2, "namely": 2, "rarely": 2, "purely": 2, "merely": 2, "completely": 3, "immediately": 5,
    "appropriately": 5, "privately": 3, "separately": 4, "accurately": 4, "entirely": 3, "widely": 2, "timely": 2,
    "homeless": 2, "careless": 2, "useless": 2, "regardless": 3, "meanwhile": 2, "workplace": 2, "nonetheless": 4,
    "nevertheless": 4, "elsewhere": 2, "anywhere": 3, "lead": 1, "area's": 3, "via": 2, "bio": 2, "bios": 2,
    "trivial": 3, "initial": 3, "science's": 2, "poorly": 2, "usual": 3, "usually": 4, "actual": 3, "actually": 4,
    "sexual": 3, "visual": 3, "visuals": 3, "casual": 3, "mutual": 3, "manual": 3, "annual": 3, "annually": 4,
    "individual": 5, "individuals": 5, "individually": 6, "equal": 2, "equally": 3, "quality": 3, "language": 2,
    "guarantee": 3, "guard": 1, "guide": 1, "guidance": 2, "build": 1, "building": 2, "require": 2, "required": 2,
    "requires": 2, "inquiry": 3, "question": 2, "questions": 2, "opinion": 3, "opinions": 3, "union": 2, "unions": 2,
    "employer": 3, "employers": 3, "linkedin": 2, "facebook": 2, "framework": 2, "frameworks": 2, "forecast": 2,
    "forecasts": 2, "behaviour": 3, "behavior": 3, "stakeholder": 3, "stakeholders": 3, "spokesperson": 3, "anyone": 3,
    "unique": 2, "entire": 2, "everyday": 3, "everywhere": 3, "leadership": 3, "awareness": 3, "elements": 3,
    "effectiveness": 4, "creative": 3, "creator": 3, "maybe": 2, "reuse": 2, "reused": 2, "layout": 2, "beyond": 2,
    "beforehand": 3, "trademark": 2, "sufficient": 3, "confidentiality": 7, "familiarity": 6, "senior": 2, "vague": 1,
    "solely": 2, "proactively": 4, "efficiently": 4, "loyalty": 3, "layer": 2, "layers": 2,
}  # fmt: skip

_GROUPS = re.compile(r"[aeiouyàáâäãåèéêëìíîïòóôöõùúûüý]{1,10}")
_LETTERS = re.compile(r"[^a-zàáâäãåèéêëìíîïòóôöõùúûüý']")
# A pair of vowels spoken apart adds one syllable.
_APART = re.compile(
    r"(?:[^tscgx]i[ao](?!u)|[^tscgxn]ious?|[aeiou]ing\b|[^aeiouq]ual|[^q]ua(?:t|r[yi]|bl|l)|eo(?!p|us)|io(?:l|let|d)"
    r"|iu|creat|ism\b|[^gq]uou|ie(?:t|nt|nc|r\b|rs\b|st\b)(?<!tient)|yi|ya[^l]|uity|uous)"
)
# An ending written but not spoken takes one away.
_SILENT_E = re.compile(r"[^aeiouy]e(?:s|d|ly|less|ful|ment|ments|fully)?$")
_SPOKEN = re.compile(
    r"(?:[td]ed|[cgsxz]es|shes|ches|[^aeiouylrw]les?|[^aeiouyl]led|[^aeiouyl]res?"
    r"|[^aeiouy]lement|[^aeiouy]lements|[td]edly)$"
)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """The syllables of one word, at least one."""
    plain = _LETTERS.sub("", word.lower().replace("’", "'"))
    if plain in EXCEPTIONS:
        return EXCEPTIONS[plain]
    plain = plain.removesuffix("'s").replace("'", "")
    if plain in EXCEPTIONS:
        return EXCEPTIONS[plain]
    count = sum(1 for _ in _GROUPS.finditer(plain))
    if not count and len(plain) <= 5:
        return max(len(plain), 1)
    if len(plain) > 2:
        count += sum(1 for _ in _APART.finditer(plain))
        if _SILENT_E.search(plain) and not _SPOKEN.search(plain):
            count -= 1
    return max(count, 1)

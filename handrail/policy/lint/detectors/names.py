"""STR-06: the name of another organisation, and several words for the same people."""

import re
from collections import Counter
from collections.abc import Iterator

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.words import words

OFTEN = 3
_KNOWN = words("not_a_company")
_TERMS = ("employee", "staff", "team member", "associate", "personnel", "worker", "colleague")
_SHOWN = {
    "employee": "employees",
    "team member": "team members",
    "associate": "associates",
    "worker": "workers",
    "colleague": "colleagues",
}
# The people a duty is laid on: the word comes right before a duty word.
_BOUND_TERM = re.compile(
    r"\b(?P<term>employee|staff|team[ -]member|associate|personnel|worker"
    r"|colleague)s?(?: members?)?(?: who [^.,;]{1,60},?)? "
    r"(?:must|should|shall|may|can|cannot|will|are (?:expected|required|responsible|encouraged|asked|prohibited"
    r"|not)|need to|"
    r"have to|is (?:expected|required|responsible|encouraged|prohibited))\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?P<name>[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3})(?:['’]s)? (?:employees?|staff|team members?"
    r"|volunteers?|associates?|policy|policies|values|code of conduct|accounts?|brand|social media accounts?)\b"
    r"|\b(?:on behalf of|working for|work for|employed by|representing"
    r"|represent) (?:the )?(?P<other>[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3})\b"
)
_CAPITALISED = re.compile(r"(?<![.!?:•\-–] )(?<!^)(?<!\w)(?P<name>[A-Z][\w&]{2,30}(?: [A-Z][\w&]{2,30}){0,2})")
_VENDOR = re.compile(r"^(?P<name>[A-Z]\w{2,20}) (?:Tip|Note|Hint)s?:")


@detector("STR-06")
def wrong_names(document: Document, context: Context) -> Iterator[Hit]:
    """Names that stand where ours belongs, and two words for one group of people."""
    yield from _foreign_names(context)
    yield from _mixed_terms(context.reading)


def _foreign_names(context: Context) -> Iterator[Hit]:
    owned: Counter[str] = Counter()
    places: dict[str, tuple[Clause, str]] = {}
    for passage in context.reading.passages:
        names = [found["name"] or found["other"] for found in _OWNED.finditer(passage.text)]
        vendor = _VENDOR.match(passage.text)
        for name in [*names, *([vendor["name"]] if vendor else [])]:
            bare = _bare(name)
            if bare:
                owned[bare] += 1
                places.setdefault(bare, (passage.clause, bare))
    ours = [name.lower() for name in context.organisations]
    if not ours and len(owned) > 1:
        ours = [context.reading.own_name.lower() or owned.most_common(1)[0][0].lower()]
    if not ours or (not context.organisations and not _is_clear(owned)):
        return
    for name, count in owned.items():
        if count >= OFTEN and not any(_same(name.lower(), own) for own in ours):
            clause, quote = places[name]
            yield Hit(quote, clause, values={"name": name, "n": count})


def _is_clear(owned: Counter[str]) -> bool:
    """Whether one name stands out as ours: it is used at least twice as often as the next."""
    first, second = owned.most_common(2)
    return first[1] >= 2 * second[1]


def _bare(name: str) -> str:
    """The name without leading everyday words such as The or Never; empty when nothing is left."""
    words = name.split()
    while words and words[0].lower() in _KNOWN:
        words = words[1:]
    return "" if any(word.lower() in _KNOWN for word in words) else " ".join(words)


def _same(name: str, own: str) -> bool:
    initials = "".join(word[0] for word in own.split() if word)
    return name in own or own in name or name == initials or bool(set(name.split()) & set(own.split()))


def _mixed_terms(reading: Reading) -> Iterator[Hit]:
    bound: Counter[str] = Counter()
    first: dict[str, tuple[Clause, str]] = {}
    for passage in reading.passages:
        for found in _BOUND_TERM.finditer(passage.text) if passage.has(_TERMS) else ():
            term = found["term"].lower().replace("-", " ")
            bound[term] += 1
            first.setdefault(term, (passage.clause, found.group()))
    ranked = [(term, count) for term, count in bound.most_common() if count >= 2]
    if len(ranked) < 2 or sum(count for _, count in ranked) < 5:
        return
    (one, _), (other, _) = ranked[:2]
    clause, quote = first[other]
    values = {"one": _SHOWN.get(one, one), "other": _SHOWN.get(other, other)}
    yield Hit(quote, clause, wording="terms", severity="improve", values=values)

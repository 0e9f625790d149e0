"""STR-04: a person's name where a role belongs, near the words owner, contact or ask."""

import re
from collections.abc import Iterator

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.words import words

# A word of this list in a capitalised pair shows that it names a role, a team, a place or a thing, not a person.
NOT_A_PERSON = words("not_a_person")
_NAME = (
    r"[A-Z][a-zà-ÿ]{1,20}(?:[-’'][A-Z][a-zà-ÿ]{1,20})?(?: (?:[A-Z]\.|(?:de|van|von|der|da|di|la|le|al|bin"
    r"|O’|Mc)))?(?: (?:Mc|Mac|O[’'])?[A-Z][a-zà-ÿ]{1,20}(?:-[A-Z][a-zà-ÿ]{1,20})?){1,2}"
)
_ASK = re.compile(
    r"\b(?:[Cc]ontact(?:ing)?|[Aa]lert(?:ing)?|[Ee]-?mail(?:ing)?|[Nn]otify|[Aa]sk(?:ing)?|[Rr]each out to"
    r"|[Ss]peak (?:to|with)|[Tt]alk to|[Rr]eport (?:it |this )?to|"
    r"[Ss]end (?:it |this |them )?to|[Oo]wned by|[Mm]aintained by|[Aa]pproved by|[Oo]wner is|[Mm]anager is"
    r"|[Cc]ontact is|[Gg]o to|[Ii]nform)[: ] ?(?P<name>" + _NAME + r")\b"
)
_LABEL = re.compile(
    r"(?:^|[|;.] ?)(?:\w[\w &/]{0,30} )?(?:[Oo]wners?|[Cc]ontacts?(?: person)?|[Mm]anager|[Aa]uthors?"
    r"|[Aa]pprovers?|[Rr]esponsible(?: person)?|[Ss]teward|[Cc]oordinator"
    r"|[Ll]ead)\s?[:|–-] ?(?P<name>" + _NAME + r")\b"
)
_ROLE_THEN_NAME = re.compile(
    r"\b(?:[Dd]irector|[Mm]anager|[Oo]fficer|[Hh]ead|[Ee]ditor|[Cc]oordinator|[Ll]ead)(?: (?:of"
    r"|for) (?:[A-Z][\w&]{1,20} ?){1,4})?, (?P<name>" + _NAME + r")(?=[,.(;]|$| at\b)"
)
_TWO_CAPITALS = re.compile(r"[A-Z][a-zà-ÿ][\w’'-]{0,40} [A-Z]")
_UNDER_OWNERS = re.compile(r"^(?:[^:]{1,60}: ?)?(?P<name>" + _NAME + r")(?: ?[,(–-].{0,80})?$")
_OWNERS_HEADING = re.compile(r"\b(?:owners?|contacts?|responsible|who to ask|key people)\b", re.IGNORECASE)
_ASK_PARTS = (
    "contact",
    "alert",
    "mail",
    "notify",
    "ask",
    "reach out",
    "speak ",
    "talk to",
    "report ",
    "send ",
    "owne",
    "maintained",
    "approved",
    "manager is",
    "go to",
    "inform",
)
_LABEL_PARTS = ("owner", "contact", "manager", "author", "approver", "responsible", "steward", "coordinator", "lead")
_ROLE_PARTS = ("director", "manager", "officer", "head", "editor", "coordinator", "lead")
_FRONT_KEYS = ("owner", "contact", "manager", "author", "approver", "steward", "responsible")


@detector("STR-04")
def person_not_role(document: Document, context: Context) -> Iterator[Hit]:
    """Names of persons given as owner or contact."""
    for key, value in document.front_matter.items():
        found = re.match(_NAME + r"$", value.strip()[:80])
        if found and any(word in key.lower() for word in _FRONT_KEYS) and _is_person(found.group(), context):
            yield Hit(found.group(), line=_front_line(document, value), values={"name": found.group()})
    for passage in context.reading.passages:
        told: set[str] = set()
        for name in _names(passage.text, passage.clause) if _TWO_CAPITALS.search(passage.text) else ():
            if name not in told and _is_person(name, context):
                told.add(name)
                yield Hit(name, passage.clause, values={"name": name})


def _names(text: str, clause: Clause) -> Iterator[str]:
    low = text.lower()
    for pattern, parts in ((_ASK, _ASK_PARTS), (_LABEL, _LABEL_PARTS), (_ROLE_THEN_NAME, _ROLE_PARTS)):
        if any(part in low for part in parts):
            yield from (found["name"] for found in pattern.finditer(text))
    if len(text) <= 160 and _OWNERS_HEADING.search(clause.heading[:200]):
        under = _UNDER_OWNERS.match(text)
        if under:
            yield under["name"]


def _is_person(name: str, context: Context) -> bool:
    words = {word.lower().strip(".") for word in name.split()}
    ours = {word.lower() for organisation in context.organisations for word in organisation.split()}
    ours |= {word.lower() for word in context.reading.own_name.split()}
    return not words & NOT_A_PERSON and not words & ours


def _front_line(document: Document, value: str) -> int:
    for number, line in enumerate(document.markdown[:20_000].splitlines()[:60], 1):
        if value.strip() in line:
            return number
    return 1

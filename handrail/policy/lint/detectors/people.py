"""STR-04: a person's name where a role belongs, near the words owner, contact or ask."""

import re
from collections.abc import Iterator

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.rules import detector

# A word of this list in a capitalised pair shows that it names a role, a team, a place or a thing, not a person.
NOT_A_PERSON = frozenset(
    """
    human resources communications communication director team department legal office officer manager management social
    media marketing group board committee council university college school church code conduct policy policies security
    information help desk service services data protection public affairs relations corporate brand chief executive head
    digital press web content general counsel compliance privacy technology it hr pr line senior vice president secretary
    chair trustees trustee foundation company corporation inc ltd employee employees staff member members support customer
    customers partner partners operations finance risk quality safety health people culture talent editor editorial news
    newsroom community engagement internal external global regional national local united states kingdom new york london
    act agency government federal state house white north south east west centre center institute association society
    trust charity organisation organization union campus police emergency outreach development product engineering sales
    design research project programme program working task force panel forum network page site facebook twitter linkedin
    instagram youtube tiktok google microsoft hub online guide guidelines handbook manual version date owner contact the
    this our your any all if please see and or for of to in at on by as with from when use ask tell email e-mail phone
    applicable tbc tbd none not monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december slack channel hall street road avenue hospital clinic hotel
    undergraduate admissions graduate student affairs deputy assistant associate coordinator specialist analyst advisor
    adviser supervisor administrator administration lead leader steward stewards champion champions ethics hotline line
    learning training talent acquisition strategy planning system systems knowledge software customer success experience
    """.split()
)  # fmt: skip
_NAME = r"[A-Z][a-zà-ÿ]{1,20}(?:[-’'][A-Z][a-zà-ÿ]{1,20})?(?: (?:[A-Z]\.|(?:de|van|von|der|da|di|la|le|al|bin|O’|Mc)))?(?: (?:Mc|Mac|O[’'])?[A-Z][a-zà-ÿ]{1,20}(?:-[A-Z][a-zà-ÿ]{1,20})?){1,2}"
_ASK = re.compile(
    r"\b(?:[Cc]ontact(?:ing)?|[Aa]lert(?:ing)?|[Ee]-?mail(?:ing)?|[Nn]otify|[Aa]sk(?:ing)?|[Rr]each out to|[Ss]peak (?:to|with)|[Tt]alk to|[Rr]eport (?:it |this )?to|"
    r"[Ss]end (?:it |this |them )?to|[Oo]wned by|[Mm]aintained by|[Aa]pproved by|[Oo]wner is|[Mm]anager is|[Cc]ontact is|[Gg]o to|[Ii]nform)[: ] ?(?P<name>" + _NAME + r")\b"
)  # fmt: skip
_LABEL = re.compile(
    r"(?:^|[|;.] ?)(?:\w[\w &/]{0,30} )?(?:[Oo]wners?|[Cc]ontacts?(?: person)?|[Mm]anager|[Aa]uthors?|[Aa]pprovers?|[Rr]esponsible(?: person)?|[Ss]teward|[Cc]oordinator|[Ll]ead)\s?[:|–-] ?(?P<name>" + _NAME + r")\b"
)  # fmt: skip
_ROLE_THEN_NAME = re.compile(
    r"\b(?:[Dd]irector|[Mm]anager|[Oo]fficer|[Hh]ead|[Ee]ditor|[Cc]oordinator|[Ll]ead)(?: (?:of|for) (?:[A-Z][\w&]{1,20} ?){1,4})?, (?P<name>" + _NAME + r")(?=[,.(;]|$| at\b)"
)  # fmt: skip
_UNDER_OWNERS = re.compile(r"^(?:[^:]{1,60}: ?)?(?P<name>" + _NAME + r")(?: ?[,(–-].{0,80})?$")
_OWNERS_HEADING = re.compile(r"\b(?:owners?|contacts?|responsible|who to ask|key people)\b", re.IGNORECASE)
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
        for name in _names(passage.text, passage.clause):
            if name not in told and _is_person(name, context):
                told.add(name)
                yield Hit(name, passage.clause, values={"name": name})


def _names(text: str, clause: Clause) -> Iterator[str]:
    for pattern in (_ASK, _LABEL, _ROLE_THEN_NAME):
        for found in pattern.finditer(text):
            yield found["name"]
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

"""CLR-04 and CLR-08: duties that name nobody, and words that leave open whether a line binds."""

import re
from collections.abc import Iterator
from itertools import combinations

from handrail.policy.clause import Document
from handrail.policy.lint.duty import duties_by_deed
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.stems import likeness
from handrail.policy.lint.words import words

SAME_OBJECT = 0.8
_IRREGULAR = (
    "given|taken|made|done|sent|kept|held|written|shown|told|paid|put|set|sought|brought|built|bought|begun|"
    "chosen|drawn|found|led|left|lost|met|read|run|said|seen|sold|spoken|taught|withdrawn|shut"
)
_PASSIVE = re.compile(
    r"\b(?:must|should|shall|(?:has|have|needs?|is|are) to)(?: not| never)?(?: \w{1,20}ly| first| also| always)? be "
    rf"(?:\w{{1,20}}ly )?(?P<deed>\w{{2,20}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)
# These read like passives and say how someone or something is, so nobody is missing.
_STATES = words("states_not_deeds")
_ACTOR = re.compile(
    r"\bby (?:the |a |an |our |your |its |their |all |any |each |every |two |both |at least )?"
    r"(?!e-?mail\b|phone\b|law\b|post\b|default\b|means\b|the end\b|\w{1,20}ing\b|\d)[A-Za-z]",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\bshould (?:always )?(?:refrain|endeavou?r|try to avoid|aim to avoid|ideally)\b|\bmust ideally\b"
    r"|\bmust (?:always )?(?:try|aim|endeavou?r|strive|seek) to\b|\b(?:is|are) (?:expected|requested) (?:not )?to\b"
    r"|\bshould (?:and|or) must\b|\bmust (?:and|or) should\b|\bit is expected that\b",
    re.IGNORECASE,
)


@detector("CLR-04")
def nobody_acts(document: Document, context: Context) -> Iterator[Hit]:
    """A duty in the passive that names nobody."""
    for passage in context.reading.passages:
        if passage.clause.kind in ("example", "definition"):
            continue
        for sentence in passage.sentences:
            found = _PASSIVE.search(sentence.text)
            if found and found["deed"].lower() not in _STATES and not _ACTOR.search(sentence.text[found.end() :]):
                yield Hit(sentence.text, passage.clause)
                break


@detector("CLR-08")
def rule_or_advice(document: Document, context: Context) -> Iterator[Hit]:
    """Duty words that can be read both ways, and two strengths for one thing."""
    for passage in context.reading.passages:
        found = _UNSURE.search(passage.text)
        if found:
            yield Hit(found.group(), passage.clause)
    for together in duties_by_deed(context.reading).values():
        told: set[str] = set()
        for one, other in combinations(together, 2):
            mixed = one.strength != other.strength and one.forbids == other.forbids
            mixed = mixed and "must" in (one.strength, other.strength) and one.sentence is not other.sentence
            same = mixed and likeness(one.about, other.about) >= SAME_OBJECT and one.scope == other.scope
            if same and other.sentence.text not in told:
                told.add(other.sentence.text)
                values = {"line": one.sentence.clause.line_start, "other": one.strength}
                yield Hit(other.sentence.text, other.sentence.clause, wording="pair", values=values)

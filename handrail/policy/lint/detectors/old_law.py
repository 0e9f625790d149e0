"""CUR-03: laws and guidance that no longer hold, or that changed after the policy was last looked at."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.dates import shown
from handrail.policy.lint.detectors.currency import last_review
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.register import GONE, Authority, register, replaced_authorities
from handrail.policy.lint.rulebook import detector

# A sentence that itself says the law is gone tells history and misleads nobody.
_HISTORY = re.compile(
    r"\b(?:replac\w{1,4}|repeal\w{0,3}|supersed\w{1,4}|formerly|former|no longer|overruled|struck down"
    r"|revok\w{1,3}|until \d{4})\b",
    re.IGNORECASE,
)


@detector("CUR-03")
def old_law(document: Document, context: Context) -> Iterator[Hit]:
    """Every citation of a law that was replaced, marked on the words that cite it and nothing else."""
    gone = {name: each for each in replaced_authorities(context.today) for name in each.names}
    reviewed = last_review(document, context.reading, context.today)
    changed = _changed_since(reviewed, context.today) if reviewed else {}
    pattern = _pattern(tuple(sorted({*gone, *changed}, key=len, reverse=True)))
    parts = {name.lower() for name in (*gone, *changed)}
    for passage in context.reading.passages:
        if not passage.has(parts):
            continue
        for sentence in passage.sentences:
            for found in pattern.finditer(sentence.text):
                around = sentence.text[max(0, found.start() - 100) : found.end() + 100]
                if _HISTORY.search(around):
                    continue
                name = " ".join(found.group().split()).lower()
                authority = next((each for key, each in (gone | changed).items() if key.lower() == name), None)
                if authority:
                    yield _hit(found.group(), authority, passage.clause)


def _hit(quote: str, authority: Authority, clause: Clause) -> Hit:
    day = authority.replaced_on if authority.status in GONE else authority.changed_on
    wording = "changed" if authority.status not in GONE else "default" if authority.replaced_by else "gone"
    known = register().get(authority.replaced_by)
    values = {
        "authority": authority.key,
        "replacement": known.title if known else authority.replaced_by,
        "date": shown(day) if day else "",
    }
    return Hit(quote, clause, wording=wording, severity="fix" if wording != "changed" else "consider", values=values)


def _changed_since(reviewed: date, today: date) -> dict[str, Authority]:
    return {
        name: each
        for each in register().values()
        if each.status not in GONE and each.changed_on and reviewed < each.changed_on <= today
        for name in each.names
    }


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, whatever the case of its letters; short all-capital names only as they stand."""
    said = "|".join(re.escape(name) if not name.isupper() else f"(?-i:{re.escape(name)})" for name in names)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)" if names else r"(?!)", re.IGNORECASE)

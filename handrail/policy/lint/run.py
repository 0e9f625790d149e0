"""Running the rules over one policy and bringing what they saw into the order of its lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from handrail.kernel.words import counted
from handrail.policy.clause import Clause, Document
from handrail.policy.lint import detectors
from handrail.policy.lint.finding import Context, Finding, Hit
from handrail.policy.lint.places import country_codes, known_sector
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.register import sources
from handrail.policy.lint.rulebook import Rule, rules

REGISTERED = MappingProxyType(detectors.DETECTORS)
QUOTE_LIMIT = 300
_SAID_IN_ORDER = ("structure", "clarity", "currency", "coverage", "balance", "lawful")
# These two speak of the whole text and only stand at a sentence.
_ON_THE_TEXT = frozenset({"LAW-12", "LAW-13"})
ADVICE = "This is advice, not a legal opinion: people have challenged wording like this."


def lint(
    document: Document,
    *,
    countries: Iterable[str] = (),
    sector: str = "",
    public: bool = False,
    today: date | None = None,
    organisation: str = "",
) -> list[Finding]:
    """Every remark the rules have on a policy, in the order of its lines.

    `organisation` is whose policy it is, several names parted by commas; without it the text itself is asked.
    Raises BadInput for a country or sector nobody knows.
    """
    context = Context(
        reading=Reading(document),
        today=today or date.today(),
        countries=country_codes(countries),
        sector=known_sector(sector),
        public=public,
        organisations=tuple(name.strip() for name in organisation.split(",") if name.strip()),
    )
    order = {rule: place for place, rule in enumerate(rules())}
    return sorted(_merged(_all_findings(document, context)), key=lambda found: (found.line, order[found.rule]))


def standing(document: Document, *, public: bool = False) -> str:
    """What read the text and what did not, so that no finding is never taken for lawful."""
    english = Reading(document).is_english
    read_by = [
        rule
        for rule in rules().values()
        if rule.id in REGISTERED and (english or not rule.applies.languages) and (public or not rule.applies.public)
    ]
    groups = sorted({rule.group for rule in read_by}, key=_SAID_IN_ORDER.index)
    others = "" if english else " The others read English only."
    if Reading(document).is_procedure:
        others += " Its title says that it is a procedure, so nobody asks here what a policy has to cover."
    return (
        f"{counted(len(read_by), 'rule')} read this: {', '.join(groups)}.{others}"
        " What it says of law is advice, not a legal opinion."
    )


def count_words(document: Document) -> int:
    """How many words its clauses and headings have: the one count that pages and findings give."""
    return Reading(document).word_count


def _all_findings(document: Document, context: Context) -> Iterator[Finding]:
    for rule in rules().values():
        if rule.id in REGISTERED and rule.applies.to(context) and _speaks(rule, context):
            for hit in REGISTERED[rule.id](document, context):
                yield _finding(rule, hit, context)


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """What several rules on law say of one sentence becomes the strongest of them, which names the others."""
    kept: list[Finding] = []
    groups: dict[tuple[str, str], list[Finding]] = {}
    for each in found:
        if rules()[each.rule].needs_counsel and each.rule not in _ON_THE_TEXT:
            groups.setdefault((each.clause_id, each.quote), []).append(each)
        else:
            kept.append(each)
    for group in groups.values():
        strongest, *others = sorted(group, key=_weight)
        also = tuple(dict.fromkeys(each.rule for each in others if each.rule != strongest.rule))
        behind = tuple(dict.fromkeys(source for each in (strongest, *others) for source in each.sources))
        names = tuple(rules()[rule].title for rule in also)
        kept.append(
            replace(strongest, also=also, also_titles=names, sources=behind, top=any(each.top for each in group))
        )
    return kept


def _weight(finding: Finding) -> tuple[bool, int]:
    rule = rules()[finding.rule]
    return not rule.top, ("high", "medium", "low").index(rule.precision)


def _speaks(rule: Rule, context: Context) -> bool:
    """A rule on law speaks only where one of its authorities holds."""
    if not rule.needs_counsel:
        return True
    return bool(sources(rule.citations, context.countries, context.sector, context.public, strict=True))


def _finding(rule: Rule, hit: Hit, context: Context) -> Finding:
    extra = str(hit.values.get("authority", ""))
    return Finding(
        rule=rule.id,
        severity=hit.severity or rule.severity,
        line=hit.line or _line(hit.clause, hit.quote, context.reading),
        quote=_short(hit.quote),
        message=rule.messages[hit.wording].format_map(hit.values),
        why=f"{rule.why} {ADVICE}" if rule.needs_counsel else rule.why,
        clause_id=hit.clause.id if hit.clause else "",
        sources=sources(
            (extra, *rule.citations) if extra else rule.citations, context.countries, context.sector, context.public
        ),
        top=rule.top,
        title=rule.title,
    )


def _line(clause: Clause | None, quote: str, reading: Reading) -> int:
    """The line of a clause on which the quoted words begin, where the source shows it."""
    if clause is None:
        return 1
    if clause.line_end > clause.line_start and reading.document.source_format == "markdown":
        lines = reading.source_lines[clause.line_start - 1 : clause.line_end]
        for offset, line in enumerate(lines):
            if _begins_in(line, lines[offset + 1] if offset + 1 < len(lines) else "", quote):
                return clause.line_start + offset
    return clause.line_start


def _begins_in(line: str, following: str, quote: str) -> bool:
    """Whether the quoted words begin in this line, even when they go on in the next."""
    words = quote[:80].split()
    if " ".join(words[:4]) in line:
        return True
    ending = line.rstrip()
    return any(
        ending.endswith(" ".join(words[:count])) and following.lstrip().startswith(words[count])
        for count in range(1, min(4, len(words)))
    )


def _short(quote: str) -> str:
    if len(quote) <= QUOTE_LIMIT:
        return quote
    return quote[:QUOTE_LIMIT].rsplit(" ", 1)[0] or quote[:QUOTE_LIMIT]

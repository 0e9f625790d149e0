"""What a policy says in other languages: bound to its source, what is older, what is missing, what readers see."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf.locale import LANG_INFO

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.models import Policy, TranslatedClause, Translation, Version
from handrail.policy.reads.versions import document_of, in_force, on_the_way


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One heading or clause of the source, in reading order; `sha` is the fingerprint of its words."""

    key: str
    text: str
    sha: str
    level: int
    is_heading: bool
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Line:
    """A source line beside its words in another language: `state` is missing, older or right."""

    source: SourceLine
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a translation has come against the source that stands."""

    total: int
    right: int
    older: int
    missing: int

    @property
    def percent(self) -> int:
        """Right clauses of all, as a whole per cent, never rounded up to 100."""
        return self.right * 100 // self.total if self.total else 0


def language_name(code: str) -> str:
    """A language as English says it, else its code."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.lower()) or LANG_INFO.get(code.partition("-")[0])
    return str(known["name"]) if known and "name" in known else code


def source_of(policy: Policy) -> Version | None:
    """The version that translators work from: in force, or the draft while none is."""
    return in_force(policy) or on_the_way(policy)


def lines_of(version: Version) -> list[SourceLine]:
    """The headings and clauses of a version in reading order, each with the fingerprint of its words."""
    document = document_of(version)
    found: list[SourceLine] = []
    waiting = list(document.headings)
    seen: dict[str, int] = {}
    for clause in document.clauses:
        while waiting and waiting[0].line <= clause.line_start:
            found.append(_heading(waiting.pop(0), seen))
        found.append(SourceLine(clause.id, clause.text, _sha(clause.text), clause.level, False, clause))
    return found + [_heading(each, seen) for each in waiting]


def _sha(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def _heading(heading: Heading, seen: dict[str, int]) -> SourceLine:
    """A heading's key is made of its words, and of its turn where two say the same."""
    seen[heading.text] = seen.get(heading.text, 0) + 1
    key = f"h-{_sha(f'{heading.text} {seen[heading.text]}')[:16]}"
    return SourceLine(key, heading.text, _sha(heading.text), heading.level, True, None)


def translations_of(policy: Policy) -> list[tuple[Translation, Completeness]]:
    """Every translation of a policy with how far it has come."""
    source = source_of(policy)
    rows = policy.translations.select_related("published_from")
    return [(each, completeness(each, source)) for each in rows]


def completeness(translation: Translation, source: Version | None) -> Completeness:
    """Counts over the clauses and headings of the source."""
    states = [line.state for line in worked_on(translation, source)]
    return Completeness(len(states), states.count("right"), states.count("older"), states.count("missing"))


def worked_on(translation: Translation | None, source: Version | None) -> list[Line]:
    """The source line by line with the translator's words beside it."""
    if source is None:
        return []
    rows = {row.key: row for row in translation.clauses.all()} if translation else {}
    return [_line(line, rows.get(line.key), shown=False) for line in lines_of(source)]


def shown_to_readers(translation: Translation, version: Version) -> list[Line]:
    """The version in force with the published words beside it, older and missing ones marked."""
    rows = {row.key: row for row in translation.clauses.all()}
    return [_line(line, rows.get(line.key), shown=True) for line in lines_of(version)]


def _line(line: SourceLine, row: TranslatedClause | None, *, shown: bool) -> Line:
    text = (row.shown if shown else row.text) if row else ""
    sha = (row.shown_sha if shown else row.source_sha) if row else ""
    if not text:
        return Line(line, "", "missing")
    return Line(line, text, "right" if sha == line.sha else "older")


def for_reader(policy: Policy, language: str) -> Translation | None:
    """The published translation in this language, or None."""
    rows = policy.translations.filter(published_from__isnull=False).select_related("published_from")
    return rows.filter(language=language).first()


def would_go_stale(version: Version) -> list[tuple[Translation, int]]:
    """For each translation how many of its clauses would be older or missing once this version holds."""
    lines = lines_of(version)
    found = []
    for translation in version.policy.translations.all():
        rows = dict(translation.clauses.exclude(text="").values_list("key", "source_sha"))
        stale = sum(rows.get(line.key) != line.sha for line in lines)
        if stale:
            found.append((translation, stale))
    return found


def as_markdown(policy: Policy, language: str) -> str:
    """The source as Markdown with its ids, translated where it is, for a translator to go on in any editor."""
    source = source_of(policy)
    if source is None:
        return ""
    translation = policy.translations.filter(language=language).first()
    lines = worked_on(translation, source)
    front = f"---\ntranslation: {language}\nof: {policy.key}\nversion: {source.number}\n---\n\n"
    return front + _written(lines, document_of(source))


def _written(lines: list[Line], document: Document) -> str:
    """Headings, list lines and paragraphs, each clause with its id; source words stand where none are translated."""
    out: list[str] = []
    listed = False
    for line in lines:
        words = " ".join((line.text or line.source.text).split())
        clause = line.source.clause
        in_list = clause is not None and clause.form == "list_item"
        if out and not (in_list and listed):
            out.append("")
        if line.source.is_heading:
            out.append(f"{'#' * max(1, min(line.source.level, 6))} {_plain(words)}")
        elif clause is not None:
            bullet = f"{'  ' * clause.depth}- " if in_list else "> " if clause.form == "quotation" else ""
            out.append(f"{bullet}{_plain(words)} <!-- {line.source.key} -->")
        listed = in_list
    return "\n".join(out) + "\n"


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\*_`[]<>#|~"})


def _plain(words: str) -> str:
    """Words whose every sign is to be shown as it is; a number or dash in front begins no list."""
    safe = words.translate(_SIGNS)
    first, _, rest = safe.partition(" ")
    if first in {"-", "+"} or (first[:-1].isdigit() and first[-1] in ".)"):
        safe = f"{first[:-1]}\\{first[-1]} {rest}"
    return safe

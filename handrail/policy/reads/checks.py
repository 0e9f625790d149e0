"""What the check finds in a version for this house, and what became of each finding: waived, asked, mendable."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import timezone

from handrail.people.models import Interest, Person
from handrail.people.reads import interests_of
from handrail.policy.clause import Document
from handrail.policy.ledger import open_stack, reading, wording_of
from handrail.policy.lint import Finding, Rule, lint, rules, standing
from handrail.policy.lint.fixes import Fix, fix_of
from handrail.policy.lint.places import COUNTRIES
from handrail.policy.models import LegalQuestion, LintProfile, Policy, Version, Waiver

STATES = ("open", "waived", "asked", "answered")
GROUPS = ("structure", "currency", "clarity", "coverage", "lawful", "balance")
SEVERITIES = ("fix", "improve", "consider", "counsel")


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding with what people decided about it; `mark` names it in addresses and forms."""

    finding: Finding
    group: str
    mark: str
    state: str
    waiver: Waiver | None = None
    question: LegalQuestion | None = None
    fix: Fix | None = None

    @property
    def rule(self) -> Rule:
        """The rule behind it."""
        return rules()[self.finding.rule]


def mark_of(finding: Finding) -> str:
    """A short name of a finding that stays while its rule, clause and words do."""
    return sha256(f"{finding.rule}\0{finding.clause_id}\0{finding.quote}".encode()).hexdigest()[:16]


def lint_settings() -> dict[str, Any]:
    """For what house the rules are read: the profile, else the countries where people work."""
    profile = LintProfile.objects.filter(pk=1).first()
    countries = list(profile.countries) if profile else []
    return {
        "countries": countries or countries_of_people(),
        "sector": profile.sector if profile else "",
        "public": profile.public if profile else False,
        "organisation": settings.HANDRAIL_ORGANISATION,
    }


def countries_of_people() -> list[str]:
    """Where those who work here work, as far as the staff file says."""
    found = Person.objects.here().exclude(country="").values_list("country", flat=True).distinct().order_by("country")
    return [code for code in found if code in COUNTRIES]


def lint_profile() -> LintProfile:
    """How the check is set; nothing set reads as an empty row."""
    return LintProfile.objects.filter(pk=1).first() or LintProfile(pk=1)


@lru_cache(maxsize=32)
def _linted(
    markdown: str, today: date, countries: tuple[str, ...], sector: str, public: bool, organisation: str
) -> tuple[Finding, ...]:
    """A text is checked once a day for the same house; pages ask again at every look."""
    house: dict[str, Any] = {"countries": countries, "sector": sector, "public": public, "organisation": organisation}
    return tuple(lint(reading(markdown), today=today, **house))


def found_in(version: Version, organisation: str = "") -> tuple[Finding, ...]:
    """What the check says of a version today, read for this house; waived or not."""
    house = lint_settings()
    where, name = tuple(house["countries"]), organisation or house["organisation"]
    return _linted(version.markdown, timezone.localdate(), where, house["sector"], house["public"], name)


def standing_findings(version: Version, organisation: str = "") -> list[Finding]:
    """The findings nobody has waived: the number that review, publishing and the check page all say."""
    waived = _live_waivers(version)
    return [each for each in found_in(version, organisation) if _key(each) not in waived]


def waived_findings(version: Version) -> list[Checked]:
    """The findings people live with, each with its waiver: who said why, and until when."""
    return [each for each in checked(version, with_fixes=False) if each.state == "waived"]


def standing_of(version: Version) -> str:
    """Which rules read this version for this house, in a sentence."""
    return standing(reading(version.markdown), public=lint_settings()["public"])


def checked(version: Version, *, with_fixes: bool = True) -> list[Checked]:
    """Every finding of a version in the order of its lines, each with its waiver, its question and its fix."""
    document = reading(version.markdown)
    found = found_in(version)
    waivers = _live_waivers(version)
    questions = _by_finding(
        LegalQuestion.objects.filter(policy=version.policy_id).select_related("asked_by", "answered_by").order_by("id")
    )
    words = _wordings(document) if with_fixes and not version.is_frozen else {}
    return [_checked(each, waivers, questions, document, words) for each in found]


def _checked(
    finding: Finding,
    waivers: dict[tuple[str, str, str], Waiver],
    questions: dict[tuple[str, str, str], LegalQuestion],
    document: Document,
    words: dict[str, str],
) -> Checked:
    key = _key(finding)
    waiver, question = waivers.get(key), questions.get(key)
    state = "open"
    if waiver:
        state = "waived"
    elif question:
        state = "answered" if question.answered_at else "asked"
    wording = words.get(finding.clause_id, "")
    fix = fix_of(finding, document, wording) if wording else None
    return Checked(finding, rules()[finding.rule].group, mark_of(finding), state, waiver, question, fix)


def _key(finding: Finding) -> tuple[str, str, str]:
    """How a waiver and a question know their finding again."""
    return finding.rule, finding.clause_id, finding.quote[:320]


def _live_waivers(version: Version) -> dict[tuple[str, str, str], Waiver]:
    today = timezone.localdate()
    rows = Waiver.objects.filter(policy=version.policy_id, ended_at=None, expires_on__gte=today).select_related("by")
    return _by_finding(rows)


def _by_finding(rows: Iterable[Any]) -> dict[tuple[str, str, str], Any]:
    return {(row.rule, row.clause_key, row.quote): row for row in rows}


def _wordings(document: Document) -> dict[str, str]:
    """Each clause's Markdown as an author edits it."""
    stack = open_stack(document)
    found: dict[str, str] = {}
    for clause in document.clauses:
        at = stack.place(clause.id)
        if at is not None:
            found[clause.id] = wording_of(stack.slips[at].block)
    return found


def checked_one(version: Version, mark: str) -> Checked | None:
    """The finding of this mark, where the present text still gives it."""
    return next((each for each in checked(version) if each.mark == mark), None)


def narrowed(rows: Sequence[Checked], *, group: str = "", severity: str = "", state: str = "") -> list[Checked]:
    """Those of one group, severity and state; an empty word takes all."""
    return [
        each
        for each in rows
        if group in ("", each.group) and severity in ("", each.finding.severity) and state in ("", each.state)
    ]


def counts_of(rows: Iterable[Checked]) -> dict[str, Counter[str]]:
    """How many findings there are by group, severity and state."""
    rows = list(rows)
    return {
        "group": Counter(each.group for each in rows),
        "severity": Counter(each.finding.severity for each in rows),
        "state": Counter(each.state for each in rows),
    }


def answers_for_legal(person: Person) -> bool:
    """Whether questions to legal wait with this person."""
    return person.is_here and Interest.LEGAL in interests_of(person)


def legal_questions_for(person: Person) -> list[LegalQuestion]:
    """The open questions that wait with a reviewer for legal; none for anyone else."""
    if not answers_for_legal(person):
        return []
    rows = LegalQuestion.objects.filter(answered_at=None).select_related("policy", "version", "asked_by")
    return list(rows.order_by("asked_at"))


def waivers_of(policy: Policy) -> list[Waiver]:
    """Every waiver of a policy, live ones first; those that ended or ran out stay in sight."""
    rows = list(Waiver.objects.filter(policy=policy).select_related("by", "ended_by"))
    return sorted(rows, key=lambda row: not row.is_live)

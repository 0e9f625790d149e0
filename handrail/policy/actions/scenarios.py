"""The verbs on scenarios: write one down, retire it, say its verdict under a draft, bring a list in."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Person
from handrail.policy.actions.procedures import BadRow
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.facts import ScenarioKept, VerdictSaid
from handrail.policy.models import Clause, Policy, Scenario, ScenarioCheck, ScenarioClause, Version
from handrail.policy.reads.scenarios import flips_of

_SAID = {
    "fine": "fine",
    "ok": "fine",
    "ask first": "ask_first",
    "ask_first": "ask_first",
    "ask": "ask_first",
    "don’t": "dont",
    "don't": "dont",
    "dont": "dont",
}


@dataclass(frozen=True, slots=True)
class ScenarioWords:
    """What somebody typed for a scenario."""

    situation: str
    question: str
    verdict: str
    why: str
    keys: Sequence[str]


@transaction.atomic
def keep_scenario(policy: Policy, words: ScenarioWords, *, by: Person, scenario: Scenario | None = None) -> Scenario:
    """Write a situation down with the verdict the policy gives and the clauses it tests, or change one."""
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    keys = _checked(policy, words)
    made = scenario or Scenario(policy=policy, made_by=by)
    made.situation, made.question = words.situation.strip(), words.question.strip()
    made.verdict, made.why = words.verdict, words.why.strip()
    made.save()
    made.tests.exclude(key__in=keys).delete()
    known = set(made.tests.values_list("key", flat=True))
    ScenarioClause.objects.bulk_create(ScenarioClause(scenario=made, key=key) for key in keys if key not in known)
    announce(ScenarioKept(Ref("scenario", made.pk), Ref("policy", policy.pk), tuple(keys)), who=by)
    return made


def _checked(policy: Policy, words: ScenarioWords) -> list[str]:
    check_words(situation=words.situation, question=words.question, why=words.why)
    if not words.situation.strip() or len(words.situation) > 4000:
        raise BadInput("Describe the situation in at most 4,000 characters.", field="situation")
    if not words.question.strip() or len(words.question) > 300:
        raise BadInput("Ask one question of at most 300 characters, such as “May I post it?”", field="question")
    if words.verdict not in Scenario.Verdict.values:
        raise BadInput("The verdict is one of: fine, ask first, don’t.", field="verdict")
    if len(words.why) > 4000:
        raise BadInput("Keep the why under 4,000 characters.", field="why")
    keys = list(dict.fromkeys(key.strip() for key in words.keys if key.strip()))
    if not keys:
        raise BadInput("Name at least one clause that the scenario tests.", field="clauses")
    known = set(
        Clause.objects.filter(policy=policy, key__in=keys, retired_in__isnull=True).values_list("key", flat=True)
    )
    if unknown := [key for key in keys if key not in known]:
        raise BadInput(f"“{policy.title}” has no clause {unknown[0]} today. Choose one that stands.", field="clauses")
    return keys


@transaction.atomic
def retire_scenario(scenario: Scenario, *, by: Person) -> None:
    """Ask a scenario no longer; what was said of it stays in the record."""
    if not may_write(by, scenario.policy):
        raise Refused(NOT_AN_AUTHOR)
    if scenario.retired_at is None:
        scenario.retired_at = timezone.now()
        scenario.save(update_fields=["retired_at"])
        keys = tuple(scenario.tests.values_list("key", flat=True))
        fact = ScenarioKept(Ref("scenario", scenario.pk), Ref("policy", scenario.policy_id), keys, retired=True)
        announce(fact, who=by)


@transaction.atomic
def say_verdict(scenario: Scenario, version: Version, verdict: str, *, by: Person) -> ScenarioCheck:
    """Say what a scenario's verdict is under a draft that changes its clauses; it holds for these wordings only.

    Another verdict than before takes effect when the version does.
    """
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    if version.is_frozen:
        raise NotNow(f"Version {version.number} was published with its verdicts as they were said.")
    if verdict not in Scenario.Verdict.values:
        raise BadInput("The verdict is one of: fine, ask first, don’t.", field="verdict")
    flip = next((each for each in flips_of(version) if each.scenario.pk == scenario.pk), None)
    if flip is None:
        raise NotNow("No change in this version touches the clauses of that scenario.")
    made, _ = ScenarioCheck.objects.update_or_create(
        scenario=scenario,
        version=version,
        defaults={
            "wordings_sha256": flip.wordings_sha256,
            "was": scenario.verdict,
            "said": verdict,
            "by": by,
            "at": timezone.now(),
        },
    )
    fact = VerdictSaid(Ref("scenario", scenario.pk), Ref("version", version.pk), scenario.verdict, verdict)
    announce(fact, who=by)
    return made


@dataclass(frozen=True, slots=True)
class ScenariosReport:
    """What a file of scenarios made and changed, and the rows that could not go in."""

    made: int
    changed: int
    same: int
    bad: tuple[BadRow, ...]


@transaction.atomic
def import_scenarios(policy: Policy, raw: bytes, *, by: Person) -> ScenariosReport:
    """Read a CSV with situation, question, verdict, clauses (ids set apart by spaces) and why; good rows go in.

    A known situation and question is changed, never doubled. Run twice it changes nothing.
    """
    if not may_write(by, policy):
        raise Refused(NOT_AN_AUTHOR)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8. Save it as “CSV UTF-8” and choose it again.") from error
    if "\x00" in text:
        raise BadInput("The file holds a hidden character (U+0000), so it is no CSV. Save it again as CSV.")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
    if not {"situation", "question", "verdict", "clauses"} <= names:
        raise BadInput("The first line needs the columns situation, question, verdict and clauses; why may follow.")
    counts = {"made": 0, "changed": 0, "same": 0}
    bad: list[BadRow] = []
    try:
        for row in rows:
            said = {(name or "").strip().lower(): (value or "").strip() for name, value in row.items() if name}
            if any(said.values()):
                try:
                    with transaction.atomic():
                        counts[_one_row(policy, said, by)] += 1
                except BadInput as refusal:
                    bad.append(BadRow(rows.line_num, refusal.sentence))
    except csv.Error as error:
        raise BadInput(f"Line {rows.line_num} can’t be read: {error}. Save the file again as CSV.") from error
    return ScenariosReport(counts["made"], counts["changed"], counts["same"], tuple(bad))


def _one_row(policy: Policy, said: dict[str, str], by: Person) -> str:
    verdict = _SAID.get(said["verdict"].lower(), said["verdict"])
    keys = said["clauses"].replace(",", " ").replace(";", " ").split()
    words = ScenarioWords(said["situation"], said["question"], verdict, said.get("why", ""), keys)
    known = policy.scenarios.filter(situation=words.situation, question=words.question, retired_at__isnull=True).first()
    if known and (known.verdict, known.why, _keys(known)) == (verdict, words.why, set(keys)):
        return "same"
    keep_scenario(policy, words, by=by, scenario=known)
    return "changed" if known else "made"


def _keys(scenario: Scenario) -> set[str]:
    return set(scenario.tests.values_list("key", flat=True))

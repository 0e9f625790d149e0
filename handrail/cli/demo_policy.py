"""Plays what stands around a policy from the demo's files: versions, procedures, proposals, scenarios, translation."""

import csv
import re
from datetime import date
from pathlib import Path

from handrail.cli.demo_marks import Step, clause_with, day_of, people, person, read_toml, steps_of
from handrail.cli.demo_round import RoundPlayed, reword
from handrail.kernel.errors import BadInput
from handrail.people.models import Person
from handrail.policy import actions
from handrail.policy.lint import Finding
from handrail.policy.models import Policy, Procedure, Version
from handrail.policy.reads import checked, in_force, lines_of, on_the_way, unconfirmed

TITLE = "Social media policy"
LANGUAGE = "pt"


def bring_version(place: Path, number: int, round_file: str, owner: Person) -> Version:
    """Bring a text in, let its round run as the file says, and publish it with the day on which it began to hold."""
    name = f"policy-{number}.md"
    raw = (place / name).read_bytes()
    report = actions.import_policy(raw, name, title=TITLE, owner=owner, by=owner)
    if report.version is None:
        raise BadInput(f"{name} brought nothing new.")
    RoundPlayed(report.version, place / round_file).play()
    found = re.search(rb"^effective: (\d{4}-\d\d-\d\d)$", raw, re.MULTILINE)
    day = date.fromisoformat(found[1].decode()) if found else None
    version = Version.objects.get(pk=report.version.pk)
    for each in unconfirmed(version):
        actions.type_change(version, each.key, each.proposed, by=owner)
    return actions.publish(version, by=owner, effective_on=day)


def set_procedures_up(place: Path, owner: Person) -> None:
    """Procedures of the departments, approved, each tied to the clauses it carries out."""
    policy = Policy.objects.get(title=TITLE)
    version = standing(policy)
    actions.import_procedures((place / "procedures.csv").read_bytes(), by=owner)
    told = read_toml(place / "around.toml")
    for row in told["carries_out"]:
        actions.adhere(_procedure(row), policy, clause_with(version, row["quote"]), by=owner)
    for row in told["builds_on"]:
        actions.build_on(_procedure(row), Procedure.objects.get(title=row["on"]), by=owner)
    for each in Procedure.objects.order_by("number"):
        actions.approve_procedure(each, by=each.owner or owner)


def look_at_procedures(place: Path) -> None:
    """Some owners looked at their procedures after the clauses changed; the others still show a flag."""
    for row in read_toml(place / "around.toml")["looked_at"]:
        actions.check_procedure(_procedure(row), by=person(row["who"]))


def translate(place: Path, author: Person) -> None:
    """Keep the translated lines of the version in force, and show them to readers."""
    policy = Policy.objects.get(title=TITLE)
    lines = lines_of(standing(policy))
    words = {}
    with (place / "translation-pt.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = next((each.key for each in lines if each.text.startswith(row["source"])), "")
            if not key:
                raise BadInput(f"No line of the policy begins with “{row['source']}”.")
            words[key] = row["words"]
    actions.publish_translation(actions.keep_translation(policy, LANGUAGE, words, by=author), by=author)


def keep_scenarios(place: Path, author: Person) -> None:
    """The bank of situations, and why some clauses are there."""
    policy = Policy.objects.get(title=TITLE)
    version = standing(policy)
    for row in read_toml(place / "scenarios.toml")["scenario"]:
        keys = [clause_with(version, words) for words in row["tests"]]
        words = actions.ScenarioWords(row["situation"], row["question"], row["verdict"], row["why"], keys)
        actions.keep_scenario(policy, words, by=author)
    for row in read_toml(place / "around.toml")["reason"]:
        reason = actions.Reason(row["kind"], row["words"])
        actions.explain_clause(policy, clause_with(version, row["quote"]), reason, by=person(row["who"]))


def begin_next(place: Path) -> Version:
    """What people propose becomes a draft, with the author's other changes and what the check says of it."""
    policy = Policy.objects.get(title=TITLE)
    version = standing(policy)
    for row in read_toml(place / "draft-4.toml")["amendment"]:
        _propose(policy, version, row)
    for step in steps_of(place / "draft-4.toml"):
        reword(_draft(policy), step)
    told = read_toml(place / "around.toml")
    for row in told["waiver"]:
        finding = _finding(_draft(policy), row)
        actions.waive(
            policy,
            finding.rule,
            by=person(row["who"]),
            reason=row["reason"],
            expires_on=day_of(row["until"]),
            clause_key=finding.clause_id,
            quote=finding.quote,
        )
    for row in told["legal_question"]:
        found = _finding(_draft(policy), row)
        actions.ask_legal(_draft(policy), found, by=person(row["who"]), words=row["words"])
    return _draft(policy)


def _propose(policy: Policy, version: Version, row: Step) -> None:
    guess = None
    if "claim" in row:
        guess = actions.Hypothesis(row["claim"], row["measure"], day_of(row["check_on"]))
    proposal = actions.Proposal(
        because=row["because"],
        clause_key=clause_with(version, row["quote"]) if "quote" in row else "",
        after_key=clause_with(version, row["after"]) if "after" in row else "",
        wording=row.get("wording", ""),
        because_kind=row.get("because_kind", "decision"),
        hypothesis=guess,
    )
    made = actions.propose_amendment(policy, proposal, by=person(row["who"]))
    for each in people(row.get("backed_by", [])):
        actions.back_amendment(made, by=each)
    if "taken_up_by" in row:
        actions.take_up(made, by=person(row["taken_up_by"]))
    if "declined_by" in row:
        actions.decline_amendment(made, row["reason"], by=person(row["declined_by"]))


def _finding(version: Version, row: Step) -> Finding:
    for each in checked(version):
        if each.finding.rule == row["rule"] and row.get("quote", "") in each.finding.quote:
            return each.finding
    raise BadInput(f"The check finds no {row['rule']} in the draft that says “{row.get('quote', '')}”.")


def _procedure(row: Step) -> Procedure:
    return Procedure.objects.get(title=row["procedure"])


def _draft(policy: Policy) -> Version:
    found = on_the_way(policy)
    if found is None:
        raise BadInput("No draft of the policy is on the way.")
    return found


def standing(policy: Policy) -> Version:
    """The version in force; the demo brings one in before anything that needs it."""
    found = in_force(policy)
    if found is None:
        raise BadInput("No version of the policy is in force.")
    return found

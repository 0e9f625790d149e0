"""Findings over the API: what the check says of a version, and the verbs on a finding."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from handrail.kernel.errors import Refused
from handrail.people.guard import NOT_YOURS, person_of
from handrail.policy import actions
from handrail.policy.lint import rules
from handrail.policy.models import LegalQuestion, Version, Waiver
from handrail.policy.reads import may_read, may_see_drafts
from handrail.policy.reads.checks import Checked, checked, checked_one, legal_questions_for, narrowed

router = Router(tags=["policy"])


class SourceOut(Schema):
    """An authority with its standing."""

    key: str
    title: str
    status: str
    checked_on: str


class FindingOut(Schema):
    """A finding and what became of it; `mark` names it for the verbs."""

    mark: str
    rule: str
    title: str
    also: list[str]
    group: str
    severity: str
    state: str
    line: int
    clause: str
    quote: str
    message: str
    why: str
    sources: list[SourceOut]
    fix: str | None
    waived_until: date | None
    answer: str


class RuleOut(Schema):
    """A rule of the check."""

    id: str
    group: str
    title: str
    severity: str
    precision: str
    why: str
    fix: str
    citations: list[str]


class WaiveIn(Schema):
    """Why, and until when."""

    reason: str
    expires_on: date


class AskIn(Schema):
    """What the asker wants to know."""

    words: str = ""


class AnswerIn(Schema):
    """Legal's answer."""

    answer: str


class ProfileIn(Schema):
    """For what house the check reads."""

    countries: list[str] = []
    sector: str = ""
    public: bool = False


def _version(request: HttpRequest, key: str, number: int) -> Version:
    row = get_object_or_404(Version.objects.select_related("policy"), policy__key=key, number=number)
    person = person_of(request)
    if not may_read(person, row) or not (may_see_drafts(person) or row.policy.owner_id == person.pk):
        raise Refused(NOT_YOURS)
    return row


def _out(each: Checked) -> dict[str, Any]:
    found = each.finding
    return {
        "mark": each.mark,
        "rule": found.rule,
        "title": found.title,
        "also": list(found.also),
        "group": each.group,
        "severity": found.severity,
        "state": each.state,
        "line": found.line,
        "clause": found.clause_id,
        "quote": found.quote,
        "message": found.message,
        "why": found.why,
        "sources": [
            {"key": one.key, "title": one.title, "status": one.status, "checked_on": one.checked_on}
            for one in found.sources
        ],
        "fix": each.fix.after if each.fix else None,
        "waived_until": each.waiver.expires_on if each.waiver else None,
        "answer": each.question.answer if each.question else "",
    }


@router.get("/policies/{key}/{number}/findings", response=list[FindingOut], summary="Findings of a version")
def findings(
    request: HttpRequest, key: str, number: int, group: str = "", severity: str = "", state: str = ""
) -> list[dict[str, Any]]:
    """What the check says of a version, narrowed by group, severity and state."""
    rows = narrowed(checked(_version(request, key, number)), group=group, severity=severity, state=state)
    return [_out(each) for each in rows]


@router.get("/rules", response=list[RuleOut], summary="Rules of the check")
def every_rule(request: HttpRequest) -> list[Any]:
    """Every rule with what it says and its sources."""
    return list(rules().values())


def _found(version: Version, mark: str) -> Checked:
    row = checked_one(version, mark)
    if row is None:
        raise Http404
    return row


@router.post("/policies/{key}/{number}/findings/{mark}/waive", response=FindingOut, summary="Waive a finding")
def waive_finding(request: HttpRequest, key: str, number: int, mark: str, said: WaiveIn) -> dict[str, Any]:
    """Live with a finding for a reason until a day."""
    version = _version(request, key, number)
    found = _found(version, mark).finding
    actions.waive(
        version.policy, found.rule, clause_key=found.clause_id, quote=found.quote, reason=said.reason,
        expires_on=said.expires_on, by=person_of(request),
    )  # fmt: skip
    return _out(_found(version, mark))


@router.post("/waivers/{number}/end", response={204: None}, summary="End a waiver")
def end_waiver(request: HttpRequest, number: int) -> Status[None]:
    """The finding is open again."""
    actions.end_waiver(get_object_or_404(Waiver, pk=number), by=person_of(request))
    return Status(204, None)


@router.post("/policies/{key}/{number}/findings/{mark}/ask-legal", response=FindingOut, summary="Ask legal")
def ask_legal(request: HttpRequest, key: str, number: int, mark: str, said: AskIn) -> dict[str, Any]:
    """Put a finding to those who review for legal."""
    version = _version(request, key, number)
    actions.ask_legal(version, _found(version, mark).finding, words=said.words, by=person_of(request))
    return _out(_found(version, mark))


@router.get("/legal-questions", response=list[dict[str, Any]], summary="Questions that wait for legal")
def legal_questions(request: HttpRequest) -> list[dict[str, Any]]:
    """Those that wait with the person asking; none where they don’t review for legal."""
    return [
        {"number": each.pk, "policy": each.policy.key, "rule": each.rule, "quote": each.quote, "words": each.words}
        for each in legal_questions_for(person_of(request))
    ]


@router.post("/legal-questions/{number}/answer", response={204: None}, summary="Answer for legal")
def answer_legal(request: HttpRequest, number: int, said: AnswerIn) -> Status[None]:
    """The answer stands beside the finding."""
    actions.answer_legal(get_object_or_404(LegalQuestion, pk=number), said.answer, by=person_of(request))
    return Status(204, None)


@router.post("/policies/{key}/{number}/findings/{mark}/fix", response={204: None}, summary="Mend a finding")
def fix_finding(request: HttpRequest, key: str, number: int, mark: str) -> Status[None]:
    """Apply its one certain fix."""
    actions.apply_fix(_version(request, key, number), mark, by=person_of(request))
    return Status(204, None)


@router.post("/policies/{key}/{number}/findings/{mark}/remark", response={204: None}, summary="Make it a remark")
def remark_finding(request: HttpRequest, key: str, number: int, mark: str) -> Status[None]:
    """Say the finding in the open round."""
    actions.raise_as_remark(_version(request, key, number), mark, by=person_of(request))
    return Status(204, None)


@router.post("/lint-profile", response={204: None}, summary="Set the check")
def set_profile(request: HttpRequest, said: ProfileIn) -> Status[None]:
    """For which countries, which sector and what kind of body the rules are read."""
    actions.set_lint_profile(countries=said.countries, sector=said.sector, public=said.public, by=person_of(request))
    return Status(204, None)

"""What people do with a finding: waive it, ask legal, mend it, make it a remark; and set the check for their house."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Interest, Person, Role, RoleGrant
from handrail.people.reads import is_governance_owner
from handrail.policy.actions.ledger import Edited, Reason, edit_clause, may_edit, remove_clause
from handrail.policy.actions.versions import may_write
from handrail.policy.facts import FindingWaived, LegalAnswered, LegalAsked, LintProfileSet, WaiverEnded
from handrail.policy.ledger import sha_of
from handrail.policy.lint import Finding, rules
from handrail.policy.lint.places import country_codes, known_sector
from handrail.policy.models import LegalQuestion, LintProfile, Policy, Version, Waiver
from handrail.policy.reads.checks import Checked, answers_for_legal, checked_one
from handrail.vetting.actions import remark
from handrail.vetting.models import Remark
from handrail.vetting.reads import round_for

LONGEST_QUOTE = 320
_WRITERS = "Authors and the governance owner do that."
_GONE = "The text doesn’t say that any more. Load the page again to see what the check finds now."
_LONGEST_WAIVER = 366


def may_waive(person: Person, policy: Policy) -> bool:
    """Authors and the governance owner, and whoever answers for the policy."""
    return may_write(person, policy) or (person.is_here and policy.owner_id == person.pk)


@transaction.atomic
def waive(
    policy: Policy, rule: str, *, by: Person, reason: str, expires_on: date, clause_key: str = "", quote: str = ""
) -> Waiver:
    """Live with a finding for a stated reason until a day within a year; it stays in sight as waived."""
    if not may_waive(by, policy):
        raise Refused(_WRITERS)
    if rule not in rules():
        raise BadInput(f"There is no rule {rule}.", field="rule")
    if not reason.strip():
        raise BadInput("Say why we live with this, so that others can judge it later.", field="reason")
    _check(reason, "reason", 600)
    today = timezone.localdate()
    if not today < expires_on <= date.fromordinal(today.toordinal() + _LONGEST_WAIVER):
        raise BadInput("Choose a day after today and within a year, when somebody looks again.", field="expires_on")
    quote = quote[:LONGEST_QUOTE]
    same = Waiver.objects.select_for_update().filter(policy=policy, rule=rule, clause_key=clause_key, quote=quote)
    same.filter(ended_at=None, expires_on__lt=today).update(ended_at=timezone.now())
    if same.filter(ended_at=None).exists():
        raise NotNow("This finding is waived already. End that waiver first to give another reason.")
    said = reason.strip()
    row = Waiver(
        policy=policy, rule=rule, clause_key=clause_key, quote=quote, reason=said, expires_on=expires_on, by=by
    )
    _save_once(row, "This finding was waived a moment ago.")
    announce(
        FindingWaived(Ref("policy", policy.pk), rule, clause_key, Ref("waiver", row.pk), expires_on.isoformat()), who=by
    )
    return row


def _check(text: str, field: str, longest: int) -> None:
    check_words(**{field: text})
    if len(text) > longest:
        raise BadInput(f"That is longer than {longest:,} characters. Say it shorter.", field=field)


def _save_once(row: Waiver | LegalQuestion, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotNow(sentence) from error


@transaction.atomic
def end_waiver(waiver: Waiver, *, by: Person) -> Waiver:
    """Look at a finding again before its waiver runs out."""
    row = Waiver.objects.select_for_update().select_related("policy").get(pk=waiver.pk)
    if not may_waive(by, row.policy):
        raise Refused(_WRITERS)
    if row.ended_at is not None:
        raise NotNow("That waiver ended before.")
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    announce(WaiverEnded(Ref("policy", row.policy_id), row.rule, row.clause_key, Ref("waiver", row.pk)), who=by)
    return row


def may_ask_legal(person: Person, version: Version) -> bool:
    """Whoever may waive its findings may ask."""
    return may_waive(person, version.policy)


@transaction.atomic
def ask_legal(version: Version, finding: Finding, *, by: Person, words: str = "") -> LegalQuestion:
    """Put a finding to those who review for legal; it waits with each of them until one answers."""
    if not may_ask_legal(by, version):
        raise Refused(_WRITERS)
    _check(words, "words", 600)
    quote = finding.quote[:LONGEST_QUOTE]
    row = LegalQuestion(policy=version.policy, version=version, rule=finding.rule, clause_key=finding.clause_id)
    row.quote, row.words, row.asked_by = quote, words.strip(), by
    _save_once(row, "Legal has this question already. Their answer will stand beside the finding.")
    announce(
        LegalAsked(Ref("policy", version.policy_id), Ref("version", version.pk), finding.rule, Ref("question", row.pk)),
        who=by,
    )
    for person in _legal_reviewers():
        text = (
            f"Hello {person.name},\n\n{by.name} asks for your view on a line of {version.policy.title}.\n\n"
            f"{rules()[finding.rule].title}: {finding.message}\nThe line: {_said(row)}\n"
            f"{words.strip()}\n\nRead and answer it here: {_whole(reverse('policy:legal'))}#q{row.pk}\n"
        )
        letter = [person.email, f"A question on {version.policy.title}", text]
        enqueue("handrail.people.letters.send_letter", *letter, key=f"legal-{row.pk}-{person.pk}")
    return row


def _whole(href: str) -> str:
    """A page's full address, which works from a mail."""
    return f"{settings.HANDRAIL_ADDRESS.rstrip('/')}{href}"


def _said(question: LegalQuestion) -> str:
    return f"“{question.quote}”" if question.quote else "the whole text"


def _legal_reviewers() -> list[Person]:
    grants = RoleGrant.objects.filter(role=Role.REVIEWER, interest=Interest.LEGAL, ended_at__isnull=True)
    return list(Person.objects.here().filter(pk__in=grants.values("person")))


def may_answer_legal(person: Person, question: LegalQuestion) -> bool:
    """Those who review for legal."""
    return answers_for_legal(person)


@transaction.atomic
def answer_legal(question: LegalQuestion, answer: str, *, by: Person) -> LegalQuestion:
    """Give legal's view; it stands beside the finding for those who write."""
    if not answers_for_legal(by):
        raise Refused("Those who review for legal answer this. Ask the governance owner for that role.")
    if not answer.strip():
        raise BadInput("Write the answer first.", field="answer")
    _check(answer, "answer", 4000)
    rows = LegalQuestion.objects.select_for_update(of=("self",)).select_related("policy", "version", "asked_by")
    row = rows.get(pk=question.pk)
    if row.answered_at is not None:
        raise NotNow("Somebody answered this before you. Load the page again to read it.")
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    announce(LegalAnswered(Ref("policy", row.policy_id), row.rule, Ref("question", row.pk)), who=by)
    _tell_asker(row, by)
    return row


def _tell_asker(row: LegalQuestion, by: Person) -> None:
    """Send the answer to whoever asked, unless they left or gave it themselves."""
    if row.asked_by is None or not row.asked_by.is_here or row.asked_by == by:
        return
    pages = reverse("policy:checks", args=[row.policy.key, row.version.number]) if row.version else ""
    where = f"\n\nIt stands beside the finding: {_whole(pages)}#c{row.clause_key}" if pages else ""
    known = rules().get(row.rule)
    text = (
        f"Hello {row.asked_by.name},\n\n{by.name} answered your question on a line of {row.policy.title}.\n\n"
        f"{known.title if known else row.rule}: {_said(row)}\n{row.words}\n\nThe answer: {row.answer}{where}\n"
    )
    letter = [row.asked_by.email, f"Legal answered on {row.policy.title}", text]
    enqueue("handrail.people.letters.send_letter", *letter, key=f"legal-answer-{row.pk}")


def found(version: Version, mark: str) -> Checked:
    """The finding of this mark; NotNow where the text doesn't give it any more."""
    row = checked_one(version, mark)
    if row is None:
        raise NotNow(_GONE)
    return row


@transaction.atomic
def apply_fix(version: Version, mark: str, *, by: Person) -> Edited:
    """Mend a finding where only one wording is right; an edit like any other, which undo takes back."""
    if not may_edit(by, version):
        raise Refused(_WRITERS)
    row = found(version, mark)
    if row.fix is None:
        raise NotNow("This finding has no certain fix. Edit the clause by hand.")
    base = sha_of(row.fix.before)
    if row.fix.removes:
        return remove_clause(version, row.fix.clause_key, by=by, base_sha=base)
    because = Reason(kind="decision", words=f"The check found this ({row.finding.rule}): {row.finding.message}")
    return edit_clause(version, row.fix.clause_key, row.fix.after, by=by, base_sha=base, because=because)


def may_raise(person: Person, version: Version) -> bool:
    """Anyone here, while the version is out for vetting; the round itself says who takes part."""
    return person.is_here and version.state == Version.State.IN_VETTING


@transaction.atomic
def raise_as_remark(version: Version, mark: str, *, by: Person) -> Remark:
    """Make a finding a remark of the open round, in one act."""
    round = round_for(Ref("version", version.pk))
    if version.state != Version.State.IN_VETTING or round is None:
        raise NotNow("This version isn’t out for vetting, so there is no round to say it in.")
    row = found(version, mark)
    body = f"{row.finding.message} {row.finding.why}"
    made, _ = remark(
        round,
        by=by,
        clause_key=row.finding.clause_id,
        quote=row.finding.quote if row.finding.clause_id else "",
        body=body,
        suggested=row.fix.after if row.fix else "",
        because_rule=row.finding.rule,
        once=f"check-{version.pk}-{mark}-{by.pk}",
    )
    return made


def may_set_profile(person: Person) -> bool:
    """The governance owner."""
    return is_governance_owner(person)


@transaction.atomic
def set_lint_profile(*, countries: Iterable[str], sector: str, public: bool, by: Person) -> LintProfile:
    """Say for what house the rules are read; without countries those where people work count."""
    if not may_set_profile(by):
        raise Refused("The governance owner sets this.")
    typed = [code.strip().upper() for code in countries if code.strip()]
    country_codes(typed)
    chosen = ["GB" if code == "UK" else code for code in dict.fromkeys(typed)]
    row, _ = LintProfile.objects.update_or_create(
        pk=1,
        defaults={
            "countries": chosen,
            "sector": known_sector(sector),
            "public": public,
            "set_by": by,
            "set_at": timezone.now(),
        },
    )
    announce(LintProfileSet(tuple(chosen), row.sector, public), who=by)
    return row

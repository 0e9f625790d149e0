"""The verbs of policy: bring a text in, revise it, say who answers for it, publish it, give a draft up."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days, check_words
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.policy.actions.clause_rows import keep_clause_rows, keep_edit, keep_ledger, with_unused_ids
from handrail.policy.clause import Document
from handrail.policy.facts import DraftDropped, PolicyEntrusted, PolicyImported
from handrail.policy.ledger.wording import LONGEST
from handrail.policy.models import DraftWriter, Policy, Version
from handrail.policy.pure import (
    ClauseChange,
    assign_ids,
    compare,
    count_words,
    read_markdown,
    read_policy,
    write_markdown,
)
from handrail.policy.reads.entitled import may_write
from handrail.policy.reads.writers import wrote
from handrail.policy.stated import stated_contact, stated_owner, stated_review

__all__ = [
    "NOT_AN_AUTHOR",
    "ImportReport",
    "drop_draft",
    "entrust",
    "import_policy",
    "latest_version",
    "may_entrust",
    "may_write",
    "revise",
]
NOT_AN_AUTHOR = "Only authors and the governance owner bring policy texts in. Ask the governance owner for the role."
_ON_THE_WAY = (Version.State.DRAFT, Version.State.IN_VETTING, Version.State.CLEARED)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a policy text would change, or changed. `changes` compares with `against`, the version before it."""

    title: str
    key: str
    document: Document
    is_new: bool
    is_unchanged: bool
    against: Version | None
    changes: tuple[ClauseChange, ...]
    written: bool
    policy: Policy | None = None
    version: Version | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses changed in which way."""
        return dict(Counter(change.change for change in self.changes))

    @property
    def changed(self) -> int:
        """How many clauses are not as they were."""
        return sum(1 for change in self.changes if change.change != "unchanged")


def may_entrust(person: Person) -> bool:
    """The governance owner says who answers for a policy."""
    return has_role(person, Role.GOVERNANCE_OWNER)


@transaction.atomic
def import_policy(
    raw: bytes,
    name: str,
    *,
    by: Person,
    title: str | None = None,
    key: str | None = None,
    owner: Person | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Read a policy file and keep it as the draft of a new or known policy, clause ids carried over.

    A policy is known by `key`, else by its title. The same text twice changes nothing. Raises Refused, NotNow while
    the present draft is being vetted, or BadInput with what is wrong with the file.
    """
    if not may_write(by):
        raise Refused(NOT_AN_AUTHOR)
    document = read_policy(raw, name)
    if not document.clauses:
        raise BadInput(f"{name} holds no clause, only headings or marks. Choose the file with the policy’s text.")
    _short_enough(document, name)
    check_words(title=title or "")
    called = (title or document.title or name.rsplit(".", 1)[0]).strip()[:200] or "Policy"
    report = _compared(document, called, key or _key(called))
    if report.policy is not None and not may_write(by, report.policy):
        raise Refused(NOT_AN_AUTHOR)
    if dry_run or report.is_unchanged:
        return report
    return _kept(report, name, by, owner)


def _short_enough(document: Document, name: str) -> None:
    """No clause and no heading is longer than people and the checker read in one go."""
    for number, clause in enumerate(document.clauses, start=1):
        letters = max(len(clause.text), len(clause.markup))
        if letters > LONGEST:
            raise BadInput(
                f"Clause {number} of {name} (line {clause.line_start}, “{clause.text[:60]}…”) has {letters:,} "
                f"characters and may have {LONGEST:,}. Put blank lines in where a new clause begins, and try again."
            )
    for heading in document.headings:
        if len(heading.text) > LONGEST:
            raise BadInput(
                f"The heading in line {heading.line} of {name} (“{heading.text[:60]}…”) has {len(heading.text):,} "
                f"characters, and {LONGEST:,} are the most. Make it a paragraph, and try again."
            )


def _key(title: str) -> str:
    return slugify(title)[:80] or f"policy-{sha256(title.encode()).hexdigest()[:8]}"


def _compared(document: Document, title: str, key: str) -> ImportReport:
    policy = Policy.objects.filter(key=key).first()
    against = latest_version(policy) if policy else None
    if against is None:
        return ImportReport(title, key, document, policy is None, False, None, (), False, policy)
    before = read_markdown(against.markdown)
    document = assign_ids(document, before)
    changes = tuple(compare(before, document))
    same = all(change.change == "unchanged" for change in changes) and before.headings_said == document.headings_said
    return ImportReport(title, key, document, False, same, against, changes, False, policy, against if same else None)


def latest_version(policy: Policy) -> Version | None:
    """The version with the highest number, on the way or in force."""
    return policy.versions.order_by("-number").first()


def _kept(report: ImportReport, name: str, by: Person, owner: Person | None) -> ImportReport:
    document = report.document
    policy = report.policy or Policy.objects.create(
        key=report.key,
        title=report.title,
        owner=owner or stated_owner(document),
        contact=stated_contact(document),
        language=document.language,
        review_by=stated_review(document),
    )
    if report.policy is not None:
        _take_over_stated(policy, document, owner)
    version = _keep_text(policy, document, name, by)
    announce(
        PolicyImported(
            policy=Ref("policy", policy.pk),
            version=Ref("version", version.pk),
            number=version.number,
            clauses=len(document.clauses),
            changed=report.changed if report.against else len(document.clauses),
            source_name=name[:200],
        ),
        who=by,
    )
    return replace(report, written=True, policy=policy, version=version)


def _take_over_stated(policy: Policy, document: Document, owner: Person | None) -> None:
    """A later text may fill what the policy lacks, and move its day of review; it never takes an owner away."""
    policy.owner = owner or policy.owner or stated_owner(document)
    policy.contact = policy.contact or stated_contact(document)
    policy.review_by = stated_review(document) or policy.review_by
    policy.save(update_fields=["owner", "contact", "review_by"])


def _keep_text(policy: Policy, document: Document, name: str, by: Person) -> Version:
    """The draft with this text: the present one with new words, or the next number."""
    latest = latest_version(policy)
    if latest is not None and latest.state in (Version.State.IN_VETTING, Version.State.CLEARED):
        raise NotNow(f"Version {latest.number} is being vetted. Close the round before its words change.")
    version = latest if latest is not None and latest.state == Version.State.DRAFT else None
    before = version.markdown if version else None
    if version is None:
        version = Version(policy=policy, number=(latest.number if latest else 0) + 1, created_by=by)
    document = with_unused_ids(policy, document, read_markdown(latest.markdown) if latest else None)
    version.markdown = write_markdown(document)
    version.source_format, version.source_name = document.source_format, name[:200]
    version.language, version.changed_at = document.language, timezone.now()
    kept = read_markdown(version.markdown)
    version.words = count_words(kept)
    version.save()
    keep_clause_rows(version, kept)
    keep_ledger(version, kept, by)
    if before is not None:
        keep_edit(version, before, verb="import", keys=(), by=by)
    return version


def revise(policy: Policy, markdown: str, *, by: Person) -> ImportReport:
    """Put new words into the draft of a known policy, or begin one; ids written in the Markdown are kept."""
    return import_policy(markdown.encode(), "the edited text.md", by=by, title=policy.title, key=policy.key)


@transaction.atomic
def entrust(policy: Policy, *, owner: Person | None, contact: str, review_by: date | None, by: Person) -> Policy:
    """Say who answers for a policy, where people ask, and when it is looked at again."""
    if not may_entrust(by):
        raise Refused("Only the governance owner says who answers for a policy. Ask them.")
    if owner is not None and not owner.is_here:
        raise BadInput(f"{owner.name} doesn’t work here any more. Choose someone who does.", field="owner")
    check_words(contact=contact)
    check_days(review_by=review_by)
    wanted = {"owner": owner, "contact": contact.strip()[:200], "review_by": review_by}
    what = tuple(name for name, value in wanted.items() if getattr(policy, name) != value)
    if not what:
        return policy
    for name in what:
        setattr(policy, name, wanted[name])
    policy.save(update_fields=list(what))
    announce(PolicyEntrusted(policy=Ref("policy", policy.pk), what=what), who=by)
    return policy


@transaction.atomic
def drop_draft(version: Version, *, by: Person) -> None:
    """Give a draft up; the version in force stays, and who wrote what stays known, should the words come back."""
    if not may_write(by, version.policy):
        raise Refused(NOT_AN_AUTHOR)
    if version.state != Version.State.DRAFT:
        raise NotNow(f"Version {version.number} is no draft any more, so it stays in the record.")
    policy_ref, number = Ref("policy", version.policy_id), version.number
    rows = [
        DraftWriter(policy_id=version.policy_id, key=key, words_sha=sha, person_id=by)
        for key, sha, by in wrote(version)
    ]
    DraftWriter.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    version.delete()
    announce(DraftDropped(policy=policy_ref, number=number), who=by)

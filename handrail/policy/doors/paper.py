"""A version of a policy as a paper: its title page, its clauses with their numbers, and the record of its vetting."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

from django.conf import settings
from django.utils.formats import date_format

from handrail.kernel.paper import Annex, Block, Heading, Note, Paper, Points, Words, words
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.policy.doors.layout import Layout, sources_of
from handrail.policy.doors.numbers import numbers_of
from handrail.policy.models import Version
from handrail.policy.reads import because_of, differences, document_of, waived_findings
from handrail.policy.sheet import sheet
from handrail.vetting.reads import record_of, round_for

RECORD_TITLE = "How this text was vetted"


def policy_paper(version: Version, *, record: tuple[Block, ...] = (), against: Version | None = None) -> Paper:
    """The version to be handed out; with `against`, what was added and removed since that version is marked."""
    document = document_of(version)
    changes = differences(against, version) if against else None
    parts = sheet(document, changes)
    layout = Layout(sources_of(document), numbers_of(sheet(document)), _under(version))
    blocks = tuple(layout.parts(parts))
    if record:
        blocks += (Annex(RECORD_TITLE, record),)
    waived = waived_of_version(version) if against is None else ()
    if waived:
        blocks += (Annex(waived_title(len(waived)), (Points(waived),)),)
    return Paper(
        title=version.policy.title,
        subtitle=f"What changed since version {against.number}" if against else "",
        organisation=settings.HANDRAIL_ORGANISATION,
        facts=facts_of(version),
        blocks=blocks,
        language=version.language or "en",
        footer=f"Fingerprint {fingerprint(version)[:12]}",
        running=f"{version.policy.title}, version {version.number}",
        at=moment_of(version),
        author=version.policy.owner.name if version.policy.owner else "",
        stamps=stamps_of(version),
        carried=version.markdown,
    )


def fingerprint(version: Version) -> str:
    """SHA-256 of the Markdown in UTF-8, the same before and after publishing."""
    return version.sha256 or sha256(version.markdown.encode()).hexdigest()


def moment_of(version: Version) -> datetime:
    """The moment the text is from, to the second, so that the same version gives the same file."""
    return (version.published_at or version.changed_at).astimezone(UTC).replace(microsecond=0)


def stamps_of(version: Version) -> tuple[tuple[str, str], ...]:
    """What a Word file of this version carries unseen, so that it is known when it comes back."""
    return (
        ("handrail.policy", version.policy.key),
        ("handrail.version", str(version.number)),
        ("handrail.fingerprint", fingerprint(version)),
    )


def facts_of(version: Version) -> tuple[tuple[str, str], ...]:
    """What stands on the title page."""
    policy = version.policy
    named = (
        ("Version", str(version.number)),
        ("State", state_said(version)),
        ("In force from", _day(version.effective_on)),
        ("Owner", policy.owner.name if policy.owner else ""),
        ("Questions to", policy.contact),
        ("To be reviewed by", _day(policy.review_by)),
        ("Vetting", version.vetting_note),
        ("Fingerprint", fingerprint(version)),
    )
    return tuple((name, value) for name, value in named if value)


def state_said(version: Version) -> str:
    """The state in words; a draft says that it is one."""
    if version.is_frozen:
        return str(version.get_state_display())
    return f"{version.get_state_display()}: not in force"


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _under(version: Version) -> Callable[[str], tuple[Note, ...]]:
    """Why each clause is here, in the ledger's words."""
    known = because_of(version) if version.pk else {}
    return lambda key: tuple(Note(words("Because: ", str(each))) for each in known.get(key, ()))


def record_of_version(version: Version) -> tuple[Block, ...]:
    """How this version was vetted, as blocks; empty where no round read it."""
    found = round_for(Ref("version", version.pk)) if version.pk else None
    blocks = tuple(record_of(found)) if found is not None else ()
    # The annex has the heading already.
    return blocks[1:] if blocks and isinstance(blocks[0], Heading) and blocks[0].text == RECORD_TITLE else blocks


def waived_title(number: int) -> str:
    """The heading over the findings that the house lives with."""
    return f"{counted(number, 'finding')} waived, with reasons"


def waived_of_version(version: Version) -> tuple[Words, ...]:
    """A line for each finding the house lives with: what the check says, where, why it is waived, until when."""
    rows = waived_findings(version) if version.pk else []
    cited = numbers_of(sheet(document_of(version))) if rows else {}
    lines = []
    for each in rows:
        if each.waiver is None:
            continue
        number = cited.get(each.finding.clause_id, "")
        where = f"{each.finding.rule}, {number}" if number else each.finding.rule
        until = f"Waived until {_day(each.waiver.expires_on)}"
        by = f" by {each.waiver.by.name}" if each.waiver.by else ""
        lines.append(words(f"{each.rule.title} ({where}). {until}{by}: {each.waiver.reason}"))
    return tuple(lines)

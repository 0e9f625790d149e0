"""A version as vetting sees it: its clauses with the numbers readers know, its round, and whether that cleared it."""

from handrail.kernel.refs import Ref
from handrail.policy.models import Version
from handrail.policy.reads.clause_notes import clause_numbers
from handrail.policy.reads.versions import document_of
from handrail.vetting.models import Round
from handrail.vetting.reads import TextClause, hindrances, is_cleared, round_for, text_sha


def subject_of(version: Version) -> Ref:
    """How other rooms name a version."""
    return Ref("version", version.pk)


def text_clauses(version: Version) -> list[TextClause]:
    """The clauses of a version with number, heading and words, in reading order."""
    document = document_of(version)
    numbers = clause_numbers(version)
    return [
        TextClause(
            key=clause.id,
            number=numbers.get(clause.id, ""),
            heading=clause.heading,
            text=f"{clause.lead_in} {clause.text}".strip() if clause.lead_in else clause.text,
            level=clause.level,
            kind=clause.kind,
        )
        for clause in document.clauses
    ]


def round_of(version: Version) -> Round | None:
    """The latest round on a version, open or ended."""
    return round_for(subject_of(version))


def clearing_round(version: Version) -> Round | None:
    """The latest round on a version, where it cleared exactly the words this version has now.

    An earlier one counts no more once a later round was opened: the version was taken back in between.
    """
    cleared = is_cleared(subject_of(version), text_sha(text_clauses(version)))
    latest = round_of(version)
    return cleared if cleared is not None and latest is not None and latest.pk == cleared.pk else None


def what_keeps_it(version: Version) -> list[str]:
    """What stands between a version and publishing, in words; nothing where it is cleared as it stands."""
    if version.state == Version.State.DRAFT:
        return ["nobody has read it yet: open a round of vetting"]
    if version.state == Version.State.IN_VETTING:
        round = round_of(version)
        waiting = [each.words for each in hindrances(round)] if round else ["it has no round"]
        return waiting or ["the round has everything it needs and is not closed yet"]
    if version.state == Version.State.CLEARED and clearing_round(version) is None:
        return ["its words are not those that the round cleared"]
    return []

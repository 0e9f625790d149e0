"""The verb of the Git door: a file of the folder comes back as a draft, as suggestions, or as a conflict to look at."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from handrail.kernel.errors import BadInput, NotNow
from handrail.people.models import Person
from handrail.policy.actions.doors import bring
from handrail.policy.actions.versions import import_policy, latest_version, may_write
from handrail.policy.doors.folder import Stamp, came_of, fingerprint_of, read_file, written_file
from handrail.policy.models import Policy, Version
from handrail.policy.pure import ClauseChange, compare, read_markdown
from handrail.policy.text.decode import check_bytes, decode

Outcome = Literal["unchanged", "new", "draft", "suggestions", "behind", "conflict"]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one file, or would: the outcome, in words too, and the difference where there is one."""

    name: str
    key: str
    outcome: Outcome
    words: str
    number: int = 0
    count: int = 0
    changes: tuple[ClauseChange, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether somebody must look before anything is written."""
        return self.outcome == "conflict"


def version_to_pull(policy: Policy) -> Version | None:
    """The version that stands in the folder: the latest one, on the way or in force."""
    return latest_version(policy)


def file_of(version: Version) -> str:
    """A version as the file of its policy; the same version gives the same file."""
    stamp = Stamp(version.policy.key, version.number, version.state, fingerprint_of(version.markdown))
    return written_file(version.markdown, stamp)


def has_own_edits(text: str) -> bool:
    """Whether a file of the folder says other words than those it was pulled with."""
    stamp, markdown = read_file(text)
    return stamp is None or fingerprint_of(markdown) != stamp.fingerprint


@transaction.atomic
def push_file(raw: bytes, name: str, *, by: Person, dry_run: bool = False) -> Pushed:
    """Bring one file back. Published words are never touched: an edit of them begins a draft.

    Where the text here changed since the file was pulled, nothing is written and the difference is given.
    """
    check_bytes(raw, name)
    stamp, markdown = read_file(decode(raw, name))
    if stamp is None:
        return _as_new(markdown, name, by, dry_run)
    policy = Policy.objects.select_for_update().filter(key=stamp.policy).first()
    latest = latest_version(policy) if policy else None
    if policy is None or latest is None:
        raise BadInput(f"{name} is of a policy that isn’t here (“{stamp.policy[:80]}”). Take its front matter out.")
    latest.policy = policy
    standing = fingerprint_of(latest.markdown)
    if fingerprint_of(markdown) == stamp.fingerprint:
        if standing == stamp.fingerprint:
            return Pushed(name, policy.key, "unchanged", "Nothing changed.", latest.number)
        return Pushed(name, policy.key, "behind", "It changed here, not in the file. Pull to get it.", latest.number)
    here, mine = read_markdown(latest.markdown), read_markdown(markdown)
    changes = tuple(each for each in compare(here, mine) if each.change != "unchanged")
    if standing == fingerprint_of(markdown) or (not changes and here.headings_said == mine.headings_said):
        return Pushed(name, policy.key, "unchanged", "The text here says the same already.", latest.number)
    if standing != stamp.fingerprint:
        words = f"The text changed here since version {stamp.version} was pulled. Put both together, then push again."
        return Pushed(name, policy.key, "conflict", words, latest.number, len(changes), changes)
    return _written(policy, latest, markdown, name, by, dry_run, changes)


def _as_new(markdown: str, name: str, by: Person, dry_run: bool) -> Pushed:
    report = import_policy(markdown.encode(), name, by=by, dry_run=True)
    if not report.is_new:
        words = f"“{report.title}” is here already. Pull first and edit the pulled file, so that its ids are kept."
        return Pushed(name, report.key, "conflict", words, count=report.changed, changes=report.changes)
    if not dry_run:
        import_policy(markdown.encode(), name, by=by)
    return Pushed(name, report.key, "new", "A new policy, as a draft.", 1, len(report.document.clauses))


def _written(
    policy: Policy,
    latest: Version,
    markdown: str,
    name: str,
    by: Person,
    dry_run: bool,
    changes: tuple[ClauseChange, ...],
) -> Pushed:
    """The words as a draft, or as suggestions where they are being vetted or the person is no author."""
    if may_write(by, latest.policy) and latest.state not in (Version.State.IN_VETTING, Version.State.CLEARED):
        if not dry_run:
            import_policy(markdown.encode(), name, by=by, title=policy.title, key=policy.key)
        number = latest.number + 1 if latest.is_frozen else latest.number
        begun = "A draft begins; what is published stays." if latest.is_frozen else "Put into the draft."
        begun = begun if changes else f"Only headings changed. {begun}"
        return Pushed(name, policy.key, "draft", begun, number, len(changes), changes)
    if latest.state == Version.State.CLEARED:
        raise NotNow(f"Version {latest.number} is cleared: everyone signed these words. Publish it, or begin anew.")
    came = came_of(read_markdown(latest.markdown), read_markdown(markdown), by.name)
    if not came:
        words = "Only headings changed, and headings are not carried as suggestions. Ask an author to change them."
        return Pushed(name, policy.key, "unchanged", words, latest.number)
    bring(latest, came, door="git", name=name, by=by, dry_run=dry_run)
    headings = read_markdown(latest.markdown).headings_said != read_markdown(markdown).headings_said
    kept = "Kept as suggestions. Headings are not carried." if headings else "Kept as suggestions."
    return Pushed(name, policy.key, "suggestions", kept, latest.number, len(came), changes)

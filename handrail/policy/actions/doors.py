"""The verbs of the doors: what comes back from Word or Git is a suggestion; an author takes or declines each."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Person
from handrail.policy.actions.ledger import (
    Edited,
    add_clause,
    add_heading,
    begin_draft,
    edit_clause,
    edit_heading,
    move_clause,
    remove_clause,
    remove_heading,
)
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.clause import Document
from handrail.policy.doors.coming_back import Came, came_back
from handrail.policy.doors.word_file import WordFile, read_word
from handrail.policy.facts import SuggestionDecided, SuggestionsBrought
from handrail.policy.ledger import open_stack, sha_of, wording_of
from handrail.policy.models import Suggestion, Version
from handrail.policy.pure import read_markdown
from handrail.policy.reads import document_of, may_read, may_see_drafts
from handrail.vetting.actions import may_remark, remark
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import round_for

NOT_YOURS_TO_SUGGEST = (
    "Only those who write or review policies bring a file back. Ask the governance owner for the role."
)
_MOST = 2_000
_SAID = {
    "edit": "{who} wrote other words in Word.",
    "new": "{who} wrote a new clause in Word, to stand here: “{words}”",
    "removed": "{who} took this clause out in Word.",
    "moved": "{who} moved this clause in Word{place}.",
    "heading": "{who} changed a heading in Word: “{before}” → “{words}”.",
    "remark": "{who} wrote in Word: {words}",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file that came back holds: the suggestions, those whose clause changed meanwhile, and what was kept.

    `standing` gives for each clause in conflict the wording that holds now; `round` is the round that takes them.
    """

    version: Version
    came: tuple[Came, ...]
    standing: dict[str, str]
    base_number: int
    round: Round | None
    written: int = 0
    known: int = 0

    def is_conflict(self, came: Came) -> bool:
        """Whether somebody changed this clause since the file went out."""
        return came.clause_key in self.standing and came.kind != "remark"

    @property
    def conflicts(self) -> int:
        """How many suggestions meet a clause that changed meanwhile."""
        return sum(self.is_conflict(each) for each in self.came)


def may_suggest(person: Person, version: Version) -> bool:
    """Those who write or review policies, and those whom the version's round asks."""
    if not may_read(person, version):
        return False
    round = round_for(Ref("version", version.pk))
    return may_see_drafts(person) or (round is not None and may_remark(person, round))


def may_decide(person: Person) -> bool:
    """Authors and the governance owner take suggestions over or decline them."""
    return may_write(person)


@transaction.atomic
def bring_word(version: Version, raw: bytes, name: str, *, by: Person, dry_run: bool = False) -> Brought:
    """Read a Word file that went out from here and came back edited; each change becomes a suggestion.

    While the version is being vetted they are remarks of its round, else suggestions that wait for an author.
    """
    if not may_suggest(by, version):
        raise Refused(NOT_YOURS_TO_SUGGEST)
    word = read_word(raw, name)
    base, number = _base_of(version, word, name)
    came = came_back(base, word)
    if len(came) > _MOST:
        raise BadInput(
            f"{name} differs from the text in {len(came):,} places, so it is hardly the same text. "
            "Bring it in as a new draft instead."
        )
    return bring(version, came, door="word", name=name, by=by, base_number=number, dry_run=dry_run)


def _base_of(version: Version, word: WordFile, name: str) -> tuple[Document, int]:
    """The text the file went out with: the one it carries, else the version it names, else the one on this page."""
    policy = word.stamps.get("handrail.policy", version.policy.key)
    if policy != version.policy.key:
        raise BadInput(f"{name} is a file of another policy (“{policy[:80]}”). Bring it back on that policy’s page.")
    said = word.stamps.get("handrail.version", "")
    number = int(said) if said.isdigit() and len(said) < 7 else version.number
    if word.carried:
        return read_markdown(word.carried), number
    named = Version.objects.filter(policy_id=version.policy_id, number=number).first()
    return document_of(named or version), number


@transaction.atomic
def bring(
    version: Version,
    came: Sequence[Came],
    *,
    door: str,
    name: str,
    by: Person,
    base_number: int = 0,
    dry_run: bool = False,
) -> Brought:
    """Keep what came in as suggestions to a version, or as remarks of its open round. Twice the same adds nothing."""
    if not may_suggest(by, version):
        raise Refused(NOT_YOURS_TO_SUGGEST)
    round = round_for(Ref("version", version.pk)) if version.state == Version.State.IN_VETTING else None
    round = round if round is not None and round.is_open else None
    wordings = wordings_now(version)
    open_ones = tuple(each for each in came if not _holds_already(each, wordings))
    standing = {
        each.clause_key: wordings.get(each.clause_key, "")
        for each in open_ones
        if each.clause_key and each.base_sha and sha_of(wordings.get(each.clause_key, "")) != each.base_sha
    }
    found = Brought(version, open_ones, standing, base_number or version.number, round)
    if dry_run or not open_ones:
        return found
    written = _as_remarks(round, version, open_ones, by) if round else _as_rows(version, open_ones, door, name, by)
    if written:
        announce(
            SuggestionsBrought(
                policy=Ref("policy", version.policy_id),
                version=Ref("version", version.pk),
                door=door,
                count=written,
                file_name=name[:200],
            ),
            who=by,
        )
    return Brought(
        version, open_ones, standing, found.base_number, round, written=written, known=len(open_ones) - written
    )


def wordings_now(version: Version) -> dict[str, str]:
    """The Markdown of each clause as it stands."""
    return {slip.key: wording_of(slip.block) for slip in open_stack(document_of(version)).slips if slip.key}


def _holds_already(came: Came, wordings: dict[str, str]) -> bool:
    if came.kind == "edit":
        return wordings.get(came.clause_key, "").strip() == came.words.strip()
    return came.kind == "removed" and came.clause_key not in wordings


def _mark(came: Came) -> str:
    parts = (came.kind, came.clause_key, came.words, came.quote, came.who, came.after, came.base_sha)
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def _as_rows(version: Version, came: Sequence[Came], door: str, name: str, by: Person) -> int:
    """Suggestions that wait; one that is waiting already, or was declined before, isn't asked again."""
    known = set(Suggestion.objects.filter(version=version).exclude(state="taken").values_list("mark", flat=True))
    rows = {
        _mark(each): Suggestion(
            version=version,
            kind=each.kind,
            clause_key=each.clause_key,
            after_key=each.after,
            words=each.words,
            before=each.before,
            base_sha=each.base_sha,
            quote=each.quote,
            form=each.form,
            level=each.level,
            author_name=each.who,
            written_at=each.at,
            brought_by=by,
            door=door,
            file_name=name[:200],
            mark=_mark(each),
        )
        for each in came
        if _mark(each) not in known
    }
    Suggestion.objects.bulk_create(rows.values(), batch_size=500)
    return len(rows)


def _as_remarks(round: Round, version: Version, came: Sequence[Came], by: Person) -> int:
    """Remarks of the round on behalf of whoever brought the file; each names in words who wrote it."""
    keys = {clause.id: clause.text for clause in document_of(version).clauses}
    before = Remark.objects.filter(round=round).count()
    for each in came:
        key = each.clause_key or each.after
        body = _SAID[each.kind].format(
            who=each.who or "Somebody",
            words=each.words[:4000],
            before=each.before[:300],
            place=" to behind another clause" if each.after else " to the beginning",
        )
        remark(
            round,
            by=by,
            clause_key=key if key in keys else "",
            quote=each.quote if each.quote and each.quote in keys.get(key, "") else "",
            body=body,
            suggested=each.words if each.kind == "edit" and key in keys else "",
            once=f"word-{_mark(each)[:40]}",
        )
    return Remark.objects.filter(round=round).count() - before


@transaction.atomic
def take(suggestion: Suggestion, *, by: Person, standing_sha: str = "") -> Suggestion:
    """Put a suggestion into the text: into the draft on the way, or into one begun for it.

    Where the clause changed since, raises `Diverged` with both wordings, unless `standing_sha` is the fingerprint of
    the wording that stands and the author has seen it.
    """
    row = _open(suggestion, by)
    target = row.version if not row.version.is_frozen else begin_draft(row.version.policy, by=by)
    base = standing_sha or row.base_sha
    if row.kind == Suggestion.Kind.EDIT:
        edit_clause(target, row.clause_key, row.words, by=by, base_sha=base)
    elif row.kind == Suggestion.Kind.NEW:
        _add(target, row, by)
    elif row.kind == Suggestion.Kind.REMOVED:
        remove_clause(target, row.clause_key, by=by, base_sha=base)
    elif row.kind == Suggestion.Kind.MOVED:
        after = row.after_key if row.after_key in wordings_now(target) else ""
        move_clause(target, row.clause_key, by=by, after=after)
    elif row.kind == Suggestion.Kind.HEADING:
        _heading(target, row, by)
    return _decided(row, Suggestion.State.TAKEN, "", by)


@transaction.atomic
def decline(suggestion: Suggestion, why: str, *, by: Person) -> Suggestion:
    """Say no, and why; the suggestion stays in the record."""
    row = _open(suggestion, by)
    check_words(why=why)
    if not why.strip():
        raise BadInput("Say why, in a few words. Whoever wrote it can read the reason.", field="why")
    return _decided(row, Suggestion.State.DECLINED, why.strip()[:600], by)


def _open(suggestion: Suggestion, by: Person) -> Suggestion:
    if not may_decide(by):
        raise Refused(NOT_AN_AUTHOR)
    row = Suggestion.objects.select_for_update().select_related("version__policy").get(pk=suggestion.pk)
    if row.state != Suggestion.State.OPEN:
        raise NotNow(f"This suggestion was {row.get_state_display().lower()} already.")
    return row


def _decided(row: Suggestion, state: str, why: str, by: Person) -> Suggestion:
    row.state, row.why, row.decided_by, row.decided_at = state, why, by, timezone.now()
    row.save(update_fields=["state", "why", "decided_by", "decided_at"])
    announce(
        SuggestionDecided(
            policy=Ref("policy", row.version.policy_id),
            version=Ref("version", row.version_id),
            suggestion=Ref("suggestion", row.pk),
            clause=row.clause_key,
            state=state,
        ),
        who=by,
    )
    return row


def _add(target: Version, row: Suggestion, by: Person) -> Edited:
    """A new clause behind the one it followed; where that is gone, at the end, so that it isn't lost."""
    keys = list(wordings_now(target))
    after = row.after_key if row.after_key in keys or not row.after_key else keys[-1] if keys else ""
    return add_clause(target, row.words, by=by, after=after, form=row.form)


def _heading(target: Version, row: Suggestion, by: Person) -> None:
    standing = document_of(Version.objects.get(pk=target.pk)).headings
    headings = [heading.text for heading in standing]
    if not row.before:
        after = row.after_key if row.after_key in wordings_now(target) else ""
        level = min((heading.level for heading in standing[1:]), default=2) + max(row.level, 1) - 1
        add_heading(target, row.words, level=min(level, 6), by=by, after=after, last=not after)
        return
    if row.before not in headings:
        raise NotNow(f"The heading “{row.before[:80]}” isn’t in the text any more. Change the heading by hand.")
    number = headings.index(row.before)
    if row.words:
        edit_heading(target, number, row.words, by=by, was=row.before)
    else:
        remove_heading(target, number, by=by, was=row.before)

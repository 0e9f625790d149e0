"""What pages ask of the clause ledger: why a clause is there, how it read before, what authors must still type."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from handrail.kernel.errors import NotNow
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.policy.ledger import open_stack, reading, sha_of, wording_of
from handrail.policy.models import (
    Adherence,
    Because,
    ChangeTyping,
    Clause,
    ClauseText,
    Policy,
    ScenarioClause,
    Unsaved,
    Version,
)
from handrail.policy.pure import ClauseChange, Piece
from handrail.policy.reads.versions import differences, version_before
from handrail.policy.text.words import word_pieces
from handrail.vetting.reads import Thread, remarks_of, round_for

TYPES = ("editorial", "clarified", "tightened", "loosened", "new", "removed", "moved", "split", "merged")
_DOUBT = "can’t tell"


@dataclass(frozen=True, slots=True)
class Typing:
    """One change with its type: `proposed` by the rules, `said` by an author ("" while nobody has)."""

    key: str
    proposed: str
    why: str
    said: str
    by: Person | None
    wordings_sha256: str
    change: ClauseChange

    @property
    def in_doubt(self) -> bool:
        """Whether the rules themselves say that a person must."""
        return _DOUBT in self.why

    @property
    def stands(self) -> str:
        """The type that holds: the author's word, else the proposal."""
        return self.said or self.proposed


@dataclass(frozen=True, slots=True)
class Wording:
    """How one version words a clause, with what differs from the wording before."""

    version: Version
    text: str
    heading: str
    pieces: tuple[Piece, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One clause as an author edits it: its Markdown, the fingerprint of that, what it says and is."""

    key: str
    wording: str
    sha: str
    text: str
    kind: str
    form: str
    stated: str = ""


def typings_of(version: Version) -> list[Typing]:
    """Every change since the version before with its type; an author's word counts while both wordings stand."""
    before = version_before(version)
    if before is None:
        return []
    rows = {row.key: row for row in version.typings.select_related("by")}
    return [_typing(change, rows) for change in differences(before, version) if change.change != "unchanged"]


def _typing(change: ClauseChange, rows: dict[str, ChangeTyping]) -> Typing:
    old, new = change.old.text if change.old else "", change.new.text if change.new else ""
    sha = sha256(f"{old}\x00{new}".encode()).hexdigest()
    row = rows.get(change.clause)
    valid = row is not None and row.wordings_sha256 == sha
    return Typing(
        change.clause,
        change.change,
        change.why,
        row.said if row and valid else "",
        row.by if row and valid else None,
        sha,
        change,
    )


def unconfirmed(version: Version) -> list[Typing]:
    """Changes nobody has typed yet; publishing asks for them."""
    return [each for each in typings_of(version) if not each.said]


def typed_changes(version: Version) -> dict[str, str]:
    """The type that holds of each clause that changed, for those who tell people what is new."""
    return {each.key: each.stands for each in typings_of(version)}


def ledger_of(policy: Policy) -> list[Clause]:
    """Every clause the policy has or had, with its owner, audience and reasons."""
    rows = policy.ledger.select_related("owner", "audience", "born_in", "retired_in")
    return list(rows.prefetch_related("because__by", "because__version"))


def clause_of(policy: Policy, key: str) -> Clause | None:
    """The ledger's row of one clause."""
    rows = policy.ledger.select_related("policy", "owner", "audience", "born_in", "retired_in", "made_by")
    return rows.filter(key=key).first()


def reasons_of(clause: Clause) -> list[Because]:
    """Why the clause is there, oldest reason first; a part that was split off has the reasons of its whole too."""
    keys = [clause.key, *ancestors(clause)]
    rows = Because.objects.filter(clause__policy_id=clause.policy_id, clause__key__in=keys)
    return list(rows.select_related("by", "version", "clause").order_by("at", "id"))


def because_of(version: Version) -> dict[str, list[Because]]:
    """For each clause of a version the reasons written to it; clauses without one are left out."""
    found: dict[str, list[Because]] = {}
    here = ClauseText.objects.filter(version=version).values("key")
    rows = Because.objects.filter(clause__policy_id=version.policy_id, clause__key__in=here)
    for row in rows.select_related("clause").order_by("id"):
        found.setdefault(row.clause.key, []).append(row)
    return found


def ancestors(clause: Clause) -> list[str]:
    """The clauses it was split from or that were merged into it, and theirs, nearest first."""
    parents: dict[str, list[str]] = {}
    rows = Clause.objects.filter(policy_id=clause.policy_id).values_list("key", "came_from", "merged_into")
    for key, came_from, merged_into in rows:
        parents.setdefault(key, []).extend(came_from)
        if merged_into:
            parents.setdefault(merged_into, []).append(key)
    found: list[str] = []
    waiting = list(parents.get(clause.key, ()))
    while waiting:
        key = waiting.pop(0)
        if key not in found and key != clause.key:
            found.append(key)
            waiting += parents.get(key, ())
    return found


def descendants(clause: Clause) -> list[str]:
    """Clauses that were split from this one."""
    rows = Clause.objects.filter(policy_id=clause.policy_id).values_list("key", "came_from")
    return [key for key, came_from in rows if clause.key in came_from]


def wordings_over_time(policy: Policy, key: str, versions: Sequence[Version]) -> list[Wording]:
    """How each of these versions words the clause, latest first, versions that changed nothing left out."""
    rows = ClauseText.objects.filter(version__in=versions, key=key).select_related("version")
    found: list[Wording] = []
    before: ClauseText | None = None
    for row in rows.order_by("version__number"):
        if before is None or row.text != before.text or row.heading != before.heading:
            pieces = word_pieces(before.text if before else row.text, row.text)
            found.append(Wording(row.version, row.text, row.heading, pieces, before is None))
        before = row
    return found[::-1]


def standing_clause(version: Version, key: str) -> Standing:
    """One clause of a draft as an author edits it."""
    stack = open_stack(reading(version.markdown))
    at = stack.place(key)
    if at is None:
        raise NotNow("That clause isn’t in this text any more. Load the page again to see what it says now.")
    block = stack.slips[at].block
    words = wording_of(block)
    clause = next(each for each in reading(version.markdown).clauses if each.id == key)
    return Standing(key, words, sha_of(words), clause.text, clause.kind, clause.form, block.kind)


def unsaved_of(person: Person, version: Version) -> dict[str, Unsaved]:
    """What this person has typed into clauses of this draft and not put in yet."""
    return {row.key: row for row in Unsaved.objects.filter(person=person, version=version)}


@dataclass(frozen=True, slots=True)
class AroundClause:
    """What hangs from a clause: procedures that carry it out, scenarios that test it, remarks that were about it."""

    procedures: list[Adherence]
    scenarios: list[ScenarioClause]
    remarks: list[Thread]


def around_clause(policy: Policy, key: str, versions: Sequence[Version], person: Person) -> AroundClause:
    """Everything that leads to a clause, of the versions this person may read; remarks with what became of them."""
    procedures = Adherence.objects.filter(policy=policy, clause_key=key).select_related("procedure")
    scenarios = ScenarioClause.objects.filter(scenario__policy=policy, key=key, scenario__retired_at=None)
    threads: list[Thread] = []
    for version in versions:
        round = round_for(Ref("version", version.pk))
        threads += remarks_of(round, key, viewer=person) if round else []
    return AroundClause(list(procedures), list(scenarios.select_related("scenario")), threads)

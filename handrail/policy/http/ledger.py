"""The clause ledger over the API: the same verbs as the editor, the same refusals."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from handrail.kernel.errors import BadInput, Refused
from handrail.people.guard import NOT_YOURS, person_of
from handrail.people.models import Audience, Person
from handrail.policy import actions, reads
from handrail.policy.models import Clause, Policy, Version

router = Router(tags=["policy"])


class ReasonIn(Schema):
    """Why a clause is there."""

    kind: Literal["goal", "remark", "misstep", "law", "amendment", "decision"]
    words: str
    ref: str = ""


class EditIn(Schema):
    """New words for a clause; `base_sha` is the fingerprint of the wording they replace."""

    markup: str
    base_sha: str
    because: ReasonIn | None = None


class AddIn(Schema):
    """A new clause behind another, or first under a heading counted from 0."""

    markup: str
    after: str = ""
    heading: int | None = None
    form: str = ""
    kind: str = ""
    because: ReasonIn | None = None


class PlaceIn(Schema):
    """Where a clause goes."""

    after: str = ""
    before: str = ""
    heading: int | None = None


class SplitIn(Schema):
    """Before which character of its Markdown a clause is cut."""

    at: int
    base_sha: str = ""


class MergeIn(Schema):
    """Which clauses become one."""

    keys: list[str]


class KindIn(Schema):
    """What a clause is; nothing leaves it to its words."""

    kind: str = ""


class HeadingIn(Schema):
    """A heading’s words; `was` are the words that stood there."""

    words: str = ""
    was: str = ""
    level: int = 2
    after: str = ""
    last: bool = False


class MoveIn(Schema):
    """Which way a part goes."""

    up: bool
    was: str = ""


class EntrustIn(Schema):
    """Who looks after a clause, what it is about, whom it speaks to."""

    owner: str = ""
    topics: list[str] = []
    audience: int | None = None


class TypeIn(Schema):
    """What a change asks."""

    said: str


class ConfirmIn(Schema):
    """Whose proposals are confirmed."""

    clauses: list[str]


class TypedIn(Schema):
    """What is typed and not saved."""

    markup: str
    base_sha: str


class EditedOut(Schema):
    """What a verb did."""

    number: int
    clauses: list[str]
    edit: int | None


class StandingOut(Schema):
    """A clause as an author edits it."""

    clause: str
    markup: str
    base_sha: str
    text: str
    kind: str
    form: str


class ReasonOut(Schema):
    """One reason."""

    kind: str
    words: str
    ref: str
    by: str | None
    at: datetime
    clause: str


class LedgerOut(Schema):
    """One clause for life."""

    clause: str
    owner: str | None
    topics: list[str]
    audience: str | None
    came_from: list[str]
    merged_into: str
    born_in: int | None
    retired_in: int | None
    because: list[ReasonOut]


class TypingOut(Schema):
    """One change and what it asks."""

    clause: str
    proposed: str
    why: str
    said: str
    by: str | None
    in_doubt: bool


def _policy(key: str) -> Policy:
    found = Policy.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest, key: str, number: int) -> Version:
    found = Version.objects.select_related("policy").filter(policy__key=key, number=number).first()
    if found is None:
        raise Http404
    if not reads.may_read(person_of(request), found):
        raise Refused(NOT_YOURS)
    return found


def _reason(given: ReasonIn | None) -> actions.Reason | None:
    return actions.Reason(given.kind, given.words, given.ref) if given else None


def _out(done: actions.Edited) -> dict[str, Any]:
    return {
        "number": done.version.number,
        "clauses": list(done.keys),
        "edit": done.edit.number if done.edit else None,
    }


def _ledger_out(row: Clause) -> dict[str, Any]:
    return {
        "clause": row.key,
        "owner": row.owner.name if row.owner else None,
        "topics": row.topics,
        "audience": row.audience.name if row.audience else None,
        "came_from": row.came_from,
        "merged_into": row.merged_into,
        "born_in": row.born_in.number if row.born_in else None,
        "retired_in": row.retired_in.number if row.retired_in else None,
        "because": [_reason_out(each, row.key) for each in row.because.all()],
    }


def _reason_out(each: Any, key: str) -> dict[str, Any]:
    by = each.by.name if each.by else None
    return {"kind": each.kind, "words": each.words, "ref": each.ref, "by": by, "at": each.at, "clause": key}


def _readers_only(request: HttpRequest, policy: Policy) -> None:
    person = person_of(request)
    if not reads.may_see_drafts(person) and policy.owner_id != person.pk:
        raise Refused(NOT_YOURS)


@router.get("/policies/{key}/ledger", response=list[LedgerOut], summary="Every clause a policy has or had")
def ledger(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The clause ledger with owners, origins and reasons."""
    policy = _policy(key)
    _readers_only(request, policy)
    return [_ledger_out(row) for row in reads.ledger_of(policy)]


@router.post("/policies/{key}/draft", response=EditedOut, summary="Begin a draft")
def begin_draft(request: HttpRequest, key: str) -> dict[str, Any]:
    """A draft with the words of the latest version, or the one on the way."""
    draft = actions.begin_draft(_policy(key), by=person_of(request))
    return {"number": draft.number, "clauses": [], "edit": None}


@router.post("/policies/{key}/clauses/{clause}/because", response=ReasonOut, summary="Say why a clause is there")
def explain(request: HttpRequest, key: str, clause: str, given: ReasonIn) -> dict[str, Any]:
    """Adds a reason; reasons are never changed."""
    reason = actions.Reason(given.kind, given.words, given.ref)
    return _reason_out(actions.explain_clause(_policy(key), clause, reason, by=person_of(request)), clause)


@router.post("/policies/{key}/clauses/{clause}/owner", response=LedgerOut, summary="Say who looks after a clause")
def entrust(request: HttpRequest, key: str, clause: str, given: EntrustIn) -> dict[str, Any]:
    """Owner by e-mail, topics, audience by number."""
    owner = Person.objects.here().filter(email__iexact=given.owner).first() if given.owner else None
    if given.owner and owner is None:
        raise BadInput(f"Nobody here has the e-mail “{given.owner}”.", field="owner")
    audience = Audience.objects.filter(pk=given.audience).first() if given.audience else None
    row = actions.entrust_clause(
        _policy(key), clause, owner=owner, topics=given.topics, audience=audience, by=person_of(request)
    )
    return _ledger_out(row)


@router.get("/policies/{key}/{number}/clauses/{clause}", response=StandingOut, summary="A clause to be edited")
def standing(request: HttpRequest, key: str, number: int, clause: str) -> dict[str, Any]:
    """Its Markdown and the fingerprint to send back with an edit."""
    found = reads.standing_clause(_version(request, key, number), clause)
    return {
        "clause": found.key,
        "markup": found.wording,
        "base_sha": found.sha,
        "text": found.text,
        "kind": found.kind,
        "form": found.form,
    }


@router.put("/policies/{key}/{number}/clauses/{clause}", response=EditedOut, summary="Edit a clause")
def edit(request: HttpRequest, key: str, number: int, clause: str, given: EditIn) -> dict[str, Any]:
    """Answers 409 where somebody changed the wording meanwhile; fetch it again and merge."""
    version = _version(request, key, number)
    return _out(
        actions.edit_clause(
            version,
            clause,
            given.markup,
            by=person_of(request),
            base_sha=given.base_sha,
            because=_reason(given.because),
        )
    )


@router.post("/policies/{key}/{number}/clauses", response=EditedOut, summary="Add a clause")
def add(request: HttpRequest, key: str, number: int, given: AddIn) -> dict[str, Any]:
    """Behind another clause, first under a heading, or first of all."""
    place = {"after": given.after, "heading": given.heading, "form": given.form, "kind": given.kind}
    version, because = _version(request, key, number), _reason(given.because)
    return _out(actions.add_clause(version, given.markup, by=person_of(request), because=because, **place))  # type: ignore[arg-type]


@router.delete("/policies/{key}/{number}/clauses/{clause}", response=EditedOut, summary="Remove a clause")
def remove(request: HttpRequest, key: str, number: int, clause: str, base_sha: str = "") -> dict[str, Any]:
    """Its row in the ledger stays; undo brings it back."""
    version = _version(request, key, number)
    return _out(actions.remove_clause(version, clause, by=person_of(request), base_sha=base_sha))


@router.post("/policies/{key}/{number}/clauses/{clause}/move", response=EditedOut, summary="Move a clause")
def move(request: HttpRequest, key: str, number: int, clause: str, given: PlaceIn) -> dict[str, Any]:
    """With what hangs from it."""
    version = _version(request, key, number)
    place = given.dict()
    return _out(actions.move_clause(version, clause, by=person_of(request), **place))


@router.post("/policies/{key}/{number}/clauses/{clause}/split", response=EditedOut, summary="Split a clause")
def split(request: HttpRequest, key: str, number: int, clause: str, given: SplitIn) -> dict[str, Any]:
    """The first part keeps the id."""
    version = _version(request, key, number)
    return _out(actions.split_clause(version, clause, given.at, by=person_of(request), base_sha=given.base_sha))


@router.post("/policies/{key}/{number}/merge", response=EditedOut, summary="Merge clauses")
def merge(request: HttpRequest, key: str, number: int, given: MergeIn) -> dict[str, Any]:
    """The first in reading order keeps its id."""
    return _out(actions.merge_clauses(_version(request, key, number), given.keys, by=person_of(request)))


@router.post("/policies/{key}/{number}/clauses/{clause}/kind", response=EditedOut, summary="Say a clause’s kind")
def kind(request: HttpRequest, key: str, number: int, clause: str, given: KindIn) -> dict[str, Any]:
    """Principle, do, don't, definition or example."""
    return _out(actions.set_kind(_version(request, key, number), clause, given.kind, by=person_of(request)))


@router.put("/policies/{key}/{number}/clauses/{clause}/typed", response=TypedIn, summary="Keep typed words")
def typed(request: HttpRequest, key: str, number: int, clause: str, given: TypedIn) -> dict[str, Any]:
    """Kept for this person only; the draft stays as it is."""
    version, by = _version(request, key, number), person_of(request)
    row = actions.keep_unsaved(version, clause, given.markup, base_sha=given.base_sha, by=by)
    return {"markup": row.markup, "base_sha": row.base_sha}


@router.delete("/policies/{key}/{number}/clauses/{clause}/typed", response={204: None}, summary="Give typed words up")
def give_up(request: HttpRequest, key: str, number: int, clause: str) -> Status[None]:
    """The clause stands as it was."""
    actions.drop_unsaved(_version(request, key, number), clause, by=person_of(request))
    return Status(204, None)


@router.post("/policies/{key}/{number}/headings", response=EditedOut, summary="Add a heading")
def add_heading(request: HttpRequest, key: str, number: int, given: HeadingIn) -> dict[str, Any]:
    """Behind a clause, at the start, or at the end."""
    version, by = _version(request, key, number), person_of(request)
    return _out(actions.add_heading(version, given.words, level=given.level, by=by, after=given.after, last=given.last))


@router.put("/policies/{key}/{number}/headings/{at}", response=EditedOut, summary="Edit a heading")
def edit_heading(request: HttpRequest, key: str, number: int, at: int, given: HeadingIn) -> dict[str, Any]:
    """Headings are counted from 0."""
    version = _version(request, key, number)
    return _out(actions.edit_heading(version, at, given.words, by=person_of(request), was=given.was))


@router.delete("/policies/{key}/{number}/headings/{at}", response=EditedOut, summary="Remove a heading")
def remove_heading(request: HttpRequest, key: str, number: int, at: int, was: str = "") -> dict[str, Any]:
    """Its clauses stand under the one before."""
    return _out(actions.remove_heading(_version(request, key, number), at, by=person_of(request), was=was))


@router.post("/policies/{key}/{number}/headings/{at}/move", response=EditedOut, summary="Move a part")
def move_section(request: HttpRequest, key: str, number: int, at: int, given: MoveIn) -> dict[str, Any]:
    """A heading with everything under it."""
    version = _version(request, key, number)
    return _out(actions.move_section(version, at, up=given.up, by=person_of(request), was=given.was))


@router.post("/policies/{key}/{number}/undo", response=EditedOut, summary="Undo")
def undo(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """This person’s last edit."""
    return _out(actions.undo(_version(request, key, number), by=person_of(request)))


@router.post("/policies/{key}/{number}/redo", response=EditedOut, summary="Redo")
def redo(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """What this person undid last."""
    return _out(actions.redo(_version(request, key, number), by=person_of(request)))


def _typing_out(each: reads.Typing) -> dict[str, Any]:
    return {
        "clause": each.key,
        "proposed": each.proposed,
        "why": each.why,
        "said": each.said,
        "by": each.by.name if each.by else None,
        "in_doubt": each.in_doubt,
    }


@router.get("/policies/{key}/{number}/changes", response=list[TypingOut], summary="What each change asks")
def changes(request: HttpRequest, key: str, number: int) -> list[dict[str, Any]]:
    """Since the version before, proposed and said."""
    return [_typing_out(each) for each in reads.typings_of(_version(request, key, number))]


@router.put("/policies/{key}/{number}/changes/{clause}", response=list[TypingOut], summary="Type a change")
def type_change(request: HttpRequest, key: str, number: int, clause: str, given: TypeIn) -> list[dict[str, Any]]:
    """Confirms or corrects a proposal."""
    version = _version(request, key, number)
    actions.type_change(version, clause, given.said, by=person_of(request))
    return [_typing_out(each) for each in reads.typings_of(version)]


@router.post("/policies/{key}/{number}/confirm", response=list[TypingOut], summary="Confirm proposals")
def confirm(request: HttpRequest, key: str, number: int, given: ConfirmIn) -> list[dict[str, Any]]:
    """Several at once; those in doubt must be said one by one."""
    version = _version(request, key, number)
    actions.confirm_changes(version, given.clauses, by=person_of(request))
    return [_typing_out(each) for each in reads.typings_of(version)]

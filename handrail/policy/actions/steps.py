"""How steps leave a policy for a procedure in one act, and come back while the draft stands."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.policy import ledger
from handrail.policy.actions.ledger.base import kept, opened
from handrail.policy.actions.ledger.because import Reason, keep_reason
from handrail.policy.actions.ledger.undo import _taken_back
from handrail.policy.actions.procedures import ProcedureWords, write_procedure
from handrail.policy.clause import Clause, Document
from handrail.policy.facts import StepsMoved, StepsPutBack
from handrail.policy.ledger import Changed, reading
from handrail.policy.models import Adherence, Procedure, ProcedureText, StepMove, Version

_PLAIN = ("paragraph", "list_item", "quotation")
MOST = 60


@transaction.atomic
def move_to_procedure(
    version: Version,
    clause_keys: Sequence[str],
    *,
    by: Person,
    department: str = "",
    title: str = "",
    procedure: Procedure | None = None,
) -> StepMove:
    """Take steps out of a draft into a new or a known procedure; a sentence in the policy says where they are.

    One act: the procedure's draft, the policy's edit, the link between both. Raises Refused, BadInput or NotNow, and
    then nothing has moved.
    """
    locked, document = opened(version, by)
    steps = _steps(document, clause_keys)
    words = _as_steps(steps, locked)
    new = procedure is None
    before = _draft_of(procedure)
    procedure = _with_steps(procedure, department, title, words, by)
    pointer, markdown = _pointed(locked, document, steps, procedure)
    keys = tuple(each.id for each in steps)
    before_policy = locked.markdown
    parents = {pointer: keys}
    done = kept(locked, Changed(markdown, (pointer, *keys), parents), verb="steps", by=by)
    moved_words = f"The steps are in {procedure.code}: how it is done changes freely there."
    keep_reason(locked, (pointer,), Reason("decision", moved_words, str(Ref("procedure", procedure.pk))), by)
    Adherence.objects.get_or_create(procedure=procedure, policy_id=locked.policy_id, clause_key=pointer, builds_on=None)
    move = StepMove.objects.create(
        version=locked,
        procedure=procedure,
        keys=list(keys),
        pointer_key=pointer,
        policy_before=before_policy,
        policy_after=done.version.markdown,
        steps=words,
        text_before=before,
        text_after=_draft_of(procedure),
        is_new=new,
        by=by,
    )
    announce(StepsMoved(Ref("version", locked.pk), Ref("procedure", procedure.pk), keys, pointer), who=by)
    return move


def _steps(document: Document, clause_keys: Sequence[str]) -> list[Clause]:
    wanted = set(clause_keys)
    found = [each for each in document.clauses if each.id in wanted]
    if not wanted:
        raise BadInput("Choose at least one clause that says how something is done.", field="clauses")
    if len(found) < len(wanted):
        raise NotNow("One of these clauses isn’t in the draft any more. Load the page again.")
    if len(found) == len(document.clauses):
        raise BadInput("That is the whole policy. Leave what it asks, and why; move the steps.", field="clauses")
    if len(found) > MOST:
        raise BadInput(f"Move at most {MOST} clauses in one act.", field="clauses")
    return found


def _as_steps(steps: list[Clause], version: Version) -> str:
    """The steps as a numbered list under the heading they came from."""
    heading = steps[0].heading or version.policy.title
    lines = [f"{at}. {' '.join(each.text.split())}" for at, each in enumerate(steps, start=1)]
    return f"## {' '.join(heading.split())}\n\n" + "\n".join(lines) + "\n"


def _draft_of(procedure: Procedure | None) -> str:
    if procedure is None:
        return ""
    draft = procedure.texts.filter(state=ProcedureText.State.DRAFT).first()
    return draft.markdown if draft else ""


def _with_steps(procedure: Procedure | None, department: str, title: str, words: str, by: Person) -> Procedure:
    if procedure is None:
        return write_procedure(None, ProcedureWords(title, department, words), by=by)
    latest = procedure.texts.order_by("-number").first()
    whole = f"{latest.markdown.rstrip()}\n\n{words}" if latest and latest.markdown.strip() else words
    said = ProcedureWords(procedure.title, procedure.department, whole, procedure.owner)
    return write_procedure(procedure, said, by=by)


def _pointed(version: Version, document: Document, steps: list[Clause], procedure: Procedure) -> tuple[str, str]:
    """The text with a sentence in the place of the steps; its id, and the Markdown."""
    taken = set(version.policy.ledger.values_list("key", flat=True))
    form = steps[0].form if steps[0].form in _PLAIN else ""
    sentence = f"How {procedure.department} does this is in procedure {procedure.code}, {procedure.title}."
    added = ledger.add_clause(document, sentence, taken=taken, after=steps[0].id, form=form)
    pointer, markdown = added.keys[0], added.markdown
    for each in steps:
        markdown = ledger.remove_clause(reading(markdown), each.id).markdown
    return pointer, markdown


@transaction.atomic
def put_steps_back(move: StepMove, *, by: Person) -> StepMove:
    """Undo a move of steps while the draft stands and neither text has moved on in those lines."""
    locked, _ = opened(move.version, by)
    move = StepMove.objects.select_for_update().select_related("procedure").get(pk=move.pk)
    if move.undone_at is not None:
        return move
    _back_into_policy(locked, move, by)
    _out_of_procedure(move)
    move.undone_at = timezone.now()
    move.save(update_fields=["undone_at"])
    keys = tuple(move.keys)
    announce(StepsPutBack(Ref("version", locked.pk), Ref("procedure", move.procedure_id), keys), who=by)
    return move


def _back_into_policy(version: Version, move: StepMove, by: Person) -> None:
    if version.markdown == move.policy_before:
        return
    edits = version.edits.filter(verb="steps", undone_by=None)
    edit = next((each for each in edits if move.pointer_key in each.keys), None)
    if edit is None:
        raise NotNow("This draft doesn’t hold that move any more. Edit the clauses instead.")
    _taken_back(version, edit, "undo", by)


def _out_of_procedure(move: StepMove) -> None:
    procedure = move.procedure
    draft = procedure.texts.select_for_update().filter(state=ProcedureText.State.DRAFT).first()
    if draft is None or draft.markdown != move.text_after:
        raise NotNow(
            f"{procedure.code} has moved on since these steps came in, so they stay there. "
            "Take them out by hand, and write the clauses again."
        )
    if move.is_new:
        procedure.retired_at = timezone.now()
        procedure.save(update_fields=["retired_at"])
    if move.text_before:
        draft.markdown, draft.changed_at = move.text_before, timezone.now()
        draft.save(update_fields=["markdown", "changed_at"])
    elif not move.is_new:
        draft.delete()
    procedure.adherences.filter(policy_id=move.version.policy_id, clause_key=move.pointer_key).delete()

"""What stands around a policy, over the API: vetting, procedures, amendments, translations, scenarios, impact."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Body, Router, Schema, Status

from handrail.kernel.errors import BadInput
from handrail.kernel.refs import Ref
from handrail.people.guard import person_of
from handrail.people.models import Person
from handrail.policy import actions, reads
from handrail.policy.models import Amendment, Policy, Procedure, Scenario, StepMove, Version
from handrail.policy.views.amendments import policy_asked
from handrail.policy.views.pages import version_asked

router = Router(tags=["policy"])


class RoundIn(Schema):
    """A round to be opened on a draft; interests left out have a reason."""

    closes_at: datetime
    required: dict[str, int] | None = None
    left_out: dict[str, str] = {}
    anonymous: bool = False
    everyone: bool = True
    asks: str = ""


class RoundOut(Schema):
    """A round by its number."""

    id: int
    state: str
    closes_at: datetime
    text_sha256: str


class StateOut(Schema):
    """A version's number, how far it has come, and from when it holds."""

    number: int
    state: str
    effective_on: date | None


class TouchedOut(Schema):
    """One record that becomes stale."""

    words: str
    why: str
    href: str


class ImpactOut(Schema):
    """One kind of what becomes stale."""

    kind: str
    sentence: str
    touched: list[TouchedOut]


class ProcedureIn(Schema):
    """A procedure's words; `owner` is an e-mail."""

    title: str
    department: str
    markdown: str = ""
    owner: str = ""


class LinkOut(Schema):
    """What a procedure carries out or builds on."""

    id: int
    policy: str
    clause: str
    builds_on: str
    flagged: str


class ProcedureOut(Schema):
    """A procedure with its texts and links."""

    number: int
    code: str
    title: str
    department: str
    owner: str | None
    state: str
    in_force: str | None
    draft: str | None
    links: list[LinkOut]
    circle: list[str]


class LinkIn(Schema):
    """A clause of a policy, or the number of another procedure."""

    policy: str = ""
    clause: str = ""
    procedure: int | None = None


class StepsIn(Schema):
    """Clauses that are steps, and where they go: a known procedure's number, or a new one's title and department."""

    clauses: list[str]
    procedure: int | None = None
    title: str = ""
    department: str = ""


class StepsOut(Schema):
    """A move of steps."""

    id: int
    procedure: str
    clauses: list[str]
    pointer: str
    undone: bool


class AmendmentIn(Schema):
    """A proposal; `source` is a ref such as misstep:7; `once` keeps a repeated call from proposing twice."""

    because: str
    clause: str = ""
    after: str = ""
    wording: str = ""
    because_kind: str = "decision"
    source: str = ""
    claim: str = ""
    measure: str = ""
    check_on: date | None = None
    once: str = ""


class AmendmentOut(Schema):
    """An amendment and what became of it."""

    id: int
    clause: str
    wording: str
    because: str
    source: str
    claim: str
    measure: str
    check_on: date | None
    state: str
    supports: int
    reason: str
    version: int | None


class AnswerIn(Schema):
    """What becomes of an amendment: take_up, decline, back or unback."""

    verb: str
    reason: str = ""
    wording: str = ""


class LineOut(Schema):
    """A source line beside its words in a language."""

    key: str
    source: str
    text: str
    state: str


class TranslationOut(Schema):
    """A translation line by line."""

    language: str
    published_from: int | None
    total: int
    right: int
    older: int
    missing: int
    lines: list[LineOut]


class ScenarioIn(Schema):
    """A situation that tests clauses."""

    situation: str
    question: str
    verdict: str
    why: str = ""
    clauses: list[str]


class ScenarioOut(ScenarioIn):
    """A scenario by its number."""

    id: int


class FlipOut(Schema):
    """A scenario whose verdict may flip under a version."""

    scenario: int
    situation: str
    verdict: str
    said: str
    clauses: dict[str, str]


@router.post("/policies/{key}/{number}/rounds", response=RoundOut, summary="Send a draft out for vetting")
def open_round(request: HttpRequest, key: str, number: int, said: RoundIn) -> Any:
    """A draft goes out; each of the five interests signs once unless said otherwise."""
    return actions.open_vetting(
        version_asked(request, key, number),
        by=person_of(request),
        closes_at=said.closes_at,
        required=said.required,
        left_out=said.left_out,
        anonymous=said.anonymous,
        open_to="everyone" if said.everyone else None,
        asks=said.asks,
    )


@router.post("/policies/{key}/{number}/hold-back", response=StateOut, summary="Hold a scheduled version back")
def hold_back(request: HttpRequest, key: str, number: int) -> Version:
    """A version that waits for its day is cleared again."""
    return actions.hold_back(version_asked(request, key, number), by=person_of(request))


class WhyIn(Schema):
    """Why something is done, for those it touches."""

    why: str


@router.post("/policies/{key}/{number}/take-back", response=StateOut, summary="Take a cleared version back")
def take_back(request: HttpRequest, key: str, number: int, said: WhyIn) -> Version:
    """A cleared version is a draft again; the round that cleared it stays in the record."""
    return actions.take_back(version_asked(request, key, number), said.why, by=person_of(request))


@router.get("/policies/{key}/{number}/impact", response=list[ImpactOut], summary="What becomes stale")
def impact(request: HttpRequest, key: str, number: int) -> Any:
    """What becomes stale on the day the version comes into force."""
    return list(reads.impact_of(version_asked(request, key, number)))


def _procedure(number: int) -> Procedure:
    return get_object_or_404(Procedure, number=number)


def _procedure_out(shown: reads.Shown) -> dict[str, Any]:
    one = shown.procedure
    return {
        "number": one.number,
        "code": one.code,
        "title": one.title,
        "department": one.department,
        "owner": one.owner.name if one.owner else None,
        "state": "retired" if one.retired_at else shown.state,
        "in_force": shown.in_force.markdown if shown.in_force else None,
        "draft": shown.draft.markdown if shown.draft else None,
        "links": [
            {
                "id": each.pk,
                "policy": each.policy.key if each.policy else "",
                "clause": each.clause_key,
                "builds_on": each.builds_on.code if each.builds_on else "",
                "flagged": each.flagged_why,
            }
            for each in shown.links
        ],
        "circle": list(shown.circle),
    }


def _by_number(number: int) -> dict[str, Any]:
    shown = reads.procedure_shown(number)
    if shown is None:
        raise Http404
    return _procedure_out(shown)


@router.get("/procedures", response=list[ProcedureOut], summary="Procedures")
def procedures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every procedure that is followed today."""
    return [_procedure_out(each) for each in reads.procedures_for()]


@router.get("/procedures/{number}", response=ProcedureOut, summary="A procedure")
def procedure(request: HttpRequest, number: int) -> dict[str, Any]:
    """One procedure with its texts and links."""
    return _by_number(number)


def _words(said: ProcedureIn) -> actions.ProcedureWords:
    owner = Person.objects.here().filter(email__iexact=said.owner).first() if said.owner else None
    if said.owner and owner is None:
        raise BadInput(f"Nobody here has the e-mail “{said.owner}”.", field="owner")
    return actions.ProcedureWords(said.title, said.department, said.markdown, owner)


@router.post("/procedures", response=ProcedureOut, summary="Write a procedure down")
def new_procedure(request: HttpRequest, said: ProcedureIn) -> dict[str, Any]:
    """The next free number is given; its words are a draft."""
    return _by_number(actions.write_procedure(None, _words(said), by=person_of(request)).number)


@router.put("/procedures/{number}", response=ProcedureOut, summary="Give a procedure new words")
def edit_procedure(request: HttpRequest, number: int, said: ProcedureIn) -> dict[str, Any]:
    """New words are a draft until they are approved."""
    actions.write_procedure(_procedure(number), _words(said), by=person_of(request))
    return _by_number(number)


@router.post("/procedures/{number}/approve", response=ProcedureOut, summary="Let a procedure come into force")
def approve_procedure(request: HttpRequest, number: int) -> dict[str, Any]:
    """The draft comes into force."""
    actions.approve_procedure(_procedure(number), by=person_of(request))
    return _by_number(number)


@router.post("/procedures/{number}/check", response=ProcedureOut, summary="Say that a procedure is still right")
def check_procedure(request: HttpRequest, number: int) -> dict[str, Any]:
    """The flags of a procedure are taken off."""
    actions.check_procedure(_procedure(number), by=person_of(request))
    return _by_number(number)


@router.post("/procedures/{number}/retire", response=ProcedureOut, summary="Retire a procedure")
def retire_procedure(request: HttpRequest, number: int) -> dict[str, Any]:
    """A procedure is followed no longer."""
    actions.retire_procedure(_procedure(number), by=person_of(request))
    return _by_number(number)


@router.post("/procedures/{number}/links", response=ProcedureOut, summary="Link a procedure to what it follows")
def link_procedure(request: HttpRequest, number: int, said: LinkIn) -> dict[str, Any]:
    """A clause of a policy, or another procedure."""
    one = _procedure(number)
    if said.procedure is not None:
        actions.build_on(one, _procedure(said.procedure), by=person_of(request))
    else:
        actions.adhere(one, get_object_or_404(Policy, key=said.policy), said.clause, by=person_of(request))
    return _by_number(number)


@router.delete("/procedures/{number}/links/{link}", response=ProcedureOut, summary="Take a link away")
def unlink_procedure(request: HttpRequest, number: int, link: int) -> dict[str, Any]:
    """The procedure doesn't follow that any more."""
    one = _procedure(number)
    actions.unlink(get_object_or_404(one.adherences, pk=link), by=person_of(request))
    return _by_number(number)


def _steps_out(move: StepMove) -> dict[str, Any]:
    return {
        "id": move.pk,
        "procedure": move.procedure.code,
        "clauses": move.keys,
        "pointer": move.pointer_key,
        "undone": move.undone_at is not None,
    }


@router.post("/policies/{key}/{number}/move-steps", response=StepsOut, summary="Move steps into a procedure")
def move_steps(request: HttpRequest, key: str, number: int, said: StepsIn) -> dict[str, Any]:
    """One act: the steps leave the draft, a sentence says where they are, the procedure is linked to it."""
    into = _procedure(said.procedure) if said.procedure is not None else None
    move = actions.move_to_procedure(
        version_asked(request, key, number),
        said.clauses,
        by=person_of(request),
        department=said.department,
        title=said.title,
        procedure=into,
    )
    return _steps_out(move)


@router.post("/policies/{key}/{number}/move-steps/{move}/back", response=StepsOut, summary="Put steps back")
def steps_back(request: HttpRequest, key: str, number: int, move: int) -> dict[str, Any]:
    """A move is undone while the draft stands."""
    found = get_object_or_404(StepMove, pk=move, version=version_asked(request, key, number))
    return _steps_out(actions.put_steps_back(found, by=person_of(request)))


def _amendment_out(one: Amendment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "clause": one.made_key or one.clause_key,
        "wording": one.wording,
        "because": one.because,
        "source": one.because_ref,
        "claim": one.claim,
        "measure": one.measure,
        "check_on": one.check_on,
        "state": one.state,
        "supports": one.supports.count(),
        "reason": one.reason,
        "version": one.version.number if one.version else None,
    }


@router.get("/policies/{key}/amendments", response=list[AmendmentOut], summary="The queue of amendments")
def amendments(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Those that wait first."""
    return [_amendment_out(each.amendment) for each in reads.queue_of(policy_asked(request, key), person_of(request))]


@router.post("/policies/{key}/amendments", response=AmendmentOut, summary="Propose an amendment")
def propose(request: HttpRequest, key: str, said: AmendmentIn) -> dict[str, Any]:
    """Other words for a clause, or a new one, with why."""
    guess = None
    if said.claim or said.measure or said.check_on:
        guess = actions.Hypothesis(said.claim, said.measure, said.check_on)
    try:
        source = Ref.parse(said.source) if said.source else None
    except ValueError as error:
        raise BadInput(f"{error}.", field="source") from error
    proposal = actions.Proposal(said.because, said.clause, said.after, said.wording, said.because_kind, source, guess)
    policy = policy_asked(request, key)
    return _amendment_out(actions.propose_amendment(policy, proposal, by=person_of(request), once=said.once))


@router.get("/policies/{key}/amendments/{amendment}", response=AmendmentOut, summary="An amendment")
def amendment(request: HttpRequest, key: str, amendment: int) -> dict[str, Any]:
    """One proposal and what became of it."""
    return _amendment_out(get_object_or_404(policy_asked(request, key).amendments, pk=amendment))


@router.post("/policies/{key}/amendments/{amendment}", response=AmendmentOut, summary="Answer or back an amendment")
def answer(request: HttpRequest, key: str, amendment: int, said: AnswerIn) -> dict[str, Any]:
    """Take it up, decline it with a reason, or say that one is for it."""
    one = get_object_or_404(Amendment, pk=amendment, policy=policy_asked(request, key))
    by = person_of(request)
    if said.verb == "take_up":
        one = actions.take_up(one, by=by, wording=said.wording)
    elif said.verb == "decline":
        one = actions.decline_amendment(one, said.reason, by=by)
    elif said.verb in ("back", "unback"):
        actions.back_amendment(one, by=by, on=said.verb == "back")
    else:
        raise BadInput("Say one of: take_up, decline, back, unback.", field="verb")
    return _amendment_out(one)


def _translation_out(policy: Policy, language: str) -> dict[str, Any]:
    one = get_object_or_404(policy.translations.select_related("published_from"), language=language)
    source = reads.source_of(policy)
    how = reads.completeness(one, source)
    lines = reads.worked_on(one, source)
    return {
        "language": one.language,
        "published_from": one.published_from.number if one.published_from else None,
        "total": how.total,
        "right": how.right,
        "older": how.older,
        "missing": how.missing,
        "lines": [
            {"key": each.source.key, "source": each.source.text, "text": each.text, "state": each.state}
            for each in lines
        ],
    }


@router.get("/policies/{key}/translations/{language}", response=TranslationOut, summary="A translation")
def translation(request: HttpRequest, key: str, language: str) -> dict[str, Any]:
    """The source line by line with the words of a language."""
    return _translation_out(policy_asked(request, key), language)


@router.put("/policies/{key}/translations/{language}", response=TranslationOut, summary="Keep translated lines")
def keep_translation(request: HttpRequest, key: str, language: str, lines: Body[dict[str, str]]) -> dict[str, Any]:
    """Words by clause id; emptied ones are taken away."""
    policy = policy_asked(request, key)
    actions.keep_translation(policy, language, lines, by=person_of(request))
    return _translation_out(policy, language)


@router.post("/policies/{key}/translations/{language}/confirm", response=TranslationOut, summary="Still right")
def confirm_translation(request: HttpRequest, key: str, language: str, right: Body[list[str]]) -> dict[str, Any]:
    """Lines whose source changed are still right as they are."""
    policy = policy_asked(request, key)
    one = get_object_or_404(policy.translations, language=language)
    actions.confirm_translation(one, right, by=person_of(request))
    return _translation_out(policy, language)


@router.post("/policies/{key}/translations/{language}/publish", response=TranslationOut, summary="Show a translation")
def publish_translation(request: HttpRequest, key: str, language: str) -> dict[str, Any]:
    """Readers see what is translated."""
    policy = policy_asked(request, key)
    actions.publish_translation(get_object_or_404(policy.translations, language=language), by=person_of(request))
    return _translation_out(policy, language)


def _scenario_out(row: Scenario) -> dict[str, Any]:
    names = ("situation", "question", "verdict", "why")
    return {"id": row.pk, "clauses": [each.key for each in row.tests.all()]} | {
        name: getattr(row, name) for name in names
    }


@router.get("/policies/{key}/scenarios", response=list[ScenarioOut], summary="The bank of scenarios")
def scenarios(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Every situation with its verdict and clauses."""
    return [_scenario_out(each) for each in reads.scenarios_of(policy_asked(request, key))]


def _scenario_words(said: ScenarioIn) -> actions.ScenarioWords:
    return actions.ScenarioWords(said.situation, said.question, said.verdict, said.why, said.clauses)


@router.post("/policies/{key}/scenarios", response=ScenarioOut, summary="Write a scenario down")
def new_scenario(request: HttpRequest, key: str, said: ScenarioIn) -> dict[str, Any]:
    """The verdict is one of fine, ask_first, dont."""
    policy = policy_asked(request, key)
    return _scenario_out(actions.keep_scenario(policy, _scenario_words(said), by=person_of(request)))


@router.get("/policies/{key}/scenarios/{scenario}", response=ScenarioOut, summary="A scenario")
def scenario(request: HttpRequest, key: str, scenario: int) -> dict[str, Any]:
    """One situation with its verdict and clauses."""
    return _scenario_out(get_object_or_404(policy_asked(request, key).scenarios, pk=scenario))


@router.put("/policies/{key}/scenarios/{scenario}", response=ScenarioOut, summary="Change a scenario")
def edit_scenario(request: HttpRequest, key: str, scenario: int, said: ScenarioIn) -> dict[str, Any]:
    """Its words, its verdict, the clauses it tests."""
    policy = policy_asked(request, key)
    row = get_object_or_404(policy.scenarios, pk=scenario)
    return _scenario_out(actions.keep_scenario(policy, _scenario_words(said), by=person_of(request), scenario=row))


@router.delete("/policies/{key}/scenarios/{scenario}", response={204: None}, summary="Retire a scenario")
def retire_scenario(request: HttpRequest, key: str, scenario: int) -> Any:
    """It is asked no longer."""
    policy = policy_asked(request, key)
    actions.retire_scenario(get_object_or_404(policy.scenarios, pk=scenario), by=person_of(request))
    return Status(204, None)


def _flips(shown: Version) -> list[dict[str, Any]]:
    return [
        {
            "scenario": each.scenario.pk,
            "situation": each.scenario.situation,
            "verdict": each.scenario.verdict,
            "said": each.said,
            "clauses": {one.key: one.stands for one in each.changed},
        }
        for each in reads.flips_of(shown)
    ]


@router.get("/policies/{key}/{number}/verdicts", response=list[FlipOut], summary="Which verdicts may flip")
def verdicts(request: HttpRequest, key: str, number: int) -> list[dict[str, Any]]:
    """The verdict run of a version."""
    return _flips(version_asked(request, key, number))


@router.post("/policies/{key}/{number}/verdicts/{scenario}", response=list[FlipOut], summary="Say a verdict")
def say_verdict(request: HttpRequest, key: str, number: int, scenario: int, verdict: str) -> list[dict[str, Any]]:
    """What a scenario's verdict is under a version."""
    shown = version_asked(request, key, number)
    row = get_object_or_404(shown.policy.scenarios, pk=scenario)
    actions.say_verdict(row, shown, verdict, by=person_of(request))
    return _flips(shown)


class Need(Schema):
    """One thing that needs the person."""

    words: str
    href: str
    because: str
    due: date | None


@router.get("/policies-needs", response=list[Need], summary="What needs me around policies")
def needs(request: HttpRequest) -> Any:
    """Reviews, procedures and amendments that wait for the person."""
    return reads.needs(person_of(request))

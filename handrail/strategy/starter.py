"""What has a new organisation said about its strategy, and what is asked next? Worked out from the rows themselves."""

from dataclasses import dataclass

from django.db.models import Count

from handrail.people.models import Person
from handrail.strategy.actions import may_change_purpose, may_map_domains, may_propose, may_set_goals
from handrail.strategy.models import Activity, Domain, Goal, Initiative, Purpose, Target


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the starter: its name, its short title, what it teaches, who may answer it."""

    name: str
    title: str
    teaches: str
    who: str


STEPS = (
    Step(
        "goal",
        "Goal",
        "A goal comes before anything is posted: one sentence, who answers for it, and until when.",
        "The governance owner writes goals down.",
    ),
    Step(
        "touches",
        "Whom it touches",
        "Every function that will feel it is asked first, because what is promised in public is kept by somebody.",
        "The governance owner and authors write functions down.",
    ),
    Step(
        "today",
        "Today",
        "Nobody starts from nothing: what people already do shows where there is an ear and a voice.",
        "The governance owner, authors and the function’s lead say what it does.",
    ),
    Step(
        "purpose",
        "Purpose",
        "A purpose says why you are there, with whom and how far you go, before anything is done under it.",
        "Authors and the governance owner propose purposes.",
    ),
    Step(
        "measure",
        "Measure",
        "A measure needs where you start and where you want to be; without both, any number looks like success.",
        "The purpose’s owner or the governance owner says how it is measured.",
    ),
    Step(
        "initiative",
        "Initiative",
        "Whoever leads it says in their own words how mission, strategy, values and outcomes inform it.",
        "Authors, the governance owner or the purpose’s owner propose initiatives.",
    ),
)
NAMES = tuple(step.name for step in STEPS)


def answered() -> dict[str, list[str]]:
    """What is written down for each question, newest first, a few words each; an empty list is an open question."""
    standing = Purpose.objects.exclude(state=Purpose.State.DROPPED)
    targets = Target.objects.filter(purpose__in=standing).order_by("-pk")
    return {
        "goal": list(Goal.objects.live().order_by("-pk").values_list("statement", flat=True)[:4]),
        "touches": list(Domain.objects.order_by("-pk").values_list("name", flat=True)[:4]),
        "today": [
            f"{each.domain.name}: {each.what}" for each in Activity.objects.select_related("domain").order_by("-pk")[:4]
        ],
        "purpose": list(standing.order_by("-pk").values_list("name", flat=True)[:4]),
        "measure": list(targets.values_list("measure", flat=True)[:4]),
        "initiative": list(
            Initiative.objects.exclude(state=Initiative.State.CLOSED).order_by("-pk").values_list("name", flat=True)[:4]
        ),
    }


def next_open(said: dict[str, list[str]], after: str = "") -> str:
    """The first open question behind `after`; "" where none is open there."""
    begin = NAMES.index(after) + 1 if after else 0
    return next((name for name in NAMES[begin:] if not said[name]), "")


def domain_asked() -> Domain | None:
    """The function that is asked what it does today: the first of which nothing is known, else the newest."""
    rows = Domain.objects.annotate(known=Count("activities")).select_related("lead")
    return rows.order_by("known", "-pk").first()


def purpose_asked(step: str) -> Purpose | None:
    """The purpose a measure or an initiative is asked for: the newest without one, else the newest."""
    rows = Purpose.objects.exclude(state=Purpose.State.DROPPED).select_related("owner").order_by("-pk")
    lacks = {"targets__isnull": True} if step == "measure" else {"initiatives__isnull": True}
    return rows.filter(**lacks).first() or rows.first()


def may_start(person: Person) -> bool:
    """Whether any question of the starter is this person's to answer."""
    return may_set_goals(person) or may_map_domains(person) or may_propose(person)


def may_answer(person: Person, step: str, purpose: Purpose | None) -> bool:
    """Whether this question is the person's to answer, as the verb behind it asks."""
    if step == "goal":
        return may_set_goals(person)
    if step in ("touches", "today"):
        return may_map_domains(person)
    if step == "measure" and purpose is not None:
        return may_change_purpose(person, purpose)
    owns = purpose is not None and purpose.owner_id == person.pk
    return may_propose(person) or (step == "initiative" and owns)

"""Fills the dates into the demo files and hands them to the ordinary importers, in the order a newcomer would."""

import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from handrail.cli.common import fail, say
from handrail.cli.demo_marks import filled, person
from handrail.cli.demo_ownership import agree_who_does_what, set_ownership_up
from handrail.cli.demo_policy import (
    begin_next,
    bring_version,
    keep_scenarios,
    look_at_procedures,
    set_procedures_up,
    translate,
)
from handrail.cli.demo_round import RoundPlayed
from handrail.cli.demo_strategy import set_strategy_up
from handrail.kernel.errors import Refusal
from handrail.listening.actions import import_posts, save_topic
from handrail.people.actions import create_first_owner, grant_role, import_people, set_password_by_link
from handrail.people.actions.accounts import link_parts
from handrail.people.models import Interest, Person, Role
from handrail.strategy.actions import import_goals
from handrail.web.actions import record_answers

FILES = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = "lantern-on-the-quay"  # noqa: S105 - printed on purpose: the demo organisation is nobody's
OWNER = "maren.castellanos@harbourpine.example"
ROLES = [
    ("yuki.tan", Role.AUTHOR, ""),
    ("priya.raman", Role.REVIEWER, Interest.LEGAL),
    ("tomasz.wilk", Role.REVIEWER, Interest.SECURITY),
    ("adaeze.nwosu", Role.REVIEWER, Interest.PRIVACY),
    ("sofia.lindqvist", Role.REVIEWER, Interest.BRAND),
    ("dwayne.ellis", Role.REVIEWER, Interest.EMPLOYEES),
    ("kofi.mensah", Role.CARE_ANALYST, ""),
    ("bridget.fallon", Role.AUDITOR, ""),
]
TOPICS = [
    (
        "Posts that name us",
        '"harbour & pine" OR harbourandpine OR #HarbourAndPine',
        "To hear what guests say of us, help those who need it now, and learn.",
    ),
    (
        "Lifts, Lisbon",
        '("harbour & pine" OR harbourandpine) AND (lift OR lifts OR elevador* OR ascensor) AND (lisbo* OR floor)',
        "To see whether guests in Lisbon can get to their rooms.",
    ),
]
WORK_ON_IT = "ruth.abernathy tomasz.wilk adaeze.nwosu sofia.lindqvist dwayne.ellis hana.sato liesel.brandt".split()
SIGN_INS = [
    (OWNER, "governance owner: Home, the whole house"),
    ("yuki.tan@harbourpine.example", "author: writes version 4 and answers remarks"),
    ("priya.raman@harbourpine.example", "reviewer for legal: signed on a condition, has a question to answer"),
    ("kofi.mensah@harbourpine.example", "care analyst and line manager who leaves soon: Listening, and a team"),
    ("bridget.fallon@harbourpine.example", "auditor: the record"),
    ("joana.kaya@harbourpine.example", "employee, on a phone: a text to speak about, an offer to answer"),
]


def load(*, if_empty: bool) -> int:
    """Load everything; 2 with a sentence where people are already here, unless `if_empty` asks for silence."""
    call_command("migrate", verbosity=0)
    if Person.objects.exists():
        if if_empty:
            return _greet() if Person.objects.filter(email=OWNER).exists() else 0
        return fail(
            "People are already here, so the demo organisation stays out. Set HANDRAIL_HOME to an empty folder."
        )
    say("Loading the demo organisation, Harbour & Pine Hotels …")
    try:
        _load(filled(FILES, settings.HANDRAIL_HOME / "demo", timezone.now()))
    except Refusal as refusal:
        return fail(f"The demo organisation could not be loaded: {refusal.sentence}")
    return _greet()


def _load(place: Path) -> None:
    owner = create_first_owner("Maren Castellanos", OWNER, PASSWORD)
    import_people((place / "people.csv").read_bytes(), "people.csv", by=owner)
    owner.refresh_from_db()
    for start, role, interest in ROLES:
        grant_role(person(start), role, interest=interest, by=owner)
    for start in dict.fromkeys([email.partition("@")[0] for email, _ in SIGN_INS[1:]] + WORK_ON_IT):
        set_password_by_link(*link_parts(person(start)), PASSWORD)
    import_goals((place / "goals.csv").read_bytes(), "goals.csv", by=owner)
    _load_policy(place, owner)
    for name, query, purpose in TOPICS:
        save_topic(None, name=name, query=query, purpose=purpose, by=owner)
    for name in ("posts.jsonl", "reviews.csv"):
        import_posts(io.BytesIO((place / name).read_bytes()), name, by=owner)
    record_answers()


def _load_policy(place: Path, owner: Person) -> None:
    """Three versions, each through its round; what stands around the policy; and a fourth that is under review now."""
    author = person("yuki.tan")
    bring_version(place, 1, "round-as-it-stands.toml", owner)
    bring_version(place, 2, "round-as-it-stands.toml", owner)
    set_procedures_up(place, owner)
    translate(place, author)
    agree_who_does_what(place, owner)
    bring_version(place, 3, "round-3.toml", owner)
    look_at_procedures(place)
    keep_scenarios(place, author)
    set_strategy_up(place, owner)
    RoundPlayed(begin_next(place), place / "round-4.toml").play()
    set_ownership_up(place, owner)


def _greet() -> int:
    say("Sign in as one of these; the password is " + PASSWORD)
    for email, words in SIGN_INS:
        say(f"  {email:<44} {words}")
    say("Look first at Home, then Vetting → version 4, Strategy, 2 Ownership on the rail, then Listening.")
    return 0

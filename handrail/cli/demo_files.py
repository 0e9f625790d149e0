"""Fills the dates into the demo files and hands them to the ordinary importers, in the order a newcomer would."""

import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from handrail.cli.common import fail, say
from handrail.kernel.errors import Refusal
from handrail.listening.actions import import_posts, save_topic
from handrail.people.actions import create_first_owner, grant_role, import_people, set_password_by_link
from handrail.people.actions.accounts import link_parts
from handrail.people.models import Interest, Person, Role
from handrail.policy.actions import import_policy, open_vetting, publish
from handrail.policy.models import Version
from handrail.strategy.actions import import_goals
from handrail.vetting.actions import clear, read_clauses, sign
from handrail.vetting.reads import clauses_in
from handrail.web.actions import record_answers

FILES = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = "lantern-on-the-quay"  # noqa: S105 - printed on purpose: the demo organisation is nobody's
OWNER = "maren.castellanos@harbourpine.example"
MARK = re.compile(r"\{([TUDN]*?)([DN])([+-])(\d+)(?: (\d\d:\d\d:\d\d))?\}")
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
SIGN_INS = [
    (OWNER, "governance owner: Home, the whole house"),
    ("yuki.tan@harbourpine.example", "author: brings policy texts in"),
    ("priya.raman@harbourpine.example", "reviewer for legal: reads the policy, its differences and findings"),
    ("kofi.mensah@harbourpine.example", "care analyst and line manager: Listening, and a team"),
    ("bridget.fallon@harbourpine.example", "auditor: the record"),
    ("joana.kaya@harbourpine.example", "employee, on a phone: their own home"),
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


def filled(source: Path, target: Path, now: datetime) -> Path:
    """Copies of the demo files with every date filled in, counted from `now`; returns their folder."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.suffix in {".csv", ".md", ".jsonl"}:
            text = path.read_text(encoding="utf-8")
            (target / path.name).write_text(MARK.sub(lambda found: _moment(found, now), text), encoding="utf-8")
    return target


def _moment(found: re.Match[str], now: datetime) -> str:
    """{D-12} a day, {D-12 09:40:00} or {N-71} a moment; T writes it as ISO 8601, U as microseconds since 1970."""
    form, unit, sign, number, clock = found.groups()
    step = int(number) * (1 if sign == "+" else -1)
    if unit == "N":
        moment = now + timedelta(minutes=step)
    else:
        day = timezone.localdate(now) + timedelta(days=step)
        if not clock:
            return day.isoformat()
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}+00:00")
    if form == "U":
        return str(int(moment.timestamp() * 1_000_000))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if form == "T" else "%Y-%m-%d %H:%M:%S")


def _load(place: Path) -> None:
    owner = create_first_owner("Maren Castellanos", OWNER, PASSWORD)
    import_people((place / "people.csv").read_bytes(), "people.csv", by=owner)
    owner.refresh_from_db()
    for start, role, interest in ROLES:
        grant_role(_person(start), role, interest=interest, by=owner)
    for email, _ in SIGN_INS[1:]:
        set_password_by_link(*link_parts(_person(email.partition("@")[0])), PASSWORD)
    import_goals((place / "goals.csv").read_bytes(), "goals.csv", by=owner)
    for number in (1, 2, 3):
        name = f"policy-{number}.md"
        raw = (place / name).read_bytes()
        report = import_policy(raw, name, title="Social media policy", owner=owner, by=owner)
        if report.version is not None:
            _vet(report.version, owner)
            publish(report.version, by=owner, effective_on=_effective(raw))
    for name, query, purpose in TOPICS:
        save_topic(None, name=name, query=query, purpose=purpose, by=owner)
    for name in ("posts.jsonl", "reviews.csv"):
        import_posts(io.BytesIO((place / name).read_bytes()), name, by=owner)
    record_answers()


def _person(start: str) -> Person:
    return Person.objects.get(email=f"{start}@harbourpine.example")


def _vet(version: Version, owner: Person) -> None:
    """Nothing is in force that no round cleared, in the demo neither: five interests read, sign, and it clears."""
    round = open_vetting(version, by=owner, closes_at=timezone.now() + timedelta(days=14), asks="Is anything missing?")
    keys = [clause.key for clause in clauses_in(round)]
    for start, role, interest in ROLES:
        if role == Role.REVIEWER:
            reviewer = _person(start)
            read_clauses(round, keys, by=reviewer)
            sign(round, interest, by=reviewer)
    clear(round, by=owner)


def _effective(raw: bytes) -> date | None:
    found = re.search(rb"^effective: (\d{4}-\d\d-\d\d)$", raw, re.MULTILINE)
    return date.fromisoformat(found[1].decode()) if found else None


def _greet() -> int:
    say("Sign in as one of these; the password is " + PASSWORD)
    for email, words in SIGN_INS:
        say(f"  {email:<44} {words}")
    say("Look first at Home, then Policies → Social media policy → Review, then Listening.")
    return 0

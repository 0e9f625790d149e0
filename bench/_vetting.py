"""Fills one database with people and a round and times the round's verbs and reads; bench/vetting.py runs it."""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from handrail.kernel.models import Job  # noqa: E402
from handrail.kernel.refs import Ref  # noqa: E402
from handrail.people.models import Person, Role, RoleGrant  # noqa: E402
from handrail.people.testing import Cast, cast, signed_in  # noqa: E402
from handrail.vetting.actions import dispose, open_round, read_clauses, redraft, remark, sign  # noqa: E402
from handrail.vetting.models import Remark, Round, SignOff  # noqa: E402
from handrail.vetting.reads import (  # noqa: E402
    Thread,
    burn_down,
    clauses_in,
    hindrances,
    matrix,
    record_of,
    remarks_of,
    silent_groups,
    waiting_for,
)
from handrail.vetting.text import TextClause  # noqa: E402

PEOPLE, CLAUSES, REMARKS, TIMES = 6000, 300, 500, 40
INTERESTS = ("legal", "security", "privacy", "brand", "employees")
WORDS = "guest staff account picture lobby answer name ask before never always share post day manager".split()


def clauses(changed: int = 0) -> list[TextClause]:
    """A long policy; `changed` clauses read otherwise."""
    dice = random.Random(1)
    rows = []
    for number in range(CLAUSES):
        words = " ".join(dice.choice(WORDS) for _ in range(60))
        if number < changed:
            words = words.replace("never", "seldom", 2)
        rows.append(TextClause(f"c{number}", str(number + 1), f"Clause {number + 1}", words))
    return rows


def crowd() -> tuple[Cast, dict[str, list[Person]]]:
    """Six thousand people in twelve functions, with three reviewers for each interest and a panel of 23."""
    people = cast()
    functions = [f"Function {number}" for number in range(12)]
    Person.objects.bulk_create(
        Person(staff_number=f"B{n:05}", name=f"Person {n:05}", email=f"b{n}@example.org", function=functions[n % 12])
        for n in range(PEOPLE - 8)
    )
    many = list(Person.objects.filter(staff_number__startswith="B")[:60])
    seats = {each: [many.pop() for _ in range(23 if each == "employees" else 3)] for each in INTERESTS}
    RoleGrant.objects.bulk_create(
        RoleGrant(person=each, role=Role.REVIEWER, interest=interest) for interest, who in seats.items() for each in who
    )
    return people, seats


def say(name: str, took: float, aim: float | None, more: str = "") -> bool:
    """Print one figure against its aim."""
    good = aim is None or took <= aim
    against = "" if aim is None else f"  aim {aim * 1000:,.0f} ms  {'met' if good else 'MISSED'}"
    print(f"{connection.vendor:10}  {name:44} {took * 1000:8.1f} ms{against}{more}")
    return good


def p95(act: Callable[[], object], times: int = TIMES) -> float:
    """The 95th percentile of so many runs."""
    act()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return sorted(took)[int(times * 0.95)]


def queries(act: Callable[[], object]) -> str:
    """How many times the database was asked."""
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        act()
    return f"  {len(asked)} queries"


def fill(round: Round, people: Cast, seats: dict[str, list[Person]]) -> None:
    """Reviewers read everything and remark; two in three remarks are answered; everyone signs."""
    dice = random.Random(2)
    rows = clauses()
    readers = [(interest, each) for interest, who in seats.items() for each in who]
    for _, each in readers:
        read_clauses(round, [row.key for row in rows], by=each)
    for number in range(REMARKS):
        interest, who = readers[number % len(readers)]
        row = dice.choice(rows)
        words = row.text.split()
        start = dice.randrange(50)
        quote = " ".join(words[start : start + 5])
        made, _ = remark(round, by=who, interest=interest, clause_key=row.key, quote=quote, body="Say it more plainly.")
        if number % 3:
            dispose(made, "declined", "It is said in clause 3.", by=people.eva)
    for interest, who in readers:
        sign(round, interest, by=who)


def slow_row(round: Round) -> int:
    """One row of the matrix the obvious way: one question for each cell."""
    return sum(Remark.objects.filter(round=round, interest="legal", clause_key=f"c{n}").count() for n in range(CLAUSES))


_CLAUSE = """
{% for clause, threads in blocks %}<section id="clause-{{ clause.key }}"><h2><span>{{ clause.number }}</span>
{{ clause.heading }}</h2><div>{{ clause.text }}</div><p><a href="{% url 'vetting:say' pk %}?clause={{ clause.key }}">Say
something</a></p>{% for thread in threads %}<article id="remark-{{ thread.uid }}"><b>{{ thread.who }}</b>
<time>{{ thread.remark.made_on }}</time>{% if thread.remark.quote %}<q>{{ thread.remark.quote|truncatechars:160 }}</q>
{% endif %}<p>{{ thread.remark.body }}</p>{% if thread.disposition %}<p>{{ thread.disposition.get_verdict_display }}
{{ thread.disposition.reason }}</p>{% endif %}<form action="{% url 'vetting:side' pk thread.uid %}">{{ thread.support }}
{{ thread.against }}</form><a href="{% url 'vetting:remark' pk thread.uid %}">Open</a></article>{% endfor %}</section>
{% endfor %}
"""


def by_template(round: Round) -> Callable[[], str]:
    """The text with all its threads by one plain template, read beforehand: the obvious way to write the page."""
    template = Engine(libraries={}).from_string(_CLAUSE)
    by_clause: dict[str, list[Thread]] = {}
    for each in remarks_of(round):
        by_clause.setdefault(each.clause_key, []).append(each)
    blocks = [(each, by_clause.get(each.key, [])) for each in clauses_in(round)]
    return lambda: template.render(Context({"blocks": blocks, "pk": round.pk}))


def processor(act: Callable[[], object], times: int = 15) -> float:
    """The median of the processor time, which other work on the machine disturbs less than the clock."""
    act()
    took = []
    for _ in range(times):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return sorted(took)[times // 2]


def pages(round: Round, people: Cast) -> bool:
    """The desk and the reading page as the server answers them, against a page of plain templates in the same run."""
    settings.ALLOWED_HOSTS = ["*"]
    client = signed_in(people.eva)
    good = True
    for name, path in (("desk", ""), ("reading page", "read")):
        act = partial(client.get, f"/vetting/{round.pk}/{path}")
        assert act().status_code == 200
        good &= say(f"{name}, server time, p95", p95(act), 0.200, queries(act))
        whole = processor(act)
        say(f"  {name}, processor time, median", whole, None)
    slow = processor(by_template(round))
    against = f"  the whole reading page takes {whole / slow:.2f} of it; load {os.getloadavg()[0]:.1f}"
    say("  baseline: text and threads by one plain template", slow, None, against)
    return good


def main() -> int:
    """Open, fill, time."""
    call_command("migrate", verbosity=0)
    people, seats = crowd()
    required = dict.fromkeys(INTERESTS, 2)
    began = time.perf_counter()
    round = open_round(
        Ref("version", 1),
        "A long policy",
        "",
        clauses(),
        by=people.eva,
        authors=[people.eva],
        required=required,
        closes_at=timezone.now() + timedelta(days=14),
        open_to="everyone",
        anonymous=True,
        asks="Is anything missing?",
    )
    good = say(f"open a round for {round.invited:,} people", time.perf_counter() - began, 5.0)
    assert Job.objects.filter(task="handrail.vetting.tasks.ask_everyone").count() == 1
    fill(round, people, seats)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took = p95(lambda: matrix(round))
    good &= say(f"matrix, {CLAUSES} clauses × 5 interests, p95", took, 0.150, queries(lambda: matrix(round)))
    slow = p95(lambda: slow_row(round), 5)
    say(
        "  baseline: one row of five, cell by cell",
        slow,
        None,
        f"  the whole matrix takes {took / slow:.2f} of that row",
    )
    took = p95(lambda: remarks_of(round, viewer=people.dev))
    good &= say(f"remarks, {REMARKS} threads, p95", took, 0.200, queries(lambda: remarks_of(round)))
    say("hindrances, p95", p95(lambda: hindrances(round)), None)
    say("silent groups, p95", p95(lambda: silent_groups(round)), None)
    say("burn-down with forecast, p95", p95(lambda: burn_down(round)), None)
    say("vetting record, p95", p95(lambda: record_of(round)), None)
    good &= pages(round, people)
    say("what waits on a reviewer, p95", p95(lambda: waiting_for(seats["legal"][0])), None)
    began = time.perf_counter()
    redraft(round, clauses(changed=40), by=people.eva)
    say(f"redraft, 40 of {CLAUSES} clauses changed", time.perf_counter() - began, None)
    assert Remark.objects.filter(round=round).count() == REMARKS
    assert not SignOff.objects.filter(round=round, stale_since=None, ended_at=None).exists()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

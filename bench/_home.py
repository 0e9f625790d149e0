"""Fills one database with people and posts and times Home on it; bench/home.py runs it."""

import os
import time
from datetime import timedelta
from itertools import islice

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402

from handrail.listening.models import HourCount, Mention, hour_of  # noqa: E402
from handrail.people.models import OrgUnit, Person  # noqa: E402
from handrail.people.testing import cast, signed_in  # noqa: E402
from handrail.strategy.actions import GoalText, set_goal  # noqa: E402

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
POSTS = int(os.environ.get("BENCH_POSTS", "1000000"))
TIMES = 120
AT = {
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', julianday(given.now) - i * 7.7 / 86400)",
    "postgresql": "given.now - i * interval '7.7 seconds'",
}
INSERT = """
WITH RECURSIVE given(now) AS (SELECT %s), n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO listening_mention (uri, platform, author, text, langs, posted_at, url, reply_to, place, label,
    p_negative, p_neutral, p_positive)
SELECT 'at://' || i, 'bluesky', 'guest', 'The lift is out again on floor ' || i, 'en', {at}, '', '', '', i %% 4,
    300, 300, 400 FROM n, given
"""
AIM = 0.150


def fill() -> Person:
    """People under 200 units, posts over 90 days with their hourly counts, the cast and three goals."""
    call_command("migrate", verbosity=0)
    people = cast()
    units = OrgUnit.objects.bulk_create([OrgUnit(name=f"Unit {n}", path=f"Group / Unit {n}") for n in range(200)])
    made = (
        Person(staff_number=f"B{n:06}", name=f"Person {n:06}", unit=units[n % 200], line_manager=people.cleo)
        for n in range(PEOPLE)
    )
    while batch := list(islice(made, 5000)):
        Person.objects.bulk_create(batch)
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(at=AT[connection.vendor]), [now, POSTS])
        cursor.execute("ANALYZE")
    per_hour = round(3600 / 7.7 / 4)
    hours = [hour_of(now) - timedelta(hours=n) for n in range(90 * 24)]
    HourCount.objects.bulk_create([HourCount(hour=h, label=label, n=per_hour) for h in hours for label in range(4)])
    for words in ("Guests come back", "People want to work here", "We do no harm"):
        set_goal(GoalText(words), by=people.ana)
    return people.ana


def timed(act: object, times: int) -> list[float]:
    """Seconds of each of `times` calls, sorted."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()  # type: ignore[operator]
        taken.append(time.perf_counter() - began)
    return sorted(taken)


def main() -> None:
    """Fill, time, say."""
    owner = fill()
    client = signed_in(owner)

    def home() -> None:
        assert client.get("/").status_code == 200

    def cold() -> None:
        cache.clear()
        home()

    def counted() -> None:
        dict(Mention.objects.order_by().values_list("label").annotate(Count("id")))

    home()
    warm, after_change, afresh = timed(home, TIMES), timed(cold, 30), timed(counted, 5)
    p50, p95 = warm[TIMES // 2], warm[int(TIMES * 0.95)]
    cold95 = after_change[28]
    print(
        f"{connection.vendor}: Home with {PEOPLE:,} people and {POSTS:,} posts: p50 {p50 * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms (aim {AIM * 1000:.0f}); p95 just after the record changed {cold95 * 1000:.0f} ms; "
        f"counting the posts alone takes {afresh[2] * 1000:.0f} ms, {afresh[2] / p50:.1f} times Home"
    )


main()

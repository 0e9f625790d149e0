"""Home’s week and Listening’s week are the same seven days with the same posts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.listening.actions import import_posts
from handrail.listening.reads import span_of, volume
from handrail.listening.tests.conftest import table
from handrail.people.testing import cast
from handrail.web.heard import heard_lately

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Asia/Kolkata"])
def test_home_counts_what_listening_counts(settings, tmp_path, zone: str) -> None:
    settings.TIME_ZONE, settings.HANDRAIL_HOME = zone, tmp_path
    people = cast()
    first = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=6)
    times = [first - timedelta(hours=2), first + timedelta(minutes=10), timezone.now()]
    rows = [f"{n},{moment.isoformat()},lift {n},en" for n, moment in enumerate(times)]
    import_posts(table(*rows), "a.csv", by=people.gil)
    home, span = heard_lately(), span_of("week", None)
    assert home is not None
    assert span is not None
    assert home.total == volume(span).total == 2
    assert [sum(parts) for _, parts in home.days] == [1, 0, 0, 0, 0, 0, 1]
    assert (home.first, home.in_topics, home.is_recent) == (first.date(), None, True)


def test_old_posts_end_their_own_week(settings, tmp_path) -> None:
    settings.HANDRAIL_HOME = tmp_path
    people = cast()
    import_posts(table("1,2015-02-24 11:53,the lift,en"), "a.csv", by=people.gil)
    home = heard_lately()
    assert home is not None
    assert (home.last.isoformat(), home.total, home.is_recent) == ("2015-02-24", 1, False)

"""The pages of strategy: the right person does it there, the wrong one is told no, and the grid says what it is."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from handrail.people.testing import Cast, cast, signed_in
from handrail.strategy import actions as do
from handrail.strategy.models import Domain, EmptyCell, Goal, Initiative, Plan, Purpose, Target
from handrail.strategy.pages.dots import dot_plot
from handrail.strategy.reads import judged
from handrail.strategy.views import tree

pytestmark = pytest.mark.django_db
CELL = ("share", "employees")
WORDS = ("m", "s", "We listen first", "o")
HTMX = {"headers": {"HX-Request": "true"}}


def _purpose(people: Cast, name: str = "Cook together", cell: tuple[str, str] = CELL) -> Purpose:
    goal = Goal.objects.first() or do.set_goal(do.GoalText("Guests come back", owner=people.ana), by=people.ana)
    text = do.PurposeText(name, "Choose one dish a season.", owner=people.eva, cells=(cell,), goals=(goal,))
    return do.propose_purpose(text, by=people.ana)


def _initiative(people: Cast, purpose: Purpose, name: str = "Harvest") -> Initiative:
    cell = purpose.cells.get()
    text = do.InitiativeText(name, people.eva, ((cell.level, cell.constituency),), "", *WORDS)
    return do.propose_initiative(purpose, text, by=people.eva)


def _read(people: Cast, path: str, who: str = "dev") -> str:
    answer = signed_in(getattr(people, who)).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_without_a_goal_the_page_teaches_that_goals_come_first() -> None:
    people = cast()
    page = _read(people, "/strategy/", "ana")
    assert "goals come first" in page
    assert reverse("strategy:new_goal") in page
    assert "Propose here" not in page


def test_goals_without_a_purpose_lead_to_the_first_purpose() -> None:
    people = cast()
    do.set_goal(do.GoalText("Guests come back"), by=people.ana)
    page = _read(people, "/strategy/", "eva")
    assert "One goal to serve, and no purpose yet." in page
    assert "Propose the first purpose" in page
    assert "rowspan" not in page, "an empty strategy has no finding about one column"
    assert "Propose the first purpose" not in _read(people, "/strategy/")


def test_a_whole_empty_column_is_one_cell_with_who_works_there_already() -> None:
    people = cast()
    _purpose(people)
    activity = do.ActivityText("Buys from growers", audience="partners")
    do.set_domain(do.DomainText("Purchasing", activities=(activity,)), by=people.ana)
    page = _read(people, "/strategy/", "ana")
    assert page.count('rowspan="5"') == 3
    assert "1 domain already works with them: Purchasing." in page
    assert f"{reverse('strategy:propose')}?with=partners" in page
    assert f"{reverse('strategy:leave_empty')}?at=.partners" in page
    assert "there is nothing yet with" in page.lower()
    assert "?with=partners" not in _read(people, "/strategy/")


def test_the_chosen_purpose_is_outlined_and_htmx_gets_grid_and_panel_alone() -> None:
    people = cast()
    _purpose(people)
    other = _purpose(people, "Ask first", ("discover", "customers"))
    client = signed_in(people.dev)
    fragment = client.get(f"/strategy/?purpose={other.key}", **HTMX).content.decode()
    assert fragment.lstrip().startswith('<div class="str" id="str">')
    assert fragment.count('aria-current="true"') == 1
    assert 'id="h-p"' in fragment
    assert "Ask first" in fragment.split('id="h-p"')[1].split("</h3>")[0]
    assert "<html" in client.get(f"/strategy/?purpose={other.key}").content.decode()
    restored = client.get("/strategy/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_an_unknown_purpose_in_the_address_still_shows_the_grid() -> None:
    people = cast()
    _purpose(people)
    assert "Cook together" in _read(people, "/strategy/?purpose=nothing-here")


def test_move_here_is_offered_only_to_those_who_may_move_it() -> None:
    people = cast()
    purpose = _purpose(people)
    way = reverse("strategy:move", args=[purpose.key])
    assert way in _read(people, "/strategy/", "eva")
    assert way not in _read(people, "/strategy/", "gil")
    client = signed_in(people.eva)
    sent = {"come_from": "share.employees", "to": "discover.employees", "why": "They ask first"}
    assert "Into which cell" in client.get(f"{way}?to=discover.employees").content.decode()
    assert client.post(way, sent).status_code == 302
    assert [(cell.level, cell.constituency) for cell in purpose.cells.all()] == [("discover", "employees")]
    assert signed_in(people.gil).post(way, sent).status_code == 403
    assert client.post(way, sent | {"to": "discover.employees"}).status_code == 422


def test_a_cell_is_left_empty_and_opened_again_by_the_governance_owner_alone() -> None:
    people = cast()
    _purpose(people)
    client, at = signed_in(people.ana), "?at=.partners"
    assert client.post(f"/strategy/empty{at}", {"reason": "Our buyers meet them."}).status_code == 302
    assert EmptyCell.objects.count() == 5
    page = _read(people, "/strategy/")
    assert page.count("Empty on purpose. Our buyers meet them.") == 1, "one reason for a column is said once"
    assert "Our buyers meet them." in client.get(f"/strategy/empty{at}").content.decode()
    assert signed_in(people.eva).post(f"/strategy/empty/open{at}").status_code == 403
    assert client.post(f"/strategy/empty/open{at}").status_code == 302
    assert not EmptyCell.objects.exists()
    assert client.get("/strategy/empty?at=nowhere.nobody").status_code == 404


def test_a_refused_proposal_keeps_what_was_typed() -> None:
    people = cast()
    client = signed_in(people.eva)
    sent = {"name": "Ask first", "statement": "Ask", "cells": ["share.employees"], "owner": "nobody@example.org"}
    answer = client.post("/strategy/propose", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nobody here has the e-mail" in page
    assert 'value="Ask first"' in page
    assert 'value="share.employees" checked' in page
    assert signed_in(people.dev).get("/strategy/propose").status_code == 403


def test_a_purpose_is_changed_with_a_reason_and_asks_for_another_look() -> None:
    people = cast()
    purpose = _purpose(people)
    do.approve_purpose(purpose, by=people.ana)
    way = reverse("strategy:edit_purpose", args=[purpose.key])
    goals = [goal.pk for goal in purpose.goals.all()]
    sent = {"name": "Cook with guests", "statement": "Choose.", "cells": ["share.employees"], "goals": goals}
    client = signed_in(people.eva)
    assert client.post(way, sent | {"owner": people.eva.email}).status_code == 422, "no reason, no change"
    done = client.post(way, sent | {"owner": people.eva.email, "because": "Guests said so"})
    assert done.status_code == 302
    purpose.refresh_from_db()
    assert (purpose.name, purpose.state) == ("Cook with guests", "again")
    page = _read(people, f"/strategy/purposes/{purpose.key}")
    assert "Guests said so" in page
    assert "How it was put before" in page
    assert signed_in(people.gil).get(way).status_code == 403


def test_days_come_back_into_their_fields_as_a_browser_reads_them() -> None:
    people = cast()
    purpose = _purpose(people)
    text = replace(do.text_of(purpose), review_on=date(2027, 5, 18))
    do.change_purpose(purpose, text, by=people.eva, why="A day")
    assert 'value="2027-05-18"' in _read(people, f"/strategy/purposes/{purpose.key}/edit", "eva")
    goal = purpose.goals.get()
    do.change_goal(goal, do.GoalText(goal.statement, ends_on=date(2027, 12, 31)), by=people.ana)
    assert 'value="2027-12-31"' in _read(people, f"/goals/{goal.key}/edit", "ana")


def test_a_purpose_is_reopened_kept_and_dropped_on_its_page() -> None:
    people = cast()
    purpose = _purpose(people)
    client, way = signed_in(people.ana), f"/strategy/purposes/{purpose.key}"
    assert client.post(f"{way}/approve").status_code == 302
    assert client.post(f"{way}/reopen", {"why": "The season ended"}).status_code == 302
    page = _read(people, way, "eva")
    assert "Keep it" in page
    assert "Approve it" not in page, "an owner never approves"
    assert "Approve it" in _read(people, way, "ana")
    day = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert client.post(f"{way}/keep", {"why": "It holds", "review_on": day}).status_code == 302
    purpose.refresh_from_db()
    assert (purpose.state, str(purpose.review_on)) == ("proposed", day)
    assert signed_in(people.dev).post(f"{way}/drop", {"why": "x"}).status_code == 403
    assert client.post(f"{way}/drop", {"why": "Nobody came"}).status_code == 302
    assert "Nobody came" in _read(people, "/strategy/purposes/")
    assert client.post(f"{way}/dance").status_code == 404


def test_ratings_stand_as_dots_beside_the_record_with_words_where_they_disagree() -> None:
    people = cast()
    purpose = _purpose(people)
    for person, rating in ((people.ana, 5), (people.gil, 4), (people.hana, 4)):
        do.assess(purpose, "measurable", rating, f"Bookings, says {person.name}", by=person)
    page = _read(people, f"/strategy/purposes/{purpose.key}")
    assert "Measurable: rated" in page
    assert "mean 4.3" in page
    assert "higher than the record" in page
    assert "One of seven ratings disagrees with the record" in page
    assert "Bookings, says Gil Tavares" in page
    drawn = dot_plot(next(each for each in judged(purpose) if each.trait == "measurable"))
    assert drawn.count("<circle") == 3
    assert drawn.count("f-again") == 4
    assert 'name="rating"' in _read(people, f"/strategy/purposes/{purpose.key}", "gil")
    assert 'name="rating"' not in _read(people, f"/strategy/purposes/{purpose.key}", "eva")


def test_twenty_equal_ratings_stay_inside_their_picture() -> None:
    people = cast()
    each = replace(judged(_purpose(people))[0], ratings=(3,) * 20)
    heights = [float(part.split('"')[0]) for part in dot_plot(each).split('cy="')[1:]]
    assert len(heights) == 20
    assert min(heights) >= 3.4


def test_a_measure_and_its_readings_are_kept_by_the_right_people() -> None:
    people = cast()
    purpose = _purpose(people)
    client, way = signed_in(people.eva), reverse("strategy:measure", args=[purpose.key])
    sent = {"measure": "Rebookings", "unit": "%", "baseline": "31", "value": "45", "every_days": "90"}
    answer = client.post(way, sent)
    assert answer.status_code == 422
    assert "Say on which day the baseline was read." in answer.content.decode()
    assert client.post(way, sent | {"baseline_on": "2026-01-05"}).status_code == 302
    target = Target.objects.get()
    read = reverse("strategy:read", args=[target.pk])
    today = timezone.localdate().isoformat()
    assert signed_in(people.gil).post(read, {"value": "41", "on": today}).status_code == 403
    assert client.post(read, {"value": "41", "on": "2999-01-01"}).status_code == 422
    assert client.post(read, {"value": "41", "on": today, "note": "Bookings"}).status_code == 302
    page = _read(people, f"/strategy/purposes/{purpose.key}")
    assert "41% on" in page
    assert "aim 45%" in page
    again = reverse("strategy:edit_measure", args=[target.pk])
    assert 'value="Rebookings"' in client.get(again).content.decode()
    assert signed_in(people.gil).get(again).status_code == 403
    assert "Bookings" in client.get(read).content.decode()


def test_an_initiative_is_proposed_and_changed_in_its_leads_words() -> None:
    people = cast()
    purpose = _purpose(people)
    way = reverse("strategy:propose_initiative", args=[purpose.key])
    client = signed_in(people.eva)
    sent = {"name": "Harvest", "lead": people.eva.email, "cells": ["share.employees"], "on_values": "We listen"}
    assert client.post(way, sent | {"cells": ["monitor.customers"]}).status_code == 422
    assert client.post(way, sent).status_code == 302
    row = Initiative.objects.get()
    page = _read(people, f"/strategy/initiatives/{row.key}")
    assert "its lead has yet to speak on mission, strategy and outcomes" in page
    edit = reverse("strategy:edit_initiative", args=[row.key])
    assert client.post(edit, sent | {"on_mission": "m", "on_strategy": "s", "on_outcomes": "o"}).status_code == 302
    assert signed_in(people.hana).get(edit).status_code == 403
    assert signed_in(people.dev).get(way).status_code == 403
    assert "We listen" in _read(people, f"/strategy/?purpose={purpose.key}")


def test_the_button_is_off_with_the_reason_until_the_gates_hold_and_only_the_owner_of_the_house_goes_past() -> None:
    people = cast()
    purpose = _purpose(people)
    row = _initiative(people, purpose)
    do.approve_initiative(row, by=people.ana)
    mine, hers = _read(people, "/strategy/", "eva"), _read(people, "/strategy/", "ana")
    assert "Three things keep “Harvest” from going live" in mine
    assert 'aria-disabled="true"' in mine
    assert "Off until there is an approved purpose" in mine
    assert "Go live anyway" not in mine
    assert "Go live anyway" in hers
    assert 'aria-disabled="true"' not in _read(people, "/strategy/")
    live = f"/strategy/initiatives/{row.key}/live"
    assert signed_in(people.eva).post(live).status_code == 409
    assert signed_in(people.eva).post(live, {"why": "I want to"}).status_code == 403
    assert signed_in(people.ana).post(live, {"why": "The season starts"}).status_code == 302
    for path in ("/strategy/", f"/strategy/purposes/{purpose.key}", f"/strategy/initiatives/{row.key}"):
        assert "The season starts" in _read(people, path), path
    assert "Went live past a gate" in _read(people, "/strategy/initiatives/")
    assert signed_in(people.eva).post(f"/strategy/initiatives/{row.key}/close", {"why": "It grew"}).status_code == 302
    assert "It grew" in _read(people, f"/strategy/initiatives/{row.key}")


def test_a_domain_is_written_down_with_what_it_does_and_changed_by_its_lead() -> None:
    people = cast()
    sent = {"name": "Purchasing", "lead": people.cleo.email, "readiness": "trying", "expected_impact": "More asking"}
    sent |= {"act-TOTAL_FORMS": "2", "act-INITIAL_FORMS": "0", "act-0-what": "Buys from growers"}
    sent |= {"act-0-audience": "partners", "act-1-what": ""}
    assert signed_in(people.ana).post("/strategy/new-domain", sent).status_code == 302
    row = Domain.objects.get()
    assert [(act.what, act.audience) for act in row.activities.all()] == [("Buys from growers", "partners")]
    way = reverse("strategy:edit_domain", args=[row.key])
    assert 'value="Buys from growers"' in signed_in(people.cleo).get(way).content.decode()
    assert signed_in(people.cleo).post(way, sent | {"readiness": "ready"}).status_code == 302
    assert signed_in(people.dev).post(way, sent).status_code == 403
    assert signed_in(people.dev).get("/strategy/new-domain").status_code == 403
    assert signed_in(people.ana).post("/strategy/new-domain", sent).status_code == 422, "one name, one domain"
    assert "Buys from growers" in _read(people, "/strategy/domains/")


def test_the_plan_is_previewed_issued_compared_and_its_markdown_is_the_frozen_text() -> None:
    people = cast()
    client = signed_in(people.ana)
    assert "none is written down" in client.get("/strategy/plan/issue").content.decode()
    purpose = _purpose(people)
    preview = client.get("/strategy/plan/issue").content.decode()
    assert "Issue version 1 as it reads below?" in preview
    assert "Choose one dish a season." in preview
    assert not Plan.objects.exists()
    assert signed_in(people.eva).post("/strategy/plan/issue").status_code == 403
    assert client.post("/strategy/plan/issue").status_code == 302
    do.approve_purpose(purpose, by=people.ana)
    assert "as it stands today" in _read(people, "/strategy/")
    assert client.post("/strategy/plan/issue").status_code == 302
    compared = _read(people, "/strategy/plan/compare?from=1&to=2")
    assert "from version 1 to version 2" in compared
    assert "Cook together" in compared
    assert "from version 1 to version 2" in _read(people, "/strategy/plan/compare?from=2&to=1")
    assert "The two say the same." in _read(people, "/strategy/plan/compare?from=2&to=0")
    assert signed_in(people.dev).get("/strategy/plan/compare?from=9&to=1").status_code == 404
    file = signed_in(people.dev).get("/strategy/plan/1.md")
    assert file.content.decode() == Plan.objects.get(number=1).text
    assert "is in force" in _read(people, "/strategy/plan/2")
    assert signed_in(people.dev).get("/strategy/plan/1.exe").status_code == 404
    assert "there is nothing to issue" in _read(people, "/strategy/plan/issue", "ana")


@pytest.mark.parametrize("name", ["purposes_csv", "initiatives_csv", "domains_csv", "plan_csv", "goals_csv"])
def test_every_table_leaves_as_csv_and_no_cell_runs(name: str) -> None:
    people = cast()
    do.set_goal(do.GoalText("=1+1 guests"), by=people.ana)
    purpose = _purpose(people, "=cmd")
    _initiative(people, purpose, "=cmd")
    do.set_domain(do.DomainText("=cmd"), by=people.ana)
    do.issue_plan(by=people.ana)
    rows = list(csv.reader(io.StringIO(_read(people, reverse(f"strategy:{name}")).lstrip("\ufeff"))))
    assert len(rows) > 1
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_goals_stand_under_their_larger_goal_and_keep_it_when_changed_on_the_page() -> None:
    people = cast()
    large = do.set_goal(do.GoalText("Guests come back"), by=people.ana)
    small = do.set_goal(do.GoalText("Half of them rebook", parent=large), by=people.ana)
    assert [(depth, goal.pk) for depth, goal in tree(list(Goal.objects.all()))] == [(0, large.pk), (1, small.pk)]
    client, way = signed_in(people.ana), f"/goals/{small.key}/edit"
    sent = {"statement": "Two thirds rebook", "parent": large.pk, "status": "live", "why": "We got there"}
    assert client.post(way, sent).status_code == 302
    small.refresh_from_db()
    assert small.parent == large
    page = _read(people, f"/goals/{small.key}")
    assert "<del>Half of them rebook</del>" in page
    assert "We got there" in page
    assert "Two thirds rebook" in _read(people, f"/goals/{large.key}")
    answer = client.post(f"/goals/{large.key}/edit", {"statement": large.statement, "parent": small.pk})
    assert answer.status_code == 422
    assert "can’t stand under itself" in answer.content.decode()


def test_a_changed_goal_says_so_on_the_grid_and_in_the_purposes_history() -> None:
    people = cast()
    purpose = _purpose(people)
    do.approve_purpose(purpose, by=people.ana)
    goal = purpose.goals.get()
    do.change_goal(goal, do.GoalText("Guests come back within a year", owner=people.ana), by=people.ana)
    page = _read(people, "/strategy/")
    assert "one purpose needs another look" in page
    assert "within a year" in page
    do.set_target(purpose, do.TargetText("Rebookings", value=Decimal(4)), by=people.ana)
    assert "no baseline, no fresh reading" in _read(people, "/strategy/")

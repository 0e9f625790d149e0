"""Purposes, initiatives, the grid and the plan: nothing live without gates or a visible reason."""

import contextlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.kernel.errors import BadInput, NotNow, Refusal, Refused
from handrail.people.testing import cast, signed_in
from handrail.strategy import actions as do
from handrail.strategy.models import Initiative, Plan, Purpose
from handrail.strategy.reads import RecordWord, changed_since, forget_sayer, grid, judged, record_says, record_today

pytestmark = pytest.mark.django_db
CELL = ("share", "employees")


def _start(people):  # type: ignore[no-untyped-def]
    goal = do.set_goal(do.GoalText("Guests come back", owner=people.ana), by=people.ana)
    text = do.PurposeText("Cook together", "Choose one dish a season.", owner=people.eva, cells=(CELL,), goals=(goal,))
    return goal, do.propose_purpose(text, by=people.ana)


def _initiative(people, purpose):  # type: ignore[no-untyped-def]
    text = do.InitiativeText("Harvest", people.eva, (CELL,), "", "m", "s", "v", "o")
    return do.propose_initiative(purpose, text, by=people.eva)


def test_an_owner_never_approves_and_an_approval_needs_a_live_goal() -> None:
    people = cast()
    goal, purpose = _start(people)
    with pytest.raises(Refused):
        do.approve_purpose(purpose, by=people.eva)
    do.change_goal(goal, do.GoalText("Guests come back", owner=people.ana, status="dropped"), by=people.ana)
    with pytest.raises(NotNow, match="no live goal"):
        do.approve_purpose(purpose, by=people.ana)


def test_changing_a_goal_reopens_what_stands_under_it_with_the_because() -> None:
    people = cast()
    goal, purpose = _start(people)
    do.approve_purpose(purpose, by=people.ana)
    do.change_goal(goal, do.GoalText("Guests come back within a year", owner=people.ana), by=people.ana)
    purpose.refresh_from_db()
    assert purpose.state == "again"
    assert "within a year" in purpose.because
    do.keep_purpose(purpose, "It still holds", by=people.eva)
    assert do.approve_purpose(purpose, by=people.ana).state == "approved"
    assert [step.kind for step in purpose.steps.all()] == ["proposed", "approved", "reopened", "kept", "approved"]


def test_a_review_day_reopens_a_purpose_once() -> None:
    people = cast()
    _, purpose = _start(people)
    do.approve_purpose(purpose, by=people.ana)
    Purpose.objects.update(review_on=timezone.localdate())
    assert (do.reopen_due(), do.reopen_due()) == (1, 0)


def test_an_initiative_needs_every_gate_or_a_reason_that_stays() -> None:
    people = cast()
    _, purpose = _start(people)
    initiative = _initiative(people, purpose)
    do.approve_initiative(initiative, by=people.ana)
    with pytest.raises(NotNow, match="can’t go live without"):
        do.go_live(initiative, by=people.eva)
    with pytest.raises(Refused):
        do.go_live(initiative, by=people.eva, reason="I want to")
    live = do.go_live(initiative, by=people.ana, reason="The season starts")
    assert live.override_reason
    assert len(live.override_missing) == 3
    page = signed_in(people.dev).get(f"/strategy/purposes/{purpose.key}").content.decode()
    assert "The season starts" in page
    assert record_today()["initiatives"][live.key]["override"] == "The season starts"


def test_with_every_gate_held_it_goes_live_without_a_word() -> None:
    people = cast()
    _, purpose = _start(people)
    do.approve_purpose(purpose, by=people.ana)
    today = timezone.localdate()
    text = do.TargetText("Rebookings", "%", Decimal(41), today - timedelta(30), Decimal(45), None, 30)
    target = do.set_target(purpose, text, by=people.eva)
    do.note_reading(target, Decimal(42), today, by=people.eva)
    initiative = do.approve_initiative(_initiative(people, purpose), by=people.ana)
    record_says("policy_in_force", lambda ref: RecordWord("holds", "version 3"))
    try:
        assert do.go_live(initiative, by=people.eva).gates_held
    finally:
        forget_sayer("policy_in_force")


def test_the_database_refuses_a_live_initiative_without_gates_or_reason() -> None:
    people = cast()
    _, purpose = _start(people)
    initiative = _initiative(people, purpose)
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(state="live")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["ok", "approve", "live", "anyway", "close", "reopen", "keep", "goal"]), max_size=10))
def test_no_order_of_verbs_brings_it_live_without_gates_or_a_reason(deeds: list[str]) -> None:
    with transaction.atomic():
        people = cast()
        goal, purpose = _start(people)
        initiative = _initiative(people, purpose)
        for words, deed in enumerate(deeds):
            purpose.refresh_from_db()
            initiative.refresh_from_db()
            acts = {
                "ok": lambda: do.approve_purpose(purpose, by=people.ana),
                "approve": lambda: do.approve_initiative(initiative, by=people.ana),
                "live": lambda: do.go_live(initiative, by=people.eva),
                "anyway": lambda: do.go_live(initiative, by=people.ana, reason="because"),
                "close": lambda: do.close_initiative(initiative, "little", by=people.eva),
                "reopen": lambda: do.reopen_purpose(purpose, "look", by=people.ana),
                "keep": lambda: do.keep_purpose(purpose, "holds", by=people.eva),
                "goal": lambda n=words: do.change_goal(goal, do.GoalText(f"Goal {n}"), by=people.ana),
            }
            with contextlib.suppress(Refusal):
                acts[deed]()
            initiative.refresh_from_db()
            if initiative.state == "live":
                assert initiative.approved_at
                assert initiative.gates_held or initiative.override_reason
        transaction.set_rollback(True)


def test_a_rating_far_from_the_record_is_shown() -> None:
    people = cast()
    _, purpose = _start(people)
    with pytest.raises(Refused):
        do.assess(purpose, "measurable", 5, "mine", by=people.eva)
    with pytest.raises(BadInput):
        do.assess(purpose, "measurable", 6, "too much", by=people.ben)
    do.assess(purpose, "measurable", 4, "We count already", by=people.ben)
    do.assess(purpose, "aligned", 2, "Hard to see", by=people.ben)
    by_trait = {each.trait: each.disagrees for each in judged(purpose)}
    assert (by_trait["measurable"], by_trait["aligned"], by_trait["magnetic"]) == ("higher", "lower", "")


def test_the_grid_names_empty_columns_and_cells_left_empty() -> None:
    people = cast()
    _start(people)
    do.leave_empty([("monitor", "employees")], "We don’t watch colleagues.", by=people.ana)
    with pytest.raises(NotNow):
        do.leave_empty([CELL], "No", by=people.ana)
    picture = grid()
    assert [column.constituency.value for column in picture.empty_columns] == ["partners", "customers", "social_web"]
    assert len(picture.unsaid) == 18
    page = signed_in(people.dev).get("/strategy/").content.decode()
    assert "We don’t watch colleagues." in page
    assert "Cook together" in page


def test_a_plan_is_frozen_and_says_what_changed() -> None:
    people = cast()
    goal, purpose = _start(people)
    first = do.issue_plan(by=people.ana)
    with pytest.raises(NotNow, match="Nothing has changed"):
        do.issue_plan(by=people.ana)
    do.approve_purpose(purpose, by=people.ana)
    do.change_goal(goal, do.GoalText("Guests return", owner=people.ana), by=people.ana)
    labels = [change.label for change in changed_since(first.record, record_today())]
    assert labels[0] == "Changed goal"
    assert "Reopened" in labels
    assert labels[-1] == "Still missing"
    assert "Guests return" in do.issue_plan(by=people.ana).text
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Plan.objects.filter(pk=first.pk).update(text="other")
    client = signed_in(people.dev)
    assert client.get("/strategy/plan").status_code == 200
    for ending in ("md", "html", "docx", "pdf"):
        assert client.get(f"/strategy/plan/2.{ending}").status_code == 200


def test_pages_propose_and_refuse() -> None:
    people = cast()
    do.set_goal(do.GoalText("Guests come back"), by=people.ana)
    client = signed_in(people.ana)
    assert client.get("/strategy/propose?at=share.employees").status_code == 200
    said = {"name": "Help", "statement": "Help each other", "cells": ["share.employees"], "owner": people.eva.email}
    assert client.post("/strategy/propose", said).status_code == 302
    assert client.get("/strategy/empty?at=.partners").status_code == 200
    assert client.get("/strategy/empty?at=.martians").status_code == 404
    assert client.get("/strategy/purposes.csv").status_code == 200
    assert signed_in(people.dev).post("/strategy/purposes/help/approve").status_code == 403

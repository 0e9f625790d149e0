"""Addresses of the room of strategy."""

from django.urls import path

from handrail.strategy import bring_in_pages, starter_pages, views
from handrail.strategy.pages import cells, domains, initiatives, lists, plans, purposes, shown

app_name = "strategy"
urlpatterns = [
    path("goals/", views.goals, name="goals"),
    path("goals/goals.csv", views.goals_csv, name="goals_csv"),
    path("goals/new", views.new_goal, name="new_goal"),
    path("goals/import", views.bring_in, name="bring_in"),
    path("goals/<slug:key>", views.goal, name="goal"),
    path("goals/<slug:key>/edit", views.edit_goal, name="edit_goal"),
    path("strategy/", shown.overview, name="overview"),
    path("strategy/start", starter_pages.start, name="start"),
    path("strategy/start/<slug:step>", starter_pages.start_step, name="start_step"),
    path("strategy/bring-in/<slug:kind>", bring_in_pages.bring_in, name="bring_in_rows"),
    path("strategy/readings.csv", bring_in_pages.table_csv, {"kind": "readings"}, name="readings_csv"),
    path("strategy/propose", purposes.propose, name="propose"),
    path("strategy/empty", cells.empty, name="leave_empty"),
    path("strategy/empty/open", cells.open_again, name="open_cell"),
    path("strategy/plan", plans.plan, name="plan"),
    path("strategy/plan.csv", plans.plan_csv, name="plan_csv"),
    path("strategy/plan/issue", plans.issue, name="issue_plan"),
    path("strategy/plan/compare", plans.compare, name="compare"),
    path("strategy/plan/<int:number>", plans.version, name="plan_version"),
    path("strategy/plan/<int:number>.<slug:ending>", plans.plan_file, name="plan_file"),
    path("strategy/purposes/", lists.purposes, name="purposes"),
    path("strategy/purposes.csv", bring_in_pages.table_csv, {"kind": "purposes"}, name="purposes_csv"),
    path("strategy/purposes/<slug:key>", shown.purpose, name="purpose"),
    path("strategy/purposes/<slug:key>/edit", purposes.edit, name="edit_purpose"),
    path("strategy/purposes/<slug:key>/move", purposes.move, name="move"),
    path("strategy/purposes/<slug:key>/assess", purposes.rate, name="assess"),
    path("strategy/purposes/<slug:key>/measure", purposes.measure, name="measure"),
    path("strategy/purposes/<slug:key>/initiative", initiatives.propose, name="propose_initiative"),
    path("strategy/purposes/<slug:key>/<slug:verb>", purposes.deed, name="purpose_deed"),
    path("strategy/measures/<int:pk>", purposes.measure_again, name="edit_measure"),
    path("strategy/measures/<int:pk>/read", purposes.read, name="read"),
    path("strategy/initiatives/", initiatives.initiatives, name="initiatives"),
    path("strategy/initiatives.csv", bring_in_pages.table_csv, {"kind": "initiatives"}, name="initiatives_csv"),
    path("strategy/initiatives/<slug:key>", initiatives.initiative, name="initiative"),
    path("strategy/initiatives/<slug:key>/edit", initiatives.edit, name="edit_initiative"),
    path("strategy/initiatives/<slug:key>/<slug:verb>", initiatives.deed, name="initiative_deed"),
    path("strategy/domains/", domains.domains, name="domains"),
    path("strategy/domains.csv", bring_in_pages.table_csv, {"kind": "domains"}, name="domains_csv"),
    path("strategy/domains/<slug:key>", domains.edit, name="edit_domain"),
    path("strategy/new-domain", domains.new, name="new_domain"),
]

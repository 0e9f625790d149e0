"""Addresses of the room of strategy."""

from django.urls import path

from handrail.strategy import views
from handrail.strategy.pages import deeds, shown

app_name = "strategy"
urlpatterns = [
    path("goals/", views.goals, name="goals"),
    path("goals/goals.csv", views.goals_csv, name="goals_csv"),
    path("goals/new", views.new_goal, name="new_goal"),
    path("goals/import", views.bring_in, name="bring_in"),
    path("goals/<slug:key>", views.goal, name="goal"),
    path("goals/<slug:key>/edit", views.edit_goal, name="edit_goal"),
    path("strategy/", shown.overview, name="overview"),
    path("strategy/purposes.csv", shown.purposes_csv, name="purposes_csv"),
    path("strategy/propose", deeds.propose, name="propose"),
    path("strategy/empty", deeds.empty, name="leave_empty"),
    path("strategy/plan", shown.plan, name="plan"),
    path("strategy/plan/issue", deeds.issue, name="issue_plan"),
    path("strategy/plan/<int:number>.<slug:ending>", shown.plan_file, name="plan_file"),
    path("strategy/purposes/<slug:key>", shown.purpose, name="purpose"),
    path("strategy/purposes/<slug:key>/assess", deeds.rate, name="assess"),
    path("strategy/purposes/<slug:key>/<slug:verb>", deeds.purpose_deed, name="purpose_deed"),
    path("strategy/initiatives/<slug:key>/<slug:verb>", deeds.initiative_deed, name="initiative_deed"),
]

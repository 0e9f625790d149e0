"""Addresses of the room of strategy."""

from django.urls import path

from handrail.strategy import views

app_name = "strategy"
urlpatterns = [
    path("", views.goals, name="goals"),
    path("goals.csv", views.goals_csv, name="goals_csv"),
    path("new", views.new_goal, name="new_goal"),
    path("import", views.bring_in, name="bring_in"),
    path("<slug:key>", views.goal, name="goal"),
    path("<slug:key>/edit", views.edit_goal, name="edit_goal"),
]

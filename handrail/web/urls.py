"""Addresses of the desk."""

from django.urls import path

from handrail.web.views import components, fonts, history, home, inbox, jobs, record, search

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("answers", history.how, name="how"),
    path("history", history.days, name="history"),
    path("answers/recompute", history.recompute, name="recompute"),
    path("find", search.find_page, name="find"),
    path("waiting", inbox.inbox, name="inbox"),
    path("journal", record.journal, name="journal"),
    path("journal.csv", record.journal_csv, name="journal_csv"),
    path("jobs", jobs.jobs, name="jobs"),
    path("jobs/<int:key>/try", jobs.try_job, name="try_job"),
    path("jobs/follow-ups/<int:key>/try", jobs.try_follow_up, name="try_follow_up"),
    path("components", components.components, name="components"),
    path("fonts/<slug:name>", fonts.face, name="font"),
]

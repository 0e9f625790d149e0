"""Addresses of the record; included by the desk, so that they are named web:record and web:jobs."""

from django.urls import path

from handrail.web.record import jobs, journal

urlpatterns = [
    path("journal", journal.record, name="record"),
    path("journal.csv", journal.record_csv, name="record_csv"),
    path("jobs", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/retry", jobs.retry, name="retry_job"),
    path("jobs/follow-up/<int:pk>/retry", jobs.retry_owed, name="retry_follow_up"),
]

"""Addresses of the room of policy."""

from django.urls import path

from handrail.policy.views import doors, pages, review

app_name = "policy"
urlpatterns = [
    path("", pages.policies, name="policies"),
    path("import", pages.bring_in, name="bring_in"),
    path("<slug:key>", pages.version, name="policy"),
    path("<slug:key>/owner", pages.owner, name="owner"),
    path("<slug:key>/history", pages.history, name="history"),
    path("<slug:key>/<int:number>", pages.version, name="version"),
    path("<slug:key>/<int:number>/review", review.review, name="review"),
    path("<slug:key>/<int:number>/wordings/<slug:uid>", review.use, name="use_wording"),
    path("<slug:key>/<int:number>/publish", pages.publish_version, name="publish"),
    path("<slug:key>/<int:number>/drop", pages.drop, name="drop"),
    path("<slug:key>/<int:number>/text.<slug:ending>", doors.export, name="export"),
]

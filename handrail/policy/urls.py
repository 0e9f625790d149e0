"""Addresses of the room of policy."""

from django.urls import path

from handrail.policy import views

app_name = "policy"
urlpatterns = [
    path("", views.policies, name="policies"),
    path("import", views.bring_in, name="bring_in"),
    path("<slug:key>", views.version, name="policy"),
    path("<slug:key>/owner", views.owner, name="owner"),
    path("<slug:key>/history", views.history, name="history"),
    path("<slug:key>/<int:number>", views.version, name="version"),
    path("<slug:key>/<int:number>/review", views.review, name="review"),
    path("<slug:key>/<int:number>/publish", views.publish_version, name="publish"),
    path("<slug:key>/<int:number>/drop", views.drop, name="drop"),
    path("<slug:key>/<int:number>/text.<slug:ending>", views.export, name="export"),
]

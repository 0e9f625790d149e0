"""Addresses of the desk."""

from django.urls import path

from handrail.web.views import components, fonts, history, home, inbox, search

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("answers", history.how, name="how"),
    path("answers/history", history.days, name="history"),
    path("answers/recompute", history.recompute, name="recompute"),
    path("find", search.find_page, name="find"),
    path("waiting", inbox.inbox, name="inbox"),
    path("components", components.components, name="components"),
    path("fonts/<slug:name>", fonts.face, name="font"),
]

"""Addresses of the desk."""

from django.urls import path

from handrail.web.views.home import home

app_name = "web"
urlpatterns = [path("", home, name="home")]

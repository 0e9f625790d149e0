"""Addresses of the room of vetting."""

from django.urls import URLPattern

app_name = "vetting"
urlpatterns: list[URLPattern] = []

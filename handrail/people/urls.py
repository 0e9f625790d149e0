"""Addresses of the room of people."""

from django.urls import path

from handrail.people.views import sign_in

app_name = "people"
urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
]

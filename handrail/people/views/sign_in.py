"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from handrail.people.guard import guarded, public
from handrail.people.reads import anyone

sign_in = public(LoginView.as_view(template_name="people/sign_in.html", redirect_authenticated_user=True))
sign_out = guarded(anyone)(LogoutView.as_view())

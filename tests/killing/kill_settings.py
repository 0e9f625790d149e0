"""Settings of the house in which processes are killed: the kernel, and one small room that only this test has."""

from handrail.settings import *  # noqa: F403

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django_tasks", "handrail.kernel", "killed"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "killed.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

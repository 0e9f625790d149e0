"""What every test stands on: no network but this machine, a home of its own, a quick password hasher, the cast."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

SHARED = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).resolve().parent.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data that developers have beside the checkout; tests that use it skip by name without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no ../shared/data beside this checkout (set HANDRAIL_SHARED)")
    return SHARED


@pytest.fixture(autouse=True)
def _quick_and_closed(settings, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.HANDRAIL_HOME = tmp_path / "home"
    settings.ALLOWED_HOSTS = ["*"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Close the network for every test, except this machine itself for those that serve pages or use PostgreSQL."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)

"""How a setting is read from the environment: typed, named once, and answered with a sentence when it is wrong.

Any setting NAME may be given as NAME_FILE instead: the path of a file whose text is the value, so that secrets
stay out of process lists.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(ValueError):
    """A setting that can't be used; the message names it, quotes no secret, and says what would do."""


def text(name: str, default: str = "") -> str:
    """The setting as text, from NAME, else from the file that NAME_FILE names, else `default`."""
    value = os.environ.get(name)
    if value is not None:
        return value
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE names a file that can't be read ({error.strerror}).") from error


def flag(name: str, default: bool) -> bool:
    """The setting as yes or no."""
    value = text(name, "yes" if default else "no").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} is “{value}”; write yes or no.")


def number(name: str, default: int, least: int = 0) -> int:
    """The setting as a whole number of at least `least`."""
    value = text(name, str(default)).strip()
    if not value.isdigit() or int(value) < least:
        raise BadSetting(f"{name} is “{value}”; write a whole number, {least} or more.")
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The setting as a list, written with commas."""
    value = text(name, ",".join(default))
    return [part.strip() for part in value.split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """The setting as an absolute path of a folder (made by whoever first writes there)."""
    return Path(text(name, str(default))).expanduser().absolute()


def database(url: str, home: Path) -> dict[str, object]:
    """Django's database settings for `sqlite:///path` or `postgresql://user:secret@host:port/name`.

    An empty url means SQLite in `home`. SQLite runs in WAL mode and begins every transaction as a writer
    (IMMEDIATE), so that a busy database makes a writer wait in line instead of failing half way through.
    """
    if not url or url.startswith("sqlite:"):
        path = unquote(url.removeprefix("sqlite:///")) if url else str(home / "handrail.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadSetting(
            "HANDRAIL_DATABASE_URL can't be read. Write sqlite:///path/to/file "
            "or postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }

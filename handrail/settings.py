"""Every setting in one place. What an operator may change is read from HANDRAIL_… and described in docs/settings.md."""

import os
import secrets
from pathlib import Path

from handrail import env

ROOT = Path(__file__).resolve().parent

HANDRAIL_HOME = env.folder("HANDRAIL_HOME", Path("var"))
HANDRAIL_ORGANISATION = env.text("HANDRAIL_ORGANISATION", "")
HANDRAIL_HOST = env.text("HANDRAIL_HOST", "127.0.0.1")
HANDRAIL_PORT = env.number("HANDRAIL_PORT", 8000, least=1)
HANDRAIL_WORKERS = env.number("HANDRAIL_WORKERS", 1, least=1)
HANDRAIL_ADDRESS = env.text("HANDRAIL_ADDRESS", f"http://{HANDRAIL_HOST}:{HANDRAIL_PORT}")
HANDRAIL_HOOK_HOSTS = env.words("HANDRAIL_HOOK_HOSTS")
HANDRAIL_UPLOAD_LIMIT_MB = env.number("HANDRAIL_UPLOAD_LIMIT_MB", 256, least=1)


def _secret_key() -> str:
    """The signing key: HANDRAIL_SECRET_KEY, else one made once and kept in HANDRAIL_HOME/keys, for us only."""
    given = env.text("HANDRAIL_SECRET_KEY")
    if given:
        return given
    path = HANDRAIL_HOME / "keys" / "secret-key"
    if path.exists():
        return path.read_text(encoding="utf-8").strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = secrets.token_urlsafe(64)
    try:
        with open(path, "x", encoding="utf-8", opener=_ours_only) as file:
            file.write(made)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    return made


def _ours_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


SECRET_KEY = _secret_key()
DEBUG = env.flag("HANDRAIL_DEBUG", False)
ALLOWED_HOSTS = env.words("HANDRAIL_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("HANDRAIL_ORIGINS")
HTTPS = env.flag("HANDRAIL_HTTPS", False)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "handrail.kernel",
    "handrail.people",
    "handrail.vetting",
    "handrail.strategy",
    "handrail.policy",
    "handrail.listening",
    "handrail.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "handrail.web.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "handrail.people.guard.GuardMiddleware",
    "handrail.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "handrail.urls"
WSGI_APPLICATION = "handrail.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "handrail.web.context.desk",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("HANDRAIL_DATABASE_URL"), HANDRAIL_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "people:sign_in"
PASSWORD_RESET_TIMEOUT = 3600

SESSION_COOKIE_AGE = env.number("HANDRAIL_SESSION_HOURS", 12, least=1) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "handrail.web.views.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("HANDRAIL_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HANDRAIL_HOME / "mail"
EMAIL_HOST = env.text("HANDRAIL_SMTP_HOST")
EMAIL_PORT = env.number("HANDRAIL_SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("HANDRAIL_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("HANDRAIL_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("HANDRAIL_SMTP_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("HANDRAIL_MAIL_FROM", "handrail@localhost")

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = env.text("HANDRAIL_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HANDRAIL_HOME / "static-built"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "handrail.kernel.backend.JobBackend", "QUEUES": []}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("HANDRAIL_LOG_LEVEL", "WARNING")},
}

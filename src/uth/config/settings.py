"""Django's settings (indstillinger), made from the environment."""

import os
import sys
from typing import Any

import dj_database_url
from django.utils.csp import CSP

from uth.config.environment import NotConfigured, read
from uth.deid import engine, lexicon

try:
    ENVIRONMENT = read(os.environ)
    engine.use(ENVIRONMENT.deid_profile)
    if ENVIRONMENT.lexicon:
        lexicon.use(ENVIRONMENT.lexicon)
except (NotConfigured, lexicon.Unusable) as wrong:
    sys.exit(f"uth: {wrong}")

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

UTH_SITE = ENVIRONMENT.site
UTH_DEMO = ENVIRONMENT.demo
UTH_VAR = ENVIRONMENT.var
UTH_FORGOTTEN_BOOK = ENVIRONMENT.forgotten_book
UTH_BASE_URL = ENVIRONMENT.base_url
UTH_NATIONAL_URL = ENVIRONMENT.national_url
UTH_ORGANISATION = ENVIRONMENT.organisation
UTH_PEPPER = ENVIRONMENT.pepper
UTH_VAULT_KEY = ENVIRONMENT.vault_key
UTH_SIGNING_KEY = ENVIRONMENT.signing_key
UTH_SIGNING_KEY_ID = ENVIRONMENT.signing_key_id
UTH_SMTP_URL = ENVIRONMENT.smtp_url
UTH_MAIL_FROM = ENVIRONMENT.mail_from
UTH_CLAMAV = ENVIRONMENT.clamav
UTH_TRUSTED_PROXY = ENVIRONMENT.trusted_proxy
UTH_INTAKE_PER_MINUTE = ENVIRONMENT.intake_per_minute
UTH_IDLE_SECONDS = int(ENVIRONMENT.idle_minutes * 60)
UTH_SOURCE_URL = ENVIRONMENT.source_url
UTH_WAS_URL = ENVIRONMENT.was_url
UTH_CONTACT = ENVIRONMENT.contact
UTH_PRIVACY_CONTACT = ENVIRONMENT.privacy_contact
UTH_POSTAL_ADDRESS = ENVIRONMENT.postal_address

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "uth.records",
    "uth.records.national",
    "uth.web",
    "django.forms",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "uth.api.problems.Problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "uth.web.limits.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "uth.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "uth.web.gate.Gate",
]

FORM_RENDERER = "uth.web.rendering.Renderer"
ROOT_URLCONF = "uth.config.urls"
WSGI_APPLICATION = "uth.config.wsgi.application"
AUTH_USER_MODEL = "records.User"
LOGIN_URL = "/konto/log-ind/"
LOGIN_REDIRECT_URL = "/konto/"
LOGOUT_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "uth.web.errors.csrf_failed"

# Accounts are made by invitation only; there is no page to sign up.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "uth.web.signing_in.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_FORMS = {
    "login": "uth.web.signing_in.LogIn",
    "change_password": "uth.web.signing_in.NewPassword",
    "reset_password": "uth.web.signing_in.Forgotten",
    "reset_password_from_key": "uth.web.signing_in.PasswordAgain",
    "reauthenticate": "uth.web.signing_in.Confirm",
}
ACCOUNT_RATE_LIMITS = {  # a whole hospital may share one address, so the tight limits are the account's
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "reset_password": "100/h/ip,5/h/key",
    "reset_password_from_key": "100/h/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.trusted_proxy else 0
PASSWORD_RESET_TIMEOUT = 4 * 3600
MFA_ADAPTER = "uth.web.signing_in.TwoSteps"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "UTH"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "uth.web.signing_in.Code",
    "reauthenticate": "uth.web.signing_in.CodeAgain",
    "activate_totp": "uth.web.signing_in.FirstCode",
}
# Shown on the demo's own log-in page; outside a demo there is no password that anybody knows beforehand.
UTH_DEMO_PASSWORD = "Utilsigtet-2026" if ENVIRONMENT.demo else ""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uth.web.context.site",
                "uth.web.frame.desk",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """SQLite as a legal record wants it (WAL, FULL, one writer at a time), or a PostgreSQL server."""
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    found["CONN_MAX_AGE"] = None
    found["CONN_HEALTH_CHECKS"] = True
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
                "PRAGMA secure_delete=ON;"  # what is forgotten is overwritten, not only unlinked
            ),
        }
    return found


DATABASES = {
    "default": _database(ENVIRONMENT.database_url),
    "national": _database(ENVIRONMENT.national_database_url),
}
DATABASE_ROUTERS = ["uth.records.routers.TwoBuildings"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "uth_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # at the default of 300 a flood would wipe its own limits
    },
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "sprog"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = ENVIRONMENT.demo
WHITENOISE_MANIFEST_STRICT = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

_secure = ENVIRONMENT.base_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["uth.web.limits.Held"]

# Nothing leaves a demo: its mail lands in a folder (see uth.gateways.mail); Django's own mail is never used.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # These write addresses and queries, which may hold an identity.
        "django.request": {"level": "CRITICAL"},  # uth.web.errors writes a line of its own
        "django.security": {"level": "CRITICAL"},
        "django.server": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        # These quote what they cannot read in a file.
        "pypdf": {"level": "CRITICAL"},
        "pikepdf": {"level": "CRITICAL"},
        "PIL": {"level": "CRITICAL"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []

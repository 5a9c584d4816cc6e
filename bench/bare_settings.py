"""The peer (sammenligningen): what `startproject` gives, on the very same database."""

from uth.config.settings import *  # noqa: F403 - same databases, same durability

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "bench.bare",
]
AUTH_USER_MODEL = "auth.User"
ROOT_URLCONF = "bench.bare.urls"
DATABASE_ROUTERS: list[str] = []
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

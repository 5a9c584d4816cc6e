"""The peer (sammenligningen): what `startproject` gives, on the very same databases and with the same tables."""

from uth.config.settings import *  # noqa: F403 - same databases, same durability, same tables

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "uth.records",
    "bench.bare",
]
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

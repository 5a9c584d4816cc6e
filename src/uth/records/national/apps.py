"""The national building (den nationale bygning) as a Django app of its own."""

from django.apps import AppConfig


class NationalConfig(AppConfig):
    """Tables of the national database."""

    name = "uth.records.national"
    label = "national"
    default_auto_field = "django.db.models.BigAutoField"

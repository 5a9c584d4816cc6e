"""The local building (den lokale bygning) as a Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables of the local database."""

    name = "uth.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

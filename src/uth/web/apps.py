"""The pages (siderne) as a Django app, so that their templates are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and the form renderer."""

    name = "uth.web"
    label = "web"

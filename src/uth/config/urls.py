"""Every address of the site (adresser)."""

from django.urls import URLPattern, URLResolver, include, path

from uth.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("uth.web.urls")),
]

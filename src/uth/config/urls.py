"""Every address of the site (adresser)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("uth.web.urls"))]

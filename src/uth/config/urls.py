"""Every address of the site (adresser)."""

from django.urls import URLPattern, URLResolver, include, path

from uth.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("uth.web.urls")),
]

handler400 = "uth.web.errors.bad_request"
handler403 = "uth.web.errors.forbidden"
handler404 = "uth.web.errors.not_found"
handler429 = "uth.web.errors.too_many"
handler500 = "uth.web.errors.server_error"

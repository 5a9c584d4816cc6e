"""The pages' addresses (sidernes adresser): each room brings its own."""

from uth.web import pages

urlpatterns = [*pages.urls]

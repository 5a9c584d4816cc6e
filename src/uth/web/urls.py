"""The pages' addresses (sidernes adresser): each room brings its own."""

from uth.web import pages, people

urlpatterns = [
    *pages.urls,
    *people.urls,
]

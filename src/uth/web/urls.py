"""The pages' addresses (sidernes adresser): each room brings its own."""

from uth.web import drafts, intake, pages, people, places, receipt

urlpatterns = [
    *pages.urls,
    *people.urls,
    *drafts.urls,  # before intake: "fortsaet" is no form
    *intake.urls,
    *places.urls,
    *receipt.urls,
]

"""The pages' addresses (sidernes adresser): each room brings its own."""

from uth.web import administration, drafts, handling, inbox, intake, pages, people, places, receipt

urlpatterns = [
    *pages.urls,
    *people.urls,
    *administration.urls,
    *drafts.urls,  # before intake: "fortsaet" is no form
    *intake.urls,
    *places.urls,
    *receipt.urls,
    *inbox.urls,
    *handling.urls,
]

"""The pages' addresses (sidernes adresser): each room brings its own."""

from uth.web import (
    administration,
    attachments,
    classification,
    drafts,
    forwarding,
    guidance_administration,
    handling,
    identities,
    inbox,
    intake,
    intake_sending,
    letters,
    national,
    pages,
    people,
    places,
    receipt,
    redaction,
    setup,
    should_i_report,
    template,
)

urlpatterns = [
    *pages.urls,
    *should_i_report.urls,
    *people.urls,
    *administration.urls,
    *letters.urls,
    *guidance_administration.urls,
    *setup.urls,
    *drafts.urls,  # before intake: "fortsaet" is no form
    *intake_sending.urls,
    *intake.urls,
    *places.urls,
    *receipt.urls,
    *inbox.urls,
    *attachments.urls,
    *redaction.urls,
    *forwarding.urls,
    *classification.urls,
    *identities.urls,
    *handling.urls,  # last of the case's: it takes any act's word
    *national.urls,
    *template.urls,
]

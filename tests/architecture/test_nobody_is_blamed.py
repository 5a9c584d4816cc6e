"""Nowhere is there room for who made the error (SUL § 201): each tie to a person has a role that is not the blamed one."""

import pytest
from django.apps import apps

from uth.records.people import User

# Who did something to the case or the system. A new tie is decided here, in words, or the test fails.
TIES = {
    "ApiToken.user": "whose key it is",
    "Case.handler": "who handles the case",
    "CaseStep.by": "who took the step",
    "CollectiveReport.approved_by": "who approved a collective report for leaving",
    "CollectiveReport.confirmed_by": "who confirmed a unit's month",
    "DialogueMessage.by": "who wrote to the reporter",
    "GuidanceText.by": "who wrote the text beside a field",
    "Invitation.invited_by": "who invited",
    "LookupPermission.by": "who wrote down that a look-up is permitted",
    "Membership.user": "whose role it is",
    "Note.by": "who wrote the note",
    "PaperBatch.printed_by": "who printed blank forms",
    "PlanAnswer.by": "who answered the national level",
    "Publication.published_by": "who published the report",
    "RecordLookup.by": "who wrote down that a look-up was done",
    "Redaction.first_by": "who approved the text first, where two must: the second must be another",
    "Redaction.approved_by": "who approved the text",
    "Report.entered_by": "who typed in a report that came on paper",
}
BLAME = (
    "blame",
    "culprit",
    "fault",
    "error_by",
    "made_by",
    "caused",
    "responsible",
    "guilty",
    "involved_person",
    "colleague",
)


def ours() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("uth.")]


def test_every_tie_to_a_person_is_one_we_decided() -> None:
    found = {
        f"{model.__name__}.{field.name}"
        for model in ours()
        for field in model._meta.get_fields()  # type: ignore[attr-defined]
        if field.is_relation and field.concrete and field.related_model is User
    }
    assert found == set(TIES)


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_sul201_no_field_asks_who_made_the_error(model: type) -> None:
    names = [field.name for field in model._meta.get_fields()]  # type: ignore[attr-defined]
    assert [name for name in names if any(word in name for word in BLAME)] == []

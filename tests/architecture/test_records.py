"""The house tests its records: every field decided, and no identity in the national building."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from tests.cases import case_at, deliver
from tests.conftest import NOW

from uth.law.terms import Privacy, State
from uth.records.models import AuditLine, CaseStep
from uth.records.national.models import NationalAuditLine
from uth.records.privacy import FIELDS, privacy_of

OURS = [model for label in ("records", "national") for model in apps.get_app_config(label).get_models()]
NATIONAL = [model for model in OURS if model._meta.app_label == "national"]


def names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_fields}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_says_how_private_it_is(model: type[models.Model]) -> None:
    decided = privacy_of(model._meta.label)
    assert set(decided) == names(model), "class the field in records/privacy.py (or take the stale name out)"
    assert sum(len(text.split()) for text in FIELDS[model._meta.label].values()) == len(decided)


def test_nothing_is_classed_that_does_not_exist() -> None:
    assert set(FIELDS) == {model._meta.label for model in OURS}


@pytest.mark.parametrize("model", NATIONAL, ids=lambda m: m._meta.label)
def test_the_national_building_knows_no_identity(model: type[models.Model]) -> None:
    assert Privacy.IDENTIFYING not in privacy_of(model._meta.label).values()
    related = {f.related_model._meta.app_label for f in model._meta.get_fields() if f.related_model}  # type: ignore[union-attr]
    assert related <= {"national"}


@pytest.mark.django_db(databases=["default", "national"])
@pytest.mark.parametrize("model", [AuditLine, CaseStep, NationalAuditLine], ids=lambda m: m._meta.label)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_was_appended(
    model: type[models.Model], verb: str
) -> None:
    deliver(case_at(State.FORWARDED, at=NOW), at=NOW)
    alias = "national" if model in NATIONAL else "default"
    rows = model._default_manager.using(alias)
    before = rows.count()
    assert before
    sql = {
        "update": f"UPDATE {model._meta.db_table} SET id = id",
        "delete": f"DELETE FROM {model._meta.db_table}",
    }[verb]
    with (
        connections[alias].cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using=alias),
    ):
        cursor.execute(sql)
    assert rows.count() == before

"""The national template is published where it is used, for anybody to read (§ 8)."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from tests.cases import case_at

from uth.law.terms import State
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def test_par8_a_message_as_it_is_sent_fits_the_template_as_it_is_published(
    client: Client, now: object
) -> None:
    case = case_at(State.FORWARDED, at=now)  # type: ignore[arg-type]
    answer = client.get("/skabelon/report-v2.json")
    assert answer["Content-Type"] == "application/schema+json"
    Draft202012Validator(json.loads(answer.content)).validate(Letter.objects.get(pk=case.message_id).body)


def test_every_kind_is_listed_with_its_version(client: Client) -> None:
    page = client.get("/skabelon/")
    for kind in page.context["kinds"]:
        assert client.get(kind["url"]).status_code == 200
        assert kind["danish"] in page.text


@pytest.mark.parametrize("name", ["report-v99", "patients-v1"])
def test_a_template_that_does_not_exist_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/skabelon/{name}.json").status_code == 404

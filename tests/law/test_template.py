"""The national template (§ 8): published as JSON Schema, true to what is sent, and never dropped once published."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from tests.law.test_message import ANY_FACTS, clean, message

from uth.law import template
from uth.law.message import Facts, to_wire
from uth.law.shapes import MessageRefused

# One message of each kind and version that was ever published, as it was sent then. A file here is never changed.
WIRES = {path.stem: json.loads(path.read_text()) for path in (Path(__file__).parent / "wires").glob("*.json")}
PUBLISHED = Path(__file__).parents[2] / "docs" / "template"


def validator(kind: template.Kind, number: int) -> Draft202012Validator:
    return Draft202012Validator(template.schema(kind, number))


ALL = [(kind, number) for kind in template.KINDS.values() for number in kind.versions]


@pytest.mark.parametrize(("kind", "number"), ALL, ids=[f"{kind.name}-{number}" for kind, number in ALL])
def test_par8_the_template_is_true_json_schema_with_its_version(kind: template.Kind, number: int) -> None:
    Draft202012Validator.check_schema(template.schema(kind, number))
    published = json.loads((PUBLISHED / f"{kind.name}-v{number}.json").read_text())
    assert published == template.schema(kind, number)
    assert published["$id"] == f"urn:uth:national:{kind.name}:{number}"


def test_par8_every_version_that_was_published_has_an_example_and_is_still_read() -> None:
    published = {path.stem for path in PUBLISHED.glob("*.json")}
    versions = {f"{kind.name}-v{each}" for kind in template.KINDS.values() for each in kind.versions}
    assert published == versions == set(WIRES)
    for wire in WIRES.values():
        assert template.read(wire).message_id == wire["message_id"]


@pytest.mark.parametrize("name", sorted(WIRES))
def test_par8_an_example_of_each_kind_fits_its_published_schema(name: str) -> None:
    kind = template.read(WIRES[name]).kind
    validator(kind, WIRES[name]["schema_version"]).validate(WIRES[name])


@given(facts=ANY_FACTS)
def test_par8_whatever_may_be_sent_fits_the_published_schema(facts: Facts) -> None:
    wire = json.loads(json.dumps(to_wire(message(facts, clean()))))
    validator(template.REPORT, template.REPORT.newest).validate(wire)


BROKEN: dict[str, Any] = {
    "a key of one's own": lambda wire: wire | {"patient": "Ellen"},
    "a missing key": lambda wire: {key: value for key, value in wire.items() if key != "sender"},
    "another version": lambda wire: wire | {"schema_version": 99},
    "a number that is no reference": lambda wire: wire | {"message_id": "2026-000123"},
}


@pytest.mark.parametrize("name", sorted(WIRES))
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_par8_what_the_schema_refuses_is_refused_on_reading_too(name: str, broken: Any) -> None:
    wire = broken(WIRES[name])
    kind = template.read(WIRES[name]).kind
    assert not validator(kind, WIRES[name]["schema_version"]).is_valid(wire)
    with pytest.raises(MessageRefused):
        template.read(wire)


@pytest.mark.parametrize("named", ["report", "patients", "", None, 7, ["report"]])
def test_a_kind_nobody_knows_is_refused(named: object) -> None:
    with pytest.raises(MessageRefused) as refused:
        template.read(WIRES["report-v1"] | {"kind": named})
    assert refused.value.problem == "unknown_kind"


def test_par8_a_version_holds_its_own_keys_and_not_those_of_another() -> None:
    old, new = WIRES["report-v1"], WIRES["report-v2"]
    assert set(new["facts"]) - set(old["facts"]) == {"treatment_phase"}
    for wire in (old | {"schema_version": 2}, new | {"schema_version": 1}):
        with pytest.raises(MessageRefused):
            template.read(wire)

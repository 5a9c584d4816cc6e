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


def validator(kind: template.Kind) -> Draft202012Validator:
    return Draft202012Validator(template.schema(kind))


@pytest.mark.parametrize("kind", template.KINDS.values(), ids=lambda kind: kind.name)
def test_par8_the_template_is_true_json_schema_with_its_version(kind: template.Kind) -> None:
    Draft202012Validator.check_schema(template.schema(kind))
    published = json.loads((PUBLISHED / f"{kind.name}-v{kind.newest}.json").read_text())
    assert published == template.schema(kind)
    assert published["$id"] == f"urn:uth:national:{kind.name}:{kind.newest}"


def test_par8_every_version_that_was_published_has_an_example_and_is_still_read() -> None:
    published = {path.stem for path in PUBLISHED.glob("*.json")}
    versions = {f"{kind.name}-v{each}" for kind in template.KINDS.values() for each in kind.versions}
    assert published == versions == set(WIRES)
    for wire in WIRES.values():
        assert template.read(wire).message_id == wire["message_id"]


@pytest.mark.parametrize("name", sorted(WIRES))
def test_par8_an_example_of_each_kind_fits_its_published_schema(name: str) -> None:
    kind = template.read(WIRES[name]).kind
    if name == f"{kind.name}-v{kind.newest}":
        validator(kind).validate(WIRES[name])


@given(facts=ANY_FACTS)
def test_par8_whatever_may_be_sent_fits_the_published_schema(facts: Facts) -> None:
    wire = json.loads(json.dumps(to_wire(message(facts, clean()))))
    validator(template.REPORT).validate(wire)


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
    assert not validator(kind).is_valid(wire)
    with pytest.raises(MessageRefused):
        template.read(wire)


@pytest.mark.parametrize("named", ["report", "patients", "", None, 7, ["report"]])
def test_a_kind_nobody_knows_is_refused(named: object) -> None:
    with pytest.raises(MessageRefused) as refused:
        template.read(WIRES["report-v1"] | {"kind": named})
    assert refused.value.problem == "unknown_kind"

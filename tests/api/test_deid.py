"""De-identification through the API: text in, findings and clean text out, and nothing kept."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.api.calls import post, problem
from tests.people import PEOPLE

from uth.actions.people import new_api_token
from uth.api import deid
from uth.deid.tagger import TaggerMissing, TaggerTooSlow
from uth.law.actor import SYSTEM
from uth.records.audit import AuditLine

pytestmark = pytest.mark.django_db(databases=["default", "national"])

TEXT = "😀  Pt Hanne Holm, 010203-1239, ringede til spl. Bo Berg."


def key(name: str) -> dict[str, str]:
    """Somebody's Authorization."""
    token = new_api_token(user_id=PEOPLE[name], label="test", by=SYSTEM, at=datetime.now(UTC))
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("name", ["Carl", "Rikke"])
def test_a_handlers_program_gets_findings_into_its_own_text_and_the_clean_text(name: str) -> None:
    answer = post("deid", {"text": TEXT}, **key(name))
    assert answer.status_code == 200, answer.content
    told = answer.json()
    stretches = {TEXT[one["start"] : one["end"]]: one for one in told["findings"]}
    assert {"Hanne Holm", "010203-1239", "Bo Berg"} <= set(stretches)
    assert stretches["010203-1239"]["kind"] == "cpr"
    assert all(one["reason"] and 0 < one["score"] <= 1 for one in told["findings"])
    assert not [word for word in ("Holm", "010203", "Berg") if word in told["text"]]
    assert told["text"].startswith("😀  [patienten], [CPR-nummer], ringede til [sygeplejerske A]")
    assert told["profile"] == "full"
    assert answer["Cache-Control"] == "no-store"


def test_what_is_known_is_found() -> None:
    known = [{"kind": "person", "text": "Kvik Olsen"}]
    told = post("deid", {"text": "kvik var med", "known": known, "profile": "fast"}, **key("Carl")).json()
    assert ([one["kind"] for one in told["findings"]], told["profile"]) == (["person"], "fast")


def test_the_clean_text_may_be_purely_masked() -> None:
    text = "Sygeplejerske Hanne Holm ringede."
    told = post("deid", {"text": text, "style": "mask"}, **key("Carl")).json()
    assert told["text"] == "Sygeplejerske [navn] ringede."


@pytest.mark.parametrize("name", ["Bo", "Dorte", "Stine", "Adam", "Erik"])
def test_who_does_not_de_identify_cases_finds_nothing_here(name: str) -> None:
    problem(post("deid", {"text": TEXT}, **key(name)), 404, "not_found")


def test_nobody_gets_in_without_a_key() -> None:
    problem(post("deid", {"text": TEXT}), 401, "no_key")


@pytest.mark.parametrize("site", ["national"])
def test_the_national_level_has_no_such_door(site: str, settings: Any) -> None:
    settings.UTH_SITE = site
    problem(post("deid", {"text": TEXT}, **key("Carl")), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "x" * (deid.MOST + 1)}, 422, "invalid"),
        ({"text": "x" * 600_000}, 413, "too_large"),
        ({"text": TEXT, "known": [{"kind": "nix", "text": "Hanne Holm"}]}, 422, "invalid"),
        ({"text": TEXT, "name": "Hanne Holm"}, 422, "invalid"),
        ({}, 422, "invalid"),
        ("Hanne Holm", 400, "bad_json"),
    ],
)
def test_what_cannot_be_used_is_refused_without_being_repeated(body: Any, status: int, code: str) -> None:
    answer = post("deid", body, **key("Carl"))
    problem(answer, status, code)
    assert "Holm" not in answer.content.decode()


@pytest.mark.parametrize("fault", [TaggerMissing, TaggerTooSlow])
def test_without_the_language_model_nothing_comes_out(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*text: object, **more: object) -> None:
        raise fault

    monkeypatch.setattr(deid, "deidentify", broken)
    problem(post("deid", {"text": TEXT}, **key("Carl")), 503, "unavailable")


def test_nothing_is_kept_and_nothing_logged(caplog: pytest.LogCaptureFixture) -> None:
    who = key("Carl")
    before = AuditLine.objects.count()
    with caplog.at_level(logging.DEBUG):
        assert post("deid", {"text": TEXT}, **who).status_code == 200
    assert AuditLine.objects.count() == before
    assert not [word for word in ("Hanne", "Holm", "010203") if word in caplog.text]

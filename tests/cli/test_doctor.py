"""The doctor finds each thing that is wrong, one at a time, and nothing at a site that is well."""

import base64
import dataclasses
from pathlib import Path
from typing import Any

import pytest
from tests.installation import Installation

from uth.cli.doctor import CHECKS, Facts, Weight, examine
from uth.config import environment
from uth.queries.readiness import Standing

HOUR = 3600


def key(letter: str) -> str:
    """A key of 32 bytes."""
    return base64.b64encode(letter.encode() * 32).decode()


WELL_ENVIRONMENT = environment.read(
    {
        "UTH_SITE": "both",
        "UTH_VAR": "/srv/uth",
        "UTH_BASE_URL": "https://uth.opdigtet.invalid",
        "UTH_HOSTS": "uth.opdigtet.invalid",
        "UTH_TRUSTED_PROXY": "1",
        "UTH_SECRET_KEY": key("a"),
        "UTH_PEPPER": key("b"),
        "UTH_VAULT_KEY": key("c"),
        "UTH_SIGNING_KEY": key("d"),
        "UTH_SMTP_URL": "smtp://post.opdigtet.invalid:587",
        "UTH_MAIL_FROM": "uth@opdigtet.invalid",
    }
)
WELL = Facts(
    environment=WELL_ENVIRONMENT,
    standing=Standing({"default": "ok", "national": "ok"}, True, None, True),
    var_writable=True,
    var_mode=0o750,
    free_bytes=50 * 1024**3,
    worker_age=2.0,
    backup_age=6.0 * HOUR,
    book_exists=True,
    smtp_answers=True,
    national_answers=True,
    clock_skew=0.4,
    danish_time=True,
)
ILL: dict[str, dict[str, Any]] = {
    "keys_are_whole": {"environment": {"vault_key": "kort"}},
    "secret_is_long": {"environment": {"secret_key": "kort"}},
    "keys_differ": {"environment": {"vault_key": key("b")}},
    "databases_answer": {"standing": {"databases": {"default": "ok", "national": "unreachable"}}},
    "databases_are_current": {"standing": {"databases": {"default": "behind", "national": "ok"}}},
    "is_set_up": {"standing": {"set_up": False}},
    "debug_is_off": {"environment": {"debug": True}},
    "is_no_demo": {"environment": {"demo": True}},
    "address_is_https": {
        "environment": {
            "base_url": "http://uth.opdigtet.invalid",
            "national_url": "https://x.invalid/api/v1/national/reports",
        }
    },
    "hosts_are_named": {"environment": {"hosts": ("andet.invalid",)}},
    "hosts_are_not_everything": {"environment": {"hosts": ("*",)}},
    "proxy_is_trusted": {"environment": {"trusted_proxy": False}},
    "var_is_writable": {"var_writable": False},
    "var_is_private": {"var_mode": 0o755},
    "disk_has_room": {"free_bytes": 10_000},
    "worker_lives": {"worker_age": 3.0 * HOUR},
    "letters_leave": {"standing": {"oldest_letter": 5.0 * HOUR}},
    "letters_are_taken": {"standing": {"refused_nationally": frozenset({"unknown_key"})}},
    "notices_are_taken": {"standing": {"refused_notices": 3}},
    "mail_can_be_sent": {"smtp_answers": False},
    "sender_is_real": {"environment": {"mail_from": "uth@localhost"}},
    "national_answers": {"national_answers": False},
    "national_is_https": {"environment": {"national_url": "http://national.invalid/api/v1/national/reports"}},
    "signing_key_is_registered": {"standing": {"sender_registered": False}},
    "clock_is_right": {"clock_skew": -90.0},
    "danish_time_is_known": {"danish_time": False},
    "backup_is_fresh": {"backup_age": 60.0 * HOUR},
    "book_is_kept": {"book_exists": False},
}


def changed(change: dict[str, Any]) -> Facts:
    """The well site with something wrong."""
    parts = {
        name: dataclasses.replace(getattr(WELL, name), **value) if isinstance(value, dict) else value
        for name, value in change.items()
    }
    return dataclasses.replace(WELL, **parts)


def test_a_site_that_is_well_hears_nothing() -> None:
    assert examine(WELL) == []


@pytest.mark.parametrize(("weight", "check"), CHECKS, ids=lambda c: getattr(c, "__name__", ""))
def test_each_thing_that_is_wrong_is_found_alone_and_told_what_to_do(weight: Weight, check: Any) -> None:
    findings = examine(changed(ILL[check.__name__]))
    assert [f.weight for f in findings] == [weight], [f.sentence for f in findings]
    assert findings[0].sentence == check(changed(ILL[check.__name__]))
    assert findings[0].sentence.endswith(".")


@pytest.mark.parametrize(
    "missing", [{"worker_age": None}, {"backup_age": None}, {"environment": {"smtp_url": ""}}]
)
def test_what_was_never_there_is_missed_too(missing: dict[str, Any]) -> None:
    assert len(examine(changed(missing))) == 1


def test_a_site_on_its_own_port_is_named_without_the_port() -> None:
    url = {
        "base_url": "http://localhost:8000",
        "hosts": ("localhost",),
        "national_url": "http://localhost:8000/api",
    }
    assert examine(changed({"environment": url})) == []


@pytest.mark.installations
def test_the_doctor_looks_at_a_real_site(tmp_path: Path) -> None:
    house = Installation(tmp_path)
    assert "uth migrate" in house.uth("doctor", fails=True)
    house.uth("migrate")
    said = house.uth("doctor", "--backups", str(tmp_path), fails=True)
    assert "Arbejderen har aldrig kørt her" in said
    assert "uth setup" in said

"""`uth keys` and `uth token`: who may send to the national level, and programs that act as a user."""

import argparse
import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.people import PEOPLE

from uth.actions.people import user_of_token
from uth.cli import keys
from uth.jobs.letters import public_key
from uth.records.national.models import SenderKey

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def uth(*words: str) -> int:
    """Run a command as `uth` would, after set-up."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for name, run, options in (
        ("keys", keys.keys, keys.keys_options),
        ("token", keys.token, keys.token_options),
    ):
        command = commands.add_parser(name)
        options(command)
        command.set_defaults(run=run)
    given = parser.parse_args(words)
    result: int = given.run(given)
    return result


def a_public_key() -> str:
    raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def register(key_id: str, public: str) -> int:
    return uth(
        "keys",
        "register",
        "--sender",
        "0461",
        "--name",
        "Odense Kommune",
        "--key-id",
        key_id,
        "--public",
        public,
    )


def test_show_prints_what_the_national_side_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert uth("keys", "show") == 0
    assert capsys.readouterr().out == f"k1 {public_key()}\n"


def test_two_keys_overlap_until_one_is_retired() -> None:
    assert register("2025", a_public_key()) == 0
    assert register("2026", a_public_key()) == 0
    assert uth("keys", "retire", "--sender", "0461", "--key-id", "2025") == 0
    valid = SenderKey.objects.filter(sender__key="0461", until=None).exclude(key_id="k1")
    assert [key.key_id for key in valid] == ["2026"]


def test_a_key_id_is_never_given_to_another_key(capsys: pytest.CaptureFixture[str]) -> None:
    first = a_public_key()
    assert register("2025", first) == 0
    assert register("2025", first) == 0
    assert register("2025", a_public_key()) == 1
    assert "nyt id" in capsys.readouterr().err
    uth("keys", "retire", "--sender", "0461", "--key-id", "2025")
    assert register("2025", first) == 1
    assert SenderKey.objects.get(sender__key="0461", key_id="2025").public_key == first


@pytest.mark.parametrize("wrong", ["", "abc", "æøå", base64.b64encode(b"too short").decode()])
def test_what_is_no_key_is_refused_in_a_sentence(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert register("2025", wrong) == 1
    assert "32 byte i base64" in capsys.readouterr().err
    assert not SenderKey.objects.filter(sender__key="0461", key_id="2025").exists()


def test_what_was_never_registered_cannot_be_retired(capsys: pytest.CaptureFixture[str]) -> None:
    assert uth("keys", "retire", "--sender", "0461", "--key-id", "ukendt") == 1
    assert "ingen gyldig nøgle" in capsys.readouterr().err


def test_a_local_site_trusts_nobody(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.UTH_SITE = "local"
    assert register("2025", a_public_key()) == 1
    assert "nationale installation" in capsys.readouterr().err


def test_a_token_acts_as_its_user_and_only_a_known_one_gets_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert uth("token", "--email", "Carl@demo.invalid", "--label", "journalsystem") == 0
    assert user_of_token(capsys.readouterr().out.strip()) == PEOPLE["Carl"]
    assert uth("token", "--email", "findes-ikke@demo.invalid") == 1
    assert capsys.readouterr().out == ""

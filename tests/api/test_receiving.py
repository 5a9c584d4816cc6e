"""National intake over the API: taken in once; altered, old, unknown and foreign letters are refused with a code."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import override_settings
from tests.api.calls import get, post, problem
from tests.cases import case_at
from tests.people import PEOPLE

from uth.actions import receiving
from uth.actions.people import new_api_token
from uth.jobs import letters
from uth.law.actor import SYSTEM
from uth.law.message import canonical
from uth.law.signature import signed_bytes
from uth.law.terms import State
from uth.records.national.models import NationalAuditLine, NationalReport
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def wire() -> dict[str, Any]:
    """A forwarded case's message."""
    case = case_at(State.FORWARDED, at=now())
    return dict(Letter.objects.get(pk=case.message_id).body)


def send(
    wire: dict[str, Any], *, body: bytes | None = None, at: datetime | None = None, **changes: str
) -> Any:
    """The message as the worker sends it, with something changed after it was signed."""
    signed = canonical(wire)
    headers = letters.sign(wire, signed, at=at or now()) | {
        k.replace("_", "-"): v for k, v in changes.items()
    }
    return post("national/reports", signed if body is None else body, **headers)


def send_with(key: Ed25519PrivateKey, wire: dict[str, Any], *, sender: str, key_id: str) -> Any:
    """The message signed with a key of one's own."""
    body, time = canonical(wire), now().isoformat()
    head = {"sender": sender, "key_id": key_id, "message_id": wire["message_id"]}
    signature = base64.b64encode(key.sign(signed_bytes(**head, time=time, body=body))).decode()
    named = {"Uth_Sender": sender, "Uth_Key_Id": key_id, "Uth_Message_Id": wire["message_id"]}
    return post("national/reports", body, **named, Uth_Time=time, Uth_Signature=signature)


def register(key: Ed25519PrivateKey, sender: str, key_id: str) -> None:
    raw = base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    entry = receiving.SenderEntry(sender, sender, key_id, raw)
    receiving.register_senders([entry], by=SYSTEM, at=now() - timedelta(seconds=1))


def test_a_signed_message_is_taken_in(wire: dict[str, Any]) -> None:
    answer = send(wire)
    assert answer.status_code == 201, answer.content
    assert answer.json()["message_id"] == wire["message_id"]
    assert NationalReport.objects.get().story == wire["texts"]["story"]


def test_a_replayed_message_gives_the_same_receipt_and_writes_nothing(wire: dict[str, Any]) -> None:
    first = send(wire)
    lines = NationalAuditLine.objects.count()
    second = send(wire)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json() | {"repeated": True}
    assert NationalReport.objects.count() == 1
    assert NationalAuditLine.objects.count() == lines


def test_the_same_number_with_another_text_is_refused(wire: dict[str, Any]) -> None:
    send(wire)
    other = wire | {"texts": wire["texts"] | {"story": "Noget helt andet skete."}}
    problem(send(other), 409, "message_id_reused")
    assert NationalReport.objects.get().story == wire["texts"]["story"]


def test_the_same_case_in_another_message_is_refused(wire: dict[str, Any]) -> None:
    send(wire)
    other = wire | {"message_id": "11111111-1111-4111-8111-111111111111"}
    problem(send(other), 409, "case_already_received")


TAMPERED: dict[str, tuple[dict[str, Any], str]] = {
    "another body": ({"body": b"{}"}, "bad_signature"),
    "a body with one blank more": ({"body": b" "}, "bad_signature"),
    "another sender": ({"Uth_Sender": "0151"}, "bad_signature"),
    "an unknown sender": ({"Uth_Sender": "findes-ikke"}, "unknown_key"),
    "an unknown key": ({"Uth_Key_Id": "k9"}, "unknown_key"),
    "another message id": ({"Uth_Message_Id": "11111111-1111-4111-8111-111111111111"}, "bad_signature"),
    "another signature": ({"Uth_Signature": base64.b64encode(b"x" * 64).decode()}, "bad_signature"),
    "a signature that is no base64": ({"Uth_Signature": "æøå"}, "bad_signature"),
    "no signature": ({"Uth_Signature": ""}, "bad_signature"),
    "no time": ({"Uth_Time": ""}, "bad_time"),
    "a time without offset": ({"Uth_Time": "2026-11-20T10:00:00"}, "too_old"),
    "a time of another year": ({"Uth_Time": "2020-01-01T00:00:00+00:00"}, "too_old"),
    "a NUL in the sender": ({"Uth_Sender": "DK\u0000"}, "unknown_key"),
}


@pytest.mark.parametrize(("change", "code"), TAMPERED.values(), ids=TAMPERED)
def test_an_altered_letter_is_refused_and_leaves_nothing(
    wire: dict[str, Any], change: Any, code: str
) -> None:
    before = NationalAuditLine.objects.count()
    problem(send(wire, **change), 401, code)
    assert not NationalReport.objects.exists()
    assert NationalAuditLine.objects.count() == before


@pytest.mark.parametrize("minutes", [-11, 11])
def test_an_old_or_future_letter_is_refused_though_its_signature_holds(
    wire: dict[str, Any], minutes: int
) -> None:
    problem(send(wire, at=now() + timedelta(minutes=minutes)), 401, "too_old")


def test_the_key_of_another_authority_opens_nothing(wire: dict[str, Any]) -> None:
    odense = Ed25519PrivateKey.generate()
    register(odense, "0461", "odense")
    problem(send_with(odense, wire, sender=wire["sender"], key_id="odense"), 401, "unknown_key")
    problem(send_with(odense, wire, sender="0461", key_id="odense"), 401, "wrong_sender")
    assert not NationalReport.objects.exists()


def test_keys_overlap_while_they_are_changed_and_a_retired_one_opens_nothing(wire: dict[str, Any]) -> None:
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    mine = wire | {"sender": "0461"}
    register(old, "0461", "2025")
    register(new, "0461", "2026")
    assert send_with(old, mine, sender="0461", key_id="2025").status_code == 201
    assert send_with(new, mine, sender="0461", key_id="2026").status_code == 200
    receiving.retire_key(sender="0461", key_id="2025", by=SYSTEM, at=now() - timedelta(seconds=1))
    problem(send_with(old, mine, sender="0461", key_id="2025"), 401, "unknown_key")
    assert send_with(new, mine, sender="0461", key_id="2026").status_code == 200


def test_what_is_signed_but_no_message_is_refused_by_the_whitelist(wire: dict[str, Any]) -> None:
    told = problem(send(wire | {"patient": "Ellen"}), 422, "message_refused")
    assert told["fields"] == {"message": "unknown_key"}
    assert "Ellen" not in json.dumps(told)
    problem(send(wire | {"texts": {"story": "Ring 020191-9996"}}), 422, "message_refused")
    assert not NationalReport.objects.exists()


def test_a_region_that_does_not_exist_could_be_a_name_and_is_refused(wire: dict[str, Any]) -> None:
    told = problem(
        send(wire | {"facts": wire["facts"] | {"region": "Ellen-Lauridsen"}}), 422, "message_refused"
    )
    assert told["fields"] == {"message": "unknown_code"}
    assert not NationalReport.objects.exists()


def test_deep_or_broken_json_is_refused_though_it_is_signed(wire: dict[str, Any]) -> None:
    for body in (b"[" * 100_000, b"{", b"\xff", b""):
        headers = letters.sign(wire, body, at=now())
        problem(post("national/reports", body, **headers), 422, "message_refused")


def test_a_local_site_takes_nothing_in_and_a_national_one_takes_no_reports(wire: dict[str, Any]) -> None:
    with override_settings(UTH_SITE="local"):
        problem(send(wire), 404, "not_found")
        assert get("places?q=a").status_code == 200
    with override_settings(UTH_SITE="national"):
        assert send(wire).status_code == 201
        problem(post("reports", {}), 404, "not_found")


def test_dorte_lists_and_reads_and_others_find_nothing(wire: dict[str, Any]) -> None:
    send(wire)
    keys = {
        name: new_api_token(user_id=PEOPLE[name], label="t", by=SYSTEM, at=now())
        for name in ("Dorte", "Carl")
    }
    dorte = {"Authorization": f"Bearer {keys['Dorte']}"}
    listed = post("national/reports/search", {"words": "Metoprolol"}, **dorte).json()["reports"]
    assert len(listed) == 1
    read = get(f"national/reports/{listed[0]['id']}", Authorization=f"Bearer {keys['Dorte']}").json()
    assert read["texts"]["story"] == wire["texts"]["story"]
    problem(get("national/reports", Authorization=f"Bearer {keys['Carl']}"), 404, "not_found")
    problem(
        get(f"national/reports/{listed[0]['id']}", Authorization=f"Bearer {keys['Carl']}"), 404, "not_found"
    )
    problem(get("national/reports/999999", Authorization=f"Bearer {keys['Dorte']}"), 404, "not_found")
    problem(get("national/reports"), 401, "no_key")

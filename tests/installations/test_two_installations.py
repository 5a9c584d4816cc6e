"""Given two installations, a report goes from one to the other by HTTP alone: once, unaltered, and without identity."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.installation import Installation
from tests.installations.conftest import Program, Two, running, wait_for
from tests.postgres import postgres
from uth.config.environment import new_keys

pytestmark = pytest.mark.installations


def test_a_report_travels_from_one_installation_to_the_other_by_programs_alone(two: Two) -> None:
    receipt = two.report(reporter_name="Anna Opdigtet", reporter_email="anna@opdigtet.invalid")
    assert receipt["recipient"]["key"] == "DK-84"
    assert "§" in receipt["recipient"]["paragraph"]
    anna = Program(two.local, f"Receipt {receipt['receipt_code']}")
    case = max(line["id"] for line in two.bo.get("/cases?view=inbox")["cases"])
    two.bo.post(f"/cases/{case}/assign", {"handler_id": two.carl.get("/me")["user_id"]})
    two.carl.post(f"/cases/{case}/ask", {"text": "Var det dag- eller nattevagt?"})
    assert anna.get("/receipt")["dialogue"][0]["text"] == "Var det dag- eller nattevagt?"
    anna.post("/receipt/replies", {"text": "Nattevagten."})
    harms = {"actual_harm": "mild", "possible_harm": "serious_or_fatal"}
    two.carl.post(f"/cases/{case}/classify", {"codes": ["medication.wrong_dose.ordering"], **harms})
    two.carl.post(
        f"/cases/{case}/conclude", {"conclusion": "Stod to gange.", "learning": "Den gennemgås nu."}
    )
    two.carl.post(f"/cases/{case}/approve", {"overruled": two._leaks(case)})
    two.forward(case)
    two.delivered(case)
    found = two.dorte.post("/national/reports/search", {"words": "Metoprolol"}, expect=200)["reports"]
    assert len(found) == 1
    report = two.dorte.get(f"/national/reports/{found[0]['id']}")
    assert "Metoprolol" in report["texts"]["story"]
    assert report["codes"] == ["medication.wrong_dose.ordering"]
    two.carl.post(f"/cases/{case}/answer", {"text": "Tak. Ordinationer gennemgås nu ved overflytning."})
    page = anna.get("/receipt")
    assert page["state"] == "forwarded"
    assert page["dialogue"][-1]["kind"] == "answer"
    assert page["learning"] == "Den gennemgås nu."


def test_the_national_installation_holds_no_identity_and_the_local_one_no_national_database(two: Two) -> None:
    case = two.handled()
    two.forward(case)
    two.delivered(case)
    everything = b"".join(path.read_bytes() for path in _files(two.national))
    assert b"Metoprolol" in everything
    for identity in (b"Lauridsen", b"9996", b"22 34 56 78", b"anna@opdigtet"):
        assert identity not in everything
    assert not (two.local.folder / "var" / "national.sqlite3").exists()


def _files(house: Installation) -> list[Path]:
    return [p for p in house.folder.rglob("*") if p.is_file() and "static" not in p.parts]


def test_a_replayed_letter_is_answered_alike_and_stands_there_once(two: Two) -> None:
    case = two.handled()
    two.forward(case)
    two.delivered(case)
    before = two.national_count()
    headers, body = two.newest_letter()
    first, second = two.send(headers, body), two.send(headers, body)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert two.national_count() == before


def test_many_copies_at_the_same_moment_are_taken_in_once(two: Two) -> None:
    case = two.handled()
    two.local.end("worker")
    before = two.national_count()
    two.forward(case)
    headers, body = two.newest_letter()
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _: two.send(headers, body), range(16)))
    assert sorted(answer.status_code for answer in answers) == [200] * 15 + [201]
    assert len({answer.json()["received_at"] for answer in answers}) == 1
    two.local.work()
    two.delivered(case)
    assert two.national_count() == before + 1


def test_what_is_altered_old_or_signed_by_another_is_refused(two: Two) -> None:
    headers, body = two.newest_letter()
    altered = {
        "bad_signature": (headers, body.replace(b"dobbelt", b"tredobbelt")),
        "unknown_key": (headers | {"Uth-Key-Id": "k9"}, body),
        "bad_time": (headers | {"Uth-Time": "yesterday"}, body),
        "too_old": two.newest_letter(minutes_ago=11),
    }
    for code, letter in altered.items():
        answer = two.send(*letter)
        assert (answer.status_code, answer.json()["code"]) == (401, code)
        assert answer.headers["Content-Type"] == "application/problem+json"
    for name in ("Uth-Sender", "Uth-Message-Id", "Uth-Signature"):
        assert two.send(headers | {name: "x" + headers[name][1:]}, body).status_code == 401
    assert two.send({}, body).status_code == 401


def test_a_letter_waits_while_the_national_installation_is_down_and_arrives_when_it_is_up(two: Two) -> None:
    case = two.handled()
    before = two.national_count()
    two.national.end("server")
    two.forward(case)
    wait_for(lambda: _has_failed(two), 30)
    assert two.carl.get(f"/cases/{case}")["delivered_at"] is None
    two.national.serve()
    two.national.wait_until_up()
    two.delivered(case)
    assert two.national_count() == before + 1


def test_two_installations_on_postgresql_take_a_case_over_once(tmp_path: Path) -> None:
    with postgres() as ours, postgres() as theirs, running(Two(tmp_path, (ours, theirs))) as two:
        case = two.handled()
        two.local.end("worker")
        two.forward(case)
        headers, body = two.newest_letter()
        with ThreadPoolExecutor(8) as crowd:
            answers = list(crowd.map(lambda _: two.send(headers, body), range(16)))
        assert sorted(answer.status_code for answer in answers) == [200] * 15 + [201]
        two.local.work()
        two.delivered(case)
        assert two.national_count() == 1


def _has_failed(two: Two) -> bool:
    code = "from uth.records.outbox import Letter; print(Letter.objects.filter(sent_at=None).exclude(problem='').count())"
    return two.local.run("tests.installations.ask", code).strip() != "0"


def test_a_key_is_changed_with_overlap_and_the_old_one_closed(two: Two) -> None:
    old_headers, old_body = two.newest_letter()
    keys = two.local.folder / "var" / "demo-keys.env"
    kept = [line for line in keys.read_text().splitlines() if not line.startswith("UTH_SIGNING_KEY=")]
    keys.write_text("\n".join([*kept, f"UTH_SIGNING_KEY={new_keys()['UTH_SIGNING_KEY']}", ""]))
    two.local.environment["UTH_SIGNING_KEY_ID"] = "k2"
    case = two.handled()
    two.local.end("worker")
    two.register()
    assert two.send(old_headers, old_body).status_code == 200  # both hold
    assert two.send(*two.newest_letter()).status_code == 200
    two.national.uth("keys", "retire", "--sender", "DK-84", "--key-id", "k1")
    closed = two.send(old_headers, old_body)
    assert (closed.status_code, closed.json()["code"]) == (401, "unknown_key")
    two.forward(case)
    two.local.work()
    two.delivered(case)


def test_each_installation_has_only_its_own_part(two: Two) -> None:
    for house, path in ((two.local, "/api/v1/national/reports"), (two.national, "/api/v1/cases")):
        answer = house.get(path, headers={"Authorization": two.dorte.key})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert house.get("/api/v1/ready").status_code == 200
        assert house.uth("audit") == "Revisionssporet er helt.\n"


def test_what_is_far_too_large_is_refused_in_words_and_the_server_lives_on(two: Two) -> None:
    for path, size in (("/api/v1/reports", 20_000_000), ("/api/v1/cases/1/note", 600_000)):
        head = {"Content-Type": "application/json", "Authorization": two.carl.key}
        answer = httpx.post(two.local.url + path, content=b"x" * size, headers=head, timeout=60)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert two.local.is_up()


def test_a_demonstration_that_would_send_off_the_machine_does_not_start(tmp_path: Path) -> None:
    house = Installation(
        tmp_path, UTH_NATIONAL_URL="https://national.opdigtet.invalid/api/v1/national/reports"
    )
    house.start("server", ["uth.cli.main", "serve", "--port", str(house.port)])
    assert house.running["server"].wait(timeout=60) != 0
    house.running.clear()
    assert "peger ud af maskinen" in house.log("server")
    assert "Traceback" not in house.log("server")


def test_a_request_is_fetched_and_a_publication_delivered_between_two_installations_once(two: Two) -> None:
    ask = (
        "from datetime import date, timedelta; from django.utils.timezone import now; "
        "from uth.actions import asking; from uth.law.actor import user; from uth.law.terms import Wanted; "
        "from uth.records.people import User; "
        "asking.ask(report_id=None, sender='DK-84', theme='Fald om natten', wanted=Wanted.ANALYSIS, "
        "text='Hvorfor?', due_on=date.today() + timedelta(days=9), "
        "by=user(User.objects.get(email='dorte@demo.invalid').pk), at=now())"
    )
    two.local.end("worker")
    two.national.run("tests.installations.ask", ask)
    two.local.work()  # it asks as soon as it starts, and then every minute
    count = "from uth.records.plans import PlanRequest; print(PlanRequest.objects.count())"
    wait_for(
        lambda: two.local.run("tests.installations.ask", count).strip() == "1", 60, two.local.log("worker")
    )
    answer = (
        "from django.utils.timezone import now; from tests.plans import pdf; from uth.actions import plans, publications; "
        "from uth.law.actor import user; from uth.law.terms import PublicationKind; "
        "from uth.records.people import User; from uth.records.plans import PlanRequest; "
        "rikke = user(User.objects.get(email='rikke@demo.invalid').pk); "
        "plans.answer(PlanRequest.objects.get().pk, text='Derfor.', document=pdf() + bytes(3_500_000), confirmed=True, "
        "by=rikke, at=now()); "
        "publications.publish(kind=PublicationKind.THEME, title='Fald', year=2025, text='Det lærte vi.', "
        "document=None, confirmed=True, by=rikke, at=now())"
    )
    two.local.run("tests.installations.ask", answer)
    arrived = (
        "from uth.records.national.models import NationalAnswer, NationalPublication as P; "
        "print(NationalAnswer.objects.count(), P.objects.count())"
    )
    wait_for(
        lambda: two.national.run("tests.installations.ask", arrived).strip() == "1 1",
        60,
        two.local.log("worker"),
    )
    two.local.end("worker")
    two.local.work()
    assert two.local.run("tests.installations.ask", count).strip() == "1"

"""Limits at the door: a script is slowed in the forms too, nothing typed is lost, and a huge body is never read."""

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from tests.installation import Installation
from tests.web.forms import PROFESSIONAL_PATH, fill, new_browser, receipt_in

from uth.actions import limits
from uth.law import work
from uth.records.reports import Draft, Report

database = pytest.mark.django_db(databases=["default", "national"])
SEND = "/rapporter/fagperson/send/"
FIRST = "/rapporter/fagperson/hvad-skete-der/"
STORY = 'Linje et.\r\nLinje to med "anførselstegn" og <vinkler>.'


@pytest.fixture
def one_a_minute(settings: Any) -> None:
    """Everything after the first asks for a sum."""
    settings.UTH_INTAKE_PER_MINUTE = 1


def carried(answer: Any) -> dict[str, str]:
    """The hidden fields of the waiting page, as a browser posts them."""
    assert answer.status_code == 429, answer.text
    assert answer["Retry-After"] == "30"
    texts = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', answer.text)
    ticket = re.search(r'name="ticket" value="([^"]+)"', answer.text)
    assert ticket
    return {name: unescape(text) for name, text in texts} | {"ticket": ticket[1]}


def solved(fields: dict[str, str]) -> dict[str, str]:
    challenge = fields["ticket"]
    return fields | {"ticket": f"{challenge}:{work.solve(challenge)}"}


def reports_until_asked() -> tuple[Client, Any]:
    """Reporters from one origin until one of them is asked (the minute may turn in between)."""
    for _ in range(3):
        browser = new_browser()
        limits_off = {**PROFESSIONAL_PATH}
        first = limits_off.pop("hvad-skete-der")
        begun = browser.post(FIRST, first)
        if begun.status_code == 429:
            assert browser.post(FIRST, solved(carried(begun))).status_code == 302
        fill(browser, limits_off)
        answer = browser.post(SEND)
        if answer.status_code == 429:
            return browser, answer
    raise AssertionError("nobody was asked")


@database
def test_a_crowded_minute_asks_before_sending_and_a_sum_gets_the_report_through(one_a_minute: None) -> None:
    browser, answer = reports_until_asked()
    assert "ikke gået tabt" in answer.text
    before = Report.objects.count()
    sent = browser.post(SEND, solved(carried(answer)))
    assert receipt_in(sent)
    assert Report.objects.count() == before + 1


@database
def test_without_scripts_half_a_minute_is_enough(one_a_minute: None, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, answer = reports_until_asked()
    monkeypatch.setattr(limits, "WAIT", limits.WAIT * 0)  # half a minute has gone
    assert receipt_in(browser.post(SEND, carried(answer)))


@database
def test_what_was_typed_first_is_carried_to_the_next_try(one_a_minute: None) -> None:
    for _ in range(3):
        browser = new_browser()
        answer = browser.post(FIRST, {"story": STORY, "headline": "", "_go": "later"})
        if answer.status_code == 429:
            break
    fields = carried(answer)
    assert fields["story"] == STORY
    assert fields["_go"] == "later"
    drafts = Draft.objects.count()
    assert browser.post(FIRST, solved(fields)).status_code == 302
    assert Draft.objects.count() == drafts + 1


@database
def test_ones_own_code_is_never_counted(one_a_minute: None) -> None:
    browser = new_browser()
    fill(browser, PROFESSIONAL_PATH)
    code = receipt_in(browser.post(SEND))
    for _ in range(5):
        assert Client().post("/kvittering/", {"code": code}).status_code == 200


@database
def test_the_page_for_files_asks_beforehand_so_that_no_file_is_chosen_twice(one_a_minute: None) -> None:
    from tests.web.test_attachments import PAGE, add, photo

    browser = new_browser()
    fill(browser, dict(list(PROFESSIONAL_PATH.items())[:1]))
    answers = [add(browser, photo()) for _ in range(3)]
    assert "Vent et halvt minut" in next(a for a in answers if a.status_code == 400).text
    shown = re.search(r'name="ticket" value="([^"]+)"', browser.get(PAGE).text)
    assert shown
    ticket = solved({"ticket": shown[1]})
    assert browser.post(PAGE, {"upload": [photo()], "_go": "files", **ticket}).status_code == 302


# ── a real server ──

MEGABYTE = 1024 * 1024
LINE = "skel"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server in a process of its own."""
    place = Installation(tmp_path_factory.mktemp("stor"), UTH_INTAKE_PER_MINUTE="1000")
    place.uth("migrate")
    place.uth("seed", "--cases", "0")
    place.serve()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


class Sender:
    """Streams a form with one picture of so many megabytes, and counts what it got rid of."""

    def __init__(self, server: Installation) -> None:
        self.client = httpx.Client(base_url=server.url, timeout=60, headers={"Referer": server.url + "/"})
        token = self._token(FIRST)
        self.client.post(FIRST, data={"story": "En historie.", "csrfmiddlewaretoken": token})
        self.page = "/rapporter/fagperson/bilag/"
        self.token = self._token(self.page)
        self.sent = 0

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.client.get(page).text)
        assert found
        return found[1]

    def send(self, megabytes: int, *, honest: bool = True) -> httpx.Response:
        """Post it; without `honest` the request does not say how long it is."""
        head = self._part('name="csrfmiddlewaretoken"') + self.token.encode() + b"\r\n"
        head += self._part('name="upload"; filename="stor.png"')
        tail = f"\r\n--{LINE}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
        if honest:
            headers["Content-Length"] = str(len(head) + megabytes * MEGABYTE + len(tail))

        def body() -> Iterator[bytes]:
            yield head
            for number in range(megabytes * 16):
                self.sent = number // 16
                yield b"\x89PNG\r\n\x1a\n" + b"x" * (MEGABYTE // 16 - 8)
            yield tail

        return self.client.post(self.page, content=body(), headers=headers)

    def _part(self, name: str) -> bytes:
        return f"--{LINE}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode()


@pytest.mark.installations
@pytest.mark.parametrize("honest", [True, False])
def test_two_hundred_megabytes_are_refused_early_and_leave_nothing(
    server: Installation, honest: bool
) -> None:
    sender, before = Sender(server), _memory(server)
    start = time.monotonic()
    answer = sender.send(200, honest=honest)
    assert answer.status_code == (413 if honest else 400)
    assert ("højst fylde 10 MB" if honest else "Vi kunne ikke læse") in answer.text
    assert sender.sent < 60, "most of it was never read"
    assert time.monotonic() - start < 30
    assert _memory(server) - before < 60
    assert not list((server.folder / "var").glob("attachments/*"))
    assert "En historie." in sender.client.get(FIRST).text, "the draft is as it was"


@pytest.mark.installations
def test_a_file_of_thirty_megabytes_is_counted_not_kept_and_said_at_the_field(server: Installation) -> None:
    sender, before = Sender(server), _memory(server)
    answer = sender.send(30)
    assert answer.status_code == 400
    assert "over 10 MB" in answer.text
    assert _memory(server) - before < 60
    assert not list((server.folder / "var").glob("attachments/*"))


def _memory(server: Installation) -> int:
    """Megabytes held by the server and its children."""
    group, total = server.running["server"].pid, 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += int(fields[21]) * 4096
    return total // MEGABYTE

"""Mail to a real SMTP server; and under a demonstration no mail to anybody, however real the address."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from tests.cases import reported
from tests.gateways.smtp_sink import Sink, open_sink
from tests.people import who

from uth.actions import accounts, people
from uth.actions import letters as again
from uth.cli import seeds
from uth.gateways import mail
from uth.jobs import letters
from uth.law.actor import SYSTEM
from uth.records import outbox
from uth.records.outbox import Letter


@pytest.fixture
def sink() -> Iterator[Sink]:
    found, server = open_sink()
    yield found
    server.shutdown()
    server.server_close()


def a_mail(to: str = "anna@opdigtet.invalid") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "uth@localhost", to, "Prøve på æøå"
    message.set_content("Der er nyt om din rapport.\n.\n..\nMvh.\n")
    return message


def test_a_mail_reaches_the_server_whole(sink: Sink) -> None:
    mail.send(a_mail(), smtp_url=sink.url)
    (came,) = sink.mails
    assert (sink.senders, sink.receivers) == (["uth@localhost"], ["anna@opdigtet.invalid"])
    assert came["Subject"] == "Prøve på æøå"
    assert came.get_content().replace("\r\n", "\n") == "Der er nyt om din rapport.\n.\n..\nMvh.\n"


def test_it_logs_in_when_the_address_says_so(sink: Sink) -> None:
    mail.send(a_mail(), smtp_url=f"smtp://uth%40localhost:hemme%3Alig@localhost:{sink.port}")
    assert len(sink.log_ins) == 1


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("RCPT", "550 no such user"),
        ("MAIL", "451 later"),
        ("DATA", "552 full"),
        ("EHLO", "421 closing"),
        ("AUTH", "535 wrong"),
    ],
)
def test_a_server_that_refuses_is_told_by_a_code_and_never_by_its_words(
    sink: Sink, verb: str, answer: str
) -> None:
    sink.refuses[verb] = answer
    with pytest.raises(mail.NotSent) as failure:
        mail.send(a_mail(), smtp_url=f"smtp://u:p@localhost:{sink.port}")
    assert str(failure.value).isidentifier()
    assert sink.mails == []


def test_nobody_at_home_is_told_too() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(mail.NotSent, match="ConnectionRefusedError"):
        mail.send(a_mail(), smtp_url=f"smtp://localhost:{port}")


def test_a_distant_server_must_offer_encryption(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.create_connection

    def to_the_sink(address: tuple[str, int], *more: Any, **named: Any) -> socket.socket:
        return real(("127.0.0.1", address[1]), *more, **named)

    monkeypatch.setattr(socket, "create_connection", to_the_sink)
    with pytest.raises(mail.NotSent, match="SMTPNotSupportedError"):
        mail.send(a_mail(), smtp_url=f"smtp://mail.opdigtet.invalid:{sink.port}")
    assert sink.mails == []


@pytest.mark.django_db(databases=["default", "national"])
def test_a_notice_goes_to_the_reporter_and_holds_neither_code_nor_story(
    sink: Sink, now: datetime, settings: Any
) -> None:
    settings.UTH_DEMO, settings.UTH_SMTP_URL = False, sink.url
    case, code = reported(at=now, reporter_email="anna@opdigtet.invalid", reporter_name="Anna Opdigtet")
    letters.carry("a", now=lambda: now)
    (came,) = sink.mails
    assert came["To"] == "anna@opdigtet.invalid"
    text = came.get_content() + str(came["Subject"])
    assert "/kvittering/" in text
    for secret in (code, code.replace("-", ""), "Metoprolol", "Anna", case.number):
        assert secret not in text
    assert not Letter.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(databases=["default", "national"])
def test_a_notice_that_was_refused_waits_and_arrives_once_later(
    sink: Sink, now: datetime, settings: Any
) -> None:
    settings.UTH_DEMO, settings.UTH_SMTP_URL = False, sink.url
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    sink.refuses["RCPT"] = "451 try later"
    letters.carry("a", now=lambda: now)
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.problem) == (None, "SMTPRecipientsRefused")
    sink.refuses.clear()
    letters.carry("a", now=lambda: letter.not_before)
    letters.carry("a", now=lambda: letter.not_before)
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "for_good"),
    [
        ("RCPT", "550 no such user", True),
        ("RCPT", "450 mailbox busy", False),
        ("DATA", "554 looks like spam", True),
        ("DATA", "451 later", False),
        ("MAIL", "553 not your domain", False),
        ("AUTH", "535 wrong", False),
    ],
)
def test_what_is_about_the_receiver_is_for_good_and_what_is_about_us_is_not(
    sink: Sink, verb: str, answer: str, for_good: bool
) -> None:
    sink.refuses[verb] = answer
    with pytest.raises(mail.NotSent) as failure:
        mail.send(a_mail(), smtp_url=f"smtp://u:p@localhost:{sink.port}")
    assert failure.value.for_good is for_good


@pytest.mark.django_db(databases=["default", "national"])
def test_a_notice_refused_for_good_is_left_alone_until_somebody_lets_it_try_again(
    sink: Sink, now: datetime, settings: Any
) -> None:
    settings.UTH_DEMO, settings.UTH_SMTP_URL = False, sink.url
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    sink.refuses["RCPT"] = "550 no such user"
    assert letters.carry("a", now=lambda: now) == 1
    later = now + timedelta(days=7)
    assert letters.carry("a", now=lambda: later) == 0
    sink.refuses.clear()
    code = "SMTPRecipientsRefused"
    assert again.try_again(road="mail", code=code, by=who("Adam"), at=later) == 1
    letters.carry("a", now=lambda: later)
    assert len(sink.mails) == 1


@pytest.mark.django_db(databases=["default", "national"])
def test_a_notice_nobody_could_be_given_is_thrown_away_after_a_month(now: datetime) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    (letter,) = outbox.claim("a", at=now)
    outbox.refused(letter, "SMTPRecipientsRefused", at=now)
    accounts.clear_the_door(by=SYSTEM, at=now + timedelta(days=29))
    assert Letter.objects.filter(pk=letter.pk).exists()
    accounts.clear_the_door(by=SYSTEM, at=now + timedelta(days=31))
    assert not Letter.objects.filter(pk=letter.pk).exists()


# ── a demonstration sends nothing ──


@pytest.fixture
def every_way_out(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to reach anything by a socket, which fails."""
    tried: list[object] = []

    def refuse(_self: object, address: object, *more: object) -> None:
        tried.append(address)
        raise AssertionError("a demonstration opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **named: refuse(None, address))
    return tried


def real_addresses() -> list[str]:
    """The addresses in the seed that belong to somebody."""
    found = sorted({region.mail for region in seeds.regions() if region.mail})
    assert "patientsikkerhed@rn.dk" in found
    return found


@pytest.mark.django_db(databases=["default", "national"])
def test_a_demonstration_sends_nothing_to_the_real_addresses_of_its_seed(
    every_way_out: list[object], now: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.UTH_DEMO, settings.UTH_VAR = True, tmp_path
    settings.UTH_SMTP_URL = "smtp://mail.opdigtet.invalid:25"  # set by mistake: still nothing leaves
    addresses = real_addresses()
    for number, address in enumerate(addresses):
        reported(at=now, reporter_email=address)
        name = f"Person {number}"
        colleague = people.put_user(email=address, name=name, password=None, by=SYSTEM, at=now)
        outbox.put_mail(f"user:{colleague}", "test", at=now)
    while letters.carry("a", now=lambda: now):
        pass
    assert every_way_out == []
    kept = [message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "mail").iterdir()]
    assert len(kept) == 2 * len(addresses)
    for path in (tmp_path / "mail").iterdir():
        content = path.read_bytes().decode()
        assert not any(address in content or address in path.name for address in addresses)
    assert {str(each["To"]) for each in kept} == {mail.mask(address) for address in addresses}
    assert not Letter.objects.filter(sent_at=None).exists()

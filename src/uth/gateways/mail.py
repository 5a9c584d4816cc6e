"""Mail (e-mail): an SMTP server, or a folder that keeps every mail of a demo on the machine."""

import smtplib
import ssl
import uuid
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

PERMANENT = 500  # RFC 5321, 4.2.1: the same command will be refused again


class NotSent(Exception):
    """The mail was not taken over by the server; the message is a short code. `for_good`: asking again is of no use."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.for_good = for_good


def send(message: EmailMessage, *, smtp_url: str, seconds: float = 20) -> None:
    """Hand the mail to the server of `smtp://user:pass@host:587` (STARTTLS) or `smtps://…:465`. Raises NotSent."""
    url = urlsplit(smtp_url)
    secure = url.scheme == "smtps"
    try:
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with kind(
            url.hostname or "localhost", url.port or (465 if secure else 25), timeout=seconds
        ) as server:
            if url.scheme == "smtp" and url.hostname not in {"localhost", "127.0.0.1", "::1"}:
                server.starttls(context=ssl.create_default_context())
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as failure:
        raise NotSent(type(failure).__name__, for_good=_is_for_good(failure)) from failure


def _is_for_good(failure: Exception) -> bool:
    """A 5xx to this receiver or this content; one to the log-in or the sender is about us and can be mended."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPDataError) and failure.smtp_code >= PERMANENT


def keep(message: EmailMessage, *, folder: Path) -> None:
    """Put the mail in a folder instead of sending it, with the receiver's address masked."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = EmailMessage()
    for name, value in message.items():
        if name.lower() not in {"to", "content-type", "content-transfer-encoding", "mime-version"}:
            kept[name] = value
    kept["To"] = mask(str(message["To"]))
    kept.set_content(message.get_content())
    (folder / f"{uuid.uuid4()}.eml").write_bytes(bytes(kept))


def mask(address: str) -> str:
    """The address so that a person can tell two apart but nobody can write to it."""
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host[:1]}***"

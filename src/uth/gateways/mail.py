"""Mail (e-mail): an SMTP server, or a folder that keeps every mail of a demo on the machine."""

import smtplib
import ssl
import uuid
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit


class NotSent(Exception):
    """The mail was not taken over by the server; the message is a short code."""


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
        raise NotSent(type(failure).__name__) from failure


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

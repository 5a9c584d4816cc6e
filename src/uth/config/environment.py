"""The environment (miljøet): every setting of a deployment, read once, with the sentence to show when it is wrong."""

import base64
import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from uth.deid.engine import Profile

DEMO_ADDRESS = "Patientsikkerhed|Opdigtet Allé 1|0000 Opdigtet By"
KEY_NAMES = ("UTH_SECRET_KEY", "UTH_PEPPER", "UTH_VAULT_KEY", "UTH_SIGNING_KEY")


class NotConfigured(Exception):
    """The environment lacks something; the message says what to mend."""


@dataclass(frozen=True)
class Environment:
    """What the environment says. Secrets are base64 of 32 bytes (the Django key is free text)."""

    site: str
    demo: bool
    debug: bool
    var: Path
    forgotten_book: Path
    base_url: str
    hosts: tuple[str, ...]
    database_url: str
    national_database_url: str
    national_url: str
    organisation: str
    secret_key: str
    pepper: str
    vault_key: str
    signing_key: str
    signing_key_id: str
    smtp_url: str
    mail_from: str
    clamav: str
    lexicon: Path | None
    deid_profile: Profile
    trusted_proxy: bool
    intake_per_minute: int
    idle_minutes: float
    source_url: str
    was_url: str
    contact: str
    privacy_contact: str
    postal_address: tuple[str, ...]

    @property
    def has_local(self) -> bool:
        return self.site in {"local", "both"}

    @property
    def has_national(self) -> bool:
        return self.site in {"national", "both"}


def read(env: Mapping[str, str]) -> Environment:
    """The environment, or NotConfigured."""
    demo = env.get("UTH_DEMO") == "1"
    var = Path(env.get("UTH_VAR", "var")).resolve()
    site = env.get("UTH_SITE", "both")
    if site not in {"local", "national", "both"}:
        raise NotConfigured("UTH_SITE skal være local, national eller both.")
    keys = _keys(env, var, demo)
    port = env.get("UTH_PORT", "8000")
    base_url = env.get("UTH_BASE_URL", f"http://localhost:{port}").rstrip("/")
    national_url = env.get("UTH_NATIONAL_URL", f"{base_url}/api/v1/national/reports")
    address = DEMO_ADDRESS if demo else ""
    if demo:
        _stays_here("UTH_NATIONAL_URL", _host(national_url))
        if clamav := env.get("UTH_CLAMAV"):
            _stays_here("UTH_CLAMAV", clamav.rpartition(":")[0])
    elif env.get("UTH_DEBUG") == "1":
        raise NotConfigured(
            "UTH_DEBUG viser personoplysninger på fejlsider, og må kun bruges i en demonstration. Fjern den."
        )
    return Environment(
        site=site,
        demo=demo,
        debug=env.get("UTH_DEBUG") == "1",
        var=var,
        forgotten_book=Path(env.get("UTH_FORGOTTEN_BOOK", var / "forgotten.log")),
        base_url=base_url,
        hosts=tuple(h for h in env.get("UTH_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h),
        database_url=env.get("DATABASE_URL", f"sqlite:///{var / 'local.sqlite3'}"),
        national_database_url=env.get("NATIONAL_DATABASE_URL", f"sqlite:///{var / 'national.sqlite3'}"),
        national_url=national_url,
        organisation=env.get("UTH_ORGANISATION", ""),
        secret_key=keys["UTH_SECRET_KEY"],
        pepper=keys["UTH_PEPPER"],
        vault_key=keys["UTH_VAULT_KEY"],
        signing_key=keys["UTH_SIGNING_KEY"],
        signing_key_id=env.get("UTH_SIGNING_KEY_ID", "k1"),
        smtp_url=env.get("UTH_SMTP_URL", ""),
        mail_from=env.get("UTH_MAIL_FROM", "uth@localhost"),
        clamav=env.get("UTH_CLAMAV", ""),
        lexicon=Path(env["UTH_LEXICON"]) if env.get("UTH_LEXICON") else None,
        deid_profile=_profile(env.get("UTH_DEID_PROFILE", Profile.FULL)),
        trusted_proxy=env.get("UTH_TRUSTED_PROXY") == "1",
        idle_minutes=_minutes(env.get("UTH_IDLE_MINUTES", "30")),
        intake_per_minute=int(env.get("UTH_INTAKE_PER_MINUTE", "30")),
        source_url=_address(env, "UTH_SOURCE_URL"),
        was_url=_address(env, "UTH_WAS_URL"),
        contact=env.get("UTH_CONTACT", ""),
        privacy_contact=env.get("UTH_PRIVACY_CONTACT", ""),
        postal_address=tuple(filter(None, map(str.strip, env.get("UTH_POSTAL_ADDRESS", address).split("|")))),
    )


def _profile(said: str) -> Profile:
    """How thoroughly texts are read."""
    try:
        return Profile(said)
    except ValueError:
        raise NotConfigured("UTH_DEID_PROFILE skal være full eller fast.") from None


def _minutes(said: str) -> float:
    """A number of minutes; 0 is none."""
    try:
        minutes = float(said)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes < 24 * 60:
        raise NotConfigured("UTH_IDLE_MINUTES skal være et antal minutter; 0 slår grænsen fra.")
    return minutes


def _address(env: Mapping[str, str], name: str) -> str:
    """A link we show; a script or a word is none."""
    address = env.get(name, "")
    if address and not (address.startswith(("https://", "http://")) and _host(address)):
        raise NotConfigured(f"{name} skal begynde med https:// eller stå tom.")
    return address


HERE = {"localhost", "127.0.0.1", "::1", "[::1]"}


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _stays_here(name: str, host: str | None) -> None:
    """A demonstration is made up: nothing of it may leave the machine."""
    if host not in HERE:
        raise NotConfigured(
            f"{name} peger ud af maskinen, og en demonstration må intet sende. Brug localhost, eller fjern UTH_DEMO."
        )


def new_keys() -> dict[str, str]:
    """A fresh set of secrets."""
    return {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in KEY_NAMES}


def _keys(env: Mapping[str, str], var: Path, demo: bool) -> dict[str, str]:
    """From the environment; a demo makes its own and keeps them beside its databases."""
    given = {name: env[name] for name in KEY_NAMES if env.get(name)}
    if len(given) == len(KEY_NAMES):
        return given
    if not demo:
        missing = ", ".join(name for name in KEY_NAMES if name not in given)
        raise NotConfigured(f"Sæt {missing}. »uth setup« laver dem for dig.")
    return _demo_keys(var)


def _demo_keys(var: Path) -> dict[str, str]:
    path = var / "demo-keys.env"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        mine = path.with_suffix(f".{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text("".join(f"{name}={value}\n" for name, value in new_keys().items()))
        with contextlib.suppress(FileExistsError):
            os.link(mine, path)  # whoever is first wins, also when server and worker start together
        mine.unlink()
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if line)

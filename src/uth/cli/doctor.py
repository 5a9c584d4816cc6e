"""The doctor (lægen): looks at a site and says in a sentence what to mend. A table of checks over measured facts."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from uth.cli.copies import NAMES
from uth.config.environment import Environment
from uth.queries.readiness import Standing

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
GIB = 1024**3


class Weight(Enum):
    """How bad a finding is."""

    ERROR = "FEJL"
    WARNING = "ADVARSEL"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was measured. Ages in seconds; None means it is not there or was not asked."""

    environment: Environment
    standing: Standing
    var_writable: bool
    var_mode: int
    free_bytes: int
    worker_age: float | None
    backup_age: float | None
    book_exists: bool
    smtp_answers: bool | None
    national_answers: bool | None
    clock_skew: float | None
    danish_time: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend."""

    weight: Weight
    sentence: str


type Check = Callable[[Facts], str | None]


def examine(facts: Facts) -> list[Finding]:
    """Every finding, in the order of the table; none means the site is well."""
    found = []
    for weight, check in CHECKS:
        sentence = check(facts)
        if sentence:
            found.append(Finding(weight, sentence))
    return found


def keys_are_whole(f: Facts) -> str | None:
    """A key is base64 of 32 bytes."""
    e = f.environment
    given = {"UTH_PEPPER": e.pepper, "UTH_VAULT_KEY": e.vault_key, "UTH_SIGNING_KEY": e.signing_key}
    bad = [name for name, value in given.items() if not _is_key(value)]
    return (
        f"{', '.join(bad)} skal være 32 byte i base64. »uth setup« laver dem; ret dem ikke i hånden."
        if bad
        else None
    )


def secret_is_long(f: Facts) -> str | None:
    """Sessions are signed with it."""
    return "UTH_SECRET_KEY er for kort. Brug mindst 32 tegn." if len(f.environment.secret_key) < 32 else None


def keys_differ(f: Facts) -> str | None:
    """One key for one use."""
    e = f.environment
    keys = [e.secret_key, e.pepper, e.vault_key, e.signing_key]
    return (
        "To af nøglerne er ens. Hver skal have sin egen værdi, som »uth setup« laver dem."
        if len(set(keys)) < len(keys)
        else None
    )


def databases_answer(f: Facts) -> str | None:
    """Nothing works without."""
    names = [NAMES[alias] for alias, state in f.standing.databases.items() if state == "unreachable"]
    return (
        f"Databasen »{'« og »'.join(names)}« svarer ikke. Se efter, at den kører, og at DATABASE_URL er rigtig."
        if names
        else None
    )


def databases_are_current(f: Facts) -> str | None:
    """The tables must be this release's."""
    behind = "behind" in f.standing.databases.values()
    return "Databasen er ikke opdateret. Tag en sikkerhedskopi, og kør »uth migrate«." if behind else None


def is_set_up(f: Facts) -> str | None:
    """Somebody must be able to invite the others."""
    known = "ok" in f.standing.databases.values()
    return "Der er ingen administrator endnu. Kør »uth setup«." if known and not f.standing.set_up else None


def debug_is_off(f: Facts) -> str | None:
    """Error pages with variables show identities."""
    return (
        "UTH_DEBUG er slået til. Fjern den: fejlsider kan vise personoplysninger."
        if f.environment.debug
        else None
    )


def is_no_demo(f: Facts) -> str | None:
    """A demonstration has known passwords."""
    return (
        "Dette er en demonstration (UTH_DEMO=1) med kendte adgangskoder. Brug den aldrig til rigtige rapporter."
        if f.environment.demo
        else None
    )


def address_is_https(f: Facts) -> str | None:
    """Codes and identities travel."""
    url = f.environment.base_url
    safe = url.startswith(("https://", "http://localhost", "http://127.0.0.1"))
    return None if safe else "UTH_BASE_URL skal begynde med https://. Sæt TLS op i proxyen foran."


def hosts_are_named(f: Facts) -> str | None:
    """A request must name the site."""
    host = (
        f.environment.base_url.partition("://")[2].partition("/")[0].rpartition(":")[0]
        or (f.environment.base_url.partition("://")[2].partition("/")[0])
    )
    listed = host in f.environment.hosts or "*" in f.environment.hosts
    return None if listed else f"UTH_HOSTS nævner ikke {host}, som står i UTH_BASE_URL. Tilføj det."


def hosts_are_not_everything(f: Facts) -> str | None:
    """Links in mails are made from the name."""
    return "UTH_HOSTS må ikke være *. Skriv sitets navn." if "*" in f.environment.hosts else None


def proxy_is_trusted(f: Facts) -> str | None:
    """Else every visitor looks like one."""
    wants = f.environment.base_url.startswith("https://") and not f.environment.trusted_proxy
    return (
        "Sæt UTH_TRUSTED_PROXY=1, når en proxy står foran, ellers regnes alle besøgende for én."
        if wants
        else None
    )


def var_is_writable(f: Facts) -> str | None:
    """Attachments and the worker's sign lie there."""
    return (
        None
        if f.var_writable
        else f"Der kan ikke skrives i {f.environment.var}. Giv systemets bruger adgang."
    )


def var_is_private(f: Facts) -> str | None:
    """Others on the machine must not read it."""
    loose = f.var_mode & 0o007
    return f"Andre på maskinen kan læse {f.environment.var}. Kør »chmod 750« på mappen." if loose else None


def disk_has_room(f: Facts) -> str | None:
    """A full disk stops reports."""
    return (
        f"Der er kun {f.free_bytes / GIB:.1f} GiB fri plads. Gør plads, før disken er fuld."
        if f.free_bytes < GIB
        else None
    )


def worker_lives(f: Facts) -> str | None:
    """Letters, deadlines, forgetting."""
    if f.worker_age is None:
        return "Arbejderen har aldrig kørt her. Start »uth worker«."
    late = f.worker_age > 5 * MINUTE
    return (
        f"Arbejderen har ikke vist sig i {f.worker_age / MINUTE:.0f} minutter. Start »uth worker« igen."
        if late
        else None
    )


def letters_leave(f: Facts) -> str | None:
    """A letter that waits for long tells of a broken road."""
    age = f.standing.oldest_letter
    return (
        f"Et brev har ventet i {age / HOUR:.0f} timer. Se efter, at post og det nationale niveau kan nås."
        if age is not None and age > 2 * HOUR
        else None
    )


def letters_are_taken(f: Facts) -> str | None:
    """A no from the national level goes on until somebody mends its cause."""
    codes = ", ".join(sorted(f.standing.refused_nationally))
    return (
        f"Det nationale niveau siger nej til videregivne sager ({codes}). Se under Administration, Breve, hvad der skal gøres."
        if codes
        else None
    )


def notices_are_taken(f: Facts) -> str | None:
    """A receiver's mail server said no for good; most often the address is wrong."""
    count = f.standing.refused_notices
    mails = "1 mail" if count == 1 else f"{count} mails"
    return (
        f"{mails} kan ikke komme frem: modtagerens mailserver siger nej. Se under Administration, Breve."
        if count
        else None
    )


def mail_can_be_sent(f: Facts) -> str | None:
    """Notices to reporters and handlers."""
    if not f.environment.demo and not f.environment.smtp_url:
        return "UTH_SMTP_URL mangler, så ingen får mail. Skriv smtp://bruger:kode@server:587."
    return (
        "Mailserveren i UTH_SMTP_URL svarer ikke. Se efter navn, port og firewall."
        if f.smtp_answers is False
        else None
    )


def sender_is_real(f: Facts) -> str | None:
    """Mail from nowhere is thrown away."""
    unset = not f.environment.demo and f.environment.mail_from.endswith("@localhost")
    return (
        "UTH_MAIL_FROM er ikke sat. Brug en adresse i jeres eget domæne (se SPF og DKIM i vejledningen)."
        if unset
        else None
    )


def national_answers(f: Facts) -> str | None:
    """Where forwarded reports go."""
    return (
        "Det nationale niveau i UTH_NATIONAL_URL svarer ikke. Videregivne rapporter venter, til det gør."
        if f.national_answers is False
        else None
    )


def national_is_https(f: Facts) -> str | None:
    """Letters are signed, not sealed."""
    local = f.environment.national_url.startswith(
        (f"{f.environment.base_url}/", "https://", "http://127.0.0.1", "http://localhost")
    )
    return None if local else "UTH_NATIONAL_URL skal begynde med https://."


def signing_key_is_registered(f: Facts) -> str | None:
    """The national level refuses unknown keys."""
    return (
        "Underskriftsnøglen er ikke registreret på det nationale niveau. Kør »uth keys register«."
        if f.standing.sender_registered is False
        else None
    )


def clock_is_right(f: Facts) -> str | None:
    """Signatures and deadlines go by it."""
    off = f.clock_skew is not None and abs(f.clock_skew) > MINUTE
    return (
        f"Uret går {abs(f.clock_skew or 0):.0f} sekunder forkert. Slå tidssynkronisering til (NTP)."
        if off
        else None
    )


def danish_time_is_known(f: Facts) -> str | None:
    """Deadlines end at midnight in Denmark."""
    return None if f.danish_time else "Maskinen kender ikke tidszonen Europe/Copenhagen. Installér tzdata."


def backup_is_fresh(f: Facts) -> str | None:
    """Yesterday's can be missed, the day before's not."""
    if f.environment.demo:
        return None
    if f.backup_age is None:
        return "Der er ingen sikkerhedskopi. Slå den natlige til (uth-backup.timer), og øv en genskabelse."
    late = f.backup_age > 36 * HOUR
    return (
        f"Den nyeste sikkerhedskopi er {f.backup_age / DAY:.1f} døgn gammel. Se efter uth-backup.timer."
        if late
        else None
    )


def book_is_kept(f: Facts) -> str | None:
    """Without it a restore brings back what was forgotten."""
    missing = f.worker_age is not None and f.backup_age is not None and not f.book_exists
    return (
        "Glemmebogen (UTH_FORGOTTEN_BOOK) er ikke begyndt. Er noget slettet før, mangler det ved en genskabelse."
        if missing and not f.environment.demo
        else None
    )


def _is_key(value: str) -> bool:
    try:
        return len(base64.b64decode(value, validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


CHECKS: tuple[tuple[Weight, Check], ...] = (
    (Weight.ERROR, keys_are_whole),
    (Weight.ERROR, secret_is_long),
    (Weight.ERROR, keys_differ),
    (Weight.ERROR, databases_answer),
    (Weight.ERROR, databases_are_current),
    (Weight.ERROR, is_set_up),
    (Weight.ERROR, debug_is_off),
    (Weight.WARNING, is_no_demo),
    (Weight.ERROR, address_is_https),
    (Weight.ERROR, hosts_are_named),
    (Weight.ERROR, hosts_are_not_everything),
    (Weight.WARNING, proxy_is_trusted),
    (Weight.ERROR, var_is_writable),
    (Weight.ERROR, var_is_private),
    (Weight.ERROR, disk_has_room),
    (Weight.ERROR, worker_lives),
    (Weight.WARNING, letters_leave),
    (Weight.ERROR, letters_are_taken),
    (Weight.WARNING, notices_are_taken),
    (Weight.ERROR, mail_can_be_sent),
    (Weight.WARNING, sender_is_real),
    (Weight.ERROR, national_answers),
    (Weight.ERROR, national_is_https),
    (Weight.ERROR, signing_key_is_registered),
    (Weight.ERROR, clock_is_right),
    (Weight.ERROR, danish_time_is_known),
    (Weight.ERROR, backup_is_fresh),
    (Weight.WARNING, book_is_kept),
)

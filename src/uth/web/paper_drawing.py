"""Drawing the paper form (tegning af papirskemaet): a tagged PDF (PDF/UA-1), made in memory and kept nowhere."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from uth.law.rulebook import rule
from uth.web.intake_steps import PROFESSIONAL, FormTable
from uth.web.paper_sheet import sections

HERE = Path(__file__).parent / "paper"


@dataclass(frozen=True, slots=True)
class Copy:
    """One form to be printed: its number, and its code for the slip; both empty on a form one prints oneself."""

    number: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who receives the form by post, and where the site's own pages are."""

    name: str
    address: tuple[str, ...]
    receipt_url: str
    privacy_url: str


def pdf(form: FormTable, copies: Sequence[Copy], sender: Sender, *, at: datetime, on: date) -> bytes:
    """The form as many times as there are copies."""
    return _compiled(_data(form, copies, sender, on=on), at=at, format="pdf", pdf_standards=["ua-1"])[0]


def pictures(
    form: FormTable, copies: Sequence[Copy], sender: Sender, *, at: datetime, on: date
) -> list[bytes]:
    """The same as a PNG a page, for whoever wants to look at it."""
    return _compiled(_data(form, copies, sender, on=on), at=at, format="png", ppi=80.0)


def _compiled(
    data: dict[str, Any], *, at: datetime, format: Literal["pdf", "png"], **more: Any
) -> list[bytes]:
    made: Any = typst.compile(
        (HERE / "form.typ").read_bytes(),
        format=format,
        root=str(HERE),
        font_paths=[str(HERE)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
        **more,
    )
    return made if isinstance(made, list) else [made]


KNOWN_TO_FEW = "Kun de få, der behandler rapporten, kan se, hvem du er."
PATIENT_KNOWN = (
    "Kun de få, der behandler rapporten, kan se, hvem du er. Rapporten bruges til at lære af. Den "
    "er ikke en klage og ikke en ansøgning om erstatning."
)
WHAT_IT_IS = (
    "En utilsigtet hændelse er noget, der sker i forbindelse med behandling, pleje, transport eller medicin, og som ikke "
    "skyldes patientens sygdom. Den er skadelig eller kunne have været det. Det gælder både kendte og ukendte hændelser "
    "og fejl, også dem, der blev afværget i tide."
)
RIGHTS = (
    "Den myndighed, der modtager rapporten, er dataansvarlig og bruger oplysningerne til at lære af hændelsen efter "
    "sundhedslovens kapitel 61. Patientens navn og CPR-nummer slettes, før rapporten sendes videre til det nationale "
    "niveau. Du kan få indsigt i oplysninger om dig selv, få dem rettet og klage til Datatilsynet."
)
POST_HEADING = "Send det hertil"
WHOM = {
    "professional": "For sundhedspersoner og medarbejdere",
    "patient": "For patienter og pårørende",
}


def _data(form: FormTable, copies: Sequence[Copy], sender: Sender, *, on: date) -> dict[str, Any]:
    own = not any(copy.code for copy in copies)
    return {
        "title": f"Rapportér en utilsigtet hændelse: {WHOM[form.key].lower()}",
        "heading": "Rapportér en utilsigtet hændelse",
        "whom": WHOM[form.key],
        "short": "Rapport om en utilsigtet hændelse",
        "author": sender.name,
        "lead": "Fortæl, når noget i sundhedsvæsenet gik galt eller var tæt på. Så kan andre lære af det. "
        "Du må gerne være anonym.",
        "guide": _guide(form, sender, own=own, on=on),
        "post_heading": POST_HEADING,
        "address": [sender.name, *sender.address] if sender.address else [],
        "office": "Nummeret binder skemaet til din kupon. Det siger ikke, hvem du er.",
        "sections": sections(form, on=on, coded=not own),
        "more": {
            "heading": "Mere plads",
            "says": "Skriv nummeret på det spørgsmål, du fortsætter.",
        },
        "thanks": "Tak, fordi du hjælper andre med at lære af det.",
        "slip": _slip(sender),
        "copies": [{"number": copy.number, "code": copy.code} for copy in copies],
    }


def _guide(form: FormTable, sender: Sender, *, own: bool, on: date) -> list[dict[str, Any]]:
    how = [
        "Skriv tydeligt, helst med kuglepen, og sæt kryds i felterne. Svar på det, du ved, og spring resten over. "
        "Skriv ikke navne i fortællingen: til patientens navn er der en ramme for sig selv."
    ]
    answer = (
        "Dette skema har ingen kvitteringskode. Vil du have svar, så skriv under »Må vi kontakte dig?«, hvordan vi når "
        "dig. Vil du være anonym og alligevel kunne følge sagen, så bed om et skema med kupon, der hvor du blev "
        "behandlet, eller rapportér på nettet."
        if own
        else "Riv kuponen af, før du sender skemaet, og gem den. Med koden kan du følge sagen og svare på spørgsmål, "
        "også hvis du er anonym."
    )
    return [
        {"heading": "Hvad er en utilsigtet hændelse?", "says": [WHAT_IT_IS]},
        {"heading": "Sådan gør du", "says": how},
        {"heading": "Du er beskyttet", "says": [_protected(on) if form is PROFESSIONAL else PATIENT_KNOWN]},
        {"heading": "Sådan får du svar", "says": [answer]},
        {"heading": "Dine rettigheder", "says": [f"{RIGHTS} Læs mere på {_shown(sender.privacy_url)}."]},
        {"heading": POST_HEADING, "says": []},
    ]


def _protected(on: date) -> str:
    """The law's protection in the words of the front page, marked as ours."""
    text = rule("reporter_protection", on=on).text
    return f"{text} (Sundhedslovens § 201, gengivet med vores ord.) {KNOWN_TO_FEW}"


def _slip(sender: Sender) -> dict[str, Any]:
    address = _shown(sender.receipt_url)
    return {
        "cut": "Klip eller riv her. Behold kuponen, og send resten.",
        "heading": "Din kupon",
        "code_label": "Din kvitteringskode:",
        "how": [
            f"Gå til {address}, eller tag billede af mærket med telefonen, og skriv koden.",
            "Koden virker, når skemaet er kommet frem og tastet ind. Det kan tage nogle dage.",
            "Pas på kuponen: den, der har koden, kan læse svarene. Vi kan ikke finde koden frem igen.",
        ],
        "form_label": "Hører til skema",
        "back": "Bagsiden af kuponen. Skriv ikke her.",
        "qr": _qr(sender.receipt_url),
        "qr_alt": f"QR-kode med adressen {address}",
        "qr_words": "Siden, hvor du skriver koden",
    }


def _shown(url: str) -> str:
    """An address as people type it."""
    return url.split("://", 1)[-1].rstrip("/")


def _qr(address: str) -> str:
    """The page's address alone: a code never stands in an address."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()

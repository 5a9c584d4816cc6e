"""Notices (beskeder): what our mails say. Never a case's content, never a code; a link to an empty page."""

from dataclasses import dataclass
from typing import Any

FOOT = "\n\nDu kan ikke svare på denne mail.\n"


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail's subject and body; `{base}`, `{case}` and the letter's own values may stand in it."""

    subject: str
    body: str

    def text(self, **values: Any) -> str:
        return self.body.format(**values) + FOOT


_RECEIPT_PAGE = "Gå til {base}/kvittering/ og skriv din kvitteringskode."
NOTICES: dict[str, Notice] = {
    "receipt": Notice(
        "Vi har modtaget din rapport",
        "Tak for din rapport. Du kan følge den og se svar.\n" + _RECEIPT_PAGE,
    ),
    "question": Notice(
        "Der er et spørgsmål til din rapport",
        "Sagsbehandleren har stillet et spørgsmål til din rapport.\n" + _RECEIPT_PAGE,
    ),
    "answer": Notice("Der er svar på din rapport", "Du har fået svar på din rapport.\n" + _RECEIPT_PAGE),
    "rejected": Notice(
        "Der er nyt om din rapport", "Modtageren har afsluttet din rapport.\n" + _RECEIPT_PAGE
    ),
    "linked": Notice(
        "Der er nyt om din rapport",
        "Din rapport handler om en hændelse, som allerede bliver behandlet.\n" + _RECEIPT_PAGE,
    ),
    "assigned": Notice("Du har fået en sag", "Sag {number} er fordelt til dig.\n{base}/sager/{case}/"),
    "replied": Notice(
        "Rapportøren har svaret", "Der er svar fra rapportøren i sag {number}.\n{base}/sager/{case}/"
    ),
    "handed_over": Notice(
        "Du har overtaget sager", "En kollegas åbne sager ({count}) er nu dine.\n{base}/sager/"
    ),
    "invitation": Notice(
        "Du er inviteret til UTH",
        "Du er inviteret som {role}. Linket virker én gang og i 14 dage.\n{base}{path}",
    ),
    "password_reset": Notice(
        "Vælg en ny adgangskode",
        "Du har bedt om en ny adgangskode. Linket virker én gang og i fire timer.\n{base}{path}\n\n"
        "Har du ikke bedt om det, skal du ikke gøre noget.",
    ),
    "security": Notice(
        "Ændring på din konto",
        "{what}\nVar det ikke dig, så ring til jeres administrator med det samme.\n{base}/konto/",
    ),
    "test": Notice("Prøvemail fra UTH", "Denne mail viser, at systemet kan sende mail."),
}

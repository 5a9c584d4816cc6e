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


_WHY = "\n\nSe, hvem der får besked om frister, og hvornår: {base}/frister/"
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
    "plan_requested": Notice(
        "Det nationale niveau beder om en analyse eller plan",
        "Der er en ny anmodning til jer. Se, hvad der bedes om og hvornår.\n{base}/anmodninger/",
    ),
    "plan_due": Notice(
        "En anmodning fra det nationale niveau nærmer sig fristen",
        "En anmodning venter på svar, og fristen er nær eller passeret.\n{base}/anmodninger/",
    ),
    "assigned": Notice("Du har fået en sag", "Sag {number} er fordelt til dig.\n{base}/sager/{case}/"),
    "replied": Notice(
        "Rapportøren har svaret", "Der er svar fra rapportøren i sag {number}.\n{base}/sager/{case}/"
    ),
    "transferred": Notice(
        "En sag er overdraget til jer",
        "Sag {number} er overdraget til jer og venter i indbakken. Fristen for videregivelse er {day}. Den er "
        "regnet fra den dag, rapporten først blev modtaget.\n{base}/sager/{case}/",
    ),
    "second_approver": Notice(
        "En anonymisering venter på den anden godkendelse",
        "Sag {number} er læst og godkendt af den første af to. Du kan læse og godkende den som den anden.\n"
        "{base}/sager/{case}/",
    ),
    "deadline_near": Notice(
        "Sager, der skal videregives snart",
        "Du er sagsbehandler på {cases}, som skal videregives inden for {days} dage.\n{base}/sager/?liste=mine"
        + _WHY,
    ),
    "deadline_unassigned": Notice(
        "Sager i indbakken, der skal videregives snart",
        "Der er {cases} i jeres indbakke, som ingen sagsbehandler har endnu, og som skal videregives inden for "
        "{days} dage. Du får mailen, fordi du fordeler sager.\n{base}/sager/?liste=indbakke" + _WHY,
    ),
    "deadline_passed": Notice(
        "Fristen for videregivelse er passeret",
        "Du er sagsbehandler på {cases}, hvor fristen for videregivelse er passeret. Sagerne kan stadig behandles "
        "og videregives som ellers.\n{base}/sager/?liste=mine" + _WHY,
    ),
    "deadline_unassigned_passed": Notice(
        "Fristen for videregivelse er passeret",
        "Der er {cases} i jeres indbakke, som ingen sagsbehandler har endnu, og hvor fristen for videregivelse er "
        "passeret. Du får mailen, fordi du fordeler sager.\n{base}/sager/?liste=indbakke" + _WHY,
    ),
    "deadline_leaders": Notice(
        "Sager hos jer er over fristen",
        "Der er {cases} hos jer, hvor fristen for videregivelse er passeret. Du får mailen, fordi du er "
        "risikomanager eller administrator. Se efter, om sagsbehandlerne har brug for hjælp.\n{base}/frister/",
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

"""Words about letters (ord om breve): what keeps a letter back, and what somebody can do about it."""

from uth.queries.letters import Trouble

NATIONAL, MAIL = "national", "mail"

_GOES_ITSELF = "Du skal ikke gøre noget: de går af sig selv, når der er forbindelse. Varer det mere end et døgn, så ring til driften."
_OPERATIONS = "Bed driften køre »uth doctor« og rette det, den nævner. Tryk så på »Prøv igen nu«."
_KEY = "Bed driften aftale nøglen med det nationale niveau (»uth keys show«). Tryk så på »Prøv igen nu«."
_NOT_AS_IT_IS = "Det nationale niveau tager ikke imod dem, som de er"
_GIVE_DETAILS = "Sagerne ligger trygt her, men kommer ikke frem af sig selv. Giv driften koden nedenfor."
_HOLDS_BACK = "Modtagerens mailserver beder os vente"

# (road, code) -> what is the matter, what to do; told for those refused for good below
WHY: dict[tuple[str, str], tuple[str, str]] = {
    (NATIONAL, "unknown_key"): ("Det nationale niveau kender ikke jeres nøgle", _KEY),
    (NATIONAL, "bad_signature"): ("Det nationale niveau kan ikke genkende jeres underskrift", _KEY),
    (NATIONAL, "wrong_sender"): ("Det nationale niveau kender jer under et andet navn", _KEY),
    (NATIONAL, "too_old"): ("Uret går forkert hos jer eller hos det nationale niveau", _OPERATIONS),
    (NATIONAL, "bad_time"): ("Uret går forkert hos jer eller hos det nationale niveau", _OPERATIONS),
    (NATIONAL, "message_refused"): (_NOT_AS_IT_IS, _GIVE_DETAILS),
    (NATIONAL, "message_id_reused"): (_NOT_AS_IT_IS, _GIVE_DETAILS),
    (NATIONAL, "too_large"): (_NOT_AS_IT_IS, _GIVE_DETAILS),
    (MAIL, "no_mail_server"): ("Der er ikke sat en mailserver op", _OPERATIONS),
    (MAIL, "SMTPAuthenticationError"): ("Mailserveren godtager ikke systemets adgangskode", _OPERATIONS),
    (MAIL, "SMTPSenderRefused"): ("Mailserveren vil ikke sende fra systemets adresse", _OPERATIONS),
    (MAIL, "SMTPNotSupportedError"): ("Mailserveren kan ikke kryptere forbindelsen", _OPERATIONS),
    (MAIL, "SSLCertVerificationError"): ("Mailserverens certifikat holder ikke", _OPERATIONS),
    (MAIL, "SMTPRecipientsRefused"): (_HOLDS_BACK, _GOES_ITSELF),
    (MAIL, "SMTPDataError"): (_HOLDS_BACK, _GOES_ITSELF),
}
NOBODY_TRIED = (
    "Ingen har prøvet at sende dem",
    "Det program, der sender, kører ikke. Bed driften starte »uth worker«.",
)
BY_ROAD = {
    NATIONAL: ("Det nationale niveau kan ikke nås eller melder fejl", _GOES_ITSELF),
    MAIL: ("Mailserveren kan ikke nås", _GOES_ITSELF),
}
FOR_GOOD: dict[str, tuple[str, str]] = {
    "SMTPRecipientsRefused": (
        "Modtagerens mailserver siger nej, oftest fordi adressen ikke findes",
        "Er det en invitation, så træk den tilbage, og invitér igen med den rigtige adresse. Er det en rapportør, kan du ikke "
        "gøre mere: rapportøren kan stadig se spørgsmål og svar med sin kvitteringskode.",
    ),
    "SMTPDataError": (
        "Modtagerens mailserver siger nej til mailen, måske som uønsket post",
        "Bed driften se efter SPF og DKIM for jeres domæne. Tryk så på »Prøv igen nu«.",
    ),
}

# What a letter is, one and several.
KINDS: dict[str, tuple[str, str]] = {
    "national.report": ("videregivet sag", "videregivne sager"),
    "national.rejection": ("besked om en afvist rapport", "beskeder om afviste rapporter"),
    "national.duplicate": ("besked om endnu en rapport", "beskeder om endnu en rapport"),
    "national.collective": ("samlerapport", "samlerapporter"),
    "national.answer": ("svar på en anmodning", "svar på anmodninger"),
    "national.publication": ("udgivelse", "udgivelser"),
    "receipt": ("kvittering til en rapportør", "kvitteringer til rapportører"),
    "question": ("besked om et spørgsmål til en rapportør", "beskeder om spørgsmål til rapportører"),
    "answer": ("besked om svar til en rapportør", "beskeder om svar til rapportører"),
    "rejected": ("besked om en afsluttet rapport", "beskeder om afsluttede rapporter"),
    "linked": ("besked om en tilknyttet rapport", "beskeder om tilknyttede rapporter"),
    "plan_requested": ("besked om en anmodning", "beskeder om anmodninger"),
    "plan_due": ("påmindelse om en anmodning", "påmindelser om anmodninger"),
    "assigned": ("besked om en fordelt sag", "beskeder om fordelte sager"),
    "replied": ("besked om svar fra en rapportør", "beskeder om svar fra rapportører"),
    "second_approver": ("besked om en anden godkendelse", "beskeder om en anden godkendelse"),
    "transferred": ("besked om en overdraget sag", "beskeder om overdragne sager"),
    **dict.fromkeys(
        (
            "deadline_near",
            "deadline_unassigned",
            "deadline_passed",
            "deadline_unassigned_passed",
            "deadline_leaders",
        ),
        ("besked om frister", "beskeder om frister"),
    ),
    "handed_over": ("besked om overtagne sager", "beskeder om overtagne sager"),
    "invitation": ("invitation", "invitationer"),
    "password_reset": ("link til en ny adgangskode", "links til nye adgangskoder"),
    "security": ("besked om en ændret konto", "beskeder om ændrede konti"),
    "test": ("prøvemail", "prøvemails"),
}
ANOTHER = ("anden besked", "andre beskeder")


def why(trouble: Trouble) -> tuple[str, str]:
    """What is the matter, and what to do."""
    if trouble.stopped:
        return FOR_GOOD.get(trouble.code, FOR_GOOD["SMTPDataError"])
    if not trouble.code:
        return NOBODY_TRIED
    return WHY.get((trouble.road, trouble.code), BY_ROAD[trouble.road])


def contents(trouble: Trouble) -> str:
    """»2 kvitteringer til rapportører og 1 invitation«."""
    told = [f"{count} {KINDS.get(kind, ANOTHER)[count > 1]}" for kind, count in trouble.kinds]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} og {told[-1]}"

"""The two forms filled in (udfyldte skemaer), page by page, as a browser posts them."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

PROFESSIONAL_PATH: dict[str, dict[str, Any]] = {
    "hvad-skete-der": {"story": "Patienten fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange."},
    "hvor": {"place_text": "Medicinsk afdeling B2, Birkelsø Hospital (opdigtet)", "place": "birkelsoe-med"},
    "situation": {"event_kind": "treatment"},
    "behandling": {"treatment_phase": "treatment"},
    "hvornaar": {
        "event_date_quality": "known",
        "event_date_day": "7",
        "event_date_month": "3",
        "event_date_year": "2026",
        "event_time": "14.30",
    },
    "betydning": {"actual_harm": "mild"},
    "vaerste-fald": {"possible_harm": "serious_or_fatal"},
    "laering": {"prevention": "Én liste", "learning": "yes"},
    "medicin-og-udstyr": {},
    "om-dig": {"role_towards_event": "discovered", "reporter_category": "authorised", "profession": "Læge"},
    "patienten": {},
    "kontakt": {"contact": "anonymous"},
    "bilag": {},
}
PATIENT_PATH: dict[str, dict[str, Any]] = {
    "hvem-er-du": {"reporter_kind": "patient"},
    "hvad-skete-der": {"story": "Jeg fik en forkert pille på plejehjemmet."},
    "hvor": {"place_text": "Et sted ved havet"},
    "hvor-cirka": {"sector": "municipal", "municipality": "0151"},
    "behandling": {"treatment_phase": ""},
    "hvornaar": {"event_date_quality": "unknown"},
    "betydning": {"actual_harm": "none_or_unknown"},
    "kunne-det-vaere-vaerre": {"possible_harm": ""},
    "forslag": {},
    "patienten": {"patient_name": "Test Opdigtet"},
    "kontakt": {"contact": "anonymous"},
    "bilag": {},
}


def new_browser() -> Client:
    """Somebody nobody knows."""
    return Client()


def fill(browser: Client, path: Mapping[str, dict[str, Any]], form: str = "fagperson") -> None:
    """Answer page after page; each must be taken."""
    for step, typed in path.items():
        answer = browser.post(f"/rapporter/{form}/{step}/", typed)
        assert answer.status_code == 302, (step, answer.text)
    if "kontakt" in path:
        assert browser.get(f"/rapporter/{form}/opsummering/").status_code == 200


def receipt_in(answer: Any) -> str:
    """The receipt code shown in a page."""
    found = re.search(r'class="receipt-code"[^>]*>([a-z-]+)<', answer.text)
    assert found, answer.text
    return found[1]

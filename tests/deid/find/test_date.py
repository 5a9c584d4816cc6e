"""Dates: every way a note writes one, and the figures that only look like one (datoer)."""

import pytest

from uth.deid.find.date import find

WRITTEN = (
    ("Set 3/4 kl. 12", "3/4"), ("indlagt 17.4 fra", "17.4"), ("Brev 17.9., modtager", "17.9"), ("den 30. 6., person", "30. 6"),
    ("igen 4/XII", "4/XII"), ("Ny tid 3-XI-2024", "3-XI-2024"), ("dateret 30 IX 23", "30 IX 23"), ("taget 2/I-24", "2/I-24"),
    ("onsdag den 4/12'24", "4/12'24"), ("mødet 21/2, 2025", "21/2, 2025"), ("d. 26-08-'24", "26-08-'24"), ("uhel 5 - 11 - 2024", "5 - 11 - 2024"),
    ("f. 14 03 63", "14 03 63"), ("dato: 0I/02/24", "0I/02/24"), ("05.01.-2024", "05.01.-2024"), ("dato:030424", "030424"),
    ("fil_20240918.pdf", "20240918"), ("kl. i 2024-4-3", "2024-4-3"), ("den 3. ds fik", "3. ds"), ("d. 3. d.m.", "3. d.m"),
    ("Den 9ende trænede", "9ende"), ("natten til d. 7", "7"), ("siden 3. var han", "3."), ("onsdag 24. kom", "24."), ("den 16 og igen", "16"),
    ("født den 4. i 11. 1962", "4. i 11. 1962"), ("d. 26. i 11.", "26. i 11."), ("stempel 08OKT24", "08OKT24"), ("den 5 marst", "5 marst"),
    ("den 1ste maj", "1ste maj"), ("12. mar. -48", "12. mar. -48"), ("født 13.nov.38)", "13.nov.38"), ("19/20 jan", "19/20 jan"),
    ("28.-30. nov.", "28.-30. nov"), ("2. april nitten hundrede og otteogfyrre", "2. april nitten hundrede og otteogfyrre"),
    ("July 4, 2023", "July 4, 2023"), ("dec. 3rd", "dec. 3rd"), ("født 15 ağustos 1960", "15 ağustos 1960"), ("ult. marts 24,", "marts 24"),
    ("født i maj 1948", "maj 1948"), ("den sjette i tiende", "sjette i tiende"), ("nitten i tredje seksten", "nitten i tredje seksten"),
    ("Den fjortende ringede", "fjortende"), ("2den juledag 2022", "2den juledag 2022"), ("Skt. Hans aften 2023", "Skt. Hans aften 2023"),
    ("kr. himmelfartsdag 2024", "kr. himmelfartsdag 2024"), ("1. søndag i advent 2024", "1. søndag i advent 2024"), ("3. juledag", "3. juledag"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "date"), WRITTEN)
def test_a_date_is_found_to_its_last_letter(text: str, date: str) -> None:
    assert date in {span.text for span in find(text) if span.score >= 0.5}


def test_days_named_together_are_all_found() -> None:
    text = "Faldt d. 3., 5. og 7., ringede fra 23. til 25."
    assert [span.text for span in find(text) if span.score >= 0.5] == ["3.", "5.", "7.", "23.", "25."]


@pytest.mark.parametrize(
    "text",
    [
        "1/2 tablet, 3/4 dosis og 24/7", "BT 120/80, VAS 8/10", "Apgar 7/1, 9/5, 10/10", "kl. 10.05 og fra 22.10 til 06.35", "uge 14",
        "jeg ringede: 9.05, 11.20", "i maj og i 2024", "den anden patient", "den 3. gang", "den 2 mg tablet", "D 3 og vitamin D 35",
        "version 5.1.12", "firmware 8.3.0", "TLS 1.2", "fejl nr. 3 i marts", "stue 1. Maj måneds medicin", "mandag og tirsdag", "den 45-årige",
        "fra 1. til 2. sal", "pH 7.32", "den femte tablet", "BiPAP 14/6", "synstest 6/9", "påsken var travl", "ref 280228", "lot 031222",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_at_most_a_doubt(text: str) -> None:
    assert [span.text for span in find(text) if span.score >= 0.5] == []

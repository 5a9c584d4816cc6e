"""Doses, values, times, codes of the trade and everybody's numbers stay in the text (tal, der bliver)."""

import pytest

from uth.deid.find import age, code, cpr, mail, phone, profession, url

STAY = (
    "Panodil 1 g x 4, Ipren 400 mg x 3", "BT 145/85 mmHg, P 92, RF 18, tp 38,2", "Hb 6,1, kreatinin 240, INR 6,8, CRP 112",
    "BS 7,2 - 8,1 - 10,4 - 12,0", "blodsukker kl 8: 7,2, kl 12: 10,4, kl 18: 12,0", "puls 88 92 104 96", "NPU03568, DNK35312, NPU27300",
    "DI210, DF32.1, ICD-10 F90.0, SKS BVDY02", "ATC N02BE01", "SNOMED M80703 T62000", "varenr. 123456, vnr 12 34 56", "varenummer 08 41 27",
    "lot AB1234, batch 7712345, charge 20240112", "Lot nr.: 24117A, exp. 03/2026", "pumpen viste E-204 og alarm 0417",
    "fejlkode 0x80070035, version 7.12.3", "MedCom 1.0.4, Alaris GP, Windows 11, KB5034441", "Model CS-5100, Sysmex XN-9100",
    "ringede 112, siden 1813 og 1818", "vagtlægen 1813 blev kontaktet", "ringede til vagtlæge på 1813?? nej", "kl. 14.30, kl 1430, klokken 8-15",
    "kl. 22.15-06.30", "Apgar 9/10 og 10/10, GCS 15, VAS 7/10", "EWS 7, TOKS 3, NRS 5/10", "2 x 500 mg, 1000 ml NaCl, 10.000 IE",
    "Fragmin 5000 IE, Insulin 24 IE", "1.250 kr., 14.000 kr, 62,40 kr", "i 2021 og 2022, årene 2019-2024", "30 %, 2-3 %, SpO2 97-99 %",
    "12 patienter, 3 sygeplejersker, 4-6 timer", "vejledning nr. 9151 af 2021", "BEK nr. 1099 af 2024", "§ 7, stk. 2, nr. 3",
    "temperatur 37,8, stuetemperatur 21 grader", "vægt 82 kg, højde 178 cm, BMI 25,9", "Kanyle 18G, kateter ch 14, str. 7,5",
    "Giftlinjen 82 12 12 12", "Livslinien 70 201 201", "dosis 2+1+0+2, 1-0-1-0", "22 23 24 25 er ledige senge", "gestationsalder 39+4, vægt 3412 g",
    "EKG: QRS 118 ms, QTc 440", "CHA2DS2-VASc 4, CURB-65 3", "COVID-19, HbA1c 48, T3N1M0, C5-C6", "ISO 13485, HTTP 503, port 8443",
    "nr. 3 på listen, nr 14", "tlf-tid 8-9 og 12-13", "Kaleorid 750 og Novorapid 14 E", "anfaldstid 19 s", "svar på PSA 48 og HPV 16",
    "ringede kl. 9.05, 11.20 og 14.50", "opdateret til 22.4.1.118", "en anden patient fik det", "Kasper V. er 51", "2 af 3, 19/20 journaler",
)  # fmt: skip


@pytest.mark.parametrize("text", STAY)
def test_no_number_recogniser_is_sure_of_it(text: str) -> None:
    whole = f"Så skete det. {text}. Ingen skade."
    recognisers = (cpr, phone, mail, url, age, code, profession)
    assert [(s.text, s.finder) for one in recognisers for s in one.find(whole) if s.score >= 0.5] == []


@pytest.mark.parametrize("recogniser", [cpr, phone, code, profession, age], ids=lambda one: one.NAME)
@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "0", "x", "xxxx", "????", "+", "nr.", "cpr", "tlf. ", "\U0001f600 1", "²³ ½", "١٢٣"],
)
def test_odd_scraps_of_text_are_read_without_complaint(recogniser, text: str) -> None:  # type: ignore[no-untyped-def]
    assert all(0 <= s.start < s.end <= len(text) for s in recogniser.find(text))

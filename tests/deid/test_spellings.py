"""One identity, many spellings: people split, wrap, mistype and say their numbers (stavemåder)."""

import json
import os
import re
from pathlib import Path

import pytest

from uth.deid.engine import find
from uth.deid.replace import replace
from uth.deid.span import Kind

REFERENCE = Path(os.environ.get("UTH_REFERENCE", Path(__file__).parents[2].parent / "shared" / "reference"))
PERSONS = REFERENCE / "dk" / "medcom-testpatients-half.json"

CPR = (
    "010203-1234", "0102031234", "010203 1234", "010203 - 1234", "01 02 03 1234", "01 02 03-1234", "01.02.03-1234",
    "01.02.03.1234", "01/02/03-1234", "01-02-03-1234", "01021903-1234", "1.2.03-1234", "d. 1/2-03 1234",
    "010203/1234", "010203.1234", "010203_1234", "010203–1234", "010203-\n1234", "010203 \n 1234", "01 02 03\n1234",
    "O10203-I234", "o1o2o3-1234", "010203  -  1234", "0 1 0 2 0 3 1 2 3 4", "01 02 03 12 34", "0102 03 1234",
    "610203-1234", "010203-1AB2", "010203XXXX", "010203-****", "010203 (1234)", "010203, 1234", "010203 og så 1234",
    "nul en nul to nul tre et to tre fire", "nul en nul to nul tre, tolv fireogtredive",
    "første i andet nul tre, tolv fireogtredive", "１１０２０３-1234", "010203\u200b-1234", "010203\u00a01234",
    "010203\u00ad1234", "1. februar 03-1234", "1 feb 1903 1234",
)  # fmt: skip
SENTENCES = (
    "Pt {} fik dobbelt dosis.",
    "Det drejer sig om {}, som blev forvekslet.",
    "{}",
    "Patienten ({}) blev fundet på gulvet kl. 03.20.",
    "CPR: {}. Ingen skade sket.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", CPR)
def test_a_cpr_number_is_found_in_every_spelling(number: str, sentence: str) -> None:
    text = sentence.format(number)
    clean = replace(text, find(text))
    assert "[CPR-nummer]" in clean
    assert not any(char.isdigit() for char in clean.replace("03.20", ""))


@pytest.mark.parametrize(
    "text",
    [
        "født 010203, de sidste fire er 1234",
        "Hendes cpr slutter på 1234, hun er født 1/2-03.",
        "f. 1. februar 1903, løbenummer 12 34",
        "fødselsdag 01.02.1903 og de 4 sidste cifre: 1234",
        "født den 01.02.03. Sidste fire cifre et to tre fire.",
    ],
)
def test_a_birth_date_and_the_last_four_apart_are_both_found(text: str) -> None:
    clean = replace(text, find(text))
    assert "1234" not in clean
    assert "12 34" not in clean
    assert "02" not in clean
    assert "februar" not in clean
    assert "tre fire" not in clean


PHONES = (
    "20304050", "20 30 40 50", "2030 4050", "203 040 50", "20 304 050", "+45 20304050", "+4520304050", "0045 20 30 40 50",
    "(+45) 20 30 40 50", "20-30-40-50", "20.30.40.50", "20 30\n40 50", "+46 70 123 45 67",
    "tyve tredive fyrre halvtreds", "to nul tre nul fire nul fem nul", "2 0 3 0 4 0 5 0",
)  # fmt: skip


@pytest.mark.parametrize("number", PHONES)
def test_a_telephone_number_is_found_in_every_spelling(number: str) -> None:
    for sentence in ("Datteren træffes på {} efter kl. 16.", "tlf. {}", "ring til hende på {}"):
        text = sentence.format(number)
        found = [span for span in find(text) if span.kind is Kind.PHONE]
        assert found, text
        assert number.replace("+", "").strip("()") in found[0].text.replace("+", "").strip("()"), text


MAILS = (
    "hanne.holm@gmail.com", "hanne.holm@regionx.dk", "HANNE@X.DK", "hanne.holm @ gmail.com", "hanne.holm(at)gmail.com",
    "hanne.holm [at] gmail [dot] com", "hanne snabel-a gmail punktum com", "hanne snabel a gmail.com",
    "hanne.holm@\ngmail.com", "hanne_holm+uth@sub.domæne.dk",
)  # fmt: skip


@pytest.mark.parametrize("mail", MAILS)
def test_an_e_mail_address_is_found_in_every_spelling(mail: str) -> None:
    text = f"Skriv til {mail} hvis der er spørgsmål."
    clean = replace(text, find(text))
    assert clean == "Skriv til [e-mail] hvis der er spørgsmål."


@pytest.mark.parametrize(
    "date",
    [
        "3/4", "3/4-24", "3/4 2024", "03.04.2024", "3.4.24", "03-04-2024", "2024-04-03", "3. april", "3. april 2024", "3 apr 24",
        "tredje april", "d. 3", "den 14.", "3.-7. april", "030424", "april 2024", "juleaften 2023", "2. juledag", "14. dec",
    ],
)  # fmt: skip
def test_a_date_is_found_in_every_spelling(date: str) -> None:
    text = f"Pt indlagt {date} med feber."
    clean = replace(text, find(text))
    assert re.search(r"indlagt (?:\[(?:dag 0|dag 0 til 4|dato)\]) med feber\.", clean)


@pytest.mark.parametrize(
    "text",
    [
        "BT 120/80, puls 88, sat 94 %, RF 18, tp 38,2.",
        "Apgar 9/10 og 10/10. Smerter VAS 7/10. GCS 15.",
        "Panodil 1 g x 4, Ipren 400 mg x 3, 1/2 tablet pn.",
        "Kl. 14.30 og igen kl. 16:05. Uge 14. 30 min. 10.000 skridt.",
        "Vnr. 123456, lot AB1234, NPU03568, ATC N02BE01, ICD-10 DF32.1.",
        "Patienten er 45 år og vejer 82 kg. Der var 12 patienter på 3 sygeplejersker.",
        "Leukocytter 14,2, CRP 112, Hb 6,1, kreatinin 240, INR 6,8.",
        "Patienten har Parkinsons sygdom, Crohn og Alzheimer og får Marevan.",
        "Alarmen gik ikke, fordi kablet var trukket ud af stikket.",
        "Styrelsen for Patientsikkerhed og Region Sjælland er orienteret, se stps.dk.",
    ],
)
def test_a_story_without_identities_stays_as_it_is(text: str) -> None:
    assert replace(text, find(text)) == text


def persons() -> list[dict[str, object]]:
    if not PERSONS.exists():
        return []
    found: list[dict[str, object]] = json.loads(PERSONS.read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(not PERSONS.exists(), reason="MedCom's test persons are not here; set UTH_REFERENCE")
def test_medcoms_test_persons_are_found_however_they_are_typed() -> None:
    missed = []
    for person in persons():
        cpr = str(person["cpr"])
        given, family = [str(one) for one in person["given"]], str(person["family"])  # type: ignore[attr-defined]
        name = f"{given[0]} {family}"
        for spelling in (
            cpr,
            f"{cpr[:6]}-{cpr[6:]}",
            f"{cpr[:6]} {cpr[6:]}",
            f"{cpr[:2]} {cpr[2:4]} {cpr[4:6]} - {cpr[6:]}",
            f"{cpr[:6]}\n{cpr[6:]}",
        ):
            clean = _clean(f"Pt. {name}, cpr {spelling}, fik forkert medicin. Talt med {given[0]} bagefter.")
            unnamed = given[0] in ("Dreng", "Pige")  # a newborn without a name: the word tells nothing
            if (given[0] in clean and not unnamed) or family in clean or cpr[6:] in clean or cpr[:6] in clean:
                missed.append(clean)
        if person["address"]:
            clean = _clean(f"Borgeren bor på {person['address']}, {person['postalCode']} og faldt.")
            if str(person["address"]) in clean:
                missed.append(clean)
    assert not missed, f"{len(missed)} missed, first: {missed[:3]}"


def _clean(text: str) -> str:
    return replace(text, find(text))

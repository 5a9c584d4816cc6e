"""The synthetic people of the tests: written as people write, and never anybody real."""

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

from uth.cli import seeds

HERE = Path(__file__).parent
AS_TYPED: list[dict[str, Any]] = json.loads((HERE / "as_people_write.json").read_text(encoding="utf-8"))[
    "narratives"
]
PLANTED: dict[str, Any] = json.loads((HERE / "planted.json").read_text(encoding="utf-8"))
CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
PLACES = {place.key: place for place in seeds.places()}
KOMMUNER = {kommune.code for kommune in seeds.municipalities()}


def _could_be_a_real_cpr(string: str) -> bool:
    digits = [int(digit) for digit in string if digit.isdigit()]
    return len(digits) == 10 and sum(d * w for d, w in zip(digits, CPR_WEIGHTS, strict=True)) % 11 == 0


def test_twenty_narratives_stand_as_people_type_them() -> None:
    assert len(AS_TYPED) == 20
    for typed in AS_TYPED:
        text = f"{typed['headline']}\n{typed['text']}"
        for string in typed["identities"] + typed["places_named"]:
            assert string in text, (typed["id"], string)
        assert not [string for string in typed["identities"] if _could_be_a_real_cpr(string)]


def test_each_typed_narrative_says_where_it_happened_and_who_receives_it() -> None:
    for typed in AS_TYPED:
        place = PLACES[typed["place"]]
        assert place.sector == typed["sector"]
        assert all(other in PLACES for other in typed["other_places"])
        kind, _, code = typed["receiver"].partition(":")
        expected = {"region": place.region, "kommune": place.municipality, "self": place.key}[kind]
        assert code == expected, typed["id"]


def test_fifty_identities_are_planted_in_structured_fields() -> None:
    people = PLANTED["structured"]
    assert len(people) == 50
    for field in ("name", "cpr", "phone", "mail"):
        assert len({person[field] for person in people}) == 50
    assert not [person for person in people if _could_be_a_real_cpr(person["cpr"])]
    assert all(person["mail"].endswith(".example") for person in people)


def test_fifty_narratives_each_hold_one_planted_identity_literally() -> None:
    narratives = PLANTED["narratives"]
    assert len(narratives) == 50
    for narrative in narratives:
        assert narrative["text"].count(narrative["planted"]) == 1, narrative["id"]
        assert not _could_be_a_real_cpr(narrative["planted"])


def test_phone_numbers_lie_in_a_series_without_subscribers() -> None:
    """The numbering plan keeps 37 for twelve-digit machine numbers; no person has an eight-digit one."""
    phones = [person["phone"] for person in PLANTED["structured"]]
    phones += [narrative["planted"] for narrative in PLANTED["narratives"] if narrative["kind"] == "phone"]
    digits = (re.sub(r"\D", "", phone.replace("+45", "").removeprefix("0045")) for phone in phones)
    assert all(number.startswith("37") for number in digits)


def test_a_typed_mail_address_is_under_a_name_nobody_can_own() -> None:
    texts = chain((typed["text"] for typed in AS_TYPED), (n["text"] for n in PLANTED["narratives"]))
    for host in re.findall(r"@([\w.]+\w)", "\n".join(texts)):
        assert host.lower().endswith(".example")

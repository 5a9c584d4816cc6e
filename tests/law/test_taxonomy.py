"""The taxonomy keeps every code it ever had, and every code explains itself."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from uth.law import taxonomy as module
from uth.law.taxonomy import Code, Level, UnknownCode, codes, lookup, taxonomy, versions

TODAY = date(2026, 11, 21)
EVER = (Path(__file__).parent / "codes_ever.txt").read_text(encoding="utf-8").split()
ROOT = Path(__file__).parents[2]


def test_a_code_is_never_removed() -> None:
    """codes_ever.txt only grows: add a new code there too, and retire an old one with `until`."""
    now = {f"{level.value}.{key}" for level, key in codes()}
    assert set(EVER) - now == set(), "a code was removed: retire it with `until` instead"
    assert now - set(EVER) == set(), "a new code: add it to tests/law/codes_ever.txt"


@pytest.mark.parametrize("code", codes().values(), ids=lambda code: f"{code.level.value}.{code.key}")
def test_every_code_has_a_name_a_definition_and_an_example(code: Code) -> None:
    assert code.name
    assert code.definition.endswith(".")
    assert code.example.endswith(".")
    assert code.definition != code.example


def test_no_two_codes_of_a_level_share_a_name() -> None:
    for level in Level:
        names = [code.name for code in codes().values() if code.level is level]
        assert len(names) == len(set(names))


def test_the_usual_problems_and_processes_of_a_group_exist() -> None:
    for code in codes().values():
        assert all((Level.PROBLEM, key) in codes() for key in code.problems)
        assert all((Level.PROCESS, key) in codes() for key in code.processes)


def test_the_taxonomy_says_that_it_is_not_official() -> None:
    assert not taxonomy(TODAY).official
    assert module.NOT_OFFICIAL.startswith("Ikke officiel")


# § 2, stk. 2, word for word, and the processes that hold it
TREATMENT = {
    "undersøgelse": "sampling",
    "diagnosticering": "assessment",
    "sygdomsbehandling": "operation",
    "fødselshjælp": "birth_help",
    "genoptræning": "rehabilitation",
    "sundhedsfaglig pleje": "personal_care",
    "forebyggelse og sundhedsfremme": "prevention",
}


def test_par2_2_every_kind_of_treatment_has_its_process() -> None:
    assert set(TREATMENT.values()) <= set(taxonomy(TODAY).processes)


def test_a_day_before_the_first_version_uses_the_first() -> None:
    assert taxonomy(date(2012, 1, 1)).version == versions()[0]
    assert len(taxonomy(date(2012, 1, 1)).main_groups) == 16


def test_versions_follow_each_other() -> None:
    assert all(earlier < later for earlier, later in pairwise(versions()))


def test_a_type_is_spelt_from_the_whole_to_the_part() -> None:
    found = taxonomy(TODAY).type("medication.wrong_dose.ordering")
    assert found.code == "medication.wrong_dose.ordering"
    assert found.danish == "Medicinering, herunder væsker › Forkert dosis › Ordination"


def test_a_main_group_alone_is_a_type() -> None:
    assert taxonomy(TODAY).type("blood").danish == "Blod og blodkomponenter"


@pytest.mark.parametrize(
    "code", ["", "fald", "medication.fald", "medication..ordering", "a.b.c.d", "medication.ordering"]
)
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(UnknownCode):
        lookup(code)


def test_the_usual_come_first_and_the_rest_follow() -> None:
    found = taxonomy(TODAY).usual_problems("surgery")
    assert [code.key for code in found[:2]] == ["wrong_site", "left_behind"]
    assert len(found) == len(taxonomy(TODAY).problems)
    assert taxonomy(TODAY).usual_processes("medication")[0].key == "ordering"


def test_a_new_version_holds_from_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    two = (("2026-01", date(2026, 1, 1), False), ("2030-01", date(2030, 1, 1), True))
    monkeypatch.setattr(module, "_versions", lambda: two)
    assert taxonomy(date(2029, 12, 31)).version == "2026-01"
    assert taxonomy(date(2030, 1, 1)).version == "2030-01"
    assert taxonomy(date(2030, 1, 1)).official


def test_a_retired_code_keeps_its_name_but_cannot_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    book = tomllib.loads((ROOT / "src/uth/law/taxonomy.toml").read_text(encoding="utf-8"))
    book["problem"]["twice"]["until"] = date(2026, 6, 30)
    monkeypatch.setattr(module, "_book", lambda: book)
    codes.cache_clear()
    try:
        assert taxonomy(date(2026, 6, 30)).type("medication.twice")
        assert lookup("medication.twice").danish.endswith("to gange")
        with pytest.raises(UnknownCode, match="bruges ikke længere"):
            taxonomy(date(2026, 7, 1)).type("medication.twice")
    finally:
        codes.cache_clear()


def test_the_made_up_incidents_speak_the_same_words() -> None:
    pages = list((ROOT / "src/uth/cli/seeds").glob("narratives*.toml"))
    types = {
        ".".join(each)
        for page in pages
        for incident in tomllib.loads(page.read_text(encoding="utf-8"))["incident"]
        for each in incident.get("types", ())
    }
    assert types
    assert all(taxonomy(TODAY).type(code).code == code for code in types)

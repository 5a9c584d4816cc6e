"""The register's extract and the local mappings, read in: seen first, done once, never deleted."""

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from tests.cases import reported

from uth.actions import organisations
from uth.cli.main import main
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.terms import EventKind, Sector
from uth.queries import places
from uth.records.models import AuditLine
from uth.records.organisations import Organisation, Place, Tenure
from uth.records.routing import chart

pytestmark = pytest.mark.django_db(databases=["default", "national"])
CSV = Path(str(files("uth.cli.seeds") / "sor_opdigtet.csv"))
XML = CSV.with_suffix(".xml")


def uth(*words: str | Path) -> int:
    return main(["places", *map(str, words)])


def changed(tmp_path: Path, **replaced: str) -> Path:
    text = CSV.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(old.replace("_", " "), new)
    (tmp_path / "sor.csv").write_text(text, encoding="utf-8")
    return tmp_path / "sor.csv"


def state() -> list[object]:
    return [list(m.objects.order_by("pk").values()) for m in (Place, Tenure, Organisation)]


def recipient(place: str, now: datetime, **told: object) -> tuple[str, str]:
    case, _ = reported(at=now, place=place, sector=Sector.UNKNOWN, **told)
    return case.organisation.key, case.routed_rule


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = state()
    assert uth("import", CSV, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "Nye: 12" in told
    assert "Intet er ændret" in told
    assert state() == before


@pytest.mark.parametrize("file", [CSV, XML])
def test_the_same_file_twice_changes_nothing_and_both_kinds_say_the_same(file: Path) -> None:
    assert uth("import", file) == 0
    before = state()
    for again in (CSV, XML):
        assert uth("import", again) == 0
        assert state() == before
    assert AuditLine.objects.filter(word="places.read_in").count() == 3


@pytest.mark.parametrize(
    ("sor_id", "authority", "rule"),
    [
        ("99900000000102", "DK-82", "R16"),  # a ward, by the hospital above it
        ("99900000000103", "sor-99900000000103", "R14"),
        ("99900000000104", "sor-99900000000103", "R14"),  # a unit of the private hospital
        ("99900000000105", "DK-81", "R12"),  # a specialist with a ydernummer inside it
        ("99900000000106", "sor-99900000000106", "R14"),
        ("99900000000107", "0461", "R16"),
        ("99900000000108", "0461", "R16"),  # private, supervised by the kommune
        ("99900000000109", "DK-83", "R16"),  # a residence the region runs
        ("99900000000110", "DK-82", "R12"),
        ("99900000000112", "DK-83", "EXEMPT"),
    ],
)
def test_par4_what_the_register_says_decides_who_receives(
    sor_id: str, authority: str, rule: str, now: datetime
) -> None:
    uth("import", CSV)
    assert recipient(f"sor-{sor_id}", now) == (authority, rule)


def test_a_new_name_and_a_new_owner_are_changes_and_the_old_owner_keeps_its_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uth("import", CSV)
    file = changed(
        tmp_path, **{"Genoptræning Syd": "Genoptræning Nord", "genoptræning;0461": "genoptræning;DK-83"}
    )
    assert uth("import", file) == 0
    assert "Genoptræning Nord (opdigtet): navn, driftsansvar" in capsys.readouterr().out
    known = chart().place("sor-99900000000111")
    assert known is not None
    assert known.on(date(2020, 1, 1)).operator == "0461"
    assert known.on(date(2060, 1, 1)).operator == "DK-83"


def test_a_place_that_is_gone_is_closed_and_its_reports_stay(tmp_path: Path, now: datetime) -> None:
    uth("import", CSV)
    case, _ = reported(at=now, place="sor-99900000000110")
    text = CSV.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "sor.csv").write_text("".join(line for line in text if "99900000000110" not in line))
    assert uth("import", tmp_path / "sor.csv", "--partial") == 0
    assert Place.objects.get(key="sor-99900000000110").until is None
    assert uth("import", tmp_path / "sor.csv") == 0
    closed = Place.objects.get(key="sor-99900000000110")
    assert closed.until is not None
    assert case.report.place == closed
    assert places.search("Lægehuset Torvet", on=date(2060, 1, 1)) == ()
    assert Place.objects.get(key="birkelsoe").until is None  # what is not the register's is left alone


def test_a_file_that_would_close_half_the_country_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uth("import", CSV)
    lines = CSV.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "sor.csv").write_text("".join(lines[:5]), encoding="utf-8")
    before = state()
    assert uth("import", tmp_path / "sor.csv") == 1
    assert "--partial" in capsys.readouterr().err
    assert state() == before
    assert uth("import", tmp_path / "sor.csv", "--close-many") == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Navn;Enhedstype\nA;hospital\n", "SorId mangler"),
        ("SorId;Navn;Enhedstype\n", "Der er ingen steder"),
        ("<SorUdtraek><Enhed>", "ikke gyldig XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', "DOCTYPE"),
    ],
)
def test_what_is_no_extract_is_refused_in_a_sentence(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f").write_text(text, encoding="utf-8")
    assert uth("import", tmp_path / "f") == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("bosted;DK-83", "bosted;DK-99", "vi kender ikke myndigheden DK-99"),
        ("bosted;DK-83", "luftskib;DK-83", "enhedstypen »luftskib« kendes ikke"),
        ("99900000000109;", "123;", "er ikke 11-19 cifre"),
        ("99900000000109;", "99900000000109;99900000000999", "findes ikke. Lagt ind uden."),
        ("99900000000109;", "99900000000109;99900000000109", "overordnet sig selv"),
        ("2011-02-01", "1. februar", "er ingen dato"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_rest_read_in(
    old: str, new: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert uth("import", changed(tmp_path, **{old: new})) == 1
    assert says in capsys.readouterr().out
    assert Place.objects.filter(key__startswith="sor-").count() >= 11


# ── the four mappings ──


def mapped(tmp_path: Path, kind: str, text: str, *more: str) -> int:
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    return uth("map", kind, tmp_path / "m.csv", *more)


def test_an_alias_is_searched_for_and_told_twice_stands_once(tmp_path: Path, now: datetime) -> None:
    text = "Sted;Alias\nbirkelsoe-med;Bedste Afsnit\n"
    assert mapped(tmp_path, "aliases", text) == mapped(tmp_path, "aliases", text) == 0
    assert [line.key for line in places.search("bedste afsnit", on=danish_day(now))] == ["birkelsoe-med"]
    assert Place.objects.get(key="birkelsoe-med").aliases.filter(name="Bedste Afsnit").count() == 1


def test_a_hidden_unit_is_not_offered_and_still_known(tmp_path: Path, now: datetime) -> None:
    assert mapped(tmp_path, "hidden", "Sted;Skjult\nbirkelsoe-med;ja\n") == 0
    assert "birkelsoe-med" not in {line.key for line in places.search("B2", on=danish_day(now))}
    assert recipient("birkelsoe-med", now) == ("DK-84", "R16")
    assert mapped(tmp_path, "hidden", "Sted;Skjult\nbirkelsoe-med;nej\n") == 0
    assert "birkelsoe-med" in {line.key for line in places.search("B2", on=danish_day(now))}


def test_a_unit_is_found_by_the_hospital_it_lies_on(tmp_path: Path, now: datetime) -> None:
    uth("import", CSV)
    assert mapped(tmp_path, "physical", "Sted;LiggerPaa\n99900000000110;99900000000101\n") == 0
    found = {line.key: line for line in places.search("lægehuset ravnsholt", on=danish_day(now))}
    assert found["sor-99900000000110"].within == "Ravnsholt Hospital (opdigtet)"
    assert recipient("sor-99900000000110", now) == ("DK-82", "R12")  # the house decides nothing


def test_a_part_looks_at_what_it_was_given_and_the_authority_is_still_the_laws(
    tmp_path: Path, now: datetime
) -> None:
    part = organisations.add_part(below="DK-84", name="Praksisenheden", by=SYSTEM, at=now)
    stranger = organisations.add_part(below="DK-82", name="En anden region", by=SYSTEM, at=now)
    text = f"Sted;Enhed;Fra;Til\nbirkelsoe-med;{part};2020-01-01;\nbirkelsoe-ort;{stranger};2020-01-01;\n"
    assert mapped(tmp_path, "delegated", text) == mapped(tmp_path, "delegated", text) == 0
    case, _ = reported(at=now, place="birkelsoe-med")
    assert case.organisation.key == part
    assert case.routed_explanation.endswith("Her er det Praksisenheden, der ser på den.")
    assert recipient("birkelsoe-ort", now) == ("DK-84", "R16")
    moved = reported(at=now, place="birkelsoe-med", event_kind=EventKind.TRANSPORT, transported_by="DK-81")
    assert moved[0].organisation.key == "DK-81"  # not the part of another authority


def test_a_dry_run_of_a_mapping_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = AuditLine.objects.count()
    assert mapped(tmp_path, "hidden", "Sted;Skjult\nbirkelsoe-med;ja\n", "--dry-run") == 0
    assert "Ændret: 1" in capsys.readouterr().out
    assert not Place.objects.get(key="birkelsoe-med").hidden
    assert AuditLine.objects.count() == before


def test_a_place_nobody_knows_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mapped(tmp_path, "aliases", "Sted;Alias\natlantis;A\nbirkelsoe-med;Nyt navn\n") == 1
    assert "Vi kender ikke stedet atlantis" in capsys.readouterr().out
    assert Place.objects.get(key="birkelsoe-med").aliases.filter(name="Nyt navn").exists()

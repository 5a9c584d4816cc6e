"""`uth organisations`: a merger is rehearsed, made, undone and committed, each told in Danish."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.cases import case_at

from uth.cli import main, organisations
from uth.law.terms import State
from uth.records.mergers import Merger
from uth.records.models import Case

pytestmark = pytest.mark.django_db(databases=["default", "national"])

MERGE = ["organisations", "merge", "--from", "0151", "--from", "0153", "--to", "9001", "--on", "2026-10-01"]
NAMED = ["--name", "Vestkøbenhavn Kommune"]
REGIONS = [
    "organisations",
    "merge",
    "--from",
    "DK-84",
    "--from",
    "DK-85",
    "--to",
    "oestdanmark",
    "--on",
    "2027-01-01",
]


@pytest.fixture
def uth(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command; returns status and what was written."""

    def run(*words: str) -> tuple[int, str]:
        status = main.main(list(words))
        out = capsys.readouterr()
        return status, out.out + out.err

    return run


def test_k27_1_the_rehearsal_tells_what_moves_what_follows_and_what_stays(uth: Any, now: datetime) -> None:
    for state in (State.RECEIVED, State.APPROVED, State.FORWARDED):
        case_at(state, at=now)
    status, text = uth(*REGIONS, "--dry-run")
    assert status == 0
    for words in (
        "Region Østdanmark overtager opgaverne fra 1. januar 2027",
        "Region Hovedstaden → Region Østdanmark",
        "Region Sjælland → Region Østdanmark",
        "åbne sager, klar til videregivelse",
        "Ingen frist ændrer sig",
        "Afsluttede sager hos Region Hovedstaden:",
        "2026 Region Hovedstaden:",
        "Giv Region Østdanmark en kontaktmail",
        "Intet er ændret",
    ):
        assert words in text, text
    assert not Merger.objects.exists()
    assert not Case.objects.filter(organisation__key="oestdanmark").exists()


def test_it_is_made_undone_made_again_and_committed(uth: Any) -> None:
    status, text = uth(*MERGE)
    assert status == 1
    assert "--name" in text
    status, text = uth(*MERGE, *NAMED)
    number = str(Merger.objects.get().pk)
    assert status == 0
    assert f"uth organisations unmerge {number}" in text
    assert "kan fortrydes" in uth("organisations", "list")[1]
    assert uth("organisations", "unmerge", number)[0] == 0
    assert "fortrudt" in uth("organisations", "list")[1]
    assert uth(*MERGE, *NAMED)[0] == 0
    again = str(Merger.objects.latest("pk").pk)
    assert uth("organisations", "commit", again)[0] == 0
    status, text = uth("organisations", "unmerge", again)
    assert (status, text) == (1, "Sammenlægningen er bekræftet og kan ikke fortrydes.\n")


def test_a_day_that_is_none_is_refused(uth: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        uth("organisations", "merge", "--from", "0151", "--to", "0153", "--on", "i morgen")
    assert "2027-01-01" in capsys.readouterr().err


def test_the_report_counts_no_person_by_name(uth: Any, now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now)
    _, text = uth(*REGIONS, "--dry-run")
    for name in ("Bo", "Carl", "Adam", "@"):
        assert name not in text.replace("Bornholm", "")
    assert organisations._day("2027-01-01") == date(2027, 1, 1)

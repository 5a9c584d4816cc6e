"""The page of look-ups, its two forms, and the files for the record system's audit (SUL § 198, stk. 3)."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests.actions.test_lookups import look_up, permit
from tests.cases import case_at
from tests.web.desk import browser_of

from uth.law.clock import danish_day
from uth.law.terms import State
from uth.records.cases import Case
from uth.records.models import LookupPermission, RecordLookup
from uth.web.csv_files import harmless

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NOW = datetime.now(UTC)
TODAY = danish_day(NOW)


def day(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}_day": str(TODAY.day),
        f"{prefix}_month": str(TODAY.month),
        f"{prefix}_year": str(TODAY.year),
    }


def version_of(case: Case) -> int:
    return Case.objects.get(pk=case.pk).version


def post(browser: Client, case: Case, slug: str, **given: Any) -> Any:
    return browser.post(f"/sager/{case.pk}/{slug}/", {"version": version_of(case)} | given)


def test_sul198_3_a_handler_writes_the_permission_and_then_the_lookup() -> None:
    case = case_at(State.IN_PROGRESS, at=NOW)
    carl = browser_of("Carl")
    assert "Tilladelser og journalopslag" in carl.get(f"/sager/{case.pk}/").text
    given = {
        "person": "Carl Carlsen, sygeplejerske",
        "permitted_by": "Lis Lund, overlæge",
        "necessity": "Dosis mangler.",
    }
    assert post(carl, case, "journaltilladelse", **given, **day("permitted_on")).status_code == 302
    held = LookupPermission.objects.get()
    form = carl.get(f"/sager/{case.pk}/nyt-journalopslag/").text
    assert "Carl Carlsen, sygeplejerske, givet" in form
    done = post(
        carl,
        case,
        "nyt-journalopslag",
        permission=held.pk,
        time="00.00",
        system="Journalen",
        trace="Mærket",
        **day("day"),
    )
    assert done.status_code == 302
    page = carl.get(f"/sager/{case.pk}/journalopslag/").text
    for words in ("Lis Lund, overlæge", "Dosis mangler.", "Journalen", "Mærket"):
        assert words in page
    assert RecordLookup.objects.count() == 1


def test_a_refused_form_keeps_what_was_typed() -> None:
    case = case_at(State.IN_PROGRESS, at=NOW)
    page = post(
        browser_of("Carl"),
        case,
        "journaltilladelse",
        person="Carl Carlsen",
        permitted_by="",
        necessity="Derfor.",
    )
    assert page.status_code == 400
    assert "Skriv, hvem i ledelsen der har givet tilladelsen." in page.text
    assert "Carl Carlsen" in page.text


def cells(page: Any) -> list[list[str]]:
    """The file as Danish Excel reads it."""
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert page["Content-Disposition"] == 'attachment; filename="journalopslag.csv"'
    content = page.content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_sul198_3_the_cases_list_is_a_file_for_the_record_systems_audit() -> None:
    case = case_at(State.IN_PROGRESS, at=NOW)
    look_up(case, permit(case, NOW, person="=HYPERLINK(1)"), NOW)
    permit(case, NOW)
    head, used, unused = cells(browser_of("Carl").get(f"/sager/{case.pk}/journalopslag/hent/"))
    assert head[:4] == ["Sag", "Må slå op", "Tilladelse givet af", "Tilladelse givet den"]
    assert used[0] == case.number
    assert used[1] == "'=HYPERLINK(1)", "a spreadsheet must not run it"
    assert used[4].startswith("Vi mangler")
    assert used[-1] == "Sundhedsloven § 198, stk. 3"
    assert unused[5:10] == [""] * 5


def test_sul198_3_the_administrators_file_tells_who_and_when_but_not_of_the_case() -> None:
    case = case_at(State.IN_PROGRESS, at=NOW)
    look_up(case, permit(case, NOW), NOW)
    adam = browser_of("Adam")
    assert "Hent filen" in adam.get("/administration/journalopslag/").text
    head, row = cells(adam.post("/administration/journalopslag/", day("since") | day("until")))
    assert "Nødvendigt fordi" not in head
    assert "Vi mangler" not in " ".join(row)
    assert row[0] == case.number
    refused = adam.post("/administration/journalopslag/", day("since"))
    assert refused.status_code == 422


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_an_ordinary_cell_is_left_alone() -> None:
    assert harmless("Lis Lund, overlæge") == "Lis Lund, overlæge"

"""A letter (et brev): printed with a slip, typed in at the desk, and followed by whoever wrote it by hand."""

import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import PHONE, Browse, log_in, look

pytestmark = pytest.mark.journey


def test_a_desk_prints_forms_and_sees_the_batch(browse: Browse, tmp_path: Path) -> None:
    page = browse()
    log_in(page, "Bo")
    page.goto("/administration/papir/")
    page.get_by_role("button", name="Udskriv skemaerne").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvem skemaerne er til.")
    look(page, "91-papir-afvist")
    page.get_by_text("Patienter og pårørende", exact=True).click()
    page.get_by_label("Hvor mange?").fill("2")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Udskriv skemaerne").click()
    fetched.value.save_as(tmp_path / "skemaer.pdf")
    with pikepdf.open(tmp_path / "skemaer.pdf") as made:
        assert len(made.pages) > 4
    page.goto("/administration/papir/")
    expect(page.get_by_role("table")).to_contain_text("Patienter og pårørende")
    look(page, "92-papir-serier")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_letter_is_typed_in_refused_mended_and_followed(browse: Browse, javascript: bool) -> None:
    page = browse(javascript=javascript, size=PHONE)
    log_in(page, "Bo")
    page.goto("/papir/indtast/")
    page.get_by_role("link", name="Patienter og pårørende").click()
    page.get_by_label("Fortæl med dine egne ord").fill("Jeg fik den forkerte pille på plejehjemmet.")
    page.get_by_label("E-mail").fill("brev@opdigtet.invalid")
    page.get_by_role("button", name="Gem som rapport").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv den dag, brevet kom.")
    look(page, "93-indtast-afvist")
    for box, text in (("Dag", "2"), ("Måned", "3"), ("År", "2026")):
        page.get_by_role("group", name=re.compile("Hvornår kom brevet")).get_by_label(box, exact=True).fill(
            text
        )
    page.locator("label", has_text="Jeg er pårørende").first.click()
    page.get_by_role("button", name="Gem som rapport").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skemaet er tastet ind")
    expect(page.locator("main")).to_contain_text("31. maj 2026")
    look(page, "94-indtastet")
    code = page.locator(".receipt-code").inner_text()
    reporter = browse(javascript=javascript, size=PHONE)
    reporter.goto("/kvittering/")
    reporter.get_by_label("Din kvitteringskode").fill(code)
    reporter.get_by_role("button", name="Vis min rapport").click()
    expect(reporter.locator("main")).to_contain_text("2. marts 2026")

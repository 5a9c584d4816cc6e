"""Paper on the web: the form asks what the web form asks, is drawn for everyone, and is typed in without losing a word."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from tests.cases import reported
from tests.web.desk import browser_of
from tests.web.forms import receipt_in

from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.paper import PaperBatch, PaperForm
from uth.records.reports import Attachment, Report
from uth.web import paper_drawing
from uth.web.intake_rows import Rows
from uth.web.intake_steps import FORMS, FormTable, always
from uth.web.paper_drawing import Copy, Sender
from uth.web.paper_sheet import blank, sections

pytestmark = pytest.mark.django_db(databases=["default", "national"])

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
CODE = "balemi-kosano-dodofe-badebi-lolime-nosasi"
SENDER = Sender(
    "Region Prøve",
    ("Patientsikkerhed", "Æblestien 3", "0000 Østergård"),
    "https://uth.example.dk/kvittering/",
    "https://uth.example.dk/privatliv/",
)
BOTH = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
# What the web keeps for itself and no pen can fill in.
NOT_FOR_A_PEN = re.compile(r"place|(medicines|devices|involved)_rows")


def on_paper(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in part["fields"]:
        yield from on_paper(field) if field["kind"] == "row" else [field]


@BOTH
def test_par4_7_every_question_of_the_web_form_is_on_paper_in_its_order(form: FormTable) -> None:
    drawn = sections(form, on=TODAY, coded=True)
    assert [part["slug"] for part in drawn] == [step.slug for step in form.steps]
    for part, step in zip(drawn, form.steps, strict=True):
        question = blank(form, step, on=TODAY)
        asked = [name for name in question.fields if not NOT_FOR_A_PEN.fullmatch(name)]
        written = [field["name"] for field in on_paper(part)]
        assert written[: len(asked)] == asked, step.slug
        assert not (set(written) - set(asked)) or isinstance(question, Rows)


@BOTH
def test_par4_7_a_field_has_the_webs_own_words_and_answers(form: FormTable) -> None:
    for part, step in zip(sections(form, on=TODAY, coded=True), form.steps, strict=True):
        question = blank(form, step, on=TODAY)
        said = " ".join([part["heading"], *(field["label"] for field in on_paper(part))]).lower()
        for name, field in question.fields.items():
            if NOT_FOR_A_PEN.fullmatch(name) or name == "upload":
                continue
            assert str(field.label).lower() in said
            drawn = next(each for each in on_paper(part) if each["name"] == name)
            if drawn["kind"] == "choice":
                assert [o["label"] for o in drawn["options"]] == [str(words) for _, words in field.choices]  # type: ignore[attr-defined]


@BOTH
def test_a_question_for_some_only_says_on_paper_for_whom(form: FormTable) -> None:
    for step in form.steps:
        assert bool(step.only) == (step.asked is not always), step.slug


@BOTH
def test_a_form_without_a_code_promises_nothing_of_one(form: FormTable) -> None:
    assert "kvittering" in str(sections(form, on=TODAY, coded=True))
    assert "kvittering" not in str(sections(form, on=TODAY, coded=False))


def drawn(form: FormTable, *copies: Copy) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper_drawing.pdf(form, copies or [Copy()], SENDER, at=NOW, on=TODAY)))


@BOTH
def test_par4_7_the_pdf_is_tagged_titled_danish_and_says_it_is_ua_1(form: FormTable) -> None:
    made = drawn(form, Copy("14-001-balemi", CODE))
    assert bool(made.Root.MarkInfo.Marked)
    assert str(made.Root.Lang).startswith("da")
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert made.Root.StructTreeRoot.K
    with made.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert "utilsigtet hændelse" in told["dc:title"]
    assert {tuple(map(round, map(float, page.MediaBox))) for page in made.pages} == {(0, 0, 595, 842)}


def alternatives(pdf: pikepdf.Pdf) -> list[str]:
    return [str(obj.Alt) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj]


def test_the_picture_on_the_slip_leads_to_the_page_and_carries_no_code() -> None:
    form = FORMS["fagperson"]
    assert alternatives(drawn(form, Copy("14-001-balemi", CODE))) == [
        "QR-kode med adressen uth.example.dk/kvittering"
    ]
    assert alternatives(drawn(form)) == []
    assert paper_drawing._qr(SENDER.receipt_url) == paper_drawing._qr("https://uth.example.dk/kvittering/")


def page_of_the_picture(pdf: pikepdf.Pdf) -> int:
    (figure,) = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    return next(n for n, page in enumerate(pdf.pages, start=1) if page.obj.objgen == figure.Pg.objgen)


@BOTH
@pytest.mark.parametrize("address", [(), SENDER.address, tuple(f"Linje {n}" for n in range(7))])
def test_the_slip_lies_on_the_first_page_so_that_its_back_is_the_second(
    form: FormTable, address: tuple[str, ...]
) -> None:
    sender = replace(SENDER, address=address)
    copy = [Copy("14-001-balemi", CODE)]
    made = pikepdf.open(io.BytesIO(paper_drawing.pdf(form, copy, sender, at=NOW, on=TODAY)))
    assert page_of_the_picture(made) == 1


@BOTH
def test_each_form_of_a_batch_begins_on_a_sheet_of_its_own(form: FormTable) -> None:
    one = len(drawn(form, Copy("14-001-balemi", CODE)).pages)
    two = len(drawn(form, Copy("14-001-balemi", CODE), Copy("14-002-balemi", CODE)).pages)
    assert two == one + one % 2 + one


@BOTH
def test_no_letter_is_missing_from_the_font(form: FormTable) -> None:
    made = drawn(form, Copy("14-001-balemi", CODE))
    fonts = {
        str(obj.BaseFont).split("+")[-1]
        for obj in made.objects
        if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj
    }
    assert fonts == {"UTHSans-Regular"}, "a sign that the form's own font lacks was drawn with another"


def test_lines_to_write_on_are_12_millimetres_apart_and_more() -> None:
    source = (Path(paper_drawing.HERE) / "form.typ").read_text()
    found = re.search(r"#let line-height = ([\d.]+)mm", source)
    assert found
    assert float(found[1]) >= 12


def test_anybody_may_print_a_form_of_their_own() -> None:
    page = Client().get("/rapporter/paa-papir/")
    for address in ("/rapporter/paa-papir/fagperson.pdf", "/rapporter/paa-papir/patient.pdf"):
        assert address in page.text
        answer = Client().get(address)
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "ingen kvitteringskode" in page.text
    assert "/rapporter/paa-papir/" in Client().get("/").text
    assert not PaperForm.objects.exists()


def test_a_batch_comes_as_a_pdf_and_is_kept_nowhere(settings: Any) -> None:
    answer = browser_of("Bo").post(
        "/administration/papir/", {"form": "patient", "organisation": "DK-84", "count": "3"}
    )
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    batch = PaperBatch.objects.get()
    assert answer["Content-Disposition"] == f'attachment; filename="papirskemaer-serie-{batch.pk}.pdf"'
    assert (batch.size, batch.forms.count()) == (3, 3)
    assert not list(settings.UTH_VAR.rglob("*.pdf"))
    assert AuditLine.objects.filter(word="paper.printed").count() == 1
    listed = browser_of("Adam").get("/administration/papir/").text
    assert "Patienter og pårørende" in listed


@pytest.mark.parametrize("count", ["", "nul", "51", "0", "9" * 50])
def test_a_wrong_number_of_forms_is_refused_in_a_sentence(count: str) -> None:
    page = browser_of("Bo").post(
        "/administration/papir/", {"form": "patient", "organisation": "DK-84", "count": count}
    )
    assert page.status_code == 400
    assert "error-summary" in page.text
    assert not PaperBatch.objects.exists()


ADDRESS = "/papir/indtast/fagperson/"
YESTERDAY = datetime.now(UTC).date() - timedelta(days=2)
WRITTEN = {
    "received_day": str(YESTERDAY.day),
    "received_month": str(YESTERDAY.month),
    "received_year": str(YESTERDAY.year),
    "story": "Patienten fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange.",
    "place_text": "Medicinsk afdeling B2, Birkelsø Hospital (opdigtet)",
    "place": "birkelsoe-med",
    "medicines_0_name": "Metoprolol",
}


def key_in(page: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.text)
    assert found
    return found[1]


def typed(browser: Client, **changes: str) -> Any:
    key = key_in(browser.get(ADDRESS))
    return browser.post(ADDRESS, {**WRITTEN, "key": key, **changes})


def test_par4_7_the_page_takes_a_letter_with_only_what_stood_on_it() -> None:
    answer = typed(browser_of("Bo"))
    assert answer.status_code == 200
    assert "Skemaet er tastet ind" in answer.text
    report = Report.objects.get()
    assert (report.channel, report.place.key if report.place else "") == ("paper", "birkelsoe-med")
    assert (report.role_towards_event, report.reporter_category, report.anonymous) == ("", "", True)
    assert [m.name for m in report.medicines.all()] == ["Metoprolol"], (
        "no cross is needed for what is written"
    )
    assert Case.objects.get().received_on == YESTERDAY
    assert receipt_in(answer)


def test_par4_7_a_form_with_a_slip_shows_no_code_to_the_desk() -> None:
    bo = browser_of("Bo")
    bo.post("/administration/papir/", {"form": "professional", "organisation": "DK-84", "count": "1"})
    form = PaperForm.objects.get()
    answer = typed(bo, number=form.printed_number)
    assert "Koden på kuponen virker fra nu af" in answer.text
    assert "receipt-code" not in answer.text
    again = typed(browser_of("Carl"), number=form.printed_number, story="En anden")
    assert again.status_code == 400
    assert "allerede tastet ind" in again.text
    assert "En anden</textarea>" in again.text


def test_the_browser_offers_the_typists_own_name_nowhere() -> None:
    for form in FORMS:
        page = browser_of("Bo").get(f"/papir/indtast/{form}/").text
        assert set(re.findall(r'autocomplete="([^"]*)"', page)) == {"off"}


def test_what_was_typed_survives_every_refusal() -> None:
    bo = browser_of("Bo")
    page = typed(bo, received_year="1826", number="999-001-balemi", patient_cpr="12", story="Æblet faldt.")
    assert page.status_code == 400
    for said in ("to år", "kender ikke det skemanummer", "10 tegn"):
        assert said in page.text
    for kept in ("Æblet faldt.</textarea>", 'value="999-001-balemi"', 'value="Metoprolol"', 'value="1826"'):
        assert kept in page.text
        assert kept in bo.get(ADDRESS).text, "and is there when the page is opened again"
    assert not Report.objects.exists()


def test_what_is_mended_after_a_refusal_counts() -> None:
    bo = browser_of("Bo")
    page = typed(bo, received_year="1826", place="", place_text="")
    assert 'value="anonymous" checked' not in re.sub(r" id=\"[^\"]*\"| class=\"[^\"]*\"", "", page.text)
    taken = bo.post(ADDRESS, {**WRITTEN, "key": key_in(page), "reporter_email": "anna@opdigtet.invalid"})
    assert taken.status_code == 200
    assert not Report.objects.get().anonymous


def test_a_colleague_at_the_same_computer_sees_nothing_of_it() -> None:
    bo = browser_of("Bo")
    typed(bo, received_year="1826", story="Noget, kun Bo er ved at skrive.")
    carl = browser_of("Carl")
    carl.cookies.update({name: morsel for name, morsel in bo.cookies.items() if name.startswith("papir")})
    assert "kun Bo" not in carl.get(ADDRESS).text


def test_the_button_pressed_twice_is_one_report_and_one_code() -> None:
    bo = browser_of("Bo")
    key = key_in(bo.get(ADDRESS))
    codes = {receipt_in(bo.post(ADDRESS, {**WRITTEN, "key": key})) for _ in range(2)}
    assert len(codes) == 1
    assert Report.objects.count() == 1
    assert key_in(bo.get(ADDRESS)) != key, "the next letter gets a page of its own"


def test_going_back_and_typing_another_letter_over_the_first_loses_neither() -> None:
    bo = browser_of("Bo")
    key = key_in(bo.get(ADDRESS))
    bo.post(ADDRESS, {**WRITTEN, "key": key})
    refused = bo.post(ADDRESS, {**WRITTEN, "key": key, "story": "Et andet brev."})
    assert refused.status_code == 400
    assert "Et andet brev.</textarea>" in refused.text
    taken = bo.post(ADDRESS, {**WRITTEN, "key": key_in(refused), "story": "Et andet brev."})
    assert taken.status_code == 200
    assert Report.objects.count() == 2


def test_a_scan_follows_the_letter_through_a_refusal() -> None:
    bo = browser_of("Bo")
    scan = io.BytesIO(b"Scannet tekst")
    scan.name = "brev.txt"
    refused = typed(bo, received_year="1826", upload=scan)  # type: ignore[arg-type]
    assert "brev.txt" in refused.text
    assert bo.post(ADDRESS, {**WRITTEN, "key": key_in(refused)}).status_code == 200
    assert Attachment.objects.get().name == "brev.txt"


def test_a_row_more_keeps_the_rest_and_judges_nothing() -> None:
    page = browser_of("Bo").post(ADDRESS, {**WRITTEN, "_go": "row-medicines"})
    assert (page.status_code, "medicines_1_name" in page.text) == (200, True)
    assert 'value="Metoprolol"' in page.text
    assert "error-summary" not in page.text


def test_the_draft_is_kept_while_it_is_typed_and_thrown_away_on_request() -> None:
    bo = browser_of("Bo")
    assert bo.post(f"{ADDRESS}gem/", {"story": "Halvt skrevet"}).status_code == 204
    assert "Halvt skrevet" in bo.get(ADDRESS).text
    assert bo.post(f"{ADDRESS}forfra/").status_code == 302
    assert "Halvt skrevet" not in bo.get(ADDRESS).text


def test_a_code_whose_form_is_still_in_the_post_is_told_so() -> None:
    from tests.people import who

    from uth.actions import paper

    made = paper.print_batch(
        organisation="DK-84", form="patient", count=1, by=who("Bo"), at=datetime.now(UTC)
    )
    page = Client().post("/kvittering/", {"code": made.forms[0].code})
    assert "ikke tastet ind endnu" in page.text
    assert "ikke tastet ind endnu" not in Client().post("/kvittering/", {"code": CODE}).text


def test_a_report_from_the_web_knows_no_paper() -> None:
    case, _ = reported(at=datetime.now(UTC))
    assert (case.report.channel, case.report.entered_by) == ("web", None)

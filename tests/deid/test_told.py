"""What a file tells (hvad bilaget fortæller): the text of PDFs and Word documents, and what a picture says of its maker."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deid.test_files import MAKER, picture

from uth.deid import docx, files
from uth.deid import told as telling
from uth.deid.files import NotAccepted, clean_file
from uth.deid.told import MOST, told

WORDS = "Hanne Holm gav 10 mg morfin"


def page_of(text: str) -> bytes:
    """A PDF of one page with this text, or with a drawing where there is none."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
        )
    )
    drawn = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
    page.Contents = document.make_stream(drawn.encode("cp1252"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word(text: str, more: str = "", **parts: str) -> bytes:
    """A Word document with a paragraph, and other parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        body = f"<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{more}</w:body></w:document>"
        packed.writestr("word/document.xml", body)
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def test_the_text_of_a_pdf_is_read_also_after_cleaning() -> None:
    clean = clean_file(page_of(WORDS))
    assert told(clean.content, clean.content_type).text == WORDS


def test_a_page_that_is_only_a_picture_is_counted_and_not_passed_over() -> None:
    found = told(page_of(""), "application/pdf")
    assert (found.text, found.unread) == ("", 1)


def test_a_pdf_that_cannot_be_read_says_so() -> None:
    assert told(b"%PDF-1.7 nonsense", "application/pdf").unread == 1


def test_of_a_word_document_only_the_text_is_kept() -> None:
    more = "<w:p><w:del><w:r><w:delText>slettet navn</w:delText></w:r></w:del><w:r><w:t>Æble &amp; pære</w:t></w:r></w:p>"
    clean = clean_file(word(WORDS, more, docProps__core=MAKER, word__comments="<w:t>en kommentar</w:t>"))
    assert clean.content_type.startswith("text/plain")
    assert clean.content.decode() == f"{WORDS}\nÆble & pære"


def test_notes_and_heads_of_a_word_document_are_read() -> None:
    clean = clean_file(word(WORDS, word__header1="<w:p><w:t>Afsnit 3</w:t></w:p>"))
    assert clean.content.decode() == f"{WORDS}\nAfsnit 3"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(200), word("")])
def test_a_packed_file_that_is_no_word_document_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NotAccepted, match="Word-dokument"):
        clean_file(content)


def test_a_part_that_would_fill_the_memory_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_BYTES", 1000)
    with pytest.raises(NotAccepted):
        clean_file(word("x" * 2000))


def test_many_parts_together_do_not_fill_the_memory_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_BYTES", 1000)
    notes = {f"word__header{number}": f"<w:t>{'x' * 200}</w:t>" for number in range(9)}
    assert clean_file(word(WORDS, word__header1=notes["word__header1"]))
    with pytest.raises(NotAccepted):
        clean_file(word(WORDS, **notes))


def test_a_packed_file_of_a_kind_word_never_writes_is_refused_in_a_sentence() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("word/document.xml", f"<w:t>{WORDS}</w:t>")
    misnamed = word(WORDS, nävn="x").replace("nävn".encode(), b"n\xff\xffvn")
    for content in (out.getvalue(), misnamed):
        with pytest.raises(NotAccepted, match="Word-dokument"):
            clean_file(content)


def pages_of(drawing: bytes, pages: int = 1) -> bytes:
    """A PDF of which every page draws the same."""
    document = pikepdf.open(BytesIO(page_of("x")))
    document.pages[0].Contents = document.make_stream(drawing)
    for _ in range(pages - 1):
        document.pages.append(document.pages[0])
    out = BytesIO()
    document.save(out, recompress_flate=True)
    return out.getvalue()


@pytest.mark.parametrize("pages", [1, 4])
def test_a_pdf_that_unpacks_to_far_more_than_it_weighs_is_refused(
    pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_DRAWN", 100_000)
    assert clean_file(pages_of(b"0 0 1 1 re f\n" * (5_000 // pages), pages))
    with pytest.raises(NotAccepted, match="pakkes ud"):
        clean_file(pages_of(b"0 0 1 1 re f\n" * (50_000 // pages), pages))


def test_pages_beyond_what_is_read_in_a_breath_are_counted_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = b"BT /F1 12 Tf 20 200 Td (Hanne) Tj ET\n"
    monkeypatch.setattr(telling, "MOST_DRAWN", 2 * len(drawing))
    found = told(pages_of(drawing, 5), "application/pdf")
    assert (found.text, found.unread) == ("Hanne\n\nHanne", 3)


def test_a_picture_tells_its_place_and_maker_until_it_is_cleaned() -> None:
    names = [name for name, _ in told(picture("JPEG"), "image/jpeg").details]
    assert {"Beskrivelse", "Sted (GPS)"} <= set(names)
    clean = clean_file(picture("JPEG"))
    assert told(clean.content, clean.content_type).details == ()


def test_a_long_text_is_cut_and_says_so() -> None:
    found = told(b"a" * (MOST + 1), "text/plain; charset=utf-8")
    assert len(found.text) == MOST
    assert found.cut


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_nothing_makes_the_reading_fall_over(content: bytes) -> None:
    kinds = {"text/plain; charset=utf-8": b"", "application/pdf": b"%PDF-1.4\n", "image/png": b""}
    for kind, head in kinds.items():
        assert len(told(head + content, kind).text) <= MOST

"""Files (bilag): known by their content, and freed of what they tell of their maker."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from uth.deid.files import MAX_EDGE, NotAccepted, clean_file

MAKER = "Kamera ejes af Anna Opdigtet"


def picture(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture whose metadata names its maker and place."""
    exif = Image.Exif()
    exif[0x010E] = MAKER
    exif[0x0112] = 6  # turned: the camera was held upright
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 0.0)
    out = BytesIO()
    Image.new("RGB", size, "teal").save(
        out, kind, exif=exif, **({"comment": MAKER.encode()} if kind == "JPEG" else {})
    )
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_look_and_loses_its_story(kind: str) -> None:
    dirty = picture(kind)
    assert MAKER.encode() in dirty
    clean = clean_file(dirty)
    assert MAKER.encode() not in clean.content
    shown = Image.open(BytesIO(clean.content))
    assert not dict(shown.getexif())
    assert shown.size == (40, 60)


def test_what_hides_behind_a_picture_does_not_follow() -> None:
    assert b"<script>" not in clean_file(picture("PNG") + b"<script>alert(1)</script>").content


def test_a_large_picture_is_made_smaller() -> None:
    assert max(Image.open(BytesIO(clean_file(picture("JPEG", (5000, 100))).content)).size) == MAX_EDGE


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(NotAccepted, match="for stort"):
        clean_file(out.getvalue())


def pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    with document.open_metadata() as meta:
        meta["dc:creator"] = [MAKER]
    document.docinfo["/Author"] = MAKER
    document.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.attachments["hemmeligt.txt"] = MAKER.encode()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf_keeps_its_pages_and_loses_author_scripts_and_attachments() -> None:
    clean = clean_file(pdf()).content
    with pikepdf.open(BytesIO(clean)) as document:
        assert len(document.pages) == 1
        assert not document.docinfo
        assert not document.attachments
        assert "/OpenAction" not in document.Root
    assert MAKER.encode() not in clean


def pdf_with_a_photograph(*, packed: bool = False) -> bytes:
    """A page with a photograph that names its camera, layers, and a file that hangs on the page itself."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(60, 40))
    photograph = pikepdf.Stream(
        document, zlib.compress(picture("JPEG")) if packed else picture("JPEG"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
        Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * packed + [pikepdf.Name.DCTDecode]),
        Metadata=document.make_stream(MAKER.encode()),
    )  # fmt: skip
    page.add_resource(photograph, pikepdf.Name.XObject, pikepdf.Name.Im0)
    page.Contents = document.make_stream(b"q 60 0 0 40 0 0 cm /Im0 Do Q")
    file = document.make_stream(MAKER.encode())
    page.obj["/AF"] = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF={"/F": file})])
    document.Root["/AF"] = page.obj["/AF"]
    document.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=[pikepdf.Dictionary(Name=MAKER)])
    out = BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_photograph_inside_a_pdf_and_files_that_hang_on_a_page_lose_their_story_too(packed: bool) -> None:
    dirty = pdf_with_a_photograph(packed=packed)
    assert dirty.count(MAKER.encode()) >= 3
    clean = clean_file(dirty).content
    with pikepdf.open(BytesIO(clean)) as document:
        everything = [
            each.read_raw_bytes() if isinstance(each, pikepdf.Stream) else each.unparse()
            for each in document.objects
        ]
        assert not [each for each in everything if MAKER.encode() in each]
        shown = pikepdf.PdfImage(document.pages[0].resources.XObject.Im0).as_pil_image()
    assert shown.size == (60, 40)
    assert not dict(shown.getexif())
    assert shown.convert("RGB").getpixel((30, 20)) == pytest.approx((0, 128, 128), abs=3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"PK\x03\x04" + b"\x00" * 40,
        b"%PDF-1.7 nonsense",
        b"\xff\xd8\xffnope",
    ],
)
def test_other_files_are_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NotAccepted) as refusal:
        clean_file(content)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_text_file_is_taken_as_plain_text(encoding: str) -> None:
    clean = clean_file("Målt blodtryk:\r\n120/80".encode(encoding))
    assert clean.content.decode() == "Målt blodtryk:\n120/80"
    assert clean.content_type.startswith("text/plain")


def test_a_page_of_html_is_only_ever_text() -> None:
    assert clean_file(b"<html><script>x</script></html>").content_type.startswith("text/plain")

"""What the tagger believes and the figures contradict does not stand."""

import pytest

from uth.deid.plausible import plausible
from uth.deid.span import Kind, Span


def _believed(text: str, words: str, kind: Kind) -> list[Span]:
    start = text.index(words)
    return plausible(text, [Span(start, start + len(words), kind, words, "tagger", 0.99)])


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Hun er 62 år.", "62", Kind.AGE_OVER_89),
        ("Han er niogfirs.", "niogfirs", Kind.AGE_OVER_89),
        ("Faldet skete kl. 0510.", "0510", Kind.DATE),
        ("Ringede kl. 9.05 og 11.20 uden svar.", "11.20", Kind.PHONE),
        ("Indlagt i 3 uger.", "3", Kind.LOCATION),
        ("Fik 400 mg.", "400", Kind.ID),
        ("BT 154/92 ved ankomst.", "154/92", Kind.DATE),
        ("BT 120/80, 118/76, 190/100.", "190/100", Kind.PHONE),
        ("Kodet UXUD70 i stedet.", "UXUD70", Kind.ID),
        ("ATC er N05AX08.", "N05AX08", Kind.ID),
        ("Giftlinjen 82 12 12 12 sagde nej.", "12 12", Kind.PHONE),
        ("Ringede 1813.", "1813", Kind.PHONE),
        ("Efter IEC 60601-2-4.", "60601-2-4", Kind.ID),
        ("Ydelser 0120, 2101, 7136.", "2101", Kind.ID),
        ("BT 118/60 112/58 121/66.", "60 112", Kind.CPR),
        ("SMS-log: 6/5 10.02 Du har tid", "10.02", Kind.DATE),
        ("Ringet 12. juni 08.01 uden svar", "08.01", Kind.DATE),
        ("S: saturation 81", "S", Kind.PERSON),
        ("Pt. m. kendt KOL", "m", Kind.PERSON),
        ("Fødselsår 1951.", "1951", Kind.CPR),
        ("Procedure KFNG05.", "KFNG05", Kind.ID),
        ("Intet svar 21.10-21.55.", "21.10-21.55", Kind.PHONE),
        ("Tlf. hverdage 8-15.", "8-15", Kind.PHONE),
        ("Sendt 23.18 til alle.", "23.18", Kind.DATE),
        ("Udskrift side 1/4.", "1/4", Kind.DATE),
        ("[x] medicinliste", "[x] medicinliste", Kind.EMAIL),
        ("så var det 20304050", "så", Kind.ID),
        ("Vnr. 123456 manglede.", "123456", Kind.ID),
        ("LOT AB1234 er trukket.", "AB1234", Kind.ID),
        ("Region Sjælland er orienteret.", "Sjælland", Kind.LOCATION),
        ("Barnet Apgar 9.", "Apgar", Kind.PERSON),
        ("Ring til …", "…", Kind.PHONE),
        ("Skrevet af 44", "44", Kind.PERSON),
        ("Forkert skema", "skema", Kind.EMAIL),
        ("Hans datter kom", "Hans", Kind.PERSON),
    ],
)
def test_a_plain_figure_contradicts_the_tagger(text: str, words: str, kind: Kind) -> None:
    assert _believed(text, words, kind) == []


@pytest.mark.parametrize(("word", "stands"), [("kejsersnit", False), ("engsvinget", True), ("vejle", True)])
def test_an_everyday_word_that_is_hardly_believed_is_no_place(word: str, stands: bool) -> None:
    assert (
        bool(plausible(f"Kørt til {word}.", [Span(9, 9 + len(word), Kind.LOCATION, word, "tagger", 0.7)]))
        is stands
    )


def test_a_single_word_that_is_hardly_believed_is_no_date() -> None:
    assert plausible("Talte med hende.", [Span(0, 5, Kind.DATE, "Talte", "tagger", 0.7)]) == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Hun er 94 år.", "94", Kind.AGE_OVER_89),
        ("Han er lige fyldt femoghalvfems.", "femoghalvfems", Kind.AGE_OVER_89),
        ("Faldet skete 0510.", "0510", Kind.DATE),
        ("Cpr 010203, de sidste fire 1951", "1951", Kind.CPR),
        ("L: han har ondt", "L", Kind.PERSON),
        ("Ring 21 10 21 55.", "21 10 21 55", Kind.PHONE),
        ("Faldt 11.12 om natten", "11.12", Kind.DATE),
        ("hun bor i vejle", "vejle", Kind.LOCATION),
        ("hun bor på skovvej", "skovvej", Kind.ADDRESS),
        ("Ring 82 12 12 13.", "82 12 12 13", Kind.PHONE),
        ("Prøve KA 4471 B.", "KA 4471 B", Kind.ID),
        ("Ring 9.05 11 20.", "9.05 11 20", Kind.PHONE),
        ("Hun ligger på stue 3.", "3", Kind.LOCATION),
        ("Indlagt 4/9.", "4/9", Kind.DATE),
        ("Journalnr. 123456 manglede.", "123456", Kind.ID),
        ("Hun bor på Samsø.", "Samsø", Kind.LOCATION),
        ("Ringede til Karin.", "Karin", Kind.PERSON),
        ("Pt. xxxxxx.", "xxxxxx", Kind.CPR),
        ("skriv til hd snabel eksempel punktum dk", "hd snabel eksempel punktum dk", Kind.EMAIL),
        ("Hans ringede.", "Hans", Kind.PERSON),
    ],
)
def test_what_nothing_contradicts_stands(text: str, words: str, kind: Kind) -> None:
    assert [span.text for span in _believed(text, words, kind)] == [words]

"""Replacement keeps the lesson (erstatning, der bevarer læringen)."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.deid.told import told

from uth.deid.engine import deidentify, find
from uth.deid.merge import merge
from uth.deid.replace import PLACEHOLDER, Cast, Style, cast_of, replace
from uth.deid.span import Kind, KnownIdentity, Span, Who

ROOT = Path(__file__).resolve().parents[2]
STORIES = [
    (
        "Pt. {PERSON|Gudrun Thaysen}, {CPR|140239-0062}, faldt på stue {LOCATION|11} onsdag d. {DATE|6/3} kl. 14.20. "
        "Spl. {PERSON|Hanne Holm} gav 5 mg morfin, og {PERSON|Holm} ringede til datteren {PERSON|Mette}. "
        "Først d. {DATE|8/3} så læge {PERSON|Bo Lind} røntgensvaret. {PERSON|Gudruns} hofte var brækket.",
        "[patienten], [CPR-nummer], faldt på stue [nr.] onsdag [dag 0] kl. 14.20. "
        "[sygeplejerske A] gav 5 mg morfin, og [sygeplejerske A] ringede til [patientens datter]. "
        "Først [2 dage senere] så [læge B] røntgensvaret. [patienten]s hofte var brækket.",
    ),
    (
        "{PERSON|Hansen, Jytte M} {CPR|221147-3309}\n{PERSON|Hansen, Jytte N} {CPR|221174-3390}\n"
        "Rekvisitionen på {PERSON|Jytte M} blev lagt på {PERSON|Jytte N}.",
        "[patienten] [CPR-nummer]\n[den anden patient] [CPR-nummer]\n"
        "Rekvisitionen på [patienten] blev lagt på [den anden patient].",
    ),
    (
        "Borger {PERSON|Svend Åge} på Plejehjemmet {ORG_UNIT|Solgården} fik {PERSON|Ernas} insulin. Fru {PERSON|Erna Dahl} "
        "er {AGE_OVER_89|93} år. Han kom på {ORG_UNIT|Skejby}, men journalen lå i {LOCATION|Horsens}, ikke i {LOCATION|Odder}.",
        "[borgeren] på [plejehjemmet] fik [person A]s insulin. Fru [person A] "
        "er [over 89] år. Han kom på [sygehuset], men journalen lå i [by], ikke i [den anden by].",
    ),
    (
        "{ORG_UNIT|Svane} Apotek ringede til Lægehuset {ORG_UNIT|Søndertorv}; {PERSON|Maiken}, farmaceut, talte med dr. {PERSON|Søe}. "
        "Dosis fra maj blev givet {DATE|3.-7. april} i afd. {ORG_UNIT|B14} og siden i afd. {ORG_UNIT|B16}.",
        "[apoteket] ringede til [lægehuset]; [farmaceut A], talte med [læge B]. "
        "Dosis fra maj blev givet [dag 0 til 4] i [afdelingen] og siden i [den anden afdeling].",
    ),
    (
        "Min mand {PERSON|Preben} blev forvekslet med en anden {PERSON|Preben}. Undertegnede, {PERSON|Gerda Vest}, så det. "
        "Hans søn {PERSON|Kaj} og sygeplejerske {PERSON|Kaj} var der begge. Ring på {PHONE|12 34 56 78}.",
        "Min [mand A] blev forvekslet med en anden [person B]. Undertegnede, [rapportøren], så det. "
        "Hans [søn C] og [sygeplejerske D] var der begge. Ring på [telefonnummer].",
    ),
]


SIGNS = [
    ("Ring på {PHONE|+45 12 34 56 78} eller +{PHONE|45 12 34 56 78}.", "Ring på [telefonnummer] eller [telefonnummer]."),
    ("Akuttelefonen, ({PHONE|38 64) 17 02}, svarede (+{PHONE|45) 38 64 17 02}.", "Akuttelefonen, [telefonnummer], svarede [telefonnummer]."),
    ("Han (+{PHONE|45 38 64 17 02}) svarede.", "Han ([telefonnummer]) svarede."),
    ("Vores mor er {AGE_OVER_89|90}+ og svag.", "Vores mor er [over 89] og svag."),
    ("Vikaren (aut-id {PROFESSION_ID|0C7PX}) og yder {PROFESSION_ID|082719}.", "Vikaren (aut-id [autorisations-id]) og yder [ydernummer]."),
    ("Ordineret af {PROFESSION_ID|0-C-7-P-X}.", "Ordineret af [autorisations-id]."),
    ("Natten mellem d. {DATE|12. og 13. marts} faldt han.", "Natten mellem [dag 0 og dag 1] faldt han."),
    ("Set d. {DATE|14. okt.} Spl. {PERSON|Hanne} ringede d. {DATE|15.}", "Set [dag 0]. [sygeplejerske A] ringede [dagen efter]."),
    ("Kom fra {ORG_UNIT|Skejby} afd. {ORG_UNIT|B4} til {ORG_UNIT|Svane} Apotek {LOCATION|Odense}.", "Kom fra [sygehuset] [afdelingen] til [apoteket] [by]."),
    ("Faldt på Aktivcenter {ORG_UNIT|Bakkebo}.", "Faldt på [aktivitetscentret]."),
    ("MIN {PERSON|SVIGERFAR KNUD GAARD} LÅ PÅ GANGEN.", "MIN [svigerfar A] LÅ PÅ GANGEN."),
    ("{PERSON|Patienten Sol Ríos} blev grint ad.", "[patienten] blev grint ad."),
    ("Spl. {PERSON|Hannes} vagt var slut, og {PERSON|Hanne} gik.", "[sygeplejerske A]s vagt var slut, og [sygeplejerske A] gik."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), SIGNS)
def test_signs_titles_and_endings_beside_an_identity_read_as_danish(before: str, after: str) -> None:
    assert told(before) == after
    assert told(after) == after
    assert PLACEHOLDER.sub("", after).count("[") == 0


@pytest.mark.parametrize(("before", "after"), STORIES)
def test_a_story_is_told_without_its_identities_and_still_teaches(before: str, after: str) -> None:
    assert told(before) == after


@pytest.mark.parametrize("after", [after for _, after in STORIES])
def test_a_clean_story_stays_as_it_is(after: str) -> None:
    assert deidentify(after).text == after


@pytest.mark.parametrize("before", [before for before, _ in STORIES])
def test_everything_in_brackets_is_a_placeholder_in_either_style(before: str) -> None:
    for style in Style:
        assert PLACEHOLDER.sub("", told(before, style=style)).count("[") == 0


def test_the_examples_in_the_docs_are_told_as_they_say() -> None:
    page = (ROOT / "docs" / "deid.md").read_text(encoding="utf-8")
    block = page.partition("```text\nPt. {")[2].partition("```")[0]
    pairs = [pair.strip().split("\n") for pair in f"Pt. {{{block}".split("\n\n")]
    assert len(pairs) == 5
    assert [told(before) for before, _ in pairs] == [after for _, after in pairs]


def test_masking_says_only_what_kind_of_identity_stood_there() -> None:
    before = "Spl. {PERSON|Hanne Holm} kom d. {DATE|3/4} til {ORG_UNIT|Svane} Apotek."
    assert told(before, style=Style.MASK) == "Spl. [navn] kom d. [dato] til [enhed] Apotek."


def test_three_reports_of_one_event_call_everybody_the_same() -> None:
    cast = Cast()
    reports = (
        "Sygeplejerske {PERSON|Hanne Holm} gav {PERSON|Bo Lind}, {CPR|010203-1234}, forkert medicin d. {DATE|4/3}.",
        "Jeg så {PERSON|Bo Lind} d. {DATE|5/3}. Det var {PERSON|HH}, der havde givet den, sagde {PERSON|Kaja}.",
        "Datteren {PERSON|Ida Lind} klagede over {PERSON|Hane Holm} den {DATE|7. marts}; {PERSON|Kaja} lyttede.",
    )
    assert [told(report, cast=cast) for report in reports] == [
        "[sygeplejerske A] gav [patienten], [CPR-nummer], forkert medicin [dag 0].",
        "Jeg så [patienten] [dagen efter]. Det var [sygeplejerske A], der havde givet den, sagde [person B].",
        "[patientens datter] klagede over [sygeplejerske A] [3 dage senere]; [person B] lyttede.",
    ]


def test_a_role_told_in_the_last_text_names_the_person_in_the_first_when_all_are_read_first() -> None:
    texts = ["Holm gav det.", "Det var jordemoder Holm."]
    spans = [[person(text, "Holm")] for text in texts]
    cast = cast_of(zip(texts, spans, strict=True))
    assert [replace(text, found, cast=cast) for text, found in zip(texts, spans, strict=True)] == [
        "[jordemoder A] gav det.",
        "Det var [jordemoder A].",
    ]


def test_the_vault_tells_who_is_the_patient_and_who_reports() -> None:
    known = [
        KnownIdentity(Kind.PERSON, "Hanne Holm", Who.PATIENT),
        KnownIdentity(Kind.PERSON, "Bo Lind", Who.REPORTER),
    ]
    text = "Bo hentede Hanne. Holms pumpe var slukket, og HH sov. Sygeplejerske Lind skrev det."
    assert deidentify(text, known=known).text == (
        "[rapportøren] hentede [patienten]. [patienten]s pumpe var slukket, og [patienten] sov. "
        "Sygeplejerske [rapportøren] skrev det."
    )


def test_a_name_both_bear_is_not_said_to_be_either_of_them() -> None:
    known = [
        KnownIdentity(Kind.PERSON, "Hanne Holm", Who.PATIENT),
        KnownIdentity(Kind.PERSON, "Bo Holm", Who.REPORTER),
    ]
    assert {span.who for span in find("Så kom Holm ind", known=known)} == {None}


def test_a_cast_does_not_show_its_names() -> None:
    cast = Cast()
    told("{PERSON|Hanne Holm} kom", cast=cast)
    assert "anne" not in repr(cast) + str(cast)


def test_a_text_already_clean_in_part_gets_no_tag_twice() -> None:
    assert told("[læge A] talte med {PERSON|Hanne Holm} den [2 dage senere] og {DATE|5/3}.") == (
        "[læge A] talte med [person B] den [2 dage senere] og [dato]."
    )


def test_a_tag_once_given_stays_when_a_later_text_knows_more() -> None:
    cast = Cast()
    assert told("{PERSON|Holm} kom.", cast=cast) == "[person A] kom."
    assert told("Læge {PERSON|Holm} gik.", cast=cast) == "Læge [person A] gik."


def test_numbers_that_matter_stay() -> None:
    kept = "5 mg x 3, BT 120/80, GCS 15, Apgar 9/10, INR 2,3, kl. 14.30, uge 14, 83 år, 38,9"
    assert told(f"{{PERSON|Hanne}} fik {kept}.") == f"[person A] fik {kept}."


def person(text: str, name: str) -> Span:
    start = text.index(name)
    return Span(start, start + len(name), Kind.PERSON, name, "test", 1.0)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    words = st.sampled_from(
        [
            "spl.",
            "Hanne",
            "Holm,",
            "Holms",
            "HH",
            "d.",
            "den",
            "3/4",
            "5.",
            "marts",
            "2024",
            "Plejehjemmet",
            "Solgården",
            "Apotek",
            "pt.",
            "hendes",
            "datter",
            "[dato]",
            "'",
            "fru",
            "(læge)",
            "[læge",
            "A]",
            "B14",
            "afd.",
            "og",
            "\n",
            "93",
            "ß",
            "İ",
        ]
    )
    text = " ".join(draw(st.lists(st.one_of(words, st.text(max_size=4)), min_size=1, max_size=30)))
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        spans.append(Span(start, end, draw(st.sampled_from(Kind)), text[start:end], "test", 0.9))
    return text, spans


@given(texts_with_spans())
def test_only_the_spans_and_the_words_a_tag_takes_over_change(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    done = 0
    for edit in Cast().edits(text, merge(text, spans)):
        assert done <= edit.start <= edit.end
        done = edit.end
    taken = Cast().edits(text, merge(text, spans))
    for span, edit in zip(merge(text, spans), taken, strict=True):
        assert edit.start <= span.start
        assert span.end <= edit.end
        assert PLACEHOLDER.match(edit.words)
        assert edit.words.endswith(("]", "]s"))
        beside = text[edit.start : span.start] + text[span.end : edit.end]
        assert len(beside) <= 60


@given(texts_with_spans())
def test_masking_changes_nothing_outside_the_spans(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    clean = replace(text, spans, style=Style.MASK)
    parts, done = [], 0
    for span in merge(text, spans):
        parts.append(text[done : span.start])
        done = span.end
    parts.append(text[done:])
    assert re.fullmatch(r"\[[^\[\]]{2,20}\]".join(map(re.escape, parts)), clean, re.DOTALL)


@given(texts_with_spans())
def test_the_same_texts_in_the_same_order_give_the_same_words(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cast = cast_of([(text, spans)])
    first = replace(text, spans, cast=cast)
    assert first == replace(text, spans, cast=cast)
    assert first == replace(text, spans)

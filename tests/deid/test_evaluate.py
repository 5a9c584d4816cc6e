"""Measuring: what counts as found, as hidden for nothing, and how sure a share is (måling)."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from uth.cli.main import main
from uth.deid.evaluate import BadGold, Gold, Ratio, Score, Share, gold, measure, read
from uth.deid.evaluate.report import data, markdown
from uth.deid.evaluate.score import initials, lower_case
from uth.deid.span import Kind, Span


def finder(*words: str) -> Callable[[str], Sequence[Span]]:
    """Finds these words, wherever they first stand."""

    def find(text: str) -> list[Span]:
        places = [(text.find(word), word) for word in words]
        return [Span(at, at + len(word), Kind.PERSON, word, "test", 1.0) for at, word in places if at >= 0]

    return find


def score(marked: str, *found: str) -> Score:
    return measure([gold(marked, id="a", voice="nurse")], finder(*found))


def test_an_identity_is_found_when_all_its_letters_and_digits_are_covered() -> None:
    marked = "Pt {PERSON|Hanne-Lis Holm} faldt."
    assert score(marked, "Hanne", "Lis", "Holm").found() == Share(1, 1)
    assert score(marked, "Hanne", "Holm").found() == Share(0, 1)


def test_a_genitive_s_may_stay_behind_a_name_but_not_elsewhere() -> None:
    assert score("{PERSON|Hannes} seng", "Hanne").found() == Share(1, 1)
    assert score("{ORG_UNIT|Elmehus} ringede", "Elmehu").found() == Share(0, 1)


def test_what_is_hidden_outside_an_identity_counts_unless_it_is_to_be_ignored() -> None:
    assert score("{PERSON|Bo} på {IGNORE|afdelingen} faldt", "Bo", "afdelingen").needless == Ratio(((0, 2),))
    assert score("{PERSON|Bo} på afdelingen", "Bo på").needless == Ratio(((2, 4),))


def test_a_trap_is_hidden_when_any_of_it_is() -> None:
    one = score("{TRAP|Mb. Parkinson} og {TRAP|Marevan}", "Parkinson")
    assert (one.traps, one.found()) == (Share(1, 2), Share(0, 0))


def test_leaks_are_counted_among_texts_with_an_identity_and_touches_among_those_without() -> None:
    texts = [gold("{PERSON|Bo} d. {DATE|3/4}"), gold("{DATE|3/4}"), gold("Faldt."), gold("Maj faldt.")]
    one = measure(texts, finder("Maj"))
    assert (one.leaking(Kind.PERSON), one.leaking(), one.touched) == (Share(1, 2), Share(2, 2), Share(1, 2))


@pytest.mark.parametrize(
    ("text", "lower", "initial"),
    [
        ("hanne", True, False),
        ("Hanne", False, False),
        ("MK", False, True),
        ("T.V.K.", False, True),
        ("T V K", False, True),
        ("mk", False, True),
        ("bo", True, False),
        ("LONE", False, True),
        ("hanne holm", True, False),
    ],
)
def test_names_in_lower_case_and_initials_are_told_apart(text: str, lower: bool, initial: bool) -> None:
    span = Span(0, len(text), Kind.PERSON, text, "gold", 1.0)
    assert (lower_case(span), initials(span)) == (lower, initial)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [(Share(0, 10), 0.0, 0.2775), (Share(10, 10), 0.7225, 1.0), (Share(98, 100), 0.9300, 0.9945)],
)
def test_a_share_has_wilsons_interval(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=1e-4)


def test_a_ratio_is_surer_when_texts_agree() -> None:
    alike, apart = Ratio(((1, 10),) * 10), Ratio(((10, 10), *((0, 10),) * 9))
    assert alike.share == apart.share == 0.1
    assert alike.interval == pytest.approx((0.1, 0.1))
    assert apart.interval[1] > 0.25


LINE = {
    "id": "x-1",
    "voice": "nurse",
    "text": "Pt Bo fik Marevan på afdelingen",
    "entities": [{"start": 3, "end": 5, "type": "PERSON"}],
    "traps": [{"start": 10, "end": 17, "kind": "drug"}],
    "ignore": [{"start": 21, "end": 31}],
}


def test_lines_with_offsets_are_read_as_marks_are(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE) + "\n\n")
    (one,) = read(path)
    marked = gold("Pt {PERSON|Bo} fik {TRAP|Marevan} på {IGNORE|afdelingen}", id="x-1", voice="nurse")
    assert one == marked
    assert isinstance(one, Gold)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"entities": [{"start": 3, "end": 99, "type": "PERSON"}]},
        {"entities": [{"start": 5, "end": 5, "type": "PERSON"}]},
        {"entities": [{"start": 3, "end": 5, "type": "Bo"}]},
        {"traps": ["Bo"]},
    ],
)
def test_a_line_that_cannot_be_read_is_named_without_its_content(
    wrong: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE | wrong))
    with pytest.raises(BadGold, match="linje 2") as fault:
        read(path)
    assert "Bo" not in str(fault.value)


@pytest.mark.parametrize("marked", ["{NAME|Bo}", "{PERSON|Bo", "{PERSON|{CPR|1}"])
def test_a_mark_that_cannot_be_read_is_refused(marked: str) -> None:
    with pytest.raises(BadGold):
        gold(marked, id="a")


def test_the_report_tells_places_and_never_words() -> None:
    one = score("Pt {PERSON|Xerxes} fik {TRAP|Marevan}", "Marevan")
    told = json.dumps(data(one)) + markdown(one)
    assert data(one)["missed"] == [{"id": "a", "start": 3, "end": 9, "type": "PERSON"}]
    assert data(one)["hidden_traps"] == [{"id": "a", "start": 14, "end": 21}]
    assert not [word for word in ("Xerxes", "Marevan") if word in told]


def test_the_command_measures_files_and_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE) + "\n")
    assert main(["deid", "evaluate", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["texts"] == 1
    assert told["kinds"]["PERSON"]["of"] == 1
    assert set(told["voices"]) == {"nurse"}
    assert main(["deid", "evaluate", str(path), "--misses"]) == 0
    assert "| Direkte identiteter fundet |" in capsys.readouterr().out


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deid", "evaluate", str(tmp_path)]) == 2
    assert main(["deid", "evaluate", str(tmp_path / "nowhere.json")]) == 2
    assert capsys.readouterr().err.count("Guldteksterne kan ikke læses") == 2

"""`uth deid`: text in, clean text out, with no database, no settings and no keys."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from uth.cli import deid_stream
from uth.deid import lines
from uth.deid.tagger import TaggerMissing, TaggerTooSlow

ROOT = Path(__file__).parents[2]
BARE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
TEXT = "Pt Hanne Holm, cpr 010203-1239, ringede til spl. Bo Berg på 22 33 44 55."


def uth(*words: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """Run it as on a bare checkout."""
    return subprocess.run(
        [sys.executable, "-m", "uth.cli.main", "deid", *words],
        input=given.encode() if isinstance(given, str) else given,
        env=BARE,
        cwd="/",
        capture_output=True,
    )


def jsonl(*texts: str) -> str:
    return "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts))


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def stretches(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["type"], answer["text"][one["start"] : one["end"]]) for one in answer["entities"]}


def test_a_text_comes_out_without_its_identities() -> None:
    done = uth(given=TEXT)
    assert done.returncode == 0, done.stderr
    clean = done.stdout.decode()
    assert clean.startswith("[patienten], cpr ")
    assert not [part for part in ("Holm", "010203", "Berg", "22 33") if part in clean]


def test_what_surrounds_the_identities_comes_out_byte_for_byte() -> None:
    done = uth(given="Pt faldt.\r\n\r\nEfterset ☃ kl. 8.\n")
    assert done.stdout.decode() == "Pt faldt.\r\n\r\nEfterset ☃ kl. 8.\n"


def test_replace_changes_nothing_for_a_text() -> None:
    assert uth("--replace", given=TEXT).stdout == uth(given=TEXT).stdout


def test_a_line_is_answered_with_its_own_text_and_where_the_identities_stand() -> None:
    (answer,) = answers(uth("--jsonl", given=jsonl("😀 " + TEXT)))
    assert list(answer) == ["id", "text", "entities"]
    assert answer["text"] == "😀 " + TEXT
    assert {("CPR", "010203-1239"), ("PHONE", "22 33 44 55"), ("PERSON", "Hanne Holm")} <= stretches(answer)


def test_with_replace_the_offsets_still_point_into_the_text_as_it_came() -> None:
    (plain,) = answers(uth("--jsonl", given=jsonl(TEXT)))
    (clean,) = answers(uth("--jsonl", "--replace", given=jsonl(TEXT)))
    assert clean["entities"] == plain["entities"]
    assert "Holm" not in clean["text"]


def test_masked_a_text_says_only_what_kind_of_identity_stood_there() -> None:
    text = "Sygeplejerske Hanne Holm ringede."
    assert uth("--mask", given=text).stdout.decode() == "Sygeplejerske [navn] ringede."
    (masked,) = answers(uth("--jsonl", "--replace", "--mask", given=jsonl(text)))
    assert masked["text"] == "Sygeplejerske [navn] ringede."
    assert uth(given=text).stdout.decode() != "Sygeplejerske [navn] ringede."


def test_what_is_known_may_say_whose_name_it_is(tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text(json.dumps([{"kind": "PERSON", "text": "Hanne Holm", "who": "patient"}]))
    assert uth("--known", str(known), given="Hanne Holm faldt.").stdout.decode() == "[patienten] faldt."


def test_other_fields_stay_behind() -> None:
    given = json.dumps({"id": "a", "text": "Pt faldt.", "patient": "Hanne Holm"})
    assert b"Hanne" not in uth("--jsonl", given=given).stdout


def test_a_line_may_say_what_is_known_of_its_text() -> None:
    text = "Der blev sendt bud efter kvik lidt senere."  # an ordinary word, till it is known as a name
    known = [{"kind": "PERSON", "text": "Kvik Olsen"}]
    given = json.dumps({"id": 1, "text": text}) + "\n" + json.dumps({"id": 2, "text": text, "known": known})
    first, second = answers(uth("--jsonl", given=given))
    assert (stretches(first), stretches(second)) == (set(), {("PERSON", "kvik")})


def test_a_file_may_say_what_is_known_of_all(tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text(json.dumps([{"kind": "person", "text": "Kvik Olsen"}]))
    assert b"kvik" not in uth("--known", str(known), given="kvik var med hele vejen").stdout


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '[{"kind": "NIX", "text": "Hanne Holm"}]',
        '["Hanne Holm"]',
        '[{"kind": "PERSON", "text": "x", "who": "Hanne"}]',
        '[{"kind": "PERSON"}]',
    ],
)
def test_a_file_of_known_that_cannot_be_used_is_refused_without_its_content(
    content: str, tmp_path: Path
) -> None:
    known = tmp_path / "known.json"
    known.write_text(content)
    done = uth("--known", str(known), given=TEXT)
    assert (done.returncode, done.stdout) == (deid_stream.UNREADABLE, b"")
    assert b"Hanne" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_of_known_that_is_not_there_is_told_of_in_danish(tmp_path: Path) -> None:
    done = uth("--known", str(tmp_path / "nix.json"), given=TEXT)
    assert (done.returncode, done.stdout) == (deid_stream.UNREADABLE, b"")
    assert "kan ikke læses: den findes ikke.".encode() in done.stderr


BAD = {
    "no JSON": b"Hanne Holm",
    "no object": b'["Hanne Holm"]',
    "no id": b'{"text": "Hanne Holm"}',
    "no text": b'{"id": "Hanne Holm", "text": null}',
    "an id that is a list": b'{"id": ["Hanne Holm"], "text": ""}',
    "not UTF-8": b'{"id": 1, "text": "Hanne Holm \xe6"}',
    "not a number": b'{"id": NaN, "text": "Hanne Holm"}',
    "too deep": b'{"id": 1, "text": "Hanne Holm", "x": ' + b"[" * 100_000,
    "known of no kind": b'{"id": 1, "text": "Hanne Holm", "known": [{"kind": "Hanne", "text": "Hanne"}]}',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_named_by_its_number_and_the_rest_is_written(bad: bytes) -> None:
    done = uth("--jsonl", given=b'{"id": 1, "text": ""}\n\n' + bad + b'\n{"id": 2, "text": ""}\n')
    assert done.returncode == deid_stream.LEFT_OUT
    assert [answer["id"] for answer in answers(done)] == [1, 2]
    assert b"Linje 3 er udeladt" in done.stderr
    assert b"1 linje er udeladt." in done.stderr
    assert b"Hanne" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_line_far_too_long_is_left_out_without_being_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(deid_stream, "MOST_BYTES", 100)
    monkeypatch.setattr(lines, "MOST_BYTES", 100)
    stream = io.BytesIO(b'{"id": 1, "text": "%s"}\n{"id": 2, "text": ""}' % (b"x" * 1000))
    (first, long), second = deid_stream._numbered(stream)
    assert (first, len(long), second) == (1, 101, (2, b'{"id": 2, "text": ""}'))
    assert deid_stream._answer((first, long), lines.How())[2] == "linjen er for lang"


def test_half_of_a_surrogate_pair_comes_out_as_it_came() -> None:
    done = uth("--jsonl", given='{"id": 1, "text": "\\ud83d faldt"}')
    assert answers(done)[0]["text"] == "\ud83d faldt"


def test_text_that_is_not_utf8_is_refused() -> None:
    done = uth(given=b"Pt faldt p\xe5 gulvet")
    assert (done.returncode, done.stdout) == (deid_stream.UNREADABLE, b"")


def test_several_processes_answer_in_order_as_one_does() -> None:
    given = jsonl(*(f"Spl. Mette Krog ringede {at} gange." for at in range(150)), "x") + "fejl\n"
    one, two = uth("--jsonl", given=given), uth("--jsonl", "--jobs", "2", given=given)
    assert len(answers(two)) == 151
    assert (one.stdout, one.stderr, one.returncode) == (two.stdout, two.stderr, two.returncode)


def test_django_is_not_imported() -> None:
    code = "import sys; from uth.cli.main import main; main(['deid']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=BARE, input=b"Pt faldt.").returncode == 0


def test_whoever_stops_reading_is_told_nothing() -> None:
    command = (
        f'yes \'{{"id": 1, "text": "Pt faldt."}}\' | {sys.executable} -m uth.cli.main deid --jsonl | head -2'
    )
    done = subprocess.run(["bash", "-c", command], env=BARE, capture_output=True)
    assert (len(done.stdout.splitlines()), done.stderr) == (2, b"")


def failing(fault: Exception) -> Any:
    def deidentify(*text: Any, **more: Any) -> Any:
        raise fault

    return deidentify


class Bytes:
    """Standard input or output."""

    def __init__(self, content: bytes = b"") -> None:
        import io

        self.buffer = io.BytesIO(content)


def run(monkeypatch: pytest.MonkeyPatch, given: bytes, fault: Exception, *words: str) -> tuple[int, bytes]:
    """Run it where the engine fails."""
    import argparse

    from uth.cli import deid

    parser = argparse.ArgumentParser()
    deid.options(parser)
    out = Bytes()
    monkeypatch.setattr(lines, "deidentify", failing(fault))
    monkeypatch.setattr(deid_stream, "deidentify", failing(fault))
    monkeypatch.setattr("sys.stdin", Bytes(given))
    monkeypatch.setattr("sys.stdout", out)
    return deid.run(parser.parse_args(words)), out.buffer.getvalue()


@pytest.mark.parametrize("words", [[], ["--jsonl"]])
def test_without_the_language_model_nothing_is_written(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    given = jsonl(TEXT).encode()
    assert run(monkeypatch, given, TaggerMissing(), *words) == (deid_stream.NO_ENGINE, b"")
    assert capfd.readouterr().err == f"uth: {deid_stream.SENTENCES[TaggerMissing]}\n"


def test_a_text_that_takes_too_long_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, TEXT.encode(), TaggerTooSlow()) == (deid_stream.NO_ENGINE, b"")


@pytest.mark.parametrize("fault", [TaggerTooSlow(), KeyError("Hanne Holm")])
def test_a_line_the_engine_cannot_read_is_left_out_and_says_nothing_of_it(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, jsonl(TEXT).encode(), fault, "--jsonl") == (deid_stream.LEFT_OUT, b"")
    said = capfd.readouterr().err
    assert "Linje 1 er udeladt" in said
    assert "Holm" not in said

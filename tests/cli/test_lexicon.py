"""An installation's own word lists: made in one command, used when the environment says so, refused when broken."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from uth.cli.main import main
from uth.deid import lexicon
from uth.deid.engine import find
from uth.deid.find import lower, person
from uth.deid.lexicon import FILE, Unusable
from uth.deid.words import forget

REFERENCE = Path(os.environ.get("UTH_REFERENCE", "/nowhere")) / "deid" / "gazetteers"


@pytest.fixture(autouse=True)
def shipped_lists_afterwards() -> Iterator[None]:
    yield
    lexicon.use_shipped()


def build(*words: str | Path) -> int:
    return main(["lexicon", "build", *map(str, words)])


def listed(text: str) -> list[str]:
    """The names that the lists alone find: the tagger knows many that no list has."""
    forget()  # what the lists said of this text last time
    return [span.text for span in (*person.find(text), *lower.find(text))]


def written(tmp_path: Path, text: str, name: str = "navne.csv") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def test_a_surname_of_the_file_is_found_once_the_lists_are_in_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Så kom qvistgaardsen igen."
    assert listed(text) == []
    names = written(tmp_path, "efternavn;antal\nQvistgaardsen;412\n")
    assert build("--surnames", names, "--out", tmp_path / "lister") == 0
    told = capsys.readouterr().out
    assert "Ordlisterne er lavet" in told
    assert f"UTH_LEXICON={tmp_path / 'lister'}" in told
    lexicon.use(tmp_path / "lister")
    assert listed(text) == ["qvistgaardsen"]
    lexicon.use_shipped()
    assert listed(text) == []


def test_names_that_are_words_are_left_out_and_listed(tmp_path: Path) -> None:
    names = written(tmp_path, "Zzanna\nStue\nSmutte\n")
    assert build("--first-names", names, "--out", tmp_path) == 0
    left_out = (tmp_path / "udeladt.txt").read_text(encoding="utf-8").split()
    assert "stue" in left_out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Giv mindst én fil"),
        (("--surnames", "findes-ikke.csv"), "kan ikke læses"),
        (("--surnames", "{tmp}/tom.csv"), "ligner ikke en liste"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    written(tmp_path, "", "tom.csv")
    given = [word.format(tmp=tmp_path) for word in words]
    assert build(*given, "--out", tmp_path / "lister") == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "lister").exists()


def test_a_failed_build_leaves_the_old_lists(tmp_path: Path) -> None:
    assert build("--surnames", written(tmp_path, "Qvistgaardsen\n"), "--out", tmp_path) == 0
    before = (tmp_path / FILE).read_bytes()
    assert build("--surnames", written(tmp_path, "%%%\n"), "--out", tmp_path) == 1
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("content", [None, b"", b"ikke en liste"])
def test_broken_lists_are_refused_and_the_old_ones_stay(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Unusable, match="uth lexicon build"):
        lexicon.use(tmp_path)
    assert find("Så kom Hanne Holm igen.")


@pytest.mark.parametrize("broken", [True, False])
def test_a_site_with_broken_lists_does_not_start(tmp_path: Path, broken: bool) -> None:
    assert build("--surnames", written(tmp_path, "Qvistgaardsen\n"), "--out", tmp_path) == 0
    if broken:
        (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-1])
    look = "import django; django.setup(); from uth.deid.engine import find; print(len(find('Så kom Hanne Qvistgaardsen.')))"
    env = os.environ | {
        "UTH_LEXICON": str(tmp_path),
        "UTH_DEMO": "1",
        "UTH_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "uth.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = subprocess.run([sys.executable, "-c", look], env=env, capture_output=True, text=True)
    if broken:
        assert run.returncode == 1
        assert "fjern UTH_LEXICON" in run.stderr
        assert "Traceback" not in run.stderr
    else:
        assert run.stdout.strip() == "1", run.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_for_texts_uses_them_in_every_process_of_its(tmp_path: Path, jobs: str) -> None:
    names = ("Hvedelund", "Vrangbæk", "Zinkvedel", "Kvilsted", "Skummelå", "Tørvegab", "Spånrøg", "Lugtmose")
    phrases = ("{} kom igen.", "Det var {} der kom.", "hanne {} sagde nej", "vi talte med {} om det")
    texts = [phrase.format(name.lower()) for name in names for phrase in phrases]
    assert build("--surnames", written(tmp_path, "\n".join(names)), "--out", tmp_path) == 0
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    given = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts)
    command = [sys.executable, "-m", "uth.cli.main", "deid", "--jsonl", "--jobs", jobs]

    def answered() -> tuple[subprocess.CompletedProcess[str], list[list[int]]]:
        run = subprocess.run(command, env=env, input=given, capture_output=True, text=True)
        return run, [
            [one["start"] for one in json.loads(line)["entities"]] for line in run.stdout.splitlines()
        ]

    shipped = [[span.start for span in find(text)] for text in texts]
    assert answered()[1] == shipped
    env["UTH_LEXICON"] = str(tmp_path)
    lexicon.use(tmp_path)
    own = [[span.start for span in find(text)] for text in texts]
    assert own != shipped  # whatever the tagger knows by itself, the lists change something
    assert answered()[1] == own
    (tmp_path / FILE).unlink()
    run, found = answered()
    assert (run.returncode, found) == (3, [])
    assert "uth lexicon build" in run.stderr


@pytest.mark.skipif(not REFERENCE.exists(), reason="needs the reference gazetteers: UTH_REFERENCE")
def test_the_official_files_make_a_list_that_is_larger_small_enough_and_no_greedier(tmp_path: Path) -> None:
    given = {
        "--first-names": "dst2014_fornavne_*.jsonl",
        "--surnames": "dst2014_efternavne.jsonl",
        "--streets": "dk_vejnavne.jsonl",
        "--towns": "dawa_postnumre.csv",
        "--villages": "dawa_ejerlav.csv",
    }
    words = [word for option, name in given.items() for word in (option, *map(str, REFERENCE.glob(name)))]
    assert build(*words, "--out", tmp_path) == 0
    lexicon.use(tmp_path)
    assert (tmp_path / FILE).stat().st_size < 4_000_000
    assert lexicon.facts("zulejka") | lexicon.facts("hanne")
    for quiet in (
        "Saft, brød og Smør stod i Stuen.",
        "Måling af Blodtryk og Puls kl. 8.",
        "Herefter blev Alarm slået fra.",
    ):
        assert listed(quiet) == [], quiet

"""`uth setup`: a file of keys that is never overwritten, and no password that anybody knows beforehand."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from uth.config import environment_file
from uth.config.environment import KEY_NAMES, read

OURS = ("UTH_", "DATABASE_URL", "NATIONAL_DATABASE_URL", "DJANGO_")


def uth(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    clean |= {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "UTH_VAR": str(folder / "var"), **env}
    return subprocess.run(
        [sys.executable, "-m", "uth.cli.main", *words], cwd=folder, env=clean, capture_output=True, text=True
    )


def test_setup_writes_the_file_once_and_prints_a_link(tmp_path: Path) -> None:
    first = uth(tmp_path, "setup", "--yes")
    assert first.returncode == 0, first.stderr
    assert re.search(r"http://localhost:8000/opsaetning/[\w-]{43}/", first.stdout)
    file = tmp_path / "uth.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var" / "opsaetning-link").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var" / "local.sqlite3").stat().st_mode) == 0o600
    before = file.read_bytes()
    again = uth(tmp_path, "setup", "--yes")
    assert "Bruger" in again.stdout
    assert file.read_bytes() == before
    values = environment_file.read(file)
    assert {values[name] for name in KEY_NAMES}.isdisjoint({""})
    assert not read(values).demo
    assert "password" not in file.read_text().lower()


def test_setup_without_the_page_gives_the_first_administrators_link(tmp_path: Path) -> None:
    done = uth(tmp_path, "setup", "--yes", "--organisation", "DK-84", "--email", "ny@opdigtet.invalid")
    assert done.returncode == 0, done.stderr
    assert re.search(r"/konto/invitation/\w{64}/", done.stdout)
    again = uth(tmp_path, "setup", "--yes")
    assert again.returncode == 1
    assert "allerede sat op" in again.stderr


def test_a_mail_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = uth(
        tmp_path,
        "setup", "--yes", "--organisation", "DK-84", "--email", "ny@opdigtet.invalid",
        UTH_SMTP_URL="smtp://127.0.0.1:9",
    )  # fmt: skip
    assert done.returncode == 1
    assert "ConnectionRefusedError" in done.stderr
    assert "/konto/invitation/" in done.stdout, "the link works all the same"


def test_made_up_people_exist_in_no_real_installation(tmp_path: Path) -> None:
    uth(tmp_path, "setup", "--yes")
    values = environment_file.read(tmp_path / "uth.env")
    seeded = uth(tmp_path, "seed", "--cases", "0", **values)
    assert seeded.returncode != 0
    assert "kun i en demonstration" in seeded.stderr


def test_without_keys_every_command_says_what_to_do(tmp_path: Path) -> None:
    lost = uth(tmp_path, "migrate")
    assert lost.returncode != 0
    assert "uth setup" in lost.stderr


@pytest.mark.parametrize("value", ["to\nlinjer", 'citat"', "# ikke en note", " luft "])
def test_a_value_that_cannot_stand_on_a_line_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(environment_file.Unwritable):
        environment_file.write(tmp_path / "uth.env", {"UTH_SMTP_URL": value})
    assert not (tmp_path / "uth.env").exists()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "uth.env").write_text("UTH_PEPPER=uerstattelig\n")
    with pytest.raises(environment_file.AlreadyThere):
        environment_file.write(tmp_path / "uth.env", {})
    assert (tmp_path / "uth.env").read_text() == "UTH_PEPPER=uerstattelig\n"

"""The drill (øvelsen): back up, live on, lose everything, restore; what was kept is whole, what was forgotten stays so."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.installation import Installation
from tests.postgres import postgres

pytestmark = pytest.mark.installations


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A site with a demonstration's people in it."""
    with ExitStack() as stack:
        databases = stack.enter_context(postgres()) if request.param == "postgresql" else {}
        house = Installation(tmp_path_factory.mktemp("site"), databases)
        house.uth("migrate")
        house.uth("seed", "--cases", "0")
        yield house


def step(house: Installation, name: str) -> dict[str, Any]:
    """Do a step of the drill."""
    found: dict[str, Any] = json.loads(house.run("tests.cli.drill", name))
    return found


@pytest.fixture(scope="module")
def drilled(house: Installation) -> dict[str, Any]:
    """Everything up to the loss; the folder of the backup and what was seen."""
    seen = step(house, "before")
    backup = Path(house.uth("backup", str(house.folder / "backups"), "--keep", "2").strip())
    return {"house": house, "backup": backup, "seen": seen, "after": step(house, "after")}


def test_a_restored_site_is_whole_and_has_forgotten_what_was_forgotten_since(drilled: dict[str, Any]) -> None:
    house, seen = drilled["house"], drilled["seen"]
    lose_everything(house)
    said = house.uth("restore", str(drilled["backup"]), "--verify", "--replace")
    assert "revisionssporet er helt" in said
    found = step(house, "look")
    assert found["states"] == {
        str(seen["ready"]): "approved",
        str(seen["open"]): "in_progress",
        str(seen["gone"]): "forwarded",
    }
    assert found["patients"] == {str(seen["open"]): "Ellen Test Lauridsen"}
    assert found["national"] == 1
    assert found["letters waiting"] == 1, "what was sent just before the copy is sent again"
    assert found["file"]
    assert found["broken"] == 0
    assert found["logged in"] == 0, "a copy lets nobody in"
    assert "helt" in house.uth("audit")


def lose_everything(house: Installation) -> None:
    """The disk is gone; the book of the forgotten lay on another, the keys in a safe."""
    var = house.folder / "var"
    for path in (*var.glob("*.sqlite3*"), var / "attachments"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_a_backup_holds_no_key_and_nobody_else_may_read_it(drilled: dict[str, Any]) -> None:
    house, backup = drilled["house"], drilled["backup"]
    keys = (house.folder / "var" / "demo-keys.env").read_text().split()
    everything = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    assert len(everything) > 10_000
    for key in keys:
        assert key.partition("=")[2].encode() not in everything
    assert backup.stat().st_mode & 0o077 == 0


def test_a_site_in_use_is_not_overwritten_unasked(drilled: dict[str, Any]) -> None:
    house = drilled["house"]
    before = step(house, "look")
    assert house.uth("restore", str(drilled["backup"]), fails=True) == ""
    assert step(house, "look") == before


def test_a_damaged_backup_or_the_wrong_keys_change_nothing(drilled: dict[str, Any], tmp_path: Path) -> None:
    house = drilled["house"]
    before = step(house, "look")
    for harm in (alter, remove, rewrite):
        backup = tmp_path / harm.__name__
        shutil.copytree(drilled["backup"], backup)
        harm(backup)
        assert house.uth("restore", str(backup), "--replace", fails=True) == "", harm
    keys = (house.folder / "var" / "demo-keys.env").read_text().splitlines()
    other = dict(line.split("=", 1) for line in keys) | {"UTH_VAULT_KEY": "A" * 43 + "="}
    house.environment |= other
    try:
        assert house.uth("restore", str(drilled["backup"]), "--replace", fails=True) == ""
    finally:
        for name in other:
            house.environment.pop(name)
    assert step(house, "look") == before


def alter(backup: Path) -> None:
    """One byte of the database's copy is another."""
    file = next(backup.glob("local.*"))
    file.write_bytes(file.read_bytes()[:-1] + b"!")


def remove(backup: Path) -> None:
    """The database's copy is not there."""
    next(backup.glob("local.*")).unlink()


def rewrite(backup: Path) -> None:
    """Somebody wrote in the manifest."""
    manifest = backup / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 1, "more": 1'))


def test_only_so_many_backups_are_kept(drilled: dict[str, Any]) -> None:
    house = drilled["house"]
    folder = house.folder / "rotated"
    for number in range(2):
        (folder / f"uth-2026010{number + 1}T000000Z").mkdir(parents=True)
    newest = Path(house.uth("backup", str(folder), "--keep", "2").strip())
    assert sorted(path.name for path in folder.iterdir()) == ["uth-20260102T000000Z", newest.name]

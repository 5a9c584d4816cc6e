"""Files of an installation (filer): what holds people's words is its owner's alone, whatever the machine's habits."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from uth.config.environment import new_keys


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_others_on_the_machine_cannot_read_the_databases(tmp_path: Path) -> None:
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UTH_") and "DATABASE_URL" not in name
    }
    env |= {"UTH_VAR": str(tmp_path), **new_keys()}
    (tmp_path / "local.sqlite3").touch(mode=0o644)
    command = [sys.executable, "-m", "uth.cli.main", "migrate"]
    subprocess.run(command, env=env, check=True, umask=0o022, capture_output=True)
    files = [*tmp_path.glob("*.sqlite3*")]
    assert len(files) >= 2
    assert {path.name: mode(path) for path in files} == {path.name: 0o600 for path in files}
    assert mode(next((tmp_path / "static").rglob("*.css"))) == 0o644

"""An upgrade (opdatering): a house of an earlier release, with people's data in it, becomes one of today's."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.installation import Installation
from tests.postgres import postgres
from tests.upgrades.rows import FILE

pytestmark = pytest.mark.installations


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_house_of_an_earlier_release_is_upgraded_with_everything_in_it(engine: str, tmp_path: Path) -> None:
    earlier = json.loads(FILE.read_text())
    if engine == "sqlite":
        upgrade(Installation(tmp_path, **earlier["keys"]), earlier)
        return
    with postgres() as databases:
        upgrade(Installation(tmp_path, databases, **earlier["keys"]), earlier)


def upgrade(house: Installation, earlier: dict[str, Any]) -> None:
    """Fill the old tables, migrate, and look."""
    house.run("tests.upgrades.rows", "put")
    house.uth("migrate")
    found = json.loads(house.run("tests.upgrades.rows", "look"))
    assert found["receipt"] == "received"
    assert found["patients"] == ["Ellen Test Lauridsen"]
    assert found["states"] == earlier["states"]
    routes = {key: found["routes"][key] for key in earlier["routes"]}
    assert routes == earlier["routes"], "the same places have the same receivers as before the upgrade"
    assert "Nordhospitalet" in found["unit"]
    assert found["reminded"] > 0
    assert found["moved"] > 0
    assert len(found["national"]) == 1
    assert found["broken"] == []
    for alias, rows in earlier["tables"].items():
        for table, kept in rows.items():
            assert found["tables"][alias][table] >= len(kept), table

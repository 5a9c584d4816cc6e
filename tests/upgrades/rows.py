"""Rows of an earlier release (tidligere udgave), kept as text: taken out of a house, and put into an empty one.

`python -m tests.upgrades.rows take` writes what a house holds; `… put` migrates an empty house to that release's
tables and fills them; `… look` tells what stands there. The keys in the file were made for it alone.
"""

import base64
import json
import os
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import django

FILE = Path(__file__).with_name("release_0002.json")
AT = {"default": ("records", "0002_append_only"), "national": ("national", "0002_append_only")}
OURS = {"default": "records_", "national": "national_"}


def take() -> dict[str, Any]:
    """Two cases, one of them forwarded, with all that hangs on them."""
    from tests.cases import case_at, deliver, reported
    from tests.cli.drill import SECRET
    from tests.people import settle
    from uth.law.terms import State
    from uth.records.models import Place

    now = datetime.fromisoformat("2026-11-21T20:00:00+00:00")
    settle(at=now)
    _, code = reported(at=now, **SECRET)
    deliver(case_at(State.FORWARDED, at=now, **SECRET), at=now)
    kept = Place.objects.get(key="birkelsoe-med")
    Place.objects.update(parent=None)
    from uth.records.models import Cluster, ClusterMember

    ClusterMember.objects.all().delete()
    Cluster.objects.all().delete()
    Place.objects.exclude(pk=kept.pk).delete()
    return {
        "keys": {k: v for k, v in _keys().items() if k.startswith("UTH_")},
        "code": code,
        "tables": {alias: _tables(alias) for alias in OURS},
    }


def _keys() -> dict[str, str]:
    from django.conf import settings

    lines = (settings.UTH_VAR / "demo-keys.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def _tables(alias: str) -> dict[str, list[dict[str, Any]]]:
    from django.db import connections

    found = {}
    with connections[alias].cursor() as cursor:
        for table in sorted(connections[alias].introspection.table_names(cursor)):
            if table.startswith(OURS[alias]):
                cursor.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in cursor.description]
                rows = [{n: _out(v) for n, v in zip(names, row, strict=True)} for row in cursor.fetchall()]
                if rows:
                    found[table] = rows
    return found


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return str(value) if isinstance(value, datetime | date | time) else value


def put() -> dict[str, Any]:
    """The tables as they were, filled; nothing is migrated further."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction

    settings.UTH_VAR.mkdir(parents=True, exist_ok=True)
    given = json.loads(FILE.read_text())
    for alias, target in AT.items():
        call_command("migrate", *target, database=alias, verbosity=0)
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for table, rows in given["tables"][alias].items():
                _fill(cursor, alias, table, rows)
    return {}


def _fill(cursor: Any, alias: str, table: str, rows: list[dict[str, Any]]) -> None:
    from django.db import connections

    postgresql = connections[alias].vendor == "postgresql"
    types = {c.name: c for c in connections[alias].introspection.get_table_description(cursor, table)}
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(["%s"] * len(row))
        values = [_in(value, boolean=postgresql and types[n].type_code == 16) for n, value in row.items()]
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
    if postgresql and isinstance(rows[0].get("id"), int):
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}")


def _in(value: Any, *, boolean: bool) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"])
    return bool(value) if boolean and value is not None else value


def look() -> dict[str, Any]:
    """What the house of today makes of it."""
    from datetime import UTC

    from uth.actions import handling
    from uth.law.actor import user
    from uth.queries import national, receipt
    from uth.queries.audit import broken_places
    from uth.records.models import Case, PatientIdentity, User

    now = datetime.now(UTC)
    page = receipt.by_code(json.loads(FILE.read_text())["code"], at=now)
    people = dict(User.objects.values_list("name", "pk"))
    open_case = Case.objects.get(state="received")
    handling.assign(open_case.pk, handler_id=people["Carl"], by=user(people["Bo"]), at=now)
    return {
        "tables": {alias: {t: len(rows) for t, rows in _tables(alias).items()} for alias in OURS},
        "receipt": str(page and page.state),
        "patients": [p.open()["name"] for p in PatientIdentity.objects.all()],
        "national": [line.headline for line in national.reports(by=user(people["Dorte"]), at=now).lines],
        "broken": [str(place) for place in broken_places()],
    }


def main() -> None:
    """The step named on the command line."""
    django.setup()
    json.dump(
        {"take": take, "put": put, "look": look}[sys.argv[1]](), sys.stdout, ensure_ascii=False, indent=0
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uth.config.settings")
    main()

"""Rows of an earlier release (tidligere udgave), kept as text: taken out of a house, and put into an empty one.

`python -m tests.upgrades.rows take` writes what a house holds; `… put` migrates an empty house to that release's
tables and fills them; `… look` tells what stands there. The keys in the file were made for it alone.
"""

import base64
import json
import os
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import django

FILE = Path(__file__).with_name("release_0002.json")
AT = {"default": ("records", "0002_append_only"), "national": ("national", "0002_append_only")}
OURS = {"default": "records_", "national": "national_"}


PLACES = ("birkelsoe-med", "birkelsoe", "ph-syvsover", "ph-dug", "hj-0461-gl")
DAYS = ("2012-05-01", "2026-11-20", "2027-03-01")


def take() -> dict[str, Any]:
    """A case in every state, forwarded ones with all that hangs on them, and people, parts and places of every kind."""
    from tests.cases import case_at, deliver, reported
    from tests.cli.drill import SECRET
    from tests.people import settle
    from uth.law.terms import State
    from uth.records.models import Cluster, ClusterMember, Place

    now = datetime.fromisoformat("2026-11-21T20:00:00+00:00")
    settle(at=now)
    _, code = reported(at=now, **SECRET)
    deliver(case_at(State.FORWARDED, at=now, **SECRET), at=now)
    for state in State:
        case_at(state, at=now, **_details())
    _staff(now)
    routes = _routes()
    kept = _kept_places(Place)
    ClusterMember.objects.exclude(place__in=kept).delete()
    Cluster.objects.filter(members=None).delete()
    Place.objects.exclude(pk__in=kept).update(parent=None)
    Place.objects.exclude(pk__in=kept).delete()
    return {
        "keys": {k: v for k, v in _keys().items() if k.startswith("UTH_")},
        "code": code,
        "routes": {key: told for key, told in routes.items() if key.split()[0] in _keys_of(kept)},
        "states": _states(),
        "tables": {alias: _tables(alias) for alias in OURS},
    }


def _details() -> dict[str, Any]:
    """What the plainest report leaves out."""
    from uth.actions import intake

    return {
        "medicines": (intake.MedicineAnswer("metoprolol", strength="50 mg", route="oral"),),
        "devices": (intake.DeviceAnswer("Infusionspumpe", model="X1"),),
        "involved": (intake.InvolvedAnswer(role="before", place="birkelsoe"),),
        "attachments": (intake.AttachmentAnswer("note.txt", "text/plain", b"En linje."),),
        "event_date": date(2026, 11, 1),
        "aware_date": date(2026, 11, 2),
    }


def _staff(now: datetime) -> None:
    from tests.people import PEOPLE, who
    from uth.actions import handling, organisations, people
    from uth.law.actor import SYSTEM, user
    from uth.law.terms import Role, State
    from uth.records.models import Agreement, Case, Installation, Organisation

    part = organisations.add_part(below="DK-84", name="Nordhospitalet", by=who("Adam"), at=now)
    people.grant(user_id=PEOPLE["Erik"], organisation=part, role=Role.HANDLER, by=SYSTEM, at=now)
    people.invite(email="ny@opdigtet.invalid", organisation=part, role=Role.INTAKE, by=who("Adam"), at=now)
    people.new_api_token(user_id=PEOPLE["Carl"], label="program", by=user(PEOPLE["Carl"]), at=now)
    case = Case.objects.filter(state=State.IN_PROGRESS).latest("pk")
    handling.note(case.pk, text="Et notat.", by=who("Carl"), at=now)
    handling.transfer(case.pk, to="0151", reason="Skete hos kommunen.", by=who("Carl"), at=now)
    region, kommune = (Organisation.objects.get(key=key) for key in ("DK-84", "0151"))
    Installation.objects.create(kind="both", name="Prøven", organisation=region, completed_at=now)
    Agreement.objects.create(
        name="Sundhedsaftalen", from_authority=region, to_authority=kommune, since=date(2024, 1, 1)
    )


def _kept_places(place: Any) -> list[int]:
    from django.db.models import Q

    wanted = Q(key__in=PLACES) | Q(reports__isnull=False) | Q(involvedplace__isnull=False)
    private = list(
        place.objects.filter(kind="private_hospital").order_by("pk").values_list("pk", flat=True)[:2]
    )
    return [*place.objects.filter(wanted).values_list("pk", flat=True).distinct(), *private]


def _keys_of(places: list[int]) -> set[str]:
    from uth.records.models import Place

    return set(Place.objects.filter(pk__in=places).values_list("key", flat=True))


def _states() -> dict[str, int]:
    from django.db.models import Count

    from uth.records.models import Case

    return dict(Case.objects.order_by().values_list("state").annotate(Count("pk")))


def _routes() -> dict[str, str]:
    """Who receives what happens at each place, on three days: "place day" -> authority."""
    from tests.cases import answers
    from uth.actions import intake
    from uth.records.models import Place

    told = {}
    for key in Place.objects.order_by("key").values_list("key", flat=True):
        for day in DAYS:
            recipient = intake.recipient_of(answers(place=key), on=date.fromisoformat(day))
            told[f"{key} {day}"] = recipient.authority
    return told


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

    from uth.actions import handling, mergers
    from uth.jobs import deadlines
    from uth.law.actor import SYSTEM, user
    from uth.queries import administration, national, receipt
    from uth.queries.audit import broken_places
    from uth.records.models import Case, PatientIdentity, User

    now = datetime.now(UTC)
    page = receipt.by_code(json.loads(FILE.read_text())["code"], at=now)
    people = dict(User.objects.values_list("name", "pk"))
    states = _states()
    open_case = Case.objects.filter(state="received", organisation__key="DK-84").earliest("pk")
    handling.assign(open_case.pk, handler_id=people["Carl"], by=user(people["Bo"]), at=now)
    return {
        "tables": {alias: {t: len(rows) for t, rows in _tables(alias).items()} for alias in OURS},
        "states": states,
        "routes": _routes(),
        "unit": [unit.name for unit in administration.units(by=user(people["Adam"]), at=now)],
        "reminded": deadlines.remind(at=now + timedelta(days=80)),
        "moved": mergers.rehearse(
            sources=["DK-84", "DK-85"], to="oestdanmark", first_day=date(2027, 1, 1), by=SYSTEM, at=now
        ).open_cases,
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

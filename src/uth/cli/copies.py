"""Copies of a database (kopier): how SQLite and PostgreSQL are copied out while in use, counted, and put back."""

import glob
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

NAMES = {"default": "local", "national": "national"}
AUDIT = {"default": "records_auditline", "national": "national_nationalauditline"}
# Whoever had a copy could otherwise take over who is logged in; and a restored site logs nobody in again.
LEFT_OUT = ("django_session", "uth_cache")
ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}


class CannotCopy(Exception):
    """The message is the sentence to show."""


def engine(alias: str) -> str:
    """sqlite or postgresql."""
    return connections[alias].vendor


def file_name(alias: str) -> str:
    """What the copy is called in a backup."""
    return NAMES[alias] + ENDINGS[engine(alias)]


def copy_out(alias: str, target: Path) -> dict[str, int]:
    """Copy the database as it is at one moment, in use or not; returns its tables' row counts at that moment."""
    return {"sqlite": _sqlite_out, "postgresql": _postgresql_out}[engine(alias)](alias, target)


def put_back(alias: str, source: Path) -> None:
    """Fill the database with the copy; whatever stood there is gone."""
    {"sqlite": _sqlite_back, "postgresql": _postgresql_back}[engine(alias)](alias, source)
    connections[alias].close()


def rows(alias: str) -> dict[str, int]:
    """Table -> number of rows, now."""
    return _rows(alias)


def migrations(alias: str) -> list[str]:
    """What has been done to the tables, as "app.migration"."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def unknown_migrations(told: list[str]) -> list[str]:
    """Those of a copy that this release does not have: the copy is newer than the program."""
    here = MigrationLoader(None).disk_migrations
    known = {f"{app}.{name}" for app, name in here}
    known |= {f"{app}.{name}" for migration in here.values() for app, name in migration.replaces}
    return sorted(set(told) - known)


def is_empty(alias: str) -> bool:
    """Nothing has ever been done here: no act without an audit line, and here is none."""
    connection = connections[alias]
    if AUDIT[alias] not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {AUDIT[alias]} LIMIT 1")  # noqa: S608 - our own table
        return cursor.fetchone() is None


def _rows(alias: str) -> dict[str, int]:
    connection = connections[alias]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def _sqlite_out(alias: str, target: Path) -> dict[str, int]:
    """VACUUM INTO copies a moment's rows and nothing else: what was deleted leaves no trace in the copy."""
    with closing(sqlite3.connect(connections[alias].settings_dict["NAME"], timeout=60)) as source:
        source.execute("VACUUM INTO ?", [str(target)])
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise CannotCopy(
                "Databasens fil er beskadiget. Stop systemet, og hent hjælp, før der skrives mere."
            )
        tables = [t for (t,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(LEFT_OUT) & set(tables):
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table
        copy.execute("VACUUM")
        return {
            t: copy.execute(f'SELECT COUNT(*) FROM "{t}"').fetchone()[0]  # noqa: S608 - names from the file itself
            for t in sorted(tables)
            if not t.startswith("sqlite_")
        }


def _sqlite_back(alias: str, source: Path) -> None:
    connections[alias].close()
    path = Path(connections[alias].settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(path, timeout=20)) as database,
    ):
        copy.backup(database)
    path.chmod(0o600)


def _postgresql_out(alias: str, target: Path) -> dict[str, int]:
    """pg_dump reads the same frozen moment in which we count."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = _rows(alias)
        counts = found | dict.fromkeys(set(LEFT_OUT) & set(found), 0)
        _program(
            alias,
            "pg_dump",
            "-Fc",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            *(f"--exclude-table-data={table}" for table in LEFT_OUT),
            f"--file={target}",
        )
    return counts


def _postgresql_back(alias: str, source: Path) -> None:
    connection = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = current_schema() AND starts_with(p.proname, 'uth_')"
        )
        for (function,) in cursor.fetchall():  # those of the triggers; the copy brings its own
            cursor.execute(f"DROP FUNCTION {connection.ops.quote_name(function)}() CASCADE")
    connection.close()
    name = str(connection.settings_dict["NAME"])
    _program(
        alias, "pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error",
        f"--dbname={name}", str(source),
    )  # fmt: skip


def _program(alias: str, program: str, *arguments: str) -> None:
    found = shutil.which(program) or next(
        iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise CannotCopy(
            f"{program} findes ikke. Installér PostgreSQL's klientprogrammer (postgresql-client)."
        )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, with our own arguments
        [found, *arguments], env=os.environ | _libpq(alias), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotCopy(f"{program} lykkedes ikke: {done.stderr.strip().splitlines()[-1:]}")


def _libpq(alias: str) -> dict[str, str]:
    """The connection as environment: a password on a command line could be read by others on the machine."""
    given: dict[str, Any] = connections[alias].settings_dict
    named = {
        "PGDATABASE": given["NAME"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGSSLMODE": given["OPTIONS"].get("sslmode"),
        "PGSSLROOTCERT": given["OPTIONS"].get("sslrootcert"),
    }
    return {name: str(value) for name, value in named.items() if value}

"""Append-only by trigger (kun tilføjelse): the database itself refuses to change or remove a line."""

from typing import Any

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION uth_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION uth_append_only()
"""
POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION uth_append_only()
"""


def make_append_only(schema_editor: Any, table: str) -> None:
    """Put the triggers on a table, in a migration."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=None)  # None: the % in it is not ours to fill
        schema_editor.execute(POSTGRES.format(table=table))
        schema_editor.execute(POSTGRES_TRUNCATE.format(table=table))
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(table=table, verb=verb))


def drop_triggers(schema_editor: Any, table: str) -> None:
    """Take them off again (reverse of a migration)."""
    names = (
        [f"{table}_append_only ON {table}", f"{table}_no_truncate ON {table}"]
        if schema_editor.connection.vendor == "postgresql"
        else [f"{table}_no_UPDATE", f"{table}_no_DELETE"]
    )
    for name in names:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")

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

# A line may go once its chain says that everything up to it has been pruned; see uth.records.audit.prune.
PRUNABLE = {
    "records_auditline": "records_audithead",
    "national_nationalauditline": "national_nationalaudithead",
}
SQLITE_PRUNABLE = """
CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table}
WHEN OLD.seq > COALESCE((SELECT pruned_seq FROM {heads} WHERE chain = OLD.chain), 0)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_PRUNABLE_FUNCTION = """
CREATE OR REPLACE FUNCTION uth_only_pruned() RETURNS trigger AS $$
DECLARE pruned bigint;
BEGIN
  EXECUTE format('SELECT pruned_seq FROM %I WHERE chain = $1', TG_ARGV[0]) INTO pruned USING OLD.chain;
  IF OLD.seq > COALESCE(pruned, 0) THEN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF;
  RETURN OLD;
END; $$ LANGUAGE plpgsql
"""
POSTGRES_PRUNABLE = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION uth_append_only();
CREATE TRIGGER {table}_only_pruned BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION uth_only_pruned('{heads}')
"""

# A line may go once it is written down that everything before a moment after it is let go; see uth.records.lookups.
OLD_MAY_GO = ("records_lookuppermission", "records_recordlookup")
SQLITE_OLD = """
CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table}
WHEN OLD.at >= COALESCE((SELECT MAX(kept_from) FROM records_lookupsletgo), '')
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_OLD_FUNCTION = """
CREATE OR REPLACE FUNCTION uth_only_old() RETURNS trigger AS $$
BEGIN
  IF OLD.at >= COALESCE((SELECT MAX(kept_from) FROM records_lookupsletgo), '-infinity') THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END; $$ LANGUAGE plpgsql
"""
POSTGRES_OLD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION uth_append_only();
CREATE TRIGGER {table}_only_old BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION uth_only_old()
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


def let_pruned_go(schema_editor: Any, table: str) -> None:
    """Loosen the guard of an audit's table so far that lines its chain has said farewell to may be deleted."""
    heads = PRUNABLE[table]
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_PRUNABLE_FUNCTION, params=None)
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        schema_editor.execute(POSTGRES_PRUNABLE.format(table=table, heads=heads), params=None)
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_DELETE")
    schema_editor.execute(SQLITE_PRUNABLE.format(table=table, heads=heads))


def let_old_go(schema_editor: Any, table: str) -> None:
    """Loosen the guard so far that lines older than what is kept may be deleted."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_OLD_FUNCTION, params=None)
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        schema_editor.execute(POSTGRES_OLD.format(table=table), params=None)
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_DELETE")
    schema_editor.execute(SQLITE_OLD.format(table=table))


def drop_triggers(schema_editor: Any, table: str) -> None:
    """Take them off again (reverse of a migration)."""
    names = (
        [f"{table}_{name} ON {table}" for name in ("append_only", "only_pruned", "only_old", "no_truncate")]
        if schema_editor.connection.vendor == "postgresql"
        else [f"{table}_no_UPDATE", f"{table}_no_DELETE"]
    )
    for name in names:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")

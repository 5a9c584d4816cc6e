"""Tests that commit (transaction=True) leave rows behind: empty both buildings, triggers and all, and settle again."""

from typing import Any

from django.db import connections

from uth.records.triggers import (
    OLD_MAY_GO,
    PRUNABLE,
    drop_triggers,
    let_old_go,
    let_pruned_go,
    make_append_only,
)

# What migrations wrote themselves and no test changes.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def append_only_tables(alias: str) -> set[str]:
    """The tables whose rows the database itself protects."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT event_object_table FROM information_schema.triggers"
                " WHERE trigger_name LIKE '%_append_only'"
            )
        else:
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


def empty(alias: str) -> None:
    """Delete every row of a building; the triggers are off only inside this one transaction."""
    connection = connections[alias]
    protected = append_only_tables(alias)
    tables = [t for t in connection.introspection.table_names() if t not in KEPT]
    with connection.constraint_checks_disabled(), connection.schema_editor(atomic=True) as editor:
        for table in protected:
            drop_triggers(editor, table)
        for table in tables:
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                editor.execute(f"ALTER TABLE {name} DISABLE TRIGGER ALL", params=None)
            editor.execute(f"DELETE FROM {name}", params=None)
            if connection.vendor == "postgresql":
                editor.execute(f"ALTER TABLE {name} ENABLE TRIGGER ALL", params=None)
        for table in protected:
            make_append_only(editor, table)
            if table in PRUNABLE:
                let_pruned_go(editor, table)
            if table in OLD_MAY_GO:
                let_old_go(editor, table)


def empty_and_settle(case: Any) -> None:
    """Stands in for TransactionTestCase's flush, which append-only tables refuse."""
    from tests.conftest import NOW
    from tests.people import settle

    for alias in connections:
        empty(alias)
    settle(at=NOW)

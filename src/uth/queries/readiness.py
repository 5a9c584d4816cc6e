"""Readiness (klar til drift): whether this site's databases answer and are up to date; tells nothing more."""

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor


def databases() -> tuple[str, ...]:
    """The databases this site serves; accounts always live in the local one."""
    return ("default",) if settings.UTH_SITE == "local" else ("default", "national")


def ready() -> bool:
    """Whether every database of this site answers and has every migration."""
    return all(_is_current(alias) for alias in databases())


def _is_current(alias: str) -> bool:
    try:
        executor = MigrationExecutor(connections[alias])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False

"""Readiness (klar til drift): whether this site's databases answer and are up to date; tells nothing more."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q, QuerySet

from uth.law.terms import Role
from uth.records import outbox
from uth.records.national.models import SenderKey
from uth.records.outbox import Letter
from uth.records.people import Membership


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


@dataclass(frozen=True, slots=True)
class Standing:
    """How the site stands, for the one who runs it. Seconds, or None where there is nothing to count."""

    databases: dict[str, str]  # alias -> ok, behind or unreachable
    set_up: bool
    oldest_letter: float | None
    sender_registered: bool | None
    refused_notices: int = 0
    refused_nationally: frozenset[str] = frozenset()  # what the national level answers to letters that wait


def standing(*, public_key: str, at: datetime) -> Standing:
    """What the databases can tell; never raises for one that does not answer."""
    found = {alias: _state_of(alias) for alias in databases()}
    local = found["default"] == "ok"
    national = found.get("national") == "ok"
    return Standing(
        databases=found,
        set_up=local and Membership.objects.filter(role=Role.ADMIN).exists(),
        oldest_letter=_oldest_letter(at) if local else None,
        sender_registered=_is_sender(public_key, at) if national and settings.UTH_SITE == "both" else None,
        refused_notices=_stopped().count() if local else 0,
        refused_nationally=_refusals(at) if local else frozenset(),
    )


def _state_of(alias: str) -> str:
    try:
        connections[alias].ensure_connection()
    except DatabaseError:
        return "unreachable"
    return "ok" if _is_current(alias) else "behind"


def _oldest_letter(at: datetime) -> float | None:
    first = Letter.objects.filter(sent_at=None).order_by("created_at").first()
    return (at - first.created_at).total_seconds() if first else None


def letters_stand(*, at: datetime) -> str:
    """In a word how the letters of this site do: ok, waiting or refused."""
    if _stopped().exists() or _refusals(at):
        return "refused"
    return "waiting" if outbox.in_trouble(at=at).exists() else "ok"


def _stopped() -> "QuerySet[Letter]":
    return Letter.objects.filter(sent_at=None, stopped_at__isnull=False)


def _refusals(at: datetime) -> frozenset[str]:
    """A code of ours says no; the name of a failure or a bare status says that nobody could be asked."""
    stuck = outbox.in_trouble(at=at).filter(kind=Letter.NATIONAL).order_by().values_list("problem", flat=True)
    return frozenset(code for code in stuck.distinct() if code.islower() and not code.startswith("http_"))


def _is_sender(public_key: str, at: datetime) -> bool:
    held = SenderKey.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    return held.filter(public_key=public_key).exists()

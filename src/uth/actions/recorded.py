"""`@recorded` (journalført): one transaction and at least one audit line, or nothing at all."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from uth.law.actor import Actor
from uth.law.terms import Role
from uth.records import audit
from uth.records.audit import SITE
from uth.records.cases import Case
from uth.records.models import AuditHead, AuditLine
from uth.records.national.models import NationalAuditHead, NationalAuditLine
from uth.records.writing import writing

TABLES: dict[str, tuple[Any, Any]] = {
    "default": (AuditLine, AuditHead),
    "national": (NationalAuditLine, NationalAuditHead),
}


class Unrecorded(Exception):
    """An action came to its end without an audit line; it has been rolled back."""


class Log:
    """Writes the audit lines of one action; `by` and `at` are the action's own."""

    def __init__(self, using: str, by: Actor, at: datetime) -> None:
        self.using, self.by, self.at = using, by, at
        self.count = 0

    def __call__(
        self,
        word: str,
        case: Case | None = None,
        *,
        chain: str = "",
        role: Role | None = None,
        subject: str = "",
        **detail: Any,
    ) -> None:
        """Add a line: a word of the audit, the case it is about, and details without identity."""
        lines, heads = TABLES[self.using]
        audit.append(
            chain or (case.organisation.key if case else SITE),
            word,
            at=self.at,
            actor=str(self.by),
            role=str(role or ""),
            case=case.pk if case else None,
            subject=subject,
            detail=detail,
            lines=lines,
            heads=heads,
        )
        self.count += 1

    def many(self, word: str, cases: Sequence[int], *, chain: str, role: Role, **detail: Any) -> None:
        """A line for each of these cases in a local chain, all alike; for what moves thousands at a time."""
        audit.append_many(chain, word, cases, at=self.at, actor=str(self.by), role=str(role), detail=detail)
        self.count += len(cases)


def recorded[**P, R](action: Callable[Concatenate[Log, P], R]) -> Callable[P, R]:
    """An action on the local database: all of it with its audit, or none of it."""
    return _recorded(action, using="default")


def recorded_nationally[**P, R](action: Callable[Concatenate[Log, P], R]) -> Callable[P, R]:
    """An action on the national database: all of it with its audit, or none of it."""
    return _recorded(action, using="national")


def _recorded[**P, R](action: Callable[Concatenate[Log, P], R], *, using: str) -> Callable[P, R]:
    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by, at = kwargs["by"], kwargs["at"]
        assert isinstance(by, Actor)  # noqa: S101 - a programming error, not a user's
        assert isinstance(at, datetime)  # noqa: S101
        with writing(using):
            log = Log(using, by, at)
            result = action(log, *args, **kwargs)
            if not log.count:
                raise Unrecorded(action.__qualname__)
        return result

    run.recorded = True  # type: ignore[attr-defined] # read by tests/architecture
    return run

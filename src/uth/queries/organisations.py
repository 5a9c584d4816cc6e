"""Organisations (myndigheder): who a case can be handed to."""

from dataclasses import dataclass
from datetime import datetime

from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind
from uth.records.organisations import Organisation
from uth.records.people import current


@dataclass(frozen=True, slots=True)
class Receiver:
    """An authority, or a part of one, that may hold cases today. `depth` 0 is an authority itself."""

    key: str
    name: str
    kind: AuthorityKind
    depth: int


def receivers(*, at: datetime) -> tuple[Receiver, ...]:
    """Everyone a case can be handed to today, kind by kind and by name, each part below its whole."""
    rows = Organisation.objects.filter(current(danish_day(at))).exclude(kind=AuthorityKind.NATIONAL)
    names = {row.path: row.name for row in rows}
    kinds = list(AuthorityKind)

    def place(row: Organisation) -> tuple[int, list[str]]:
        steps = row.path.strip("/").split("/")
        above = ["/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
        return kinds.index(AuthorityKind(row.kind)), [names.get(path, path) for path in above]

    return tuple(
        Receiver(row.key, row.name, AuthorityKind(row.kind), row.path.count("/") - 2)
        for row in sorted(rows, key=place)
    )

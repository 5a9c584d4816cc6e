"""Attachments read (bilag): one file of a case, for those who may see it, with a line left behind."""

from dataclasses import dataclass, field
from datetime import datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Visible
from uth.queries.access import find_case, shown
from uth.records import audit, shelf
from uth.records.origin import given_here
from uth.records.reach import roles_of

CLEAN = "clean"


class NotClean(Exception):
    """The scanner has not cleared the file; `state` says how it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it is shown."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def open_file(case_id: int, attachment_id: int, *, by: Actor, at: datetime) -> FileContent:
    """The file. Raises Hidden, or NotClean while the scanner has not cleared it. Leaves a line `attachment.read`."""
    case = find_case(case_id, by=by, at=at)
    roles = roles_of(by, case.organisation, at=at)
    row = case.report.attachments.filter(pk=attachment_id).first()
    here = given_here(case, on=danish_day(at))
    if row is None or Visible.ATTACHMENTS not in shown(case, roles, here=here):
        raise Hidden
    if row.state != CLEAN:
        raise NotClean(row.state)
    audit.append(
        case.organisation.key,
        "attachment.read",
        at=at,
        actor=str(by),
        case=case.pk,
        detail={"attachment": row.pk},
    )
    return FileContent(row.name, row.content_type, shelf.get(row.stored_as))

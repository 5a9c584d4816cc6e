"""Files read for the redaction (bilag læst): what an attachment tells, with the machine's findings in it."""

from dataclasses import dataclass, field
from datetime import datetime

from uth.actions.attachments import CLEAN
from uth.actions.handling import Refused, case_state, take
from uth.actions.identities import known_identities
from uth.actions.looking import find
from uth.actions.recorded import Log, recorded
from uth.deid.span import Span
from uth.deid.told import Told, told
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.confidentiality import visible
from uth.law.terms import Act, Visible
from uth.records import shelf
from uth.records.cases import Case
from uth.records.origin import FIRST_HELD, given_here
from uth.records.paper import PAPER


@dataclass(frozen=True, slots=True)
class FileRead:
    """What the file tells, and what the machine found in its text."""

    told: Told
    findings: tuple[Span, ...] = field(repr=False)


@recorded
def read_file(log: Log, case_id: int, attachment_id: int, *, by: Actor, at: datetime) -> FileRead:
    """The file's text, for whoever redacts the case. Raises Hidden, or Refused while it is not found clean."""
    taken = take(case_id, Act.APPROVE, by=by, at=at)
    case = taken.case
    row = case.report.attachments.filter(pk=attachment_id).first()
    here = given_here(Case.objects.annotate(first_held=FIRST_HELD).get(pk=case.pk), on=danish_day(at))
    on_paper = case.report.channel == PAPER
    sees = visible(taken.role, case_state(case), given_here=here, on_paper=on_paper)
    if row is None or Visible.ATTACHMENTS not in sees:
        raise Hidden
    if row.state != CLEAN:
        raise Refused(bilag="Bilaget kan ikke læses, før det er kontrolleret for virus. Prøv igen om lidt.")
    log("attachment.read", case, role=taken.role, attachment=row.pk)
    found = told(shelf.get(row.stored_as), row.content_type)
    return FileRead(found, find(found.text, known=known_identities(case)))

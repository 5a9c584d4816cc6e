"""The audit read (revisionssporet læst): whether the chains hold, and who looked at what about a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.confidentiality import visible_to
from uth.law.terms import Purpose, Role, State, Visible
from uth.records import audit
from uth.records.cases import Case
from uth.records.models import AuditHead, AuditLine
from uth.records.national.models import NationalAuditHead, NationalAuditLine
from uth.records.organisations import Organisation
from uth.records.origin import tops_of_ours
from uth.records.people import User, memberships_of
from uth.records.succession import paths_of, with_forerunners
from uth.records.vault import subject_of


@dataclass(frozen=True, slots=True)
class BrokenPlace:
    """A place where a chain does not hold, in one of the two buildings."""

    building: str
    chain: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the access log, without the reporter. `who`: the colleague's name, or what else acted."""

    at: datetime
    word: str
    actor: str
    who: str
    role: str
    case: int | None
    detail: dict[str, object]


LOOKS = {
    "vault.opened": "Åbnede patientens identitet",
    "log.searched": "Slog op i adgangsloggen",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody's look at what we keep of a person, in words."""

    at: datetime
    who: str
    what: str
    purpose: str
    case: str


def broken_places() -> list[BrokenPlace]:
    """Every place where a chain of either building does not hold."""
    found = [BrokenPlace("local", b.chain, b.seq, b.why) for b in audit.verify(AuditLine, AuditHead)]
    if settings.UTH_SITE != "local":
        national = audit.verify(NationalAuditLine, NationalAuditHead)
        found += [BrokenPlace("national", b.chain, b.seq, b.why) for b in national]
    return found


def of_subject(cpr: str, *, by: Actor, at: datetime) -> tuple[LogLine, ...]:
    """Who opened this patient's identity, in the chains the actor may read; tells nothing of reporters. Raises Hidden.

    To search is to look, so it leaves a line of its own, `log.searched`.
    """
    chains = _readable_chains(by, at=at)
    subject = subject_of(cpr)
    lines = _lines(AuditLine.objects.filter(subject=subject, chain__in=chains).order_by("at", "pk"))
    audit.append(chains[0], "log.searched", at=at, actor=str(by), subject=subject)
    return lines


def who_looked(cpr: str, *, by: Actor, at: datetime) -> tuple[Look, ...]:
    """The same in words, for the answer to the person it is about. Raises Hidden."""
    lines = of_subject(cpr, by=by, at=at)
    cases = Case.objects.in_bulk({line.case for line in lines if line.case})
    return tuple(
        Look(
            at=line.at,
            who=line.who,
            what=LOOKS.get(line.word, line.word),
            purpose=Purpose(str(line.detail["purpose"])).danish if "purpose" in line.detail else "",
            case=cases[line.case].number if line.case in cases else "",
        )
        for line in lines
    )


def of_case(case_id: int, *, by: Actor, at: datetime) -> tuple[LogLine, ...]:
    """Everything done to and seen of a case by the authority that holds it, or one whose tasks have come to it.

    What another authority did before it passed the case on stands in that one's own log. Raises Hidden for those the
    law does not show the access log.
    """
    case = Case.objects.select_related("organisation").filter(pk=case_id).first()
    if case is None or case.organisation.key not in _readable_chains(by, at=at):
        raise Hidden
    ours = with_forerunners(tops_of_ours(case), on=danish_day(at))
    chains = Organisation.below(list(ours)).values_list("key", flat=True)
    return _lines(AuditLine.objects.filter(case=case_id, chain__in=list(chains)).order_by("at", "pk"))


def _readable_chains(by: Actor, *, at: datetime) -> list[str]:
    if by.user_id is None:
        raise Hidden
    paths = [
        path
        for m in memberships_of(by.user_id, on=danish_day(at))
        for path in paths_of(m.organisation, on=danish_day(at))
        if Visible.ACCESS_LOG in visible_to([Role(m.role)], State.RECEIVED)
    ]
    if not paths:
        raise Hidden
    keys = Organisation.objects.values_list("key", "path")
    found = [(path.count("/"), key) for key, path in keys if any(path.startswith(p) for p in paths)]
    return [key for _, key in sorted(found)]  # the actor's own first


def _lines(lines: Iterable[AuditLine]) -> tuple[LogLine, ...]:
    rows = list(lines)
    numbers = {int(row.actor[5:]) for row in rows if row.actor.startswith("user:")}
    names = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}
    names |= {str(role): role.danish for role in Role}
    return tuple(
        LogLine(row.at, row.word, row.actor, names.get(row.actor, ""), row.role, row.case, row.detail)
        for row in rows
    )

"""Paper (papir): which blank forms have been printed and used, and whether a slip's code still waits for its form."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from uth.law.actor import Actor, Hidden
from uth.law.terms import Role
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.paper import PaperBatch, PaperForm
from uth.records.reach import ON_CASES, held_by
from uth.records.routing import chart
from uth.records.sealing import keyed_hash, normal_code

PRINTERS = ON_CASES | {Role.ADMIN}
MOST_BATCHES = 200


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as the list shows it."""

    id: int
    form: str
    organisation: str
    printed_at: datetime
    printed_by: str
    size: int
    used: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What one may print for (key, name), and what was printed there before, the newest first."""

    places: tuple[tuple[str, str], ...]
    batches: tuple[BatchLine, ...]


def batches(*, by: Actor, at: datetime) -> PaperPage:
    """The batches of the organisations the actor works in and below. Raises Hidden for anybody else."""
    paths = held_by(by, at=at).paths(PRINTERS)
    if not paths:
        raise Hidden
    mine = Organisation.objects.filter(path__in=paths).order_by("name")
    rows = (
        PaperBatch.objects.filter(organisation__in=Organisation.below(paths))
        .select_related("organisation", "printed_by")
        .annotate(used=Count("forms__report"))
        .order_by("-pk")[:MOST_BATCHES]
    )
    return PaperPage(
        places=tuple((o.key, o.name) for o in mine),
        batches=tuple(
            BatchLine(
                id=row.pk,
                form=row.form,
                organisation=row.organisation.name,
                printed_at=row.printed_at,
                printed_by=row.printed_by.name if row.printed_by else "",
                size=row.size,
                used=row.used,
            )
            for row in rows
        ),
    )


def site(*, on: date) -> str:
    """The name of the authority that opens what nobody has addressed; empty before the site is set up."""
    known = chart()
    key = known.finder(on)
    return known.organisation(key)[1] if key else ""


def waits(code: str) -> bool:
    """Whether the code stands on a slip whose form has not been typed in yet."""
    mark = keyed_hash("receipt", normal_code(code))
    return PaperForm.objects.filter(code_hash=mark, report=None).exists()


def reaches(case_id: int, *, by: Actor, at: datetime) -> bool:
    """Whether the actor's desk holds this case, so that a link to it leads somewhere."""
    return Case.objects.below(held_by(by, at=at).paths()).filter(pk=case_id).exists()

"""The anonymised reports (de anonymiserede rapporter) for the second consumer's program: read, and nothing else."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from uth.api.auth import NATIONAL, Bearer, actor, at
from uth.api.schemas import AnonymisedListOut, NationalPageOut
from uth.queries import anonymised
from uth.queries.national import NationalPage

router = Router(tags=["anonymiserede rapporter"])
router.add_decorator(NATIONAL, mode="view")


@router.get(
    "/anonymised/reports", auth=Bearer(), response=AnonymisedListOut, summary="Hent anonymiserede rapporter"
)
def reports(request: HttpRequest, after: Annotated[str, Query(max_length=20)] = "") -> dict[str, Any]:
    """Ældste først, 50 ad gangen; `after` er nøglen fra forrige side. Kræver rollen som læser (SUL § 199, stk. 1)."""
    found = anonymised.reports(by=actor(request), at=at(request), after=after)
    return {"reports": found.reports, "after": found.after}


@router.get(
    "/anonymised/reports/{int:report_id}",
    auth=Bearer(),
    response=NationalPageOut,
    summary="Læs en anonymiseret rapport",
)
def report(request: HttpRequest, report_id: int) -> NationalPage:
    """Fakta, koder og den anonymiserede tekst. Opslaget skrives i sporet."""
    return anonymised.report(report_id, by=actor(request), at=at(request))

"""Places (steder): suggestions for the location field."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law.clock import danish_day
from uth.law.terms import PlaceKind
from uth.queries import places
from uth.web import gate
from uth.web.gate import public_locally


@public_locally
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Places whose name or alias fits what is being typed."""
    found = places.search(request.GET.get("q", "")[:100], on=danish_day(gate.at(request)))
    results = [{"id": p.key, "label": p.name, "note": PlaceKind(p.kind).danish} for p in found]
    answer = JsonResponse({"results": results})
    answer["Cache-Control"] = "private, max-age=300"
    return answer


urls = [path("steder.json", suggest, name="places")]

"""Places (steder): suggestions for the location field."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from uth.law.clock import danish_day
from uth.law.terms import PlaceKind
from uth.queries import places
from uth.web import gate
from uth.web.gate import public_locally


@public_locally
@csrf_exempt  # it only reads, and gives everybody the same
@never_cache
@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """Places whose name or alias fits what is being typed: posted, since it may be where a patient lives."""
    found = places.search(request.POST.get("q", "")[:100], on=danish_day(gate.at(request)))
    results = [{"id": p.key, "label": p.name, "note": PlaceKind(p.kind).danish} for p in found]
    return JsonResponse({"results": results})


urls = [path("steder.json", suggest, name="places")]

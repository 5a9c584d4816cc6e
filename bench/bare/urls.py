"""One view (én side): three inserts in a transaction, nothing checked, nothing routed, nothing recorded."""

import json
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.bare.models import Case, Line, Report


@csrf_exempt
def submit(request: HttpRequest) -> HttpResponse:
    """Keep what came."""
    given = json.loads(request.body)
    at = datetime.now(UTC)
    with transaction.atomic():
        report = Report.objects.create(
            received_at=at,
            key=request.headers["Idempotency-Key"],
            sector=given["sector"],
            kind=given["reporter_kind"],
            place=given["place"],
            actual_harm=given["actual_harm"],
            possible_harm=given["possible_harm"],
            headline=given["story"][:80],
            story=given["story"],
        )
        case = Case.objects.create(
            report=report, state="received", received_on=at.date(), forward_by=at.date() + timedelta(days=90)
        )
        Line.objects.create(case=case, at=at, word="report.submitted")
    return JsonResponse({"id": report.pk}, status=201)


urlpatterns = [path("reports", submit)]

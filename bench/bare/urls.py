"""Two views (to sider): three inserts in a transaction, nothing checked, nothing routed, nothing recorded."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.bare.models import Case, Line, Report
from uth.records import cases, organisations, reports
from uth.records.audit import AuditLine


@csrf_exempt
def narrow(request: HttpRequest) -> HttpResponse:
    """Keep what came in three rows that one would begin with."""
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


@csrf_exempt
def same(request: HttpRequest) -> HttpResponse:
    """Keep what came in the three rows that we keep it in: report, case and line of the audit, by the ORM."""
    given = json.loads(request.body)
    at = datetime.now(UTC)
    with transaction.atomic():
        report = reports.Report.objects.create(**_told(given, request.headers["Idempotency-Key"], at))
        case = cases.Case.objects.create(
            report=report,
            organisation_id=_somebody(),
            received_on=at.date(),
            forward_by=at.date() + timedelta(days=90),
            routed_rule="R16",
            routed_paragraph="§ 4, stk. 5",
            routed_explanation="Hændelser på offentlige hospitaler går til regionen, som driver dem.",
            actual_harm=given["actual_harm"],
            possible_harm=given["possible_harm"],
        )
        AuditLine.objects.create(
            chain="bench",
            seq=secrets.randbits(62),
            at=at,
            word="report.submitted",
            actor="reporter",
            case=case.pk,
            previous="0" * 64,
            digest="0" * 64,
        )
    return JsonResponse({"id": report.pk}, status=201)


def _told(given: dict[str, Any], key: str, at: datetime) -> dict[str, Any]:
    return {
        "received_at": at,
        "submission_key": key,
        "receipt_hash": key,
        "reporter_kind": given["reporter_kind"],
        "sector": given["sector"],
        "event_kind": "treatment",
        "event_date_quality": "unknown",
        "actual_harm": given["actual_harm"],
        "possible_harm": given["possible_harm"],
        "headline": given["story"][:80],
        "story": given["story"],
    }


@cache
def _somebody() -> int:
    return int(organisations.Organisation.objects.values_list("pk", flat=True).earliest("pk"))


urlpatterns = [path("narrow", narrow), path("same", same)]

"""The national template (den nationale skabelon): what may leave, published with its version for anybody to read (§ 8)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law import template
from uth.web.gate import public


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of message and its versions."""
    kinds = [
        {
            "danish": kind.danish,
            "paragraph": kind.paragraph,
            "version": number,
            "newest": number == kind.newest,
            "url": f"/skabelon/{kind.name}-v{number}.json",
        }
        for kind in template.KINDS.values()
        for number in sorted(kind.versions, reverse=True)
    ]
    return render(request, "pages/template.html", {"heading": "Den nationale skabelon", "kinds": kinds})


@public
@require_safe
def schema(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """One kind in one version, as JSON Schema."""
    found = template.KINDS.get(kind)
    if found is None or version not in found.versions:
        raise Http404
    return JsonResponse(
        template.schema(found, version),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type="application/schema+json",
    )


urls = [
    path("skabelon/", overview, name="template"),
    path("skabelon/<slug:kind>-v<int:version>.json", schema, name="template-schema"),
]

"""Collective reports (samlerapporter) at the desk that receives them, and the figures that sum their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from uth.actions import collective as verbs
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.shapes import MessageRefused
from uth.law.template import MOST_COMMENT
from uth.law.terms import CollectiveState, Role
from uth.queries import collective, national_counts
from uth.queries.collective import CollectiveLine, CollectivePage
from uth.web.fact_words import month as month_words
from uth.web.gate import NATIONAL_SITES, actor, at, desk, roles
from uth.web.handling import seen
from uth.web.intake_fields import prose

HOME = "/samlerapporter/"
TONES = {
    CollectiveState.SUBMITTED: "info",
    CollectiveState.APPROVED: "info",
    CollectiveState.FORWARDED: "success",
}


class CommentForm(forms.Form):
    """The words that may leave with the count."""

    comment = prose(
        "Kommentar, der følger med tallet",
        most=MOST_COMMENT,
        rows=4,
        help_text="Lad feltet stå tomt, hvis kun antallet skal videre.",
    )

    def __init__(self, doubts: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if doubts:
            self.fields["harmless"] = forms.MultipleChoiceField(
                label="Sæt kryds ved det, der ikke er personoplysninger",
                choices=[(text, text) for text in doubts],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


@dataclass(frozen=True, slots=True)
class Tab:
    """A view one can choose."""

    label: str
    url: str
    current: bool
    count: int | None = None


def tabs(request: HttpRequest, current: str, *, waiting: int | None = None) -> list[Tab]:
    """The rooms of collective reporting."""
    return [
        Tab("Til behandling", HOME, current == "aabne", waiting),
        Tab("Videregivet", f"{HOME}?liste=videregivet", current == "videregivet"),
        Tab("Tælletavler", f"{HOME}tavler/", current == "tavler"),
        Tab("Tal", f"{HOME}tal/", current == "tal"),
    ]


@desk
def reports(request: HttpRequest) -> HttpResponse:
    """What has come in, oldest deadline first."""
    forwarded = request.GET.get("liste") == "videregivet"
    found = collective.reports(by=actor(request), at=at(request), forwarded=forwarded)
    context = {
        "heading": "Videregivne samlerapporter" if forwarded else "Samlerapporter",
        "tabs": tabs(request, "videregivet" if forwarded else "aabne", waiting=found.open),
        "rows": [(line, _title(line), month_words(line.month)) for line in found.lines],
        "forwarded": forwarded,
        "wordless": found.wordless if found.may_handle and not forwarded else 0,
        "tones": TONES,
        "today": danish_day(at(request)),
    }
    return render(request, "tally/reports.html", context)


def _title(line: CollectiveLine | CollectivePage) -> str:
    """The headline as the national base has always written it."""
    addition = f", tillæg {line.addition}" if line.addition else ""
    return f"SR – {line.area.danish}{addition}"


@desk
@require_POST
def forward_all(request: HttpRequest) -> HttpResponse:
    """Forward the counts that nobody wrote a word about."""
    count = verbs.forward_wordless(by=actor(request), at=at(request))
    messages.success(
        request,
        f"{count} samlerapporter er videregivet." if count != 1 else "Én samlerapport er videregivet.",
    )
    return redirect("collective")


@desk
def report(request: HttpRequest, collective_id: int) -> HttpResponse:
    """One report: the count, the words, and what may be done now."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    page = collective.report(collective_id, **who)
    comment = request.POST.get("comment", "") if "comment" in request.POST else page.proposed
    form = CommentForm(collective.doubts(comment), {"comment": comment} | _harmless(request))
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            done = _act(request, collective_id, form, who)
        except Refused as refusal:
            errors = [(text, "id_comment") for text in refusal.problems.values()]
        except NotAllowed as refusal:
            errors = [(str(refusal), "")]
        except MessageRefused as refusal:
            errors = [(refusal.sentence, "")]
        else:
            messages.success(request, done)
            return redirect("collective-report", collective_id=collective_id)
    context = {
        "heading": _title(page),
        "page": page,
        "form": CommentForm(collective.doubts(comment), initial={"comment": comment} | _harmless(request)),
        "errors": errors,
        "tone": TONES[page.state],
        "facts": _facts(page),
        "leaves": _leaves(page),
        "today": danish_day(at(request)),
        "crumbs": [("Samlerapporter", HOME), (page.name, "")],
    }
    return render(request, "tally/report.html", context, status=400 if errors else 200)


def _harmless(request: HttpRequest) -> dict[str, Any]:
    return {"harmless": request.POST.getlist("harmless")} if request.method == "POST" else {}


def _act(request: HttpRequest, report_id: int, form: CommentForm, who: dict[str, Any]) -> str:
    """The act the button named, and what is said when it is done."""
    wanted, version = request.POST.get("act", ""), seen(request)
    if wanted == "forward":
        verbs.forward(report_id, seen=version, **who)
        return "Samlerapporten er videregivet. Den bliver leveret om et øjeblik."
    if wanted == "revise":
        verbs.revise(report_id, seen=version, **who)
        return "Du kan nu rette kommentaren."
    if not form.is_valid():
        raise Refused(comment=" ".join(map(str, form.errors.get("comment", []))) or "Prøv igen.")
    told = form.cleaned_data
    verbs.approve(report_id, comment=told["comment"], harmless=told.get("harmless", ()), seen=version, **who)
    return "Godkendt. Se, hvad der sendes, og videregiv så."


def _facts(page: CollectivePage) -> list[tuple[str, str]]:
    return [
        ("Enhed", page.board),
        ("Område", page.area.danish),
        ("Måned", month_words(page.month)),
        ("Antal", str(page.count)),
        ("Indsendt af", page.confirmed_by),
        ("Modtager", f"{page.organisation}\n{page.routed_explanation}\n{page.routed_paragraph}"),
    ]


def _leaves(page: CollectivePage) -> list[tuple[str, str]]:
    """Exactly what goes on: not the unit, not the person, not the day."""
    return [
        ("Sektor", page.sector.danish),
        ("Region", page.region),
        ("Område", page.area.danish),
        ("Måned", month_words(page.month)),
        ("Antal", str(page.count)),
        ("Tillæg til en måned, der er indsendt", "Ja" if page.addition else "Nej"),
        ("Kommentar", page.comment or "Ingen"),
    ]


@desk
def figures(request: HttpRequest) -> HttpResponse:
    """The authority's own months: counts, with single reports apart."""
    found = collective.figures(by=actor(request), at=at(request))
    context = {
        "heading": "Tal for samlerapporter",
        "tabs": tabs(request, "tal"),
        "areas": _table(found.months, [(area.danish, row) for area, row in found.areas], whole=True),
        "single": _table(found.months, [("Rapporter", found.single)]),
    }
    return render(request, "tally/figures.html", context)


@roles(Role.NATIONAL, sites=NATIONAL_SITES)
def national(request: HttpRequest) -> HttpResponse:
    """The country's months: counts by area and sector, with single reports apart."""
    found = national_counts.counts(by=actor(request), at=at(request))
    context = {
        "heading": "Samlerapporter fra hele landet",
        "areas": _table(found.months, [(area.danish, row) for area, row in found.areas], whole=True),
        "sectors": _table(found.months, [(sector.danish, row) for sector, row in found.sectors]),
        "single": _table(found.months, [("Rapporter", found.single)]),
        "comments": [
            (f"{each.area.danish}, {month_words(each.month)}, {each.sector.danish}", each.text)
            for each in found.comments
        ],
        "crumbs": [("Det nationale overblik", "/nationalt/"), ("Samlerapporter", "")],
    }
    return render(request, "tally/national.html", context)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts as a table: a line a month, newest first, a column a name."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: tuple[int, ...]


def _table(
    months: Sequence[str], columns: Sequence[tuple[str, Sequence[int]]], *, whole: bool = False
) -> Table:
    """The columns month by month; `whole` adds one that sums them."""
    if whole and columns:
        sums = [sum(counts[n] for _, counts in columns) for n in range(len(months))]
        columns = [*columns, ("I alt", sums)]
    rows = [(month_words(month), tuple(counts[n] for _, counts in columns)) for n, month in enumerate(months)]
    return Table(
        names=tuple(name for name, _ in columns),
        rows=tuple(reversed(rows)),
        total=tuple(sum(counts) for _, counts in columns),
    )


urls = [
    path("samlerapporter/", reports, name="collective"),
    path("samlerapporter/videregiv/", forward_all, name="collective-forward-all"),
    path("samlerapporter/tal/", figures, name="collective-figures"),
    path("samlerapporter/<int:collective_id>/", report, name="collective-report"),
    path("nationalt/samlerapporter/", national, name="national-collective"),
]

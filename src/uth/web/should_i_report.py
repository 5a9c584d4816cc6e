"""Should I report? (Skal jeg rapportere?): at most five questions, an answer with its source, and always a way on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from uth.law import duty, problems
from uth.law.advice import NONE_OF_THEM, Reply, Told, advice, asks_criteria, asks_group, asks_sector
from uth.law.clock import danish_day
from uth.law.rulebook import find
from uth.law.terms import DutyCriterion, ReporterCategory, ReporterKind, Sector, Term
from uth.web import gate
from uth.web.fields import DayMonthYearField
from uth.web.gate import public_locally
from uth.web.intake_fields import Question, one_of, terms
from uth.web.intake_professional import GROUP_HINTS
from uth.web.intake_steps import FormTable, Page, SoFar, Step, pages
from uth.web.rendering import Option

HEADING = "Skal jeg rapportere?"
MOST = 5  # questions, whatever is answered
ANSWER = "svar"  # the place after the last question


class Coded(Question):
    """A question whose answer is one word of the law. `term`: which list it is from."""

    term: type[Term]

    def said(self) -> dict[str, Any]:
        """The law's word."""
        return {name: self.term(value) for name, value in self.cleaned_data.items()}


class Who(Coded):
    """Whether the law can oblige this person at all."""

    term = ReporterKind
    kind = one_of(
        "Hvem er du?",
        [
            (
                ReporterKind.PROFESSIONAL,
                Option(
                    ReporterKind.PROFESSIONAL.danish,
                    "Du har sundhedsopgaver i dit arbejde, for eksempel på et hospital, i en praksis, i kommunen, "
                    "på et apotek eller i en ambulance.",
                ),
            ),
            (ReporterKind.PATIENT, "Jeg er eller har været patient"),
            (ReporterKind.RELATIVE, Option("Jeg er pårørende", "Det kan også være en ven eller nabo.")),
            (ReporterKind.OTHER, "Jeg er en anden, der kender til det"),
        ],
        required="Vælg, hvem du er.",
    )


class Aware(Question):
    """The day whose rules decide."""

    day = DayMonthYearField(
        label="Hvornår blev du opmærksom på hændelsen?",
        help_text="Reglerne fra den dag gælder. Ved du det ikke præcist, så skriv en dag, der passer cirka.",
        error_messages={"required": "Skriv den dag, du blev opmærksom på hændelsen; cirka er nok."},
    )

    def prepare(self) -> None:
        """Today, until something else is written; patients are asked when it happened."""
        self.fields["day"].initial = self.on
        if self.so_far.get("kind") in {ReporterKind.PATIENT, ReporterKind.RELATIVE}:
            self.fields["day"].label = "Hvornår skete det?"
            self.fields["day"].help_text = "Ved du det ikke præcist, så skriv en dag, der passer cirka."

    def clean(self) -> dict[str, Any]:
        """Not a day to come."""
        cleaned = super().clean() or {}
        if (day := cleaned.get("day")) and day > self.on:
            self.add_error("day", "Datoen ligger ude i fremtiden. Skriv en dag, der har været.")
        return cleaned


def yes_or_no(asked: duty.Question) -> forms.ChoiceField:
    """A criterion as the law asks it."""
    return one_of(
        asked.asks,
        terms(Reply),
        required="Vælg ja, nej eller »Det ved jeg ikke«.",
        help_text=asked.help,
    )


SERIOUS, COULD, LEARN = duty.QUESTIONS


class Serious(Coded):
    """The first criterion."""

    term = Reply
    serious = yes_or_no(SERIOUS)


class CouldBeSerious(Coded):
    """The second criterion."""

    term = Reply
    could_be_serious = yes_or_no(COULD)


class Learning(Coded):
    """The third criterion."""

    term = Reply
    learning = yes_or_no(LEARN)


class Group(Coded):
    """§ 2, stk. 3-6: what one was."""

    term = ReporterCategory
    category = one_of(
        "Hvad passede bedst på dig dengang?",
        terms(ReporterCategory, GROUP_HINTS),
        required="Vælg det, der passede bedst på dig.",
    )


class Workplace(Coded):
    """Each sector had its own list."""

    term = Sector
    sector = one_of("Hvor skete det?", terms(Sector), required="Vælg, hvor det skete, eller »Ved ikke«.")


class OnTheList(Question):
    """Whether the event stands on the sector's list of the day, where we know it."""

    problem = one_of(
        "Er hændelsen en af disse?", [], required="Vælg den, der passer, eller »Det ved jeg ikke«."
    )

    def prepare(self) -> None:
        """The list of that sector on that day."""
        found = problems.listed(self.so_far["sector"], self.so_far["day"])
        rows = [(each.key, each.danish) for each in found]
        field = self.fields["problem"]
        field.choices = [*rows, (NONE_OF_THEM, "Nej, ingen af dem"), (Reply.UNSURE, "Det ved jeg ikke")]  # type: ignore[attr-defined]


def knows_when(so_far: SoFar) -> bool:
    """The first two questions are answered."""
    return "kind" in so_far and "day" in so_far


def of_the_new_rules(so_far: SoFar) -> bool:
    """The three criteria, as long as none of them is met: the first yes is enough."""
    met = any(so_far.get(each.criterion) is Reply.YES for each in duty.QUESTIONS)
    return knows_when(so_far) and asks_criteria(so_far["kind"], so_far["day"]) and not met


def of_the_old_rules(so_far: SoFar) -> bool:
    """The duty lay on certain groups."""
    return knows_when(so_far) and asks_group(so_far["kind"], so_far["day"])


def outside_the_groups(so_far: SoFar) -> bool:
    """Where that alone settles it, nothing more is asked."""
    return of_the_old_rules(so_far) and so_far.get("category") not in duty.PERSON_GROUPS


def needs_sector(so_far: SoFar) -> bool:
    """The place one worked mattered."""
    asks = knows_when(so_far) and asks_sector(so_far["kind"], so_far["day"])
    return asks and not outside_the_groups(so_far)


def has_a_list(so_far: SoFar) -> bool:
    """We know the list of that sector on that day."""
    return (
        of_the_old_rules(so_far)
        and "sector" in so_far
        and bool(problems.listed(so_far["sector"], so_far["day"]))
    )


TABLE = FormTable(
    key="should-i-report",
    slug="skal-jeg-rapportere",
    title=HEADING,
    given={},
    steps=(
        Step("hvem", "Hvem du er", Who),
        Step("hvornaar", "Dagen", Aware),
        Step("alvorligt", "Alvorlige følger", Serious, of_the_new_rules),
        Step("kunne", "Kunne have fået alvorlige følger", CouldBeSerious, of_the_new_rules),
        Step("laering", "Kan andre lære af det", Learning, of_the_new_rules),
        Step("gruppe", "Hvad du var", Group, of_the_old_rules),
        Step("sektor", "Stedet", Workplace, needs_sector),
        Step("liste", "Sektorens liste", OnTheList, has_a_list),
    ),
)


@public_locally
@require_http_methods(["GET", "HEAD", "POST"])
def should_i_report(request: HttpRequest) -> HttpResponse:
    """A question, or the answer. Nothing is kept: the answers travel in the page itself, never in its address."""
    told = {name: [str(each) for each in values] for name, values in request.POST.lists()}
    walked = pages(TABLE, told, on=danish_day(gate.at(request)))
    at = _place(walked, request.POST.get("_at", ""))
    if request.method != "POST":
        return _asked(request, walked, 0, told)
    if request.POST.get("_go") == "back":
        return _asked(request, walked, max(at - 1, 0), told)
    if at < len(walked) and not walked[at].whole:
        return _asked(request, walked, at, told, judged=True)
    following = next((n for n, page in enumerate(walked) if not page.whole), None)
    return _answered(request, walked) if following is None else _asked(request, walked, following, told)


def _place(walked: Sequence[Page], slug: str) -> int:
    """Where on the way the person is; after the last question stands the answer."""
    if slug == ANSWER:
        return len(walked)
    return next((n for n, page in enumerate(walked) if page.step.slug == slug), 0)


def _asked(
    request: HttpRequest,
    walked: Sequence[Page],
    at: int,
    told: Mapping[str, Sequence[str]],
    *,
    judged: bool = False,
) -> HttpResponse:
    page = walked[at]
    here = page.question
    form = here if judged else type(here)(told, so_far=here.so_far, on=here.on, ask=False)
    context = {
        "form": form,
        "page_title": HEADING,
        "section": "report",
        "question_number": at + 1,
        "most": MOST,
        "at": page.step.slug,
        "carried": _carried(walked[:at]),
        "first": at == 0,
    }
    return render(request, "pages/should_i_report.html", context, status=400 if judged else 200)


def _carried(before: Sequence[Page]) -> list[tuple[str, str]]:
    """What was answered on earlier pages, to be posted again."""
    return [(name, page.question.first(name)) for page in before for name in page.question.names()]


def _answered(request: HttpRequest, walked: Sequence[Page]) -> HttpResponse:
    everything: dict[str, Any] = {}
    for page in walked:
        everything |= page.question.said()
    kind = everything["kind"]
    professional = kind is ReporterKind.PROFESSIONAL
    today = danish_day(gate.at(request))
    found = advice(
        Told(
            kind=kind,
            on=everything["day"],
            category=everything.get("category"),
            sector=everything.get("sector"),
            criteria={each: everything[each] for each in DutyCriterion if each in everything},
            problem=everything.get("problem", ""),
        )
    )
    context = {
        "heading": found.outcome.danish,
        "section": "report",
        "advice": found,
        "facts": [(str(_label(page)), "\n".join(page.question.plain())) for page in walked],
        "carried": _carried(walked),
        "at": ANSWER,
        "report_form": "fagperson" if professional else "patient",
        "protection": find("reporter_protection", on=today) if professional else None,
    }
    return render(request, "pages/should_i_report_answer.html", context)


def _label(page: Page) -> str:
    return next(str(field.label) for field in page.question)


urls = [path("skal-jeg-rapportere/", should_i_report, name="should-i-report")]

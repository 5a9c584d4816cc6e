"""The two forms (de to skemaer) as tables of steps: which pages, in which order, and when each is asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from uth.actions import intake
from uth.law.terms import ActualHarm, EventKind, ReporterKind, Sector
from uth.web import intake_patient as patient
from uth.web import intake_professional as pro
from uth.web import intake_questions as both
from uth.web import intake_where as where
from uth.web.intake_fields import Question
from uth.web.intake_files import Files

type SoFar = Mapping[str, Any]
type Told = Mapping[str, Sequence[str]]


def always(so_far: SoFar) -> bool:
    """Asked of everybody."""
    return True


def without_place(so_far: SoFar) -> bool:
    """The place is not on our list."""
    return "place" in so_far and not so_far["place"]


def in_an_ambulance(so_far: SoFar) -> bool:
    """The patient's form asks for the situation only where a transport is likely."""
    return both.sector_in(so_far) is Sector.PREHOSPITAL


def transported(so_far: SoFar) -> bool:
    """It happened on the way."""
    kind: EventKind | None = so_far.get("event_kind")
    return kind is not None and kind.on_the_way


def between_places(so_far: SoFar) -> bool:
    """It happened from one place to another."""
    return so_far.get("event_kind") is EventKind.TRANSITION


def in_treatment(so_far: SoFar) -> bool:
    """It happened in the treatment itself, not on the way or over a pharmacy's counter."""
    return so_far.get("event_kind", EventKind.TREATMENT) is EventKind.TREATMENT


def small_harm(so_far: SoFar) -> bool:
    """What could have happened matters only where little did."""
    harm: ActualHarm | None = so_far.get("actual_harm")
    return harm is not None and harm.asks_possible


def told_yes(name: str) -> Callable[[SoFar], bool]:
    """The reporter ticked it."""
    return lambda so_far: bool(so_far.get(name))


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a form: its word in the address, its name for people, its question, and when it is asked.

    `only` says the same as `asked`, to whoever meets all questions at once: on paper, and when paper is typed in.
    """

    slug: str
    name: str
    question: type[Question]
    asked: Callable[[SoFar], bool] = always
    only: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """A whole form. `given`: what we know of everybody who fills it in."""

    key: str
    slug: str
    title: str
    steps: tuple[Step, ...]
    given: Mapping[str, Any]


# When a question is for some only, in words.
ROUGHLY = "Svaret bruges, hvis vi ikke kan finde stedets navn."
BY_AMBULANCE = "Kun hvis det skete i en ambulance, eller da nogen ringede efter hjælp."
ON_THE_WAY = "Kun hvis det skete under transport."
BETWEEN = "Kun hvis det skete, da patienten gik fra et sted til et andet."
IN_TREATMENT = "Kun hvis det skete under behandling, pleje eller undersøgelse."
LITTLE_HARM = "Kun hvis patienten slap uden alvorlig skade."
PLAYED_A_PART = "Kun hvis det spillede en rolle."

PROFESSIONAL = FormTable(
    key="professional",
    slug="fagperson",
    title="Rapportér som sundhedsperson eller medarbejder",
    given={"reporter_kind": ReporterKind.PROFESSIONAL},
    steps=(
        Step("hvad-skete-der", "Hvad skete der", both.Story),
        Step("hvor", "Hvor", where.Where),
        Step("hvor-cirka", "Hvor cirka", where.WhereAbout, without_place, ROUGHLY),
        Step("situation", "Situation", both.Situation),
        Step("transport", "Transport", both.Transport, transported, ON_THE_WAY),
        Step("andre-steder", "Andre steder", pro.Involved, between_places, BETWEEN),
        Step("behandling", "Behandling", both.Phase, in_treatment, IN_TREATMENT),
        Step("hvornaar", "Hvornår", pro.ProfessionalWhen),
        Step("betydning", "Betydning for patienten", both.Harm),
        Step("vaerste-fald", "I værste fald", both.CouldHave, small_harm, LITTLE_HARM),
        Step("laering", "Læring", pro.Learning),
        Step("medicin-og-udstyr", "Medicin og udstyr", pro.Products),
        Step("medicin", "Medicin", pro.Medicines, told_yes("with_medicine"), PLAYED_A_PART),
        Step("udstyr", "Udstyr", pro.Devices, told_yes("with_device"), PLAYED_A_PART),
        Step("om-dig", "Om dig", pro.AboutYou),
        Step("patienten", "Patienten", both.Patient),
        Step("kontakt", "Kontakt", pro.ProfessionalContact),
        Step("bilag", "Bilag", Files),
    ),
)

PATIENT = FormTable(
    key="patient",
    slug="patient",
    title="Rapportér som patient eller pårørende",
    given={},
    steps=(
        Step("hvem-er-du", "Hvem er du", patient.WhoAreYou),
        Step("hvad-skete-der", "Hvad skete der", patient.PatientStory),
        Step("hvor", "Hvor", where.Where),
        Step("hvor-cirka", "Hvor cirka", patient.PatientWhereAbout, without_place, ROUGHLY),
        Step("situation", "Situation", both.Situation, in_an_ambulance, BY_AMBULANCE),
        Step("transport", "Transport", both.Transport, transported, ON_THE_WAY),
        Step("behandling", "Behandling", patient.PatientPhase, in_treatment, IN_TREATMENT),
        Step("hvornaar", "Hvornår", both.When),
        Step("betydning", "Betydning", patient.PatientHarm),
        Step(
            "kunne-det-vaere-vaerre",
            "Kunne det være værre",
            patient.PatientCouldHave,
            small_harm,
            LITTLE_HARM,
        ),
        Step("forslag", "Forslag", patient.Suggestion),
        Step("patienten", "Patienten", patient.PatientSelf),
        Step("kontakt", "Kontakt", patient.PatientContact),
        Step("bilag", "Bilag", Files),
    ),
)

FORMS: dict[str, FormTable] = {form.slug: form for form in (PROFESSIONAL, PATIENT)}
SUMMARY = "opsummering"  # the last thing seen; "done" once somebody has come so far
FORM_OF_DRAFT: dict[str, FormTable] = {form.key: form for form in FORMS.values()}


def form_named(slug: str) -> FormTable:
    """The form with this word in its address."""
    if slug not in FORMS:
        raise Http404
    return FORMS[slug]


@dataclass(frozen=True, slots=True)
class Page:
    """A step as one person meets it: what was told before it, and its question filled with what was told."""

    step: Step
    question: Question
    whole: bool


def pages(form: FormTable, told: Told, *, on: date) -> list[Page]:
    """The pages this person is asked, each with the answers of those before it."""
    return list(_walk(form, told, on=on))


def _walk(form: FormTable, told: Told, *, on: date) -> Iterator[Page]:
    so_far: dict[str, Any] = dict(form.given)
    for step in form.steps:
        if not step.asked(so_far):
            continue
        question = step.question(told, so_far=dict(so_far), on=on)
        whole = question.is_valid()
        if whole:
            so_far |= question.said()
        yield Page(step, question, whole)


def said(form: FormTable, walked: Sequence[Page]) -> dict[str, Any]:
    """Everything the whole pages say."""
    everything: dict[str, Any] = dict(form.given)
    for page in walked:
        if page.whole:
            everything |= page.question.said()
    return everything


ANSWER_FIELDS = frozenset(f.name for f in fields(intake.Answers))
BLANK = intake.Answers(story="", reporter_kind=ReporterKind.OTHER, actual_harm=ActualHarm.NONE_OR_UNKNOWN)


def answers_of(
    everything: Mapping[str, Any],
    *,
    attachments: tuple[intake.AttachmentAnswer, ...] = (),
    language: str = "da",
) -> intake.Answers:
    """The answers as the action takes them."""
    known = {name: value for name, value in everything.items() if name in ANSWER_FIELDS}
    return replace(BLANK, language=language, attachments=attachments, **known)


def problems(form: FormTable, walked: Sequence[Page], *, on: date) -> dict[str, str]:
    """What the action would refuse in the answers so far, field by field, beyond what is simply missing."""
    try:
        intake.check(answers_of(said(form, walked)), on=on)
    except intake.Refused as refused:
        return refused.problems
    return {}


def url_of(form: FormTable, slug: str) -> str:
    """The address of a step."""
    return reverse("intake-step", args=[form.slug, slug])

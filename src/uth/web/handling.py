"""Handling (sagsbehandling): the case page, and a small page for each act that the procedure allows."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path

from uth.actions import attachments
from uth.actions.handling import Refused
from uth.actions.looking import Unread
from uth.law.clock import danish_day
from uth.law.procedure import OPEN, NotAllowed, check
from uth.law.severity import GRAVE, TABLE
from uth.law.terms import Act, State, Visible
from uth.queries import access
from uth.queries.access import CasePage
from uth.queries.case_rows import FileLine
from uth.queries.corrections import needs_two
from uth.web import case_words, handling_forms, lookup_forms
from uth.web.attachments import size_text
from uth.web.case_words import type_name
from uth.web.gate import actor, at, desk
from uth.web.guidance import beside_act
from uth.web.handling_forms import ActForm
from uth.web.inbox import TONES, severity_words


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act's page: its address, heading, what it means, its button, what is said when it is done, where next."""

    act: Act
    form: type[ActForm]
    heading: str
    intro: str
    button: str
    done: str
    then: str = ""


PAGES = {
    "fordel": ActPage(
        Act.ASSIGN,
        handling_forms.AssignForm,
        "Fordel sagen",
        "Sagsbehandleren får en mail om, at sagen venter. Fristen er den samme.",
        "Fordel",
        "Sagen er fordelt.",
    ),
    "overdrag": ActPage(
        Act.TRANSFER,
        handling_forms.TransferForm,
        "Overdrag sagen",
        "Sagen flytter til en anden modtager. Fristen løber videre fra den dag, rapporten først blev modtaget. Er det "
        "en anden myndighed, kan I ikke længere se sagen, og rapportørens navn og kontaktoplysninger og jeres interne "
        "notater følger ikke med. Kom rapporten på papir, gør bilagene heller ikke.",
        "Overdrag",
        "Sagen er overdraget. Den ligger nu hos modtageren.",
        then="/sager/",
    ),
    "afvis": ActPage(
        Act.REJECT,
        handling_forms.RejectForm,
        "Afvis sagen",
        "Sagen bliver gemt og kan genåbnes med sin gamle frist. Det nationale niveau får at vide, at en rapport er "
        "afvist, og af hvilken grund, men får ingen tekst. Sådan læser vi reglen; det er ikke bekræftet.",
        "Afvis sagen",
        "Sagen er afvist, og rapportøren kan læse hvorfor.",
    ),
    "knyt": ActPage(
        Act.LINK,
        handling_forms.LinkForm,
        "Knyt til en anden sag",
        "Brug det, når to rapporter handler om den samme hændelse. Denne sag afsluttes her og videregives sammen med "
        "den anden, så hændelsen tælles én gang. Det nationale niveau får kun antallet af rapporter. Sådan "
        "læser vi reglen; det er ikke bekræftet. Sagen kan genåbnes.",
        "Knyt sagen",
        "Sagen er knyttet til den anden, og rapportøren kan læse det.",
    ),
    "genaabn": ActPage(
        Act.REOPEN,
        handling_forms.ReopenForm,
        "Genåbn sagen",
        "Sagen kommer tilbage i indbakken. Fristen er stadig regnet fra den dag, rapporten blev modtaget.",
        "Genåbn",
        "Sagen er genåbnet og ligger i indbakken.",
    ),
    "klassificer": ActPage(
        Act.CLASSIFY,
        handling_forms.ClassifyForm,
        "Klassificér hændelsen",
        "",
        "Gem klassifikationen",
        "Klassifikationen er gemt.",
    ),
    "notat": ActPage(Act.NOTE, handling_forms.NoteForm, "Skriv notat", "", "Gem notat", "Notatet er gemt."),
    "spoerg": ActPage(
        Act.ASK,
        handling_forms.AskForm,
        "Spørg rapportøren",
        "Sagen venter, til svaret kommer. Fristen løber imens, og du kan gå videre uden svar.",
        "Send spørgsmålet",
        "Spørgsmålet er sendt. Sagen venter på svar.",
    ),
    "svar": ActPage(
        Act.ANSWER,
        handling_forms.AnswerForm,
        "Svar rapportøren",
        "Fortæl for eksempel, hvad I har fundet ud af, eller hvad der bliver lavet om.",
        "Send beskeden",
        "Beskeden er sendt til rapportøren.",
    ),
    "afslut": ActPage(
        Act.CONCLUDE,
        handling_forms.ConcludeForm,
        "Afslut sagsbehandlingen",
        "Bagefter leder systemet efter navne og andre personoplysninger i teksterne, og du læser resultatet.",
        "Afslut, og gå til anonymisering",
        "Sagsbehandlingen er afsluttet. Læs nu den anonymiserede tekst.",
        then="anonymisering/",
    ),
    "aabn-igen": ActPage(
        Act.REVISE,
        handling_forms.ReviseForm,
        "Åbn sagsbehandlingen igen",
        "Anonymiseringen begynder forfra, næste gang sagen afsluttes.",
        "Åbn igen",
        "Sagsbehandlingen er åbnet igen.",
    ),
    "luk-dialog": ActPage(
        Act.CLOSE_DIALOGUE,
        handling_forms.CloseDialogueForm,
        "Luk dialogen",
        "Rapportøren kan ikke skrive mere, og rapportørens kontaktoplysninger bliver slettet i nat. "
        "Det kan ikke fortrydes.",
        "Luk dialogen",
        "Dialogen er lukket.",
    ),
}
PAGES |= {
    "journaltilladelse": ActPage(
        Act.PERMIT_LOOKUP,
        lookup_forms.PermitForm,
        "Registrér tilladelse til journalopslag",
        "Ledelsen kan give en bestemt person lov til at hente de oplysninger i patientens journal, som analysen ikke "
        "kan undvære. Skriv tilladelsen ind, før der slås op.",
        "Gem tilladelsen",
        "Tilladelsen er gemt. Når opslaget er gjort, så skriv det ind her.",
        then="journalopslag/",
    ),
    "nyt-journalopslag": ActPage(
        Act.LOG_LOOKUP,
        lookup_forms.LookUpForm,
        "Registrér et journalopslag",
        "Skriv hvert opslag ind for sig. Det kan ikke rettes bagefter.",
        "Gem opslaget",
        "Opslaget er gemt.",
        then="journalopslag/",
    ),
}
SLUG_OF = {made.act: slug for slug, made in PAGES.items()} | {
    Act.APPROVE_FIRST: "anonymisering",
    Act.APPROVE: "anonymisering",
    Act.FORWARD: "videregiv",
}
# The act a state leads to; it gets the filled button.
FIRST = {
    State.RECEIVED: (Act.ASSIGN,),
    State.IN_PROGRESS: (Act.CLASSIFY, Act.CONCLUDE),
    State.WAITING: (Act.CLASSIFY, Act.CONCLUDE),
    State.CONCLUDED: (Act.APPROVE,),
    State.APPROVED: (Act.FORWARD,),
    State.FORWARDED: (),
    State.REJECTED: (Act.REOPEN,),
    State.LINKED: (),
}


# Acts with a place of their own: the note's box on the page, the redaction, and the page of look-ups.
ELSEWHERE = frozenset({Act.NOTE, Act.APPROVE_FIRST, Act.PERMIT_LOOKUP, Act.LOG_LOOKUP})


@dataclass(frozen=True, slots=True)
class Button:
    """An act as a button of the case page."""

    label: str
    url: str
    first: bool


def buttons(page: CasePage) -> list[Button]:
    """What this person may do now, from the procedure; the next step first. A note has its box on the page."""
    first = _first(page)
    made = [
        Button(act.danish, f"/sager/{page.id}/{SLUG_OF[act]}/", act is first)
        for act in page.acts
        if act not in ELSEWHERE
    ]
    return sorted(made, key=lambda button: not button.first)


def _first(page: CasePage) -> Act | None:
    wanted = FIRST[page.state]
    if page.codes and page.severity and Act.CLASSIFY in wanted:
        wanted = (Act.CONCLUDE,)
    return next((act for act in wanted if act in page.acts), None)


def frame(request: HttpRequest, page: CasePage) -> dict[str, object]:
    """What every page about a case shows."""
    severity, level = severity_words(page.severity, page.actual_harm)
    return {
        "case": page,
        "headline": page.headline or "Uden overskrift",
        "state_label": page.state.danish,
        "state_tone": TONES.get(page.state, ""),
        "is_open": page.state in OPEN,
        "is_linked": page.state is State.LINKED,
        "severity": severity,
        "level": level,
        "today": danish_day(at(request)),
        "crumbs": [("Sager", "/sager/"), (f"Sag {page.number}", "")],
    }


@desk
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case: the story, and the work with it."""
    page = access.open_case(case_id, by=actor(request), at=at(request))
    context = frame(request, page) | {
        "next_step": case_words.next_step(page, approved_by=_first_approver(request, page)),
        "buttons": buttons(page),
        "facts": case_words.facts(page),
        "harms": case_words.harms(page),
        "types": [type_name(code) for code in page.codes],
        "timeline": case_words.timeline(page),
        "dialogue": case_words.dialogue(page.dialogue),
        "may": {str(act): True for act in page.acts},
        "identities": _identities(page),
        "attachments": [_file(page, each) for each in page.attachments],
        "sees_dialogue": Visible.DIALOGUE in page.sees,
        "sees_notes": Visible.NOTES in page.sees,
        "sees_attachments": Visible.ATTACHMENTS in page.sees,
        "sees_lookups": Visible.LOOKUPS in page.sees,
        "sees_log": Visible.ACCESS_LOG in page.sees,
        "has_clean_text": bool(page.redactions),
    }
    return render(request, "case/page.html", context)


def _first_approver(request: HttpRequest, page: CasePage) -> str:
    """Who has approved, where another must too."""
    first = page.redactions[0].first_by_name if page.state is State.CONCLUDED and page.redactions else ""
    return first if first and needs_two(page.id, by=actor(request), at=at(request)) else ""


# What stands beside a file that cannot be opened.
NOTES = {
    attachments.QUARANTINED: "kan åbnes, når den er kontrolleret for virus",
    attachments.INFECTED: "kan ikke åbnes: viruskontrollen fandt noget skadeligt",
}


def _file(page: CasePage, file: FileLine) -> dict[str, str]:
    return {
        "name": file.name,
        "size_text": size_text(file.size),
        "url": "" if file.state in NOTES else f"/sager/{page.id}/bilag/{file.id}/",
        "note": NOTES.get(file.state, ""),
    }


def _identities(page: CasePage) -> list[tuple[str, str]]:
    held = (
        (Visible.REPORTER_IDENTITY, page.has_reporter_identity, "Rapportørens navn og kontakt", "rapportoer"),
        (Visible.PATIENT_IDENTITY, page.has_patient_identity, "Patientens navn og CPR-nummer", "patient"),
    )
    return [
        (words, f"/sager/{page.id}/identitet/{slug}/")
        for which, is_held, words, slug in held
        if is_held and which in page.sees
    ]


@desk
def act(request: HttpRequest, case_id: int, slug: str) -> HttpResponse:
    """One act: its form, and the story beside it. A refusal keeps what was typed."""
    if (made := PAGES.get(slug)) is None:
        raise Http404
    by, when = actor(request), at(request)
    page = access.open_case(case_id, by=by, at=when)
    refused = why_not(page, made.act)
    if refused and request.method != "POST":
        messages.info(request, refused)
        return redirect(f"/sager/{case_id}/")
    form = made.form(request.POST if request.method == "POST" else None, page=page, at=when)
    status = 400
    if request.method == "POST" and form.is_valid():
        try:
            form.do(seen=seen(request), by=by, at=when)
        except Refused as refusal:
            form.refuse(refusal.problems)
            status = status_of(refusal)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, made.done)
            return _onwards(request, case_id, made)
    context = frame(request, page) | {"form": form, "made": made, "heading": made.heading, "slug": slug}
    context["guidance"] = beside_act(made.act, on=danish_day(when), form=form)
    if made.act is Act.CLASSIFY:
        context["severity_table"] = severity_table()
    context["crumbs"] = [
        ("Sager", "/sager/"),
        (f"Sag {page.number}", f"/sager/{page.id}/"),
        (made.heading, ""),
    ]
    templates = [f"case/{slug}.html", "case/act.html"]
    return render(request, templates, context, status=status if form.errors else 200)


def status_of(refusal: Refused) -> int:
    """What a refusal answers: a text that the machine could not read is for later, and not the person's mistake."""
    return 503 if isinstance(refusal, Unread) else 400


def severity_table() -> list[tuple[str, str, str]]:
    """How actual and possible harm make the combined severity, in words."""
    small = [
        (
            actual.danish,
            possible.danish if possible else "Ikke vurderet",
            combined.danish if combined else "Vælg selv",
        )
        for (actual, possible), combined in TABLE.items()
    ]
    return [
        *small,
        *((actual.danish, "Uden betydning", combined.danish) for actual, combined in GRAVE.items()),
    ]


def why_not(page: CasePage, wanted: Act) -> str:
    """The sentence that says why this act is not possible now, or empty."""
    if wanted in page.acts:
        return ""
    try:
        check(page.state, wanted, page.roles, reason="-")
    except NotAllowed as refusal:
        return str(refusal)
    return f"»{wanted.danish}« er ikke muligt længere: dialogen er lukket, eller teksten er slettet."


def seen(request: HttpRequest) -> int:
    """The version of the case that the page showed; without one, none that fits."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def _onwards(request: HttpRequest, case_id: int, made: ActPage) -> HttpResponseRedirect:
    if made.then.startswith("/"):
        return redirect(made.then)
    if "tilfoej" in request.POST:
        return redirect(f"/sager/{case_id}/klassificer/type/")
    return redirect(f"/sager/{case_id}/{made.then}")


urls = [
    path("sager/<int:case_id>/", case, name="case"),
    path("sager/<int:case_id>/<slug:slug>/", act, name="act"),
]

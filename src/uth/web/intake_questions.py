"""The questions (spørgsmålene) that both forms share: what, when, how bad, and who may be told about it."""

from typing import Any

from django import forms

from uth.actions.answers import STORY_LIMIT
from uth.law.terms import (
    ActualHarm,
    DateQuality,
    EventKind,
    PossibleHarm,
    Sector,
    TreatmentPhase,
)
from uth.queries import places
from uth.web.fields import DayMonthYearField
from uth.web.intake_fields import ClockTime, Question, conditional, one_of, prose, terms, words
from uth.web.templatetags.uth import danish_date

UNKNOWN = ("", "Ved ikke")


class Story(Question):
    """What happened."""

    template = "intake/story.html"
    heading = "Hvad skete der?"
    story = prose(
        "Fortæl med dine egne ord",
        required="Fortæl med dine egne ord, hvad der skete.",
        most=STORY_LIMIT,
        rows=12,
    )
    headline = words(
        "Overskrift", help_text="Nogle få ord, for eksempel »Medicin givet to gange«.", width="full"
    )

    def plain(self) -> list[str]:
        """Headline and story need no labels."""
        return [text for text in (self.cleaned_data.get("headline"), self.cleaned_data["story"]) if text]


HARM = "Hvilken betydning fik det for patienten?"
HARM_HINTS = {
    ActualHarm.NONE_OR_UNKNOWN: "Patienten mærkede ikke noget til det, eller du ved det ikke.",
    ActualHarm.MILD: "Forbigående gener, som krævede ingen eller lidt ekstra undersøgelse, behandling eller pleje.",
    ActualHarm.SERIOUS: "Varig skade, livsfare, eller skade, som krævede væsentligt mere behandling.",
    ActualHarm.FATAL: "Patienten døde, og hændelsen kan have medvirket.",
}


class Harm(Question):
    """What it did to the patient."""

    actual_harm = one_of(
        HARM,
        terms(ActualHarm, HARM_HINTS),
        required="Vælg, hvilken betydning det fik for patienten.",
        help_text="Svar ud fra det, du ved nu. Sagsbehandleren ser på det igen.",
    )

    def said(self) -> dict[str, Any]:
        """The law's word."""
        return {"actual_harm": ActualHarm(self.cleaned_data["actual_harm"])}


POSSIBLE_HINTS = {
    PossibleHarm.NONE: "Det kunne ikke have skadet patienten.",
    PossibleHarm.MILD: "Det kunne have givet forbigående gener.",
    PossibleHarm.SERIOUS_OR_FATAL: "Det kunne have givet varig skade eller kostet liv.",
}


class CouldHave(Question):
    """What it could have done."""

    possible_harm = conditional(
        one_of(
            "Hvad kunne der være sket i værste fald?",
            [*terms(PossibleHarm, POSSIBLE_HINTS), UNKNOWN],
            help_text="Tænk på, hvad der kunne være sket, hvis ingen havde opdaget det, eller hvis heldet ikke var med.",
        )
    )

    def said(self) -> dict[str, Any]:
        """The law's word, or None for "I do not know"."""
        chosen = self.cleaned_data["possible_harm"]
        return {"possible_harm": PossibleHarm(chosen) if chosen else None}


class When(Question):
    """The day, as well as it is known."""

    heading = "Hvornår skete det?"
    event_date_quality = one_of(
        "Kender du datoen?",
        [
            (DateQuality.KNOWN, "Ja"),
            (DateQuality.ESTIMATED, "Ja, cirka"),
            (DateQuality.UNKNOWN, "Nej, det ved jeg ikke"),
        ],
        required="Vælg, om du kender datoen.",
    )
    event_date = conditional(
        DayMonthYearField(label="Dato", required=False, help_text="For eksempel 7 3 2026.")
    )
    event_time = ClockTime(
        label="Klokkeslæt",
        required=False,
        help_text="For eksempel 14.30.",
        widget=forms.TextInput({"class": "short"}),
    )

    def clean(self) -> dict[str, Any]:
        """A known day has a date."""
        cleaned = super().clean() or {}
        quality = cleaned.get("event_date_quality")
        wants_date = quality in {DateQuality.KNOWN, DateQuality.ESTIMATED}
        if wants_date and "event_date" in cleaned and not cleaned["event_date"]:
            self.add_error("event_date", "Skriv datoen, eller svar, at du ikke kender den.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """Day and time, each with how sure it is."""
        cleaned = self.cleaned_data
        quality = DateQuality(cleaned["event_date_quality"])
        day = cleaned["event_date"] if quality is not DateQuality.UNKNOWN else None
        time = cleaned["event_time"] if day else None
        return {
            "event_date": day,
            "event_date_quality": quality,
            "event_time": time,
            "event_time_quality": quality if time else DateQuality.UNKNOWN,
            "aware_date": cleaned.get("aware_date"),
        }

    def plain(self) -> list[str]:
        """The day in one line."""
        told = self.said()
        about = "cirka " if told["event_date_quality"] is DateQuality.ESTIMATED else ""
        clock = f" kl. {told['event_time']:%H.%M}" if told["event_time"] else ""
        lines = [f"{about}{danish_date(told['event_date'])}{clock}" if told["event_date"] else "Ved ikke"]
        if told["aware_date"]:
            lines.append(f"Opdaget {danish_date(told['aware_date'])}")
        return lines


class Situation(Question):
    """What kind of event, as far as the receiver depends on it."""

    event_kind = one_of(
        "I hvilken situation skete det?",
        terms(EventKind),
        required="Vælg den situation, der passer bedst.",
        initial=EventKind.TREATMENT,
        help_text="Svaret afgør, hvem der skal have rapporten.",
    )

    def prepare(self) -> None:
        """Only what can have happened at such a place."""
        kinds = relevant(self.so_far)
        field = self.fields["event_kind"]
        field.choices = terms(kinds)  # type: ignore[attr-defined]
        field.initial = kinds[0]

    def said(self) -> dict[str, Any]:
        """The law's word."""
        return {"event_kind": EventKind(self.cleaned_data["event_kind"])}


K = EventKind
RELEVANT: dict[Sector, tuple[EventKind, ...]] = {
    Sector.HOSPITAL: (K.TREATMENT, K.TRANSITION, K.TRANSPORT, K.HOSPITAL_TRANSFER),
    Sector.PRIVATE_HOSPITAL: (K.TREATMENT, K.TRANSITION, K.TRANSPORT, K.HOSPITAL_TRANSFER),
    Sector.PRACTICE: (K.TREATMENT, K.TRANSITION),
    Sector.PHARMACY: (K.PHARMACY_SUPPLY, K.TREATMENT, K.TRANSITION),
    Sector.MUNICIPAL: (K.TREATMENT, K.TRANSITION, K.TRANSPORT),
    Sector.PREHOSPITAL: (K.TRANSPORT, K.HOSPITAL_TRANSFER, K.DISPATCH, K.TREATMENT, K.TRANSITION),
    Sector.UNKNOWN: tuple(EventKind),
}


def sector_in(so_far: Any) -> Sector:
    """The sector of the place, or the one that was chosen."""
    return Sector(so_far.get("place_sector") or so_far.get("sector") or Sector.UNKNOWN)


def relevant(so_far: Any) -> tuple[EventKind, ...]:
    """The kinds of event to ask about, the likeliest first; on paper all of them were."""
    if so_far.get("on_paper"):
        return tuple(EventKind)
    return RELEVANT[sector_in(so_far)]


class Phase(Question):
    """Which part of the treatment, in the order's wide sense (§ 2, stk. 2)."""

    treatment_phase = conditional(
        one_of(
            "Hvilken del af behandlingen drejede det sig om?",
            [*terms(TreatmentPhase), UNKNOWN],
            help_text="Vælg det, der passer bedst. Du må gerne springe over.",
        )
    )

    def said(self) -> dict[str, Any]:
        """The law's word, or None."""
        chosen = self.cleaned_data["treatment_phase"]
        return {"treatment_phase": TreatmentPhase(chosen) if chosen else None}


class Transport(Question):
    """Which region ran the transport."""

    transported_by = conditional(
        one_of(
            "Hvilken region stod for transporten?",
            [],
            help_text="Det er som regel den region, ambulancen eller lægebilen kom fra.",
        )
    )

    def prepare(self) -> None:
        """The regions of the day."""
        field = self.fields["transported_by"]
        field.choices = [*places.regions(on=self.on), UNKNOWN]  # type: ignore[attr-defined]


class Patient(Question):
    """Who the patient was, for the local analysis alone."""

    template = "intake/patient.html"
    heading = "Hvem var patienten?"
    patient_name = words("Patientens navn", autocomplete="off")
    patient_cpr = words(
        "Patientens CPR-nummer",
        most=20,
        help_text="10 tegn, med eller uden bindestreg.",
        width="short",
        autocomplete="off",
    )


ANONYMOUS, CONTACT = "anonymous", "contact"


# What a browser may fill in about the person at the keyboard (WCAG 1.3.5); see docs/adr/0014.
OF_THE_USER = {"reporter_name": "name", "reporter_email": "email", "reporter_phone": "tel"}


class Contact(Question):
    """Anonymous, or somebody we may write to."""

    template = "intake/contact.html"
    heading = "Må vi kontakte dig?"
    contact = one_of(
        "Vælg, om du vil være anonym",
        [],
        required="Vælg, om du vil være anonym, eller om vi må kontakte dig.",
    )
    reporter_name = conditional(words("Dit navn", help_text="Udfyld kun felterne, hvis vi må kontakte dig."))
    reporter_email = conditional(
        words(
            "E-mail",
            most=254,
            help_text="Vi skriver kun, at der er nyt. Indholdet står på kvitteringssiden.",
            inputmode="email",
        )
    )
    reporter_phone = conditional(words("Telefon", most=50, width="medium", inputmode="tel"))

    def let_browser_fill(self) -> None:
        """On the reporter's own machine: let the browser suggest what it knows of them."""
        for name, token in OF_THE_USER.items():
            self.fields[name].widget.attrs["autocomplete"] = token

    def clean(self) -> dict[str, Any]:
        """Contact needs something to reach."""
        cleaned = super().clean() or {}
        named = any(cleaned.get(name) for name in ("reporter_name", "reporter_email", "reporter_phone"))
        if cleaned.get("contact") == CONTACT and not named and not self.errors:
            self.add_error(
                "reporter_email", "Skriv navn, e-mail eller telefon, eller vælg, at du vil være anonym."
            )
        return cleaned

    def said(self) -> dict[str, Any]:
        """Nothing of an anonymous reporter, whatever still stands in the boxes."""
        told = dict(self.cleaned_data)
        open_ = told.pop("contact") == CONTACT
        return {name: text if open_ else "" for name, text in told.items()} | {"wants_feedback": open_}

    def plain(self) -> list[str]:
        """Anonymous, or what to reach the reporter by."""
        told = self.said()
        reach = [told[name] for name in ("reporter_name", "reporter_email", "reporter_phone")]
        return [text for text in reach if text] or ["Du er anonym."]

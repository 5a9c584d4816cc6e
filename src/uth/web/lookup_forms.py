"""The forms of look-ups in the record (journalopslagets formularer): the permission, and the look-up itself."""

from datetime import datetime

from django import forms
from django.utils import timezone

from uth.actions import lookups as verbs
from uth.law.actor import Actor
from uth.queries import lookups as seen
from uth.web.fields import DayMonthYearField
from uth.web.handling_forms import ActForm, text_field
from uth.web.intake_fields import ClockTime, words
from uth.web.templatetags.uth import danish_date


class PermitForm(ActForm):
    """Who may look, by whose leave, and why."""

    person = words(
        "Hvem må slå op?",
        required="Skriv navn og titel på den, der må slå op.",
        most=verbs.NAME_LIMIT,
        help_text="Navn og titel. Tilladelsen gælder kun den person og kun denne sag.",
    )
    permitted_by = words(
        "Hvem i ledelsen har givet tilladelsen?",
        required="Skriv, hvem i ledelsen der har givet tilladelsen.",
        most=verbs.NAME_LIMIT,
        help_text="Navn og titel.",
    )
    permitted_on = DayMonthYearField(label="Hvornår blev tilladelsen givet?")
    necessity = text_field(
        "Hvorfor er opslaget nødvendigt for analysen?",
        "Skriv, hvad I mangler at vide. Skriv ikke patientens navn eller CPR-nummer.",
        "Skriv, hvorfor opslaget er nødvendigt for analysen.",
        rows=4,
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        verbs.permit(self.page.id, **self.cleaned_data, by=by, at=at)


class LookUpForm(ActForm):
    """When it was done, where, and how that can be told."""

    permission = forms.TypedChoiceField(
        label="Hvilken tilladelse?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Vælg den tilladelse, opslaget skete efter. Er der ingen, så registrér den først.",
            "invalid_choice": "Vælg en tilladelse fra listen.",
        },
    )
    day = DayMonthYearField(label="Hvilken dag blev der slået op?")
    time = ClockTime(
        label="Klokkeslæt",
        required=True,
        help_text="For eksempel 14.30. Så kan opslaget findes i journalens log.",
        widget=forms.TextInput({"class": "short"}),
        error_messages={"required": "Skriv klokkeslættet, cirka er nok."},
    )
    system = words(
        "Hvilket journalsystem?",
        required="Skriv, hvilket journalsystem der blev slået op i.",
        most=verbs.SYSTEM_LIMIT,
    )
    trace = words(
        "Hvordan kan man bagefter se, at opslaget skete til analysen?",
        required="Skriv, hvordan man bagefter kan se i journalsystemet, at opslaget skete til analysen.",
        most=verbs.TRACE_LIMIT,
        help_text="For eksempel den årsag, der blev valgt i journalsystemet, eller et mærke i dets log.",
        width="full",
    )

    def prepare(self) -> None:
        """The permissions that this case has; the only one is chosen beforehand."""
        held = seen.permissions_for(self.page, at=self.at)
        self.fields["permission"].choices = [  # type: ignore[attr-defined]
            (each.id, f"{each.person}, givet {danish_date(each.permitted_on)} af {each.permitted_by}")
            for each in held
        ]
        if len(held) == 1:
            self.initial.setdefault("permission", held[0].id)

    def refuse(self, problems: dict[str, str]) -> None:
        """The moment stands in two fields here."""
        super().refuse({"day" if name == "looked_up_at" else name: text for name, text in problems.items()})

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        given = dict(self.cleaned_data)
        moment = datetime.combine(given.pop("day"), given.pop("time"), timezone.get_default_timezone())
        verbs.look_up(self.page.id, looked_up_at=moment, **given, by=by, at=at)

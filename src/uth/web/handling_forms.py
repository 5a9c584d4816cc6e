"""The forms of handling (sagsbehandlingens formularer): one for each act, each knowing the verb it ends in."""

from abc import ABCMeta, abstractmethod
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.forms import DeclarativeFieldsMetaclass

from uth.actions import handling, linking, redaction
from uth.law.actor import Actor
from uth.law.severity import severity
from uth.law.terms import ActualHarm, AuthorityKind, PossibleHarm, RejectionReason, Severity
from uth.queries import organisations, people
from uth.queries.access import CasePage
from uth.web.case_words import type_name
from uth.web.intake_fields import conditional
from uth.web.rendering import Option

TEXT = 20_000
GROUPS = {
    AuthorityKind.REGION: "Regioner",
    AuthorityKind.MUNICIPALITY: "Kommuner",
    AuthorityKind.PRIVATE_HOSPITAL: "Privathospitaler og hospicer",
}
REJECTIONS = {
    RejectionReason.INSUFFICIENT: "Der mangler så meget, at sagen ikke kan behandles, og rapportøren kan ikke spørges.",
    RejectionReason.WORK_ENVIRONMENT: "Det handler om personalets arbejdsmiljø og ikke om en patient.",
    RejectionReason.DUPLICATE: "Den samme hændelse er rapporteret og behandlet et andet sted. Ligger den anden sag hos jer, "
    "så vælg i stedet »Knyt til en anden sag«.",
    RejectionReason.TEST: "Rapporten er en prøve og ikke en rigtig hændelse.",
    RejectionReason.OTHER: "For eksempel en klage eller en erstatningssag, som hører til et andet sted.",
}


def text_field(
    label: str, hint: str, missing: str, *, rows: int = 5, required: bool = True
) -> forms.CharField:
    """A box for prose, refused in a sentence of its own."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea({"rows": rows, "class": "full"}),
        validators=[MaxLengthValidator(TEXT, "Teksten må højst fylde 20.000 tegn. Forkort den.")],
        error_messages={"required": missing},
    )


class _ActFormType(DeclarativeFieldsMetaclass, ABCMeta):
    """A form of which every kind must say what it does."""


class ActForm(forms.Form, metaclass=_ActFormType):
    """A form on a case. `do` takes the act; what it refuses is shown at the field."""

    def __init__(self, *given: Any, page: CasePage, at: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.page, self.at = page, at
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and first values from the case."""

    @abstractmethod
    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        """Take the act."""

    def refuse(self, problems: dict[str, str]) -> None:
        """Show the action's sentences: each at its field, else above the form."""
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields else None, sentence)


class AssignForm(ActForm):
    """Who shall handle the case."""

    handler = forms.TypedChoiceField(
        label="Hvem skal behandle sagen?",
        coerce=int,
        error_messages={
            "required": "Vælg en sagsbehandler.",
            "invalid_choice": "Vælg en sagsbehandler fra listen.",
        },
    )

    def prepare(self) -> None:
        colleagues = people.handlers_of(self.page.organisation_key, at=self.at)
        self.fields["handler"].choices = [("", "Vælg"), *[(c.id, c.name) for c in colleagues]]  # type: ignore[attr-defined]
        self.initial.setdefault("handler", self.page.handler_id)

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.assign(self.page.id, handler_id=self.cleaned_data["handler"], seen=seen, by=by, at=at)


class TransferForm(ActForm):
    """Who should have had the case."""

    to = forms.ChoiceField(
        label="Hvem skal have sagen?",
        help_text="Skriv de første bogstaver for at springe i listen.",
        error_messages={
            "required": "Vælg, hvem der skal have sagen.",
            "invalid_choice": "Vælg en modtager fra listen.",
        },
    )
    reason = text_field(
        "Hvorfor?",
        "Modtageren kan læse begrundelsen.",
        "Skriv, hvorfor sagen hører til et andet sted.",
        rows=3,
    )

    def prepare(self) -> None:
        found = [r for r in organisations.receivers(at=self.at) if r.key != self.page.organisation_key]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Vælg"),
            *[
                (words, [(r.key, f"{'– ' * r.depth}{r.name}") for r in found if r.kind is kind])
                for kind, words in GROUPS.items()
            ],
        ]

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        given = self.cleaned_data
        handling.transfer(self.page.id, to=given["to"], reason=given["reason"], seen=seen, by=by, at=at)


class RejectForm(ActForm):
    """Why the report is not handled here."""

    reason = forms.ChoiceField(
        label="Hvorfor afvises sagen?",
        choices=[(r.value, Option(r.danish, hint=REJECTIONS[r])) for r in RejectionReason],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg en af de fem grunde."},
    )
    comment = text_field(
        "Begrundelse til rapportøren",
        "Skriv, hvorfor det ikke er en rapport om en utilsigtet hændelse efter reglerne, og hvad man kan gøre i stedet. "
        "Rapportøren læser det med sin kvitteringskode.",
        "Skriv en begrundelse, som rapportøren kan læse.",
        rows=4,
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        reason = RejectionReason(self.cleaned_data["reason"])
        handling.reject(
            self.page.id, reason=reason, comment=self.cleaned_data["comment"], seen=seen, by=by, at=at
        )


class LinkForm(ActForm):
    """Which case tells of the same event."""

    event = forms.CharField(
        label="Nummeret på den anden sag",
        help_text="Sagen om den samme hændelse. Nummeret står øverst på sagen, for eksempel 2026-000123.",
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Skriv nummeret på den anden sag."},
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        linking.link(self.page.id, event=self.cleaned_data["event"], seen=seen, by=by, at=at)


class ReopenForm(ActForm):
    """Why a rejected or linked case is taken up again."""

    reason = text_field(
        "Hvorfor genåbnes sagen?", "Står i sagens forløb.", "Skriv, hvorfor sagen genåbnes.", rows=3
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.reopen(self.page.id, reason=self.cleaned_data["reason"], seen=seen, by=by, at=at)


class ClassifyForm(ActForm):
    """The types kept, and both harms as the handler sees them."""

    codes = forms.MultipleChoiceField(
        label="Typer, der passer på hændelsen",
        help_text="Fjern krydset ved en type, der ikke passer.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    actual = forms.ChoiceField(
        label="Faktisk konsekvens",
        help_text="Hvad betød det for patienten?",
        choices=[(h.value, h.danish) for h in ActualHarm],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg den faktiske konsekvens."},
    )
    possible = conditional(
        forms.ChoiceField(
            label="Mulig konsekvens",
            help_text="Hvad kunne det have betydet? Skal kun besvares, når den faktiske konsekvens er ingen, ukendt eller lettere.",
            choices=[*[(h.value, h.danish) for h in PossibleHarm], ("", "Ikke vurderet")],
            widget=forms.RadioSelect,
            required=False,
        )
    )
    decided = forms.ChoiceField(
        label="Samlet alvorlighed, hvis den ikke kan regnes ud",
        help_text="Systemet regner den ud af de to svar ovenfor. Vælg kun selv, når den mulige konsekvens ikke er vurderet.",
        choices=[("", "Regnes ud"), *[(s.value, s.danish) for s in Severity]],
        required=False,
    )

    def prepare(self) -> None:
        held = self.page.codes
        self.fields["codes"].choices = [(code, type_name(code)) for code in held]  # type: ignore[attr-defined]
        if not held:
            del self.fields["codes"]
        actual, possible = ActualHarm(self.page.actual_harm), self.page.possible_harm
        by_hand = severity(actual, PossibleHarm(possible) if possible else None) is None
        first: dict[str, Any] = {
            "codes": list(held),
            "actual": actual.value,
            "possible": possible,
            "decided": self.page.severity if by_hand else "",
        }
        self.initial = first | dict(self.initial)

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        given = self.cleaned_data
        handling.classify(
            self.page.id,
            codes=given.get("codes", []),
            actual=ActualHarm(given["actual"]),
            possible=PossibleHarm(given["possible"]) if given["possible"] else None,
            decided=Severity(given["decided"]) if given["decided"] else None,
            seen=seen,
            by=by,
            at=at,
        )


class NoteForm(ActForm):
    """A private note."""

    text = text_field(
        "Notat",
        "Læses kun af jer, der arbejder med sagen. Rapportøren og det nationale niveau ser det aldrig.",
        "Skriv et notat først.",
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.note(self.page.id, text=self.cleaned_data["text"], by=by, at=at)


class AskForm(ActForm):
    """A question to the reporter."""

    text = text_field(
        "Dit spørgsmål",
        "Rapportøren læser det med sin kvitteringskode. Dit navn vises ikke. Undgå navne og CPR-numre.",
        "Skriv et spørgsmål først.",
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.ask(self.page.id, text=self.cleaned_data["text"], seen=seen, by=by, at=at)


class AnswerForm(ActForm):
    """A word to the reporter."""

    text = text_field(
        "Din besked",
        "Rapportøren læser den med sin kvitteringskode. Dit navn vises ikke. Undgå navne og CPR-numre.",
        "Skriv en besked først.",
    )

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.answer(self.page.id, text=self.cleaned_data["text"], by=by, at=at)


class ConcludeForm(ActForm):
    """What was found and learned."""

    conclusion = text_field(
        "Konklusion",
        "Hvad skete der, og hvorfor? Beskriv forløbet og rammerne, ikke hvem der gjorde noget.",
        "Skriv en kort konklusion, før sagen afsluttes.",
        rows=6,
    )
    learning = text_field(
        "Læring og ændringer",
        "Hvad har I lært, og hvad gør I anderledes? Rapportøren læser det, når sagen er videregivet.",
        "",
        rows=5,
        required=False,
    )
    decided = forms.ChoiceField(
        label="Samlet alvorlighed",
        help_text="Den mulige konsekvens er ikke vurderet, så du må selv tage stilling.",
        choices=[("", "Vælg"), *[(s.value, s.danish) for s in Severity]],
        error_messages={"required": "Vælg den samlede alvorlighed."},
    )

    def prepare(self) -> None:
        if self.page.severity:
            del self.fields["decided"]
        first: dict[str, Any] = {"conclusion": self.page.conclusion, "learning": self.page.learning}
        self.initial = first | dict(self.initial)

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        given = self.cleaned_data
        decided = given.get("decided")
        redaction.conclude(
            self.page.id,
            conclusion=given["conclusion"],
            learning=given["learning"],
            decided=Severity(decided) if decided else None,
            seen=seen,
            by=by,
            at=at,
        )

    def refuse(self, problems: dict[str, str]) -> None:
        """The severity's refusal stands at its own field here."""
        super().refuse({"decided" if name == "severity" else name: text for name, text in problems.items()})


class ReviseForm(ActForm):
    """Open the handling again."""

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.revise(self.page.id, seen=seen, by=by, at=at)


class CloseDialogueForm(ActForm):
    """End the dialogue."""

    def do(self, *, seen: int, by: Actor, at: datetime) -> None:
        handling.close_dialogue(self.page.id, seen=seen, by=by, at=at)

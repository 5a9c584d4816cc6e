"""The professional's own questions (medarbejderens spørgsmål)."""

from dataclasses import replace
from typing import Any

from uth.actions.intake import DeviceAnswer, InvolvedAnswer, MedicineAnswer
from uth.law import duty
from uth.law.rulebook import find
from uth.law.terms import ActualHarm, DutyCriterion, PossibleHarm, ReporterCategory, RoleTowardsEvent
from uth.law.text import fold
from uth.queries import places
from uth.web.fields import DayMonthYearField
from uth.web.intake_fields import Question, conditional, one_of, prose, terms, tick, words
from uth.web.intake_questions import ANONYMOUS, CONTACT, Contact, When
from uth.web.intake_rows import Rows
from uth.web.rendering import Option


class ProfessionalWhen(When):
    """The day, and the day one became aware if it was another."""

    aware_date = DayMonthYearField(
        label="Hvis du først blev opmærksom på det en anden dag: hvilken?",
        required=False,
        help_text="Lad felterne stå tomme, hvis det var samme dag.",
    )


LEARNING = next(q for q in duty.QUESTIONS if q.criterion is DutyCriterion.LEARNING)
YES, NO = "yes", "no"


class Learning(Question):
    """What was done, and what could keep it from happening again."""

    heading = "Hvad kan vi lære af det?"
    immediate_action = prose("Hvad blev der gjort med det samme?")
    prevention = prose("Hvad kan forhindre, at det sker igen?", help_text="Også små idéer er velkomne.")
    learning = conditional(
        one_of(LEARNING.asks, [(YES, "Ja"), (NO, "Nej"), ("", "Ved ikke")], help_text=LEARNING.help)
    )

    def prepare(self) -> None:
        """The third criterion matters only where neither of the first two does."""
        serious = self.so_far.get("actual_harm") in {ActualHarm.SERIOUS, ActualHarm.FATAL}
        if serious or self.so_far.get("possible_harm") is PossibleHarm.SERIOUS_OR_FATAL:
            del self.fields["learning"]

    def said(self) -> dict[str, Any]:
        """Yes, no, or None."""
        told = self.cleaned_data
        return told | {"learning": {YES: True, NO: False}.get(told.get("learning", ""))}


class Products(Question):
    """Whether medicine or devices had a part in it."""

    heading = "Var medicin eller udstyr involveret?"
    bare = True
    intro = "Sæt kryds, hvis det spillede en rolle. Ellers fortsæt."
    with_medicine = tick(
        "Medicin", help_text="For eksempel forkert dosis, forkert præparat eller medicin ikke givet."
    )
    with_device = tick(
        "Medicinsk udstyr", help_text="For eksempel pumper, lifte, senge, katetre, målere og programmer."
    )


class Medicines(Rows):
    """The medicines, a row each."""

    heading = "Hvilken medicin?"
    rows, title, add = "medicines", "Lægemiddel", "Tilføj et lægemiddel mere"
    answer = MedicineAnswer
    needed = ("name", "Skriv lægemidlets navn, eller tøm rækken.")

    def row(self) -> dict[str, Any]:
        """Name, strength and how it was given."""
        return {
            "name": conditional(
                words("Navn eller indholdsstof", help_text="Som det står på pakningen eller i ordinationen.")
            ),
            "strength": words("Styrke", most=100, help_text="For eksempel 50 mg.", width="medium"),
            "route": words(
                "Hvordan blev det givet?", most=100, help_text="For eksempel tablet eller indsprøjtning."
            ),
        }


class Devices(Rows):
    """The devices, a row each."""

    heading = "Hvilket udstyr?"
    rows, title, add = "devices", "Udstyr", "Tilføj et stykke udstyr mere"
    answer = DeviceAnswer
    needed = ("kind", "Skriv, hvilken slags udstyr det var, eller tøm rækken.")

    def row(self) -> dict[str, Any]:
        """Kind, name and model."""
        return {
            "kind": conditional(words("Hvilken slags?", help_text="For eksempel infusionspumpe.")),
            "name": words("Fabrikat eller navn"),
            "model": words("Model eller serienummer"),
        }


PARTS = [("before", "Før hændelsen"), ("after", "Efter hændelsen"), ("discovered", "Her blev det opdaget")]


class Involved(Rows):
    """The other places of a transition."""

    heading = "Hvilke andre steder var med?"
    rows, title, add = "involved", "Sted", "Tilføj et sted mere"
    answer = InvolvedAnswer
    needed = ("place_text", "Skriv stedets navn, eller tøm rækken.")

    def row(self) -> dict[str, Any]:
        """The place and its part in it."""
        return {
            "place_text": conditional(
                words("Stedets navn", most=300, **{"data-typeahead-url": "/steder.json"})
            ),
            "role": conditional(one_of("Hvornår var patienten der?", PARTS, initial="before")),
        }

    def said(self) -> dict[str, Any]:
        """The filled rows; a name that only one place has stands for that place."""
        rows: tuple[InvolvedAnswer, ...] = super().said()[self.rows]
        return {self.rows: tuple(self._recognised(row) for row in rows)}

    def _recognised(self, row: InvolvedAnswer) -> InvolvedAnswer:
        found = [
            line
            for line in places.named(row.place_text, on=self.on)
            if fold(line.name) == fold(row.place_text)
        ]
        return replace(row, place=found[0].key, place_text="") if len(found) == 1 else row


GROUP_HINTS = {
    ReporterCategory.AUTHORISED: "For eksempel læge, sygeplejerske, SOSU-assistent eller fysioterapeut.",
    ReporterCategory.ON_BEHALF: "For eksempel studerende eller sekretær, som udfører en delegeret opgave.",
    ReporterCategory.PHARMACY_STAFF: "Farmaceut, farmakonom, farmaceutstuderende eller defektrice.",
    ReporterCategory.OTHER_STAFF: "For eksempel SOSU-hjælper eller pædagog.",
}


class AboutYou(Question):
    """What the reporter is, and was, to the event."""

    heading = "Lidt om dig"
    bare = True
    role_towards_event = one_of(
        "Hvordan kender du til hændelsen?",
        terms(RoleTowardsEvent),
        required="Vælg, hvordan du kender til hændelsen.",
    )
    reporter_category = one_of(
        "Hvad passer bedst på dig?",
        terms(ReporterCategory, GROUP_HINTS),
        required="Vælg det, der passer bedst på dig.",
    )
    profession = words("Faggruppe", most=100, width="medium", help_text="For eksempel sygeplejerske.")

    def prepare(self) -> None:
        """What somebody left open on paper, nobody else can answer."""
        if self.so_far.get("on_paper"):
            for field in self.fields.values():
                field.required = False

    def said(self) -> dict[str, Any]:
        """The law's words."""
        told = self.cleaned_data
        role, category = told["role_towards_event"], told["reporter_category"]
        return {
            "role_towards_event": RoleTowardsEvent(role) if role else None,
            "reporter_category": ReporterCategory(category) if category else None,
            "profession": told["profession"],
        }


class ProfessionalContact(Contact):
    """The choice, as it is for a colleague."""

    template = "intake/contact.html"

    def prepare(self) -> None:
        """What each choice means, and what a reporter is protected from."""
        self.protection = find("reporter_protection", on=self.on)
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            (
                CONTACT,
                Option("I må gerne kontakte mig", "Kun de få, der behandler rapporten, kan se, hvem du er."),
            ),
            (
                ANONYMOUS,
                Option(
                    "Jeg vil være anonym",
                    "Du kan stadig svare på spørgsmål og læse svar med din kvitteringskode.",
                ),
            ),
        ]

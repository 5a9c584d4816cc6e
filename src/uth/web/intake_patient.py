"""The patient's and the relative's own questions (patientens og den pårørendes spørgsmål): the same, said simpler."""

from typing import Any

from uth.law.terms import ActualHarm, PossibleHarm, ReporterKind, Sector, TreatmentPhase
from uth.web.intake_fields import Question, conditional, one_of, prose
from uth.web.intake_questions import (
    ANONYMOUS,
    CONTACT,
    UNKNOWN,
    Contact,
    CouldHave,
    Harm,
    Patient,
    Phase,
    Story,
)
from uth.web.intake_where import WhereAbout
from uth.web.rendering import Option


class WhoAreYou(Question):
    """Patient or relative."""

    reporter_kind = one_of(
        "Er du patient eller pårørende?",
        [
            (ReporterKind.PATIENT, "Jeg er eller har været patient"),
            (ReporterKind.RELATIVE, "Jeg er pårørende"),
            (ReporterKind.OTHER, "Jeg er en anden, der kender til det"),
        ],
        required="Vælg, om du er patient eller pårørende.",
        help_text="En pårørende kan også være en ven eller nabo.",
    )

    def said(self) -> dict[str, Any]:
        """The law's word."""
        return {"reporter_kind": ReporterKind(self.cleaned_data["reporter_kind"])}


class PatientStory(Story):
    """What happened, with no headline to find."""

    headline = None  # type: ignore[assignment]


class PatientWhereAbout(WhereAbout):
    """Roughly where, in everyday words."""

    def prepare(self) -> None:
        """Everyday words for the sectors."""
        super().prepare()
        self.fields["sector"].choices = SECTORS  # type: ignore[attr-defined]


SECTORS = [
    (Sector.HOSPITAL, "Et hospital eller i psykiatrien"),
    (Sector.PRIVATE_HOSPITAL, "Et privathospital eller hospice"),
    (Sector.PRACTICE, "Hos en læge, speciallæge, tandlæge, fysioterapeut eller lignende"),
    (Sector.PHARMACY, "Et apotek"),
    (Sector.MUNICIPAL, "Hos kommunen: plejehjem, hjemmepleje, bosted, genoptræning eller sundhedspleje"),
    (Sector.PREHOSPITAL, "I en ambulance, eller da nogen ringede efter hjælp"),
    (Sector.UNKNOWN, "Det ved jeg ikke"),
]


class PatientPhase(Phase):
    """The part of the treatment, in everyday words."""

    def prepare(self) -> None:
        """Everyday words for the law's."""
        self.fields["treatment_phase"].label = "Hvad handlede det om?"
        self.fields["treatment_phase"].choices = [*PHASES, (UNKNOWN[0], "Det ved jeg ikke")]  # type: ignore[attr-defined]


P = TreatmentPhase
PHASES = [
    (P.EXAMINATION, "En undersøgelse eller en prøve"),
    (P.DIAGNOSIS, "At finde ud af, hvad der var galt"),
    (P.TREATMENT, Option("Behandling", "For eksempel medicin, en operation eller en indsprøjtning.")),
    (P.BIRTH, "En fødsel"),
    (P.REHABILITATION, "Genoptræning"),
    (P.NURSING, Option("Pleje", "For eksempel bad, mad, sår eller hjælp til at komme omkring.")),
    (P.PREVENTION, Option("Forebyggelse", "For eksempel vaccination eller sundhedstjek.")),
]


class PatientHarm(Harm):
    """What it meant, in everyday words."""

    def prepare(self) -> None:
        """Say "you" to the patient."""
        own = self.so_far.get("reporter_kind") is ReporterKind.PATIENT
        field = self.fields["actual_harm"]
        field.label = "Hvad betød det for dig?" if own else "Hvad betød det for patienten?"
        field.help_text = "Vælg det, der passer bedst."
        field.choices = terms_as(OWN if own else THEIRS)  # type: ignore[attr-defined]


OWN = {
    ActualHarm.NONE_OR_UNKNOWN: ("Ingen skade, eller jeg ved det ikke", ""),
    ActualHarm.MILD: (
        "Det gik ud over mig i kortere tid",
        "For eksempel smerter, utryghed eller lidt ekstra behandling.",
    ),
    ActualHarm.SERIOUS: ("Jeg fik varige mén, var i livsfare eller skulle have meget mere behandling", ""),
}
THEIRS = {
    ActualHarm.NONE_OR_UNKNOWN: ("Ingen skade, eller jeg ved det ikke", ""),
    ActualHarm.MILD: (
        "Det gik ud over patienten i kortere tid",
        "For eksempel smerter, utryghed eller lidt ekstra behandling.",
    ),
    ActualHarm.SERIOUS: (
        "Patienten fik varige mén, var i livsfare eller skulle have meget mere behandling",
        "",
    ),
    ActualHarm.FATAL: ("Patienten døde", "Og jeg tror, at det kan hænge sammen."),
}


def terms_as(said: dict[Any, tuple[str, str]]) -> list[tuple[str, str]]:
    """Words of the law as choices, in other words."""
    return [(str(member), Option(label, hint)) for member, (label, hint) in said.items()]


class PatientCouldHave(CouldHave):
    """Whether it could have gone worse."""

    possible_harm = conditional(
        one_of(
            "Kunne det være gået værre?",
            [
                (PossibleHarm.NONE, "Nej"),
                (PossibleHarm.MILD, "Ja, lidt værre"),
                (PossibleHarm.SERIOUS_OR_FATAL, "Ja, det kunne have givet varige mén eller kostet liv"),
                (UNKNOWN[0], "Det ved jeg ikke"),
            ],
        )
    )


class Suggestion(Question):
    """What others could do better."""

    prevention = prose(
        "Hvad kunne forhindre, at det sker for andre?",
        help_text="Har du ingen forslag, så fortsæt bare.",
        rows=6,
    )


class PatientSelf(Patient):
    """Who the patient was, said to the patient."""

    def prepare(self) -> None:
        """Say "you" to the patient."""
        if self.so_far.get("reporter_kind") is ReporterKind.PATIENT:
            self.heading = "Hvem er du?"
            self.fields["patient_name"].label = "Dit navn"
            self.fields["patient_cpr"].label = "Dit CPR-nummer"


class PatientContact(Contact):
    """The choice, as it is for a patient or a relative."""

    def prepare(self) -> None:
        """What each choice means."""
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            (
                CONTACT,
                Option(
                    "Ja, I må gerne kontakte mig", "Så kan vi spørge, hvis der er noget, vi ikke forstår."
                ),
            ),
            (
                ANONYMOUS,
                Option(
                    "Nej, jeg vil være anonym",
                    "Du kan stadig læse svar og svare på spørgsmål med din kvitteringskode.",
                ),
            ),
        ]

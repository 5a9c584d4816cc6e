"""The law's words (lovens ord) as closed lists; each member carries its Danish label."""

from enum import Enum, StrEnum
from typing import Self


class Term(StrEnum):
    """A word of the law: its value is what we store, its `danish` what people read."""

    danish: str

    def __new__(cls, value: str, danish: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.danish = danish
        return member


class Privacy(Enum):
    """How private a field is; forwarding, forgetting, export and scrubbing all read this answer."""

    CODED = "a value from a closed list, a date or a number about the event"
    FREE_TEXT = "words typed by a person: may hold an identity until redacted and approved"
    IDENTIFYING = "points at a person: stays in the vault, never leaves"
    TECHNICAL = "keys, times and bookkeeping of the system itself"


class ReporterKind(Term):
    """Who reports (rapportør). § 2, stk. 3-6 and § 5."""

    PROFESSIONAL = "professional", "Sundhedsperson eller medarbejder"
    PATIENT = "patient", "Patient"
    RELATIVE = "relative", "Pårørende"
    OTHER = "other", "Anden"


class ReporterCategory(Term):
    """The person groups of § 2, stk. 3-6, and the 2023 duty for everyone who performs health tasks."""

    AUTHORISED = "authorised", "Autoriseret sundhedsperson"
    ON_BEHALF = "on_behalf", "Handler på en sundhedspersons ansvar"
    AMBULANCE = "ambulance", "Ambulancebehandler"
    PHARMACIST = "pharmacist", "Apoteker eller leder af sygehusapotek"
    PHARMACY_STAFF = "pharmacy_staff", "Apotekspersonale"
    OTHER_STAFF = "other_staff", "Anden medarbejder, der udfører sundhedsfaglige opgaver"


class RoleTowardsEvent(Term):
    """How the reporter knows of it (§ 3, stk. 1)."""

    INVOLVED = "involved", "Jeg var selv med"
    OBSERVED = "observed", "Jeg så det ske"
    DISCOVERED = "discovered", "Jeg opdagede det bagefter"


class Sector(Term):
    """Where in the health service (sektor)."""

    HOSPITAL = "hospital", "Hospital eller regional psykiatri"
    PRIVATE_HOSPITAL = "private_hospital", "Privathospital eller hospice"
    PRACTICE = "practice", "Praksis (læge, speciallæge, tandlæge m.fl.)"
    PHARMACY = "pharmacy", "Apotek"
    MUNICIPAL = "municipal", "Kommune (plejehjem, hjemmepleje, bosted m.m.)"
    PREHOSPITAL = "prehospital", "Ambulance, lægebil eller vagtcentral"
    UNKNOWN = "unknown", "Ved ikke"


class PlaceKind(Term):
    """What kind of place (stedtype)."""

    HOSPITAL = "hospital", "Hospital"
    WARD = "ward", "Afdeling"
    CLINIC = "clinic", "Klinik"
    SPECIALIST_CLINIC = "specialist_clinic", "Speciallægeklinik"
    PHARMACY = "pharmacy", "Apotek"
    CARE_HOME = "care_home", "Plejehjem"
    HOME_CARE = "home_care", "Hjemmepleje"
    RESIDENCE = "residence", "Bosted"
    AMBULANCE_SERVICE = "ambulance_service", "Ambulancetjeneste"
    DISPATCH_CENTRE = "dispatch_centre", "Vagtcentral"
    PRIVATE_HOSPITAL = "private_hospital", "Privathospital"
    HOSPICE = "hospice", "Hospice"
    CITIZENS_HOME = "citizens_home", "Borgerens eget hjem"
    SCHOOL = "school", "Skole eller dagtilbud"
    ASYLUM_CENTRE = "asylum_centre", "Asylcenter"
    PRISON = "prison", "Fængsel eller arrest"
    PRIVATE_SUPPLIER = "private_supplier", "Privat leverandør"
    REHABILITATION = "rehabilitation", "Genoptræning"
    TEMPORARY_STAY = "temporary_stay", "Midlertidig plads"
    ACUTE_NURSING = "acute_nursing", "Akutsygepleje"
    OTHER = "other", "Andet sted"


class EventKind(Term):
    """What kind of event, as far as the receiver depends on it (§ 4)."""

    TREATMENT = "treatment", "I forbindelse med behandling, pleje eller undersøgelse"
    TRANSPORT = "transport", "Under transport i ambulance, lægebil eller helikopter"
    HOSPITAL_TRANSFER = "hospital_transfer", "Under transport mellem to hospitaler"
    DISPATCH = "dispatch", "På en vagtcentral"
    PHARMACY_SUPPLY = "pharmacy_supply", "Ved udlevering af eller information om medicin"
    TRANSITION = "transition", "I overgangen mellem to steder"

    @property
    def on_the_way(self) -> bool:
        """Whether somebody drove or flew the patient (§ 2, stk. 8: also between two hospitals)."""
        return self in {EventKind.TRANSPORT, EventKind.HOSPITAL_TRANSFER}


class TreatmentPhase(Term):
    """What treatment is in the order's sense (§ 2, stk. 2): the part of it where the event happened."""

    EXAMINATION = "examination", "Undersøgelse"
    DIAGNOSIS = "diagnosis", "Diagnosticering"
    TREATMENT = "treatment", "Sygdomsbehandling"
    BIRTH = "birth", "Fødselshjælp"
    REHABILITATION = "rehabilitation", "Genoptræning"
    NURSING = "nursing", "Sundhedsfaglig pleje"
    PREVENTION = "prevention", "Forebyggelse og sundhedsfremme"


class AuthorityKind(Term):
    """Who may lawfully receive a report (initialmodtager) or the national data."""

    REGION = "region", "Region"
    MUNICIPALITY = "municipality", "Kommune"
    PRIVATE_HOSPITAL = "private_hospital", "Privathospital eller hospice"
    NATIONAL = "national", "National modtager"


class DateQuality(Term):
    """How sure the reporter is of a date or time."""

    KNOWN = "known", "Kendt"
    ESTIMATED = "estimated", "Skønnet"
    UNKNOWN = "unknown", "Ukendt"


class ActualHarm(Term):
    """What happened to the patient (faktisk konsekvens)."""

    NONE_OR_UNKNOWN = "none_or_unknown", "Ingen eller ukendt"
    MILD = "mild", "Lettere"
    SERIOUS = "serious", "Alvorlig"
    FATAL = "fatal", "Dødelig"

    @property
    def asks_possible(self) -> bool:
        """The possible consequence matters only where the actual one was small."""
        return self in {ActualHarm.NONE_OR_UNKNOWN, ActualHarm.MILD}


class PossibleHarm(Term):
    """What could have happened (mulig konsekvens)."""

    NONE = "none", "Ingen"
    MILD = "mild", "Lettere"
    SERIOUS_OR_FATAL = "serious_or_fatal", "Alvorlig eller dødelig"


class Severity(Term):
    """The combined category (samlet alvorlighed), computed and confirmed by the handler."""

    NO_CONSEQUENCE = "no_consequence", "Ingen konsekvens"
    MILD = "mild", "Lettere konsekvens"
    SERIOUS_RISK = "serious_risk", "Alvorlig patientsikkerhedsrisiko"
    SERIOUS = "serious", "Alvorlig konsekvens"
    FATAL = "fatal", "Dødelig konsekvens"


class DutyCriterion(Term):
    """Why there is a duty to report (rapporteringspligt)."""

    SERIOUS = "serious", "Har medvirket til alvorlige eller dødelige konsekvenser"
    COULD_BE_SERIOUS = "could_be_serious", "Kunne have medført alvorlige eller dødelige konsekvenser"
    LEARNING = "learning", "Kan efter en konkret vurdering bidrage til læring"
    OLD_RULES = "old_rules", "Efter reglerne før 1. juli 2023"
    NOT_OBLIGED = "not_obliged", "Ingen pligt, men ret til at rapportere"


class State(Term):
    """Where a case stands (sagens status)."""

    RECEIVED = "received", "Modtaget"
    IN_PROGRESS = "in_progress", "Under sagsbehandling"
    WAITING = "waiting", "Afventer svar fra rapportøren"
    CONCLUDED = "concluded", "Til anonymisering"
    APPROVED = "approved", "Klar til videregivelse"
    FORWARDED = "forwarded", "Videregivet"
    REJECTED = "rejected", "Afvist"
    LINKED = "linked", "Knyttet til en anden sag"


class Act(Term):
    """What can be done to a case (handling)."""

    ASSIGN = "assign", "Fordel"
    TRANSFER = "transfer", "Overdrag"
    REJECT = "reject", "Afvis"
    LINK = "link", "Knyt til en anden sag"
    CLASSIFY = "classify", "Klassificér"
    NOTE = "note", "Skriv notat"
    ASK = "ask", "Spørg rapportøren"
    REPLY = "reply", "Svar på spørgsmål"
    ANSWER = "answer", "Svar rapportøren"
    CONCLUDE = "conclude", "Afslut sagsbehandlingen"
    APPROVE_FIRST = "approve_first", "Godkend anonymisering som den første af to"
    APPROVE = "approve", "Godkend anonymisering"
    REVISE = "revise", "Åbn sagsbehandlingen igen"
    FORWARD = "forward", "Videregiv"
    REOPEN = "reopen", "Genåbn"
    CLOSE_DIALOGUE = "close_dialogue", "Luk dialogen"
    PERMIT_LOOKUP = "permit_lookup", "Registrér tilladelse til journalopslag"
    LOG_LOOKUP = "log_lookup", "Registrér et journalopslag"


class Role(Term):
    """What a person is to a case (rolle)."""

    REPORTER = "reporter", "Rapportør"
    INTAKE = "intake", "Initialmodtager"
    HANDLER = "handler", "Sagsbehandler"
    RISK_MANAGER = "risk_manager", "Risikomanager"
    ADMIN = "admin", "Administrator"
    NATIONAL = "national", "Medarbejder på nationalt niveau"
    READER = "reader", "Læser af anonymiserede rapporter"
    SYSTEM = "system", "Systemet"


class RejectionReason(Term):
    """The five reasons for rejecting a report (afvisningsgrunde). A duplicate whose event is here is linked instead."""

    INSUFFICIENT = "insufficient", "Mangelfuldt oplyst"
    WORK_ENVIRONMENT = "work_environment", "Arbejdsmiljø"
    DUPLICATE = "duplicate", "Dobbeltregistrering"
    TEST = "test", "Testsag"
    OTHER = "other", "Andet grundlag for afvisning"


class Wanted(Term):
    """What the national level may ask an authority for (§ 9, stk. 1)."""

    ANALYSIS = "analysis", "Analyse"
    FOLLOW_UP = "follow_up", "Opfølgningsplan"
    ACTION_PLAN = "action_plan", "Handleplan"


class PublicationKind(Term):
    """What an authority publishes of what it has learned (§ 9, stk. 2)."""

    THEME = "theme", "Temarapport"
    ANNUAL = "annual", "Årsrapport"


class Section(Term):
    """A text of a case that may go to the national level once it is clean (afsnit)."""

    HEADLINE = "headline", "Overskrift"
    STORY = "story", "Hvad skete der"
    PREVENTION = "prevention", "Forslag til forebyggelse"
    PRODUCTS = "products", "Lægemidler og udstyr"
    CONCLUSION = "conclusion", "Konklusion"
    LEARNING = "learning", "Læring og ændringer"


class Approvers(Term):
    """How many people read and approve a redaction (godkendere), as an organisation has decided."""

    ONE = "one", "Én person godkender"
    TWO_WHEN_FEW = "two_when_few", "To personer godkender sager fra steder med få sager"
    TWO = "two", "To personer godkender alle sager"


class Corrected(Term):
    """What a person put right in what the machine found (rettelse)."""

    OVERLOOKED = "overlooked", "Overset"
    TOO_MUCH = "too_much", "Skjult for meget"
    OTHER_KIND = "other_kind", "Forkert slags"


class Visible(Term):
    """A kind of content on a case whose showing the law governs (fortrolighed)."""

    FACTS = "facts", "Oplysninger om hændelsen"
    HEADLINE = "headline", "Overskriften"
    STORY = "story", "Beretningen"
    LEARNING = "learning", "Læring og ændringer"
    REASONS = "reasons", "Sagens forløb og begrundelser"
    CLEAN_TEXT = "clean_text", "Den anonymiserede tekst"
    DIALOGUE = "dialogue", "Dialogen med rapportøren"
    NOTES = "notes", "Interne notater"
    ATTACHMENTS = "attachments", "Bilag"
    REPORTER_IDENTITY = "reporter_identity", "Rapportørens identitet"
    PATIENT_IDENTITY = "patient_identity", "Patientens identitet"
    LOOKUPS = "lookups", "Journalopslag til analysen"
    PLANS = "plans", "Analyser og planer, der er bedt om"
    ACCESS_LOG = "access_log", "Adgangslog"


class Purpose(Term):
    """Why an identity is opened (formål); each opening leaves a line that names it (SUL § 200)."""

    CONTACT_REPORTER = "contact_reporter", "Kontakte rapportøren"
    FIND_RECORD = "find_record", "Slå patientens journal op til analysen (SUL § 198, stk. 3)"
    CHECK_REDACTION = "check_redaction", "Kontrollere anonymiseringen"
    FIND_DUPLICATE = "find_duplicate", "Afklare, om hændelsen er rapporteret før"
    DATA_SUBJECT_REQUEST = "data_subject_request", "Besvare en anmodning om indsigt"


class TallyArea(Term):
    """What may be tallied and reported together (område for samlerapportering), each in its own time."""

    FALL = "fall", "Fald"
    MEDICINE_NOT_GIVEN = "medicine_not_given", "Medicin ikke givet"
    INFECTION = "infection", "Infektion"
    MEDICINE_ADMINISTRATION = "medicine_administration", "Medicinadministration"
    MEDICINE_DISPENSING = "medicine_dispensing", "Medicindispensering"


class Withdrawal(Term):
    """Why a tap does not count (fortrudt tryk)."""

    UNDONE = "undone", "Fortrudt"
    SERIOUS = "serious", "Rapporteres enkeltvis, fordi det var eller kunne have været alvorligt"


class CollectiveState(Term):
    """Where a collective report stands (samlerapportens status)."""

    SUBMITTED = "submitted", "Modtaget"
    APPROVED = "approved", "Klar til videregivelse"
    FORWARDED = "forwarded", "Videregivet"

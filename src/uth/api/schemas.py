"""What travels through the API (dataformater): each shape once, closed to what it does not know."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from uth.law.terms import (
    ActualHarm,
    DateQuality,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    State,
    TreatmentPhase,
    Wanted,
)
from uth.law.text import tidy


def tidied(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


# Longer texts are measured by the action, which answers in its own sentence.
Text = Annotated[str, BeforeValidator(tidied)]
Short = Annotated[str, BeforeValidator(tidied), Field(max_length=100)]
Line = Annotated[str, BeforeValidator(tidied), Field(max_length=200)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9:._-]{0,80}$")]


class In(BaseModel):
    """What comes in: an unknown field is refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


class MedicineIn(In):
    """A medicine (lægemiddel)."""

    name: Annotated[str, BeforeValidator(tidied), Field(min_length=1, max_length=200)]
    substance: Line = ""
    strength: Short = ""
    route: Short = ""
    atc: Annotated[str, Field(pattern=r"^([A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?)?$")] = ""


class DeviceIn(In):
    """A medical device (medicinsk udstyr)."""

    kind: Annotated[str, BeforeValidator(tidied), Field(min_length=1, max_length=200)]
    name: Line = ""
    model: Line = ""


class InvolvedIn(In):
    """Another place that had a part in it (involveret sted)."""

    role: Literal["before", "after", "discovered"]
    place: Key = ""
    place_text: Annotated[str, BeforeValidator(tidied), Field(max_length=300)] = ""


class ReportIn(In):
    """A report (rapport): only the story, the harm and who tells are needed."""

    story: Text = Field(description="Hvad skete der, med rapportørens egne ord; højst 15.000 tegn")
    reporter_kind: ReporterKind
    actual_harm: ActualHarm
    possible_harm: PossibleHarm | None = None
    sector: Sector = Sector.UNKNOWN
    event_kind: EventKind = EventKind.TREATMENT
    treatment_phase: TreatmentPhase | None = None
    place: Key = Field("", description="en nøgle fra /places; tom, hvis stedet ikke kendes")
    place_text: Text = ""
    place_kind: PlaceKind | None = Field(None, description="slags sted, når stedet ikke er på listen")
    municipality: Annotated[str, Field(pattern=r"^([0-9]{4})?$")] = ""
    region: Key = ""
    transported_by: Key = ""
    event_date: date | None = None
    event_date_quality: DateQuality = DateQuality.UNKNOWN
    event_time: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None
    event_time_quality: DateQuality = DateQuality.UNKNOWN
    aware_date: date | None = Field(None, description="dagen, da rapportøren blev opmærksom på hændelsen")
    headline: Text = ""
    immediate_action: Text = ""
    prevention: Text = ""
    learning: bool | None = None
    reporter_category: ReporterCategory | None = None
    role_towards_event: RoleTowardsEvent | None = None
    profession: Text = ""
    wants_feedback: bool = False
    reporter_name: Text = ""
    reporter_email: Text = ""
    reporter_phone: Text = ""
    patient_name: Text = ""
    patient_cpr: Text = Field(
        "", description="ti tegn med eller uden bindestreg; gemmes krypteret og videregives aldrig"
    )
    medicines: Annotated[list[MedicineIn], Field(max_length=20, default_factory=list)]
    devices: Annotated[list[DeviceIn], Field(max_length=20, default_factory=list)]
    involved: Annotated[list[InvolvedIn], Field(max_length=20, default_factory=list)]
    language: Literal["da", "en"] = "da"


class RecipientOut(Schema):
    """Who received the report, and the paragraph that says so (modtager)."""

    key: str
    name: str
    rule: str
    paragraph: str
    explanation: str


class ReceiptOut(Schema):
    """The receipt (kvittering). The code is told here and kept nowhere."""

    receipt_code: str
    recipient: RecipientOut
    forward_by: date


class PlaceOut(Schema):
    """A place one can report from (sted)."""

    key: str
    name: str
    sector: str
    kind: str
    within: str


class PlacesOut(Schema):
    """Places that match (steder)."""

    places: list[PlaceOut]


class WordOut(Schema):
    """A word of the dialogue (dialog); colleagues have no names here."""

    at: datetime
    kind: str
    text: str


class ReceiptPageOut(Schema):
    """A report as its reporter follows it (kvitteringsside)."""

    state: State
    plain: str
    recipient: str
    paragraph: str
    explanation: str
    received_on: date
    forward_by: date
    headline: str
    dialogue: list[WordOut]
    learning: str
    rejection: str
    may_reply: bool


class TextIn(In):
    """A text (tekst), at most 20.000 characters."""

    text: Text


class SearchIn(In):
    """What is searched for (søgning). `after`: the key from an earlier page."""

    words: Line
    after: Annotated[str, BeforeValidator(tidied), Field(max_length=40)] = ""


class TakenInOut(Schema):
    """The national receipt (national kvittering)."""

    message_id: str
    received_at: datetime
    repeated: bool


class NationalLineOut(Schema):
    """A report in the national list (linje)."""

    id: int
    headline: str
    received_at: datetime
    event_month: str
    sector: str
    severity: str
    sender: str


class NationalListOut(Schema):
    """One page of the national list. `after`: the key of the next page, or empty."""

    reports: list[NationalLineOut]
    after: str


class NationalPageOut(Schema):
    """A national report (national rapport): facts, codes and clean texts."""

    id: int
    received_at: datetime
    sender: str
    facts: dict[str, str]
    codes: list[str]
    atc_codes: list[str]
    reports: int
    texts: dict[str, str]


class AnonymisedListOut(Schema):
    """Anonymised reports, whole, oldest first; `after` leads on, and is empty at the end (anonymiserede rapporter)."""

    reports: list[NationalPageOut]
    after: str


class RequestOut(Schema):
    """What the national level asks an authority for (anmodning). `case_ref`: the case's name nationally, or a theme."""

    ref: str
    case_ref: str | None
    theme: str
    wanted: Wanted
    text: str
    due_on: date
    withdrawn: bool


class RequestsOut(Schema):
    """Everything asked of the sender, newest first (anmodninger)."""

    requests: list[RequestOut]


class StatusOut(Schema):
    """Whether the service lives, or is ready."""

    status: Literal["ok"]


class ReadyOut(StatusOut):
    """Ready, and how the letters do: `refused` and `waiting` want a look, and stop nothing."""

    letters: Literal["ok", "waiting", "refused"]


class ProblemOut(Schema):
    """What every error looks like (problem)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="en dansk sætning, der siger, hvad man kan gøre")
    code: str
    instance: str = Field(description="nummeret at oplyse, når man spørger om fejlen")
    fields: dict[str, str] | None = Field(None, description="felt og dansk sætning")
    challenge: str | None = Field(None, description="kun ved slow_down: send den tilbage i Uth-Ticket")
    bits: int | None = Field(None, description="kun ved slow_down: hvor mange nulbit svaret skal give")

"""Paper (papir): blank forms are printed with codes of their own, and what comes by post is typed in as it was written."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from uth.actions import intake
from uth.actions.intake import Answers, Post, Receipt, Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.law.text import tidy
from uth.records.organisations import Organisation
from uth.records.paper import PAPER, PaperBatch, PaperForm, form_with
from uth.records.reach import ON_CASES, held_by
from uth.records.reports import Report
from uth.records.sealing import keyed_hash, new_code

MOST_FORMS = 50
OLDEST = timedelta(days=2 * 365)  # older than that it is a wrong year
PRINTERS = ON_CASES | {Role.ADMIN}

UNKNOWN = (
    "Vi kender ikke det skemanummer. Se efter, om alle tal og bogstaver er med. Er nummeret ikke til at læse, eller er "
    "skemaet ikke trykt her, så lad feltet stå tomt: Så får rapporten en ny kode, som I kan sende til rapportøren."
)
USED = (
    "Skemaet med det nummer er allerede tastet ind. Se efter, om I har det to gange. Er det en kopi med en ny "
    "hændelse, så lad feltet stå tomt: Så får rapporten en ny kode, som I kan sende til rapportøren."
)
OTHER_KIND = {
    "professional": "Nummeret hører til et skema for medarbejdere. Se efter, om det er skrevet rigtigt, eller tast "
    "skemaet ind som et medarbejderskema.",
    "patient": "Nummeret hører til et skema for patienter og pårørende. Se efter, om det er skrevet rigtigt, eller "
    "tast skemaet ind som et patientskema.",
}
USED_PAGE = (
    "Fra denne side er der allerede gemt et andet skema. Er det her et nyt skema, så tryk på knappen igen. Intet af "
    "det, du har skrevet, er væk."
)


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A blank form as it goes to the printer; the code is told here and nowhere else."""

    number: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrintedBatch:
    """A batch on its way to the printer. `authority`: whom the form comes from."""

    id: int
    authority: str
    forms: tuple[PrintedForm, ...]


@recorded
def print_batch(
    log: Log, *, organisation: str, form: str, count: int, by: Actor, at: datetime
) -> PrintedBatch:
    """Give out so many numbers and codes. Raises Hidden for somebody without a desk there, and Refused."""
    place = Organisation.objects.filter(key=organisation).first()
    if place is None or not held_by(by, at=at).at(place.path) & PRINTERS:
        raise Hidden
    if not 1 <= count <= MOST_FORMS:
        raise Refused(
            {"count": f"Der kan udskrives fra 1 til {MOST_FORMS} skemaer ad gangen. Skriv et andet antal."}
        )
    batch = PaperBatch.objects.create(
        organisation=place,
        form=form,
        size=count,
        printed_at=at,
        printed_by_id=by.user_id,
    )
    codes = [new_code() for _ in range(count)]
    rows = [
        PaperForm(batch=batch, number=number, code_hash=keyed_hash("receipt", code))
        for number, code in enumerate(codes, start=1)
    ]
    PaperForm.objects.bulk_create(rows)
    authority = Organisation.objects.get(key=place.path.strip("/").partition("/")[0])
    log("paper.printed", chain=authority.key, batch=batch.pk, form=form, count=count)
    return PrintedBatch(
        id=batch.pk,
        authority=authority.name,
        forms=tuple(PrintedForm(r.printed_number, c) for r, c in zip(rows, codes, strict=True)),
    )


def transcribe(
    answers: Answers, *, number: str, form: str, received_on: date, submission: str, by: Actor, at: datetime
) -> Receipt:
    """Take a letter as the report it is: received the day it came, its own slip's code for a receipt.

    Without a number the receipt carries a code of its own, to be posted back. Raises Refused and Hidden.
    """
    if not held_by(by, at=at).paths(ON_CASES):
        raise Hidden
    given = intake.tidied(replace(answers, channel=PAPER))
    try:
        blank = _checked(given, number=number, form=form, received_on=received_on, on=danish_day(at))
        post = Post(received_on, blank.pk if blank else None)
        receipt = intake.submit(given, submission=submission, by=by, at=at, post=post)
    except Refused:  # the letter itself may be what used the number up: the same button pressed twice
        if earlier := _again(given, submission):
            return earlier
        raise
    return (_again(given, submission) or receipt) if receipt.repeated else receipt


def _again(given: Answers, submission: str) -> Receipt | None:
    """The receipt of the same submission; refused when the page was used for something else in between."""
    earlier = intake.receipt_again(submission)
    if earlier and Report.objects.get(pk=earlier.report_id).story != given.story:
        raise Refused({"key": USED_PAGE})
    return earlier


def _checked(given: Answers, *, number: str, form: str, received_on: date, on: date) -> PaperForm | None:
    """The form it was written on, if its number can be read. Raises Refused with everything there is to mend."""
    problems: dict[str, str] = {}
    if received_on > on:
        problems["received"] = "Datoen ligger ude i fremtiden. Skriv den dag, brevet kom."
    elif received_on < on - OLDEST:
        problems["received"] = "Datoen er mere end to år gammel. Se efter, om årstallet er rigtigt."
    else:
        for name in ("event_date", "aware_date"):
            day: date | None = getattr(given, name)
            if day and day > received_on:
                problems[name] = "Datoen ligger efter den dag, brevet kom. Ret en af datoerne."
    blank = form_with(tidy(number)) if number.strip() else None
    if number.strip() and blank is None:
        problems["number"] = UNKNOWN
    elif blank and blank.batch.form != form:
        problems["number"] = OTHER_KIND[blank.batch.form]
    elif blank and blank.report_id is not None:
        problems["number"] = USED
    try:
        intake.check(given, on=on)
    except Refused as refused:
        problems = refused.problems | problems
    if problems:
        raise Refused(problems)
    return blank

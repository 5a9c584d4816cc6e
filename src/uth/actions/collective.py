"""Collective reports (samlerapporter): a unit's month is confirmed and submitted, cleared of identity, and forwarded.

A report tells what the taps count less what was told before (docs/adr/0011), so late taps become an addition.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from uth.actions import intake
from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.deid.leaks import leaks
from uth.law import clock, routing, tally
from uth.law.actor import Actor, Hidden
from uth.law.clean_text import CleanText, NotClean
from uth.law.collective import CollectiveFacts, compose
from uth.law.message import month as month_of
from uth.law.procedure import HANDLERS, NotAllowed
from uth.law.template import MOST_COMMENT
from uth.law.terms import ActualHarm, AuthorityKind, CollectiveState, ReporterKind, Section, Sector, TallyArea
from uth.law.text import tidy
from uth.records import outbox
from uth.records.organisations import Organisation
from uth.records.people import User
from uth.records.reach import ON_CASES, held_by, roles_of
from uth.records.routing import chart
from uth.records.sealing import keyed_hash
from uth.records.succession import with_forerunners
from uth.records.tallies import Board, CollectiveReport, held_board, region_of, untold

STALE = (
    "Tallene har ændret sig, siden du åbnede siden, fordi der er kommet flere tryk. Se dem igennem, og indsend så igen. "
    "Det, du skrev, står her stadig."
)

CHANGED = "En kollega har ændret samlerapporten, siden du åbnede siden. Det, du skrev, står her stadig. Se den igennem, og gem så igen."


@recorded
def submit(
    log: Log,
    board_id: int,
    month: str,
    *,
    seen: Mapping[TallyArea, int],
    learning: Mapping[TallyArea, str],
    by: Actor,
    at: datetime,
) -> list[int]:
    """Confirm a unit's month as it was `seen`, one report an area; returns their numbers. Raises Hidden or Refused."""
    board = Board.objects.select_for_update(of=("self",)).get(pk=held_board(board_id, by, at=at).pk)
    today = clock.danish_day(at)
    if not tally.is_over(month, today=today):
        raise Refused(month="Måneden er ikke slut. Indsend den, når den er forbi.")
    left = {TallyArea(area): n for (_, _, area), n in untold(board=board, month=month).items()}
    if not left:
        raise Refused(
            month="Der er ikke noget at indsende for den måned. Alt, hvad der er talt, er indsendt."
        )
    if dict(seen) != left:
        raise Refused(month=STALE)
    words = {area: tidy(learning.get(area, "")) for area in left}
    if long := [area for area, text in words.items() if len(text) > MOST_COMMENT]:
        raise Refused(**{str(long[0]): f"Teksten må højst fylde {MOST_COMMENT} tegn. Forkort den."})
    recipient = recipient_of(board, on=today)
    first_day = date(int(month[:4]), int(month[5:]), 1)
    if not (is_own(board, recipient, on=today) or is_own(board, recipient_of(board, on=first_day), on=today)):
        raise Refused(month=_not_own(board, recipient))  # a place that moved since is told by who had it then
    made = []
    for area, count in sorted(left.items()):
        report = _keep(board, area, month, count, words[area], recipient=recipient, by=by, at=at)
        made.append(report.pk)
        log("collective.submitted", chain=recipient.authority, report=report.pk, board=board.pk, count=count)
    return made


def _keep(
    board: Board,
    area: TallyArea,
    month: str,
    count: int,
    learning: str,
    *,
    recipient: routing.Recipient,
    by: Actor,
    at: datetime,
) -> CollectiveReport:
    day = clock.danish_day(at)
    earlier = CollectiveReport.objects.filter(board=board, area=area, month=month).count()
    return CollectiveReport.objects.create(
        board=board,
        organisation=Organisation.objects.get(key=recipient.authority),
        area=area,
        month=month,
        addition=earlier,
        count=count,
        learning=learning,
        confirmed_by=User.objects.get(pk=by.user_id or 0),
        submitted_at=at,
        received_on=day,
        forward_by=clock.forward_by(day),
        routed_rule=recipient.rule,
        routed_paragraph=recipient.paragraph,
        routed_explanation=recipient.explanation,
    )


def recipient_of(board: Board, *, on: date) -> routing.Recipient:
    """Who receives this board's reports, asked of the same rules as a single report."""
    top = chart().authorities[board.organisation.path.split("/")[1]]
    answers = intake.Answers(
        story="",
        reporter_kind=ReporterKind.PROFESSIONAL,
        actual_harm=ActualHarm.NONE_OR_UNKNOWN,
        sector=Sector(board.sector),
        place=board.place.key if board.place else "",
        region=top.key if top.kind == AuthorityKind.REGION else "",
        municipality=top.key if top.kind == AuthorityKind.MUNICIPALITY else "",
    )
    return intake.recipient_of(answers, on=on)


def is_own(board: Board, recipient: routing.Recipient, *, on: date) -> bool:
    """Whether the recipient is the authority that runs the board, or an heir or forerunner of it by that day."""
    own = board.organisation.path.split("/")[1]
    paths = f"/{own}/", f"/{recipient.authority}/"
    return any(a in with_forerunners([b], on=on) for a, b in (paths, paths[::-1]))


def _not_own(board: Board, recipient: routing.Recipient) -> str:
    theirs = Organisation.objects.get(key=recipient.authority).name
    return (
        f"Det, der sker på stedet, går til {theirs}, så tallene kan ikke indsendes herfra. Intet er sendt. Luk "
        f"tavlen, bed {theirs} om at åbne en til enheden, og aftal med dem, hvordan månedens tal kommer med."
    )


def who_receives(board_id: int, *, by: Actor, at: datetime) -> routing.Recipient:
    """The recipient, told before submitting. Raises Hidden."""
    return recipient_of(held_board(board_id, by, at=at), on=clock.danish_day(at))


@recorded
def approve(
    log: Log,
    report_id: int,
    *,
    comment: str,
    harmless: Iterable[str] = (),
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Say which words may leave with the count: none, or a comment without identity that a person has read."""
    report = _taken(report_id, CollectiveState.SUBMITTED, seen=seen, by=by, at=at)
    report.comment = tidy(comment)
    if len(report.comment) > MOST_COMMENT:
        raise Refused(comment=f"Teksten må højst fylde {MOST_COMMENT} tegn. Forkort den.")
    report.approved_at = at
    left = (
        [] if not report.comment else [s.text for s in leaks(report.comment) if s.text not in set(harmless)]
    )
    if left:
        raise Refused(
            comment=f"Der er stadig noget, der kan pege på en person: {', '.join(f'»{t}«' for t in left)}. "
            "Ret teksten, eller sæt kryds ved det, der ikke er personoplysninger."
        )
    clean_comment(report)
    report.approved_by = User.objects.get(pk=by.user_id or 0)
    _enter(report, CollectiveState.APPROVED)
    log("collective.approved", chain=report.organisation.key, report=report.pk, words=bool(report.comment))


@recorded
def revise(log: Log, report_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Go back to the words before forwarding."""
    report = _taken(report_id, CollectiveState.APPROVED, seen=seen, by=by, at=at)
    report.approved_by, report.approved_at = None, None
    _enter(report, CollectiveState.SUBMITTED)
    log("collective.revised", chain=report.organisation.key, report=report.pk)


@recorded
def forward(log: Log, report_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Put the collective message in the outbox, once."""
    report = _taken(report_id, CollectiveState.APPROVED, seen=seen, by=by, at=at)
    _forward(log, report, at=at)


@recorded
def forward_wordless(log: Log, *, by: Actor, at: datetime) -> int:
    """Forward everything submitted where the actor handles and nobody wrote a word: counts alone; returns how many."""
    paths = held_by(by, at=at).paths(HANDLERS)
    if not paths:
        raise Hidden
    rows = CollectiveReport.objects.filter(
        organisation__in=Organisation.below(paths), state=CollectiveState.SUBMITTED, learning="", comment=""
    )
    who = User.objects.filter(pk=by.user_id or 0).first()
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        report = _locked(number)
        if report.state != CollectiveState.SUBMITTED or report.learning or report.comment:
            continue  # a colleague was faster
        report.approved_by, report.approved_at = who, at
        _enter(report, CollectiveState.APPROVED)
        _forward(log, report, at=at)
    log("collective.forwarded_together", count=len(numbers))
    return len(numbers)


def _forward(log: Log, report: CollectiveReport, *, at: datetime) -> None:
    letter_id = uuid.uuid4()
    body = compose(
        message_id=str(letter_id),
        report_ref=str(report_ref(report)),
        sender=report.organisation.path.split("/")[1],
        facts=facts_of(report, on=clock.danish_day(at)),
        comment=clean_comment(report),
    )
    outbox.put_national(letter_id, body, at=at)
    report.message_id, report.forwarded_at = letter_id, at
    _enter(report, CollectiveState.FORWARDED)
    log("collective.forwarded", chain=report.organisation.key, report=report.pk, message=str(letter_id))


def facts_of(report: CollectiveReport, *, on: date) -> CollectiveFacts:
    """What leaves, as it would leave that day."""
    board = report.board
    return CollectiveFacts(
        sector=Sector(board.sector),
        area=TallyArea(report.area),
        month=report.month,
        received_month=month_of(report.received_on),
        is_addition=report.addition > 0,
        count=report.count,
        region=region_of(board) or None,
        forwarded_in_time=on <= report.forward_by,
    )


def clean_comment(report: CollectiveReport) -> CleanText | None:
    """The comment as clean text, or None where there is none. Raises Refused."""
    if not report.comment:
        return None
    assert report.approved_at is not None  # noqa: S101 - a comment leaves by approval alone
    try:
        return CleanText.approved(Section.LEARNING, report.comment, 0, report.approved_at)
    except NotClean as fault:
        raise Refused(comment=str(fault)) from None


def report_ref(report: CollectiveReport) -> uuid.UUID:
    """The report's name at the national level: the same if a restored one is forwarded anew, and it tells nothing."""
    told = f"{report.board.key} {report.area} {report.month} {report.addition}"
    return uuid.UUID(keyed_hash("collective-ref", told)[:32], version=4)


def _locked(report_id: int) -> CollectiveReport:
    rows = CollectiveReport.objects.select_for_update(of=("self",))
    found = rows.select_related("organisation", "board__organisation", "board__place").filter(pk=report_id)
    report = found.first()
    if report is None:
        raise Hidden
    return report


def _taken(
    report_id: int, state: CollectiveState, *, seen: int | None, by: Actor, at: datetime
) -> CollectiveReport:
    """The report, locked, for one who handles where it lies. Raises Hidden, NotAllowed or Stale."""
    report = _locked(report_id)
    roles = roles_of(by, report.organisation, at=at)
    if not roles & ON_CASES:
        raise Hidden
    if not roles & HANDLERS:
        raise NotAllowed(
            "Samlerapporter behandles af en sagsbehandler. Bed en kollega med den rolle om hjælp."
        )
    if report.state != state:
        raise NotAllowed(
            f"Det er ikke muligt, når samlerapportens status er »{CollectiveState(report.state).danish}«."
        )
    if seen is not None and report.version != seen:
        raise Refused(version=CHANGED)
    return report


def _enter(report: CollectiveReport, state: CollectiveState) -> None:
    report.state = state
    report.version += 1
    report.save()

"""The tally (tælletavlen): boards of units, taps that are only added, and the collective reports made of them.

A tap that is taken back gets a row of its own, so it does not matter in which order the two arrive. What a month's
reports have told is the sum of their counts; what is left to tell is the taps that count, less that sum.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Sum

from uth.law.actor import Actor, Hidden
from uth.law.procedure import DESK
from uth.law.terms import AuthorityKind, CollectiveState, Sector, TallyArea, Withdrawal
from uth.records.once import once
from uth.records.organisations import Organisation, Place, choices
from uth.records.people import User
from uth.records.reach import roles_of
from uth.records.sealing import keyed_hash, normal_code, seal, unseal


class Board(models.Model):
    """A unit's tally board; `organisation` runs it, and where its reports go is asked of the law."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="boards")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="boards")
    sector = models.CharField(max_length=30, choices=choices(Sector))
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"tavle {self.pk}"


class BoardKey(models.Model):
    """A screen that shows a board: opened once with a typed code, then known by a token. Both lie here as hashes."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="keys")
    label = models.CharField(max_length=100)
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    code_until = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - many are not opened yet
    opened_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"skærm {self.pk}"


class Tap(models.Model):
    """One event; append-only by trigger. `number` is made by the screen, so that sending twice is counting once."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="taps")
    number = models.UUIDField()
    area = models.CharField(max_length=30, choices=choices(TallyArea))
    happened_at = models.DateTimeField()
    month = models.CharField(max_length=7)
    received_at = models.DateTimeField()
    screen = models.BigIntegerField(help_text="the BoardKey it came from; no foreign key: it outlives that")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="a_tap_once_a_board")]
        indexes = [
            models.Index(fields=["board", "month", "area"], name="tap_month"),
            models.Index(fields=["screen", "-id"], name="tap_newest"),
        ]

    def __str__(self) -> str:
        return f"tryk {self.pk}"


class TapWithdrawal(models.Model):
    """A tap taken back; append-only by trigger. It may come before the tap it is about."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="withdrawals")
    number = models.UUIDField()
    why = models.CharField(max_length=20, choices=choices(Withdrawal))
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="a_withdrawal_once_a_board")]

    def __str__(self) -> str:
        return f"fortrudt {self.pk}"


class TapNote(models.Model):
    """A few words that the unit keeps for itself, sealed: never exported, and forgotten after a while."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="notes")
    number = models.UUIDField()
    sealed = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="a_note_once_a_tap")]

    def __str__(self) -> str:
        return f"note {self.pk}"

    def open(self) -> str:
        """The words."""
        text: str = unseal(bytes(self.sealed), context=f"tap note {self.board_id} {self.number}")["text"]
        return text


class CollectiveReport(models.Model):
    """A month's count of one area at one unit (samlerapport). `addition`: 0, or the number of what came later."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collective_reports"
    )
    area = models.CharField(max_length=30, choices=choices(TallyArea))
    month = models.CharField(max_length=7)
    addition = models.PositiveIntegerField(default=0)
    count = models.IntegerField(help_text="below zero in an addition that takes back")
    learning = models.TextField(blank=True)
    comment = models.TextField(blank=True, help_text="the learning as it may leave")
    state = models.CharField(
        max_length=20, choices=choices(CollectiveState), default=CollectiveState.SUBMITTED
    )
    version = models.PositiveIntegerField(default=1)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    received_on = models.DateField()
    forward_by = models.DateField()
    routed_rule = models.CharField(max_length=10)
    routed_paragraph = models.CharField(max_length=120)
    routed_explanation = models.CharField(max_length=500)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    message_id = models.UUIDField(null=True, unique=True)
    forwarded_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "area", "month", "addition"], name="a_collective_report_once"
            ),
            models.CheckConstraint(condition=~models.Q(count=0), name="a_collective_report_tells_something"),
        ]
        indexes = [models.Index(fields=["organisation", "state", "forward_by"], name="collective_inbox")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The number people use."""
        return f"SR-{self.received_on:%Y}-{self.pk:06d}"


def counted(**where: object) -> dict[tuple[int, str, str], int]:
    """(board, month, area) -> how many taps count."""
    withdrawn = TapWithdrawal.objects.filter(board=OuterRef("board"), number=OuterRef("number"))
    taps = Tap.objects.filter(~Exists(withdrawn), **where)
    rows = taps.order_by().values_list("board", "month", "area").annotate(n=Count("pk"))
    return {(board, month, area): n for board, month, area, n in rows}


def told(**where: object) -> dict[tuple[int, str, str], int]:
    """(board, month, area) -> how many the reports have told."""
    reports = CollectiveReport.objects.filter(**where).order_by()
    rows = reports.values_list("board", "month", "area").annotate(n=Sum("count"))
    return {(board, month, area): n for board, month, area, n in rows}


def untold(**where: object) -> dict[tuple[int, str, str], int]:
    """(board, month, area) -> what is left to tell; below zero where more has been told than now counts."""
    return left_of(counted(**where), told(**where))


def left_of(
    taps: Mapping[tuple[int, str, str], int], reports: Mapping[tuple[int, str, str], int]
) -> dict[tuple[int, str, str], int]:
    """The same from the two sums, when they are at hand."""
    left = {key: taps.get(key, 0) - reports.get(key, 0) for key in taps.keys() | reports.keys()}
    return {key: n for key, n in left.items() if n}


def screen_of(token: str) -> BoardKey | None:
    """The screen that holds this token, while neither it nor its board is closed."""
    open_ = BoardKey.objects.filter(revoked_at=None, board__closed_on=None)
    found = open_.select_related("board__organisation", "board__place").filter(token_hash=token_hash(token))
    return found.first() if token else None


def region_of(board: Board) -> str:
    """The key of the region a board lies in: its place's, or that of the authority that runs it."""
    if board.place is not None:
        return board.place.region
    top = Organisation.objects.select_related("lies_in").get(key=board.organisation.path.split("/")[1])
    if top.kind == AuthorityKind.REGION:
        return top.key
    return top.lies_in.key if top.lies_in else ""


def held_board(board_id: int, by: Actor, *, at: datetime) -> Board:
    """The board, for somebody who works at the desk of the organisation that runs it. Raises Hidden."""
    rows = Board.objects.select_related("organisation", "place").filter(pk=board_id)
    board = once(rows.first, "board", board_id)
    if board is None or not roles_of(by, board.organisation, at=at) & DESK:
        raise Hidden
    return board


def seal_note(board: int, number: uuid.UUID, text: str) -> bytes:
    """A unit's own words about a tap, bound to it."""
    return seal({"text": text}, context=f"tap note {board} {number}")


def token_hash(token: str) -> str:
    """What the row keeps of a screen's token."""
    return keyed_hash("board token", token)


def code_hash(code: str) -> str:
    """What the row keeps of a code to be typed."""
    return keyed_hash("board code", normal_code(code))

"""The outbox (udbakken): letters put in the transaction of the change they tell of, and sent by the worker.

A letter names its receiver by reference ("reporter:12", "user:3", "national"), so no address lies here.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

CLAIM = timedelta(minutes=2)
PASSING = timedelta(minutes=15)  # a letter that has waited so long does not wait for a passing failure
BACKOFF = (10, 30, 60, 300, 900, 3600)  # seconds after the 1st, 2nd … failure; then the last for ever
SELDOMEST = timedelta(seconds=BACKOFF[-1])


class Letter(models.Model):
    """A letter waiting to leave, or gone."""

    NATIONAL, MAIL = "national", "mail"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=10)
    to = models.CharField(max_length=80)
    template = models.CharField(max_length=40, blank=True)
    body = models.JSONField(default=dict)
    case = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=40, blank=True)
    document = models.BigIntegerField(null=True, help_text="a PDF that goes with a national message")
    sent_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True, help_text="refused for good; waits for a person")
    problem = models.CharField(max_length=200, blank=True, help_text="a code, never a text from outside")

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(sent_at=None), name="letter_waiting"),
        ]

    def __str__(self) -> str:
        return f"brev {self.pk}"


def put_national(
    message_id: uuid.UUID,
    body: dict[str, Any],
    *,
    at: datetime,
    case: int | None = None,
    document: int | None = None,
) -> None:
    """Put a national message of any kind in the outbox; its id is the letter's id, its PDF lies with the others."""
    Letter.objects.create(
        id=message_id,
        kind=Letter.NATIONAL,
        to="national",
        body=body,
        case=case,
        document=document,
        created_at=at,
        not_before=at,
    )


def put_mail(
    to: str,
    template: str,
    *,
    at: datetime,
    wait: datetime | None = None,
    case: int | None = None,
    **body: Any,
) -> None:
    """Put a notice in the outbox: a template's name and values without identity. `wait`: not before then."""
    Letter.objects.create(
        kind=Letter.MAIL, to=to, template=template, body=body, case=case, created_at=at, not_before=wait or at
    )


def claim(worker: str, *, at: datetime, most: int = 20) -> list[Letter]:
    """Take letters for this worker by a conditional update; a claim left by a dead worker runs out."""
    waiting = (
        Q(sent_at=None, stopped_at=None)
        & Q(not_before__lte=at)
        & (Q(claimed_until=None) | Q(claimed_until__lt=at))
    )
    taken = []
    for letter_id in list(
        Letter.objects.filter(waiting).order_by("not_before", "pk").values_list("pk", flat=True)[:most]
    ):
        if Letter.objects.filter(waiting, pk=letter_id).update(claimed_until=at + CLAIM, claimed_by=worker):
            taken.append(letter_id)
    return list(Letter.objects.filter(pk__in=taken, claimed_by=worker).order_by("created_at"))


def hold(letter: Letter, worker: str, *, at: datetime) -> bool:
    """Hold it a while longer, just before it is carried; False if somebody else took it over or sent it."""
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, claimed_by=worker, claimed_until__isnull=False)
    return bool(mine.update(claimed_until=at + CLAIM))


def claimants() -> list[str]:
    """The workers that hold letters just now."""
    held = Letter.objects.filter(sent_at=None, claimed_until__isnull=False)
    return list(held.order_by().values_list("claimed_by", flat=True).distinct())


def release(worker: str) -> int:
    """Let go of what a worker held that is no more; returns how many letters. Arriving twice does no harm."""
    held = Letter.objects.filter(sent_at=None, claimed_until__isnull=False, claimed_by=worker)
    return held.update(claimed_until=None)


def sent(letter: Letter, *, at: datetime) -> None:
    """The letter has been received by the other side."""
    Letter.objects.filter(pk=letter.pk).update(
        sent_at=at, claimed_until=None, problem="", attempts=F("attempts") + 1
    )


def send_again(*, since: datetime, at: datetime) -> int:
    """Let national letters sent since then wait once more; the other side takes each in once."""
    gone = Letter.objects.filter(kind=Letter.NATIONAL, sent_at__gte=since)
    return gone.update(sent_at=None, claimed_until=None, not_before=at)


def refused(letter: Letter, problem: str, *, at: datetime) -> None:
    """Refused for good: it is not tried again until a person says so."""
    Letter.objects.filter(pk=letter.pk).update(
        claimed_until=None, stopped_at=at, problem=problem[:200], attempts=F("attempts") + 1
    )


def in_trouble(*, at: datetime) -> models.QuerySet[Letter]:
    """Letters that were refused for good, or have waited longer than a passing failure takes."""
    return Letter.objects.filter(
        Q(stopped_at__isnull=False) | Q(created_at__lt=at - PASSING, not_before__lte=at + SELDOMEST),
        sent_at=None,
    )


def try_again(wanted: models.QuerySet[Letter], *, at: datetime) -> int:
    """Let them go with the worker's next round, whatever was answered before."""
    return wanted.filter(sent_at=None).update(stopped_at=None, not_before=at)


def drop_stopped(*, before: datetime) -> int:
    """Throw away notices that were refused for good so long ago that they tell nothing any more."""
    return Letter.objects.filter(kind=Letter.MAIL, sent_at=None, stopped_at__lt=before).delete()[0]


def failed(letter: Letter, problem: str, *, at: datetime) -> None:
    """Not received: try again later, ever more seldom, never give up."""
    wait = BACKOFF[min(letter.attempts, len(BACKOFF) - 1)]
    Letter.objects.filter(pk=letter.pk).update(
        claimed_until=None,
        not_before=at + timedelta(seconds=wait),
        problem=problem[:200],
        attempts=F("attempts") + 1,
    )

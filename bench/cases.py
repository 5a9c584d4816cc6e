"""A hundred thousand cases (hundrede tusind sager), put in bulk: only for measuring, never for a real site."""

import argparse
import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SHARES = {  # of the cases in each state, as after years of use
    "received": 0.02,
    "in_progress": 0.04,
    "waiting": 0.01,
    "concluded": 0.01,
    "approved": 0.01,
    "forwarded": 0.86,
    "rejected": 0.05,
}
MINE = 0.4  # of all cases lie with the one authority that we look at
BATCH = 2000
WORDS = [
    "patienten",
    "fik",
    "dobbelt",
    "dosis",
    "ordination",
    "stuegang",
    "overflytning",
    "fald",
    "seng",
    "journal",
    "prøve",
    "svar",
    "kald",
    "alarm",
]


def main() -> None:
    """Fill the house that the environment names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    given = parser.parse_args()
    django.setup()
    chance = random.Random(1)  # noqa: S311 - the same house every time
    now = datetime.now(UTC)
    for start in range(0, given.cases, BATCH):
        _put(start, min(BATCH, given.cases - start), chance=chance, now=now)
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _put(start: int, count: int, *, chance: random.Random, now: datetime) -> None:
    from uth.records.models import Case, Report

    reports = Report.objects.bulk_create(_report(start + n, chance, now) for n in range(count))
    Case.objects.bulk_create(_case(report, chance) for report in reports)


def _report(number: int, chance: random.Random, now: datetime) -> Any:
    from uth.records.models import Report

    mark = hashlib.sha256(f"bench {number}".encode()).hexdigest()
    return Report(
        received_at=now - timedelta(days=chance.randrange(3650)),
        channel="web",
        language="da",
        submission_key=mark,
        receipt_hash=mark[::-1],
        reporter_kind="professional",
        anonymous=True,
        wants_feedback=False,
        sector="hospital",
        event_kind="treatment",
        place_id=chance.choice(_places()),
        event_date_quality="unknown",
        headline=" ".join(chance.choices(WORDS, k=8)),
        story=" ".join(chance.choices(WORDS, k=150)),
        actual_harm="mild",
        possible_harm="serious_or_fatal",
    )


def _case(report: Any, chance: random.Random) -> Any:
    from uth.records.models import Case

    state = chance.choices(list(SHARES), list(SHARES.values()))[0]
    is_open = state not in {"forwarded", "rejected"}
    day = report.received_at.date()
    if is_open:  # what is open came lately
        day = (datetime.now(UTC) - timedelta(days=chance.randrange(100))).date()
    mine, others = _organisations()
    return Case(
        report=report,
        organisation_id=mine if chance.random() < MINE else chance.choice(others),
        handler_id=_handler() if is_open and state != "received" and chance.random() < 0.1 else None,
        state=state,
        received_on=day,
        forward_by=day + timedelta(days=90),
        routed_rule="bench",
        routed_paragraph="§ 4",
        routed_explanation="Til måling.",
        actual_harm="mild",
        possible_harm="serious_or_fatal",
        severity="serious",
    )


_kept: dict[str, Any] = {}


def _places() -> list[int]:
    from uth.records.models import Place

    if "places" not in _kept:
        _kept["places"] = list(Place.objects.values_list("pk", flat=True))
    found: list[int] = _kept["places"]
    return found


def _organisations() -> tuple[int, list[int]]:
    from uth.records.models import Organisation

    if "organisations" not in _kept:
        keys = dict(Organisation.objects.values_list("key", "pk"))
        _kept["organisations"] = (keys.pop("DK-84"), list(keys.values()))
    found: tuple[int, list[int]] = _kept["organisations"]
    return found


def _handler() -> int:
    from uth.records.models import User

    if "handler" not in _kept:
        _kept["handler"] = User.objects.get(name="Carl").pk
    found: int = _kept["handler"]
    return found


if __name__ == "__main__":
    main()

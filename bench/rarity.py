"""`python -m bench.rarity`: how long »Kan genkendes, fordi …« takes to count in a national file of 300,000 reports (two years)."""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from uuid import UUID

import django

REPORTS = 300_000
DAYS = 730
STORY = "Patienten fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange. " * 8
MOST_SECONDS = 1.0


def main() -> int:
    """Fill a national file of its own, count in it, and say how long that took; 1 if it took too long."""
    parser = argparse.ArgumentParser(prog="bench.rarity")
    parser.add_argument("--reports", type=int, default=REPORTS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="uth-bench-") as folder:
        os.environ |= {"UTH_VAR": folder, "UTH_DEMO": "1", "DJANGO_SETTINGS_MODULE": "uth.config.settings"}
        for name in ("DATABASE_URL", "NATIONAL_DATABASE_URL"):
            os.environ.pop(f"UTH_{name}", None)
        django.setup()
        now = datetime.now(UTC)
        _fill(given.reports, now=now)
        first, alike = _counted(now)
        again, _ = _counted(now)
    sys.stdout.write(
        f"{given.reports} reports, {alike} alike: first {first:.2f} s, kept for the day {again:.4f} s\n"
    )
    return 1 if first > MOST_SECONDS else 0


def _fill(count: int, *, now: datetime) -> None:
    from django.core.management import call_command

    from uth.records.national.models import NationalReport, Sender

    call_command("migrate", database="default", verbosity=0)
    call_command("migrate", database="national", verbosity=0)
    sender = Sender.objects.create(key="bench", name="Måling")
    chance = random.Random(1)  # noqa: S311 - the same file every time
    sectors, events = ("hospital", "municipality", "pharmacy"), ("treatment", "medication", "fall", "device")
    kinds = ("hospital_ward", "care_home", "pharmacy", "home_care", "clinic")
    for numbers in batched(range(count), 5_000, strict=False):
        NationalReport.objects.bulk_create(
            NationalReport(
                message_id=UUID(int=number),
                case_ref=UUID(int=number),
                sender=sender,
                received_at=now - timedelta(days=DAYS * chance.random()),
                schema_version=1,
                sector=chance.choice(sectors),
                event=chance.choice(events),
                place_kind=chance.choice(kinds),
                date_quality="known",
                received_month="2026-01",
                reporter_kind="professional",
                actual_harm="mild",
                severity="mild",
                story=STORY,
            )
            for number in numbers
        )


def _counted(now: datetime) -> tuple[float, int | None]:
    from uth.law.clock import danish_day
    from uth.queries.rarity import _alike

    started = time.perf_counter()
    alike = _alike("hospital", "treatment", "care_home", danish_day(now))
    return time.perf_counter() - started, alike


if __name__ == "__main__":
    sys.exit(main())

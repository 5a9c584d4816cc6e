"""Run in a process of its own: fifty reports with planted identities, handled by people, forwarded and delivered.

Prints one JSON line: how many of the planted narratives' identities the engine alone missed, by kind.
"""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command

from tests.cases import approve_all
from tests.people import ANNA, PEOPLE, settle, who
from uth.actions import forwarding, handling, intake, redaction
from uth.deid.engine import find
from uth.deid.replace import replace
from uth.jobs import letters
from uth.law.terms import ActualHarm, PossibleHarm, ReporterKind, Sector

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
PLANTED: dict[str, Any] = json.loads((Path(__file__).parent / "narratives" / "planted.json").read_text())


def story_of(number: int, who_it_is: dict[str, str], text: str) -> str:
    """Every second story also repeats the structured identity, as people do in spite of the hint."""
    if number % 2:
        return text
    return f"{text}\n\nDet drejer sig om {who_it_is['name']} ({who_it_is['cpr']}), tlf. {who_it_is['phone']}."


def handle(number: int, who_it_is: dict[str, str], story: dict[str, str]) -> int:
    """One report from the form to the national database; returns the case."""
    at = AT + timedelta(minutes=number)
    receipt = intake.submit(
        intake.Answers(
            story=story_of(number, who_it_is, story["text"]),
            reporter_kind=ReporterKind.PROFESSIONAL,
            actual_harm=ActualHarm.MILD,
            possible_harm=PossibleHarm.MILD,
            sector=Sector.HOSPITAL,
            place="birkelsoe-med",
            patient_name=who_it_is["name"],
            patient_cpr=who_it_is["cpr"],
            reporter_name=who_it_is["name"],
            reporter_email=who_it_is["mail"],
            reporter_phone=who_it_is["phone"],
        ),
        submission=secrets.token_urlsafe(24),
        by=ANNA,
        at=at,
    )
    case, carl = receipt.case_id, who("Carl")
    handling.assign(case, handler_id=PEOPLE["Carl"], by=who("Bo"), at=at)
    handling.ask(case, text="Hvornår skete det?", by=carl, at=at)
    handling.classify(
        case, codes=["medication"], actual=ActualHarm.MILD, possible=PossibleHarm.MILD, by=carl, at=at
    )
    redaction.conclude(case, conclusion="Gennemgået.", learning="Vi taler om det.", by=carl, at=at)
    approve_all(case, at, seen=[story["planted"]])
    forwarding.forward(case, by=carl, at=at)
    letters.deliver_here(case, at=at)
    handling.answer(case, text="Tak. Vi har ændret arbejdsgangen.", by=carl, at=at)
    return case


def missed() -> dict[str, int]:
    """What the engine alone leaves standing in the planted narratives, by kind."""
    found: dict[str, int] = {}
    for story in PLANTED["narratives"]:
        if story["planted"] in replace(story["text"], find(story["text"])):
            found[story["kind"]] = found.get(story["kind"], 0) + 1
    return found


def main() -> int:
    logging.basicConfig(level=logging.DEBUG)
    for alias in ("default", "national"):
        call_command("migrate", database=alias, verbosity=0)
    settle(at=AT - timedelta(days=1))
    for number, (who_it_is, story) in enumerate(
        zip(PLANTED["structured"], PLANTED["narratives"], strict=True)
    ):
        handle(number, who_it_is, story)
    while letters.carry("planted", now=lambda: AT + timedelta(hours=2)):
        pass
    print(json.dumps({"missed": missed(), "of": len(PLANTED["narratives"])}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

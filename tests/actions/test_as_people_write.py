"""Twenty narratives typed as people type, and MedCom's test persons: the right receiver, and clean text nationally."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cases import answers, approve_all, deliver, new_submission
from tests.people import ANNA, PEOPLE

from uth.actions import forwarding, handling, intake, redaction
from uth.cli import demo_cases
from uth.law.actor import user
from uth.law.terms import ActualHarm, EventKind, PossibleHarm, ReporterKind, Sector
from uth.records.cases import Case
from uth.records.national.models import NationalReport
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])
AS_TYPED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "narratives" / "as_people_write.json").read_text()
)["narratives"]


def told(typed: dict[str, Any]) -> dict[str, Any]:
    return {
        "headline": typed["headline"],
        "story": typed["text"],
        "reporter_kind": ReporterKind(typed["reporter_kind"]),
        "profession": typed.get("profession") or "",
        "sector": Sector(typed["sector"]),
        "event_kind": EventKind(typed["event_kind"]),
        "place": typed["place"],
        "involved": tuple(intake.InvolvedAnswer("before", place=key) for key in typed["other_places"]),
    }


def handled(case: Case, at: datetime, seen: Sequence[str] = ()) -> Case:
    """The case, taken all the way by somebody who works where it lies."""
    desk = demo_cases.Desk(bo=PEOPLE["Bo"], carl=PEOPLE["Carl"], at=at)
    receiver, number = desk.at_authority(case.organisation.key)
    handling.assign(case.pk, handler_id=number, by=receiver, at=at)
    actor = user(number)
    handling.classify(
        case.pk, codes=["medication"], actual=ActualHarm.MILD, possible=PossibleHarm.MILD, by=actor, at=at
    )
    redaction.conclude(case.pk, conclusion="Gennemgået på stedet.", learning="", by=actor, at=at)
    approve_all(case.pk, at, by=actor, seen=seen)
    forwarding.forward(case.pk, by=actor, at=at)
    case.refresh_from_db()
    deliver(case, at=at)
    return case


@pytest.mark.parametrize("typed", AS_TYPED, ids=lambda t: t["id"])
def test_a_report_as_people_type_it_goes_the_whole_way(typed: dict[str, Any], now: datetime) -> None:
    receipt = intake.submit(answers(**told(typed)), submission=new_submission(), by=ANNA, at=now)
    assert receipt.authority == typed["receiver"].partition(":")[2] or typed["receiver"] == receipt.authority
    case = handled(Case.objects.get(pk=receipt.case_id), now, typed["identities"])
    row = NationalReport.objects.get(message_id=case.message_id)
    assert row.story
    assert typed["place"] not in " ".join(map(str, vars(row).values()))
    words = row.story.replace("[", " [").split()
    assert [i for i in typed["identities"] if i in row.story and (len(i) > 3 or i in words)] == []


def test_medcoms_test_persons_are_hidden_in_what_people_write_of_them(reference: Path, now: datetime) -> None:
    persons = json.loads((reference / "dk" / "medcom-testpatients-half.json").read_text())
    for person in persons:
        name = " ".join([*person["given"], person["family"]])
        cpr = person["cpr"]
        story = f"{name}, {cpr[:6]} {cpr[6:]}, fik en andens medicin. {person['given'][0]} havde det godt bagefter."
        receipt = intake.submit(
            answers(story=story, patient_name=name, patient_cpr=cpr),
            submission=new_submission(),
            by=ANNA,
            at=now,
        )
        case = handled(Case.objects.get(pk=receipt.case_id), now)
        clean = Redaction.objects.get(case=case, section="story").clean_text
        assert cpr[6:] not in clean
        assert person["family"] not in clean
        assert person["given"][0] not in clean

"""What happens around the backup in the drill (øvelsen), each step a process of its own; prints what it sees as JSON."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import django

SECRET = {
    "patient_name": "Ellen Test Lauridsen",
    "patient_cpr": "0201919996",
    "reporter_name": "Anna Opdigtet",
    "reporter_email": "anna@opdigtet.invalid",
}
FILE = b"a picture of an infusion pump"


def before() -> dict[str, Any]:
    """One case ready to leave, one at the desk, one gone already, and a file on the shelf."""
    from django.conf import settings
    from django.contrib.sessions.models import Session
    from tests.cases import case_at, deliver

    from uth.law.terms import State

    now = datetime.now(UTC)
    ready = case_at(State.APPROVED, at=now, **SECRET)
    open_one = case_at(State.IN_PROGRESS, at=now, **SECRET)
    gone = case_at(State.FORWARDED, at=now, **SECRET)
    deliver(gone, at=now)
    Session.objects.create(session_key="logged-in", session_data="", expire_date=now)
    shelf = settings.UTH_VAR / "attachments"
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / "0123abcd").write_bytes(FILE)
    return {"ready": ready.pk, "open": open_one.pk, "gone": gone.pk}


def after() -> dict[str, Any]:
    """Life goes on: the ready case leaves, so its patient is forgotten; a new report comes."""
    from tests.cases import _forward, deliver, reported

    from uth.jobs.forgetting import Book
    from uth.law.terms import State
    from uth.records.cases import Case

    now = datetime.now(UTC)
    ready = Case.objects.filter(state=State.APPROVED).latest("pk")
    _forward(ready.pk, now)
    ready.refresh_from_db()
    deliver(ready, at=now)
    lost, _ = reported(at=now, **SECRET)
    return {"written": Book().write_down(), "lost": lost.pk}


def look() -> dict[str, Any]:
    """What stands in the house now."""
    from django.conf import settings
    from django.contrib.sessions.models import Session

    from uth.queries.audit import broken_places
    from uth.records.models import Case, Letter, PatientIdentity
    from uth.records.national.models import NationalReport

    shelf = settings.UTH_VAR / "attachments" / "0123abcd"
    return {
        "states": dict(Case.objects.values_list("pk", "state")),
        "patients": {
            p.report.case.pk: p.open()["name"] for p in PatientIdentity.objects.select_related("report__case")
        },
        "national": NationalReport.objects.count(),
        "letters waiting": Letter.objects.filter(kind=Letter.NATIONAL, sent_at=None).count(),
        "file": shelf.exists() and shelf.read_bytes() == FILE,
        "logged in": Session.objects.count(),
        "broken": len(broken_places()),
    }


def main() -> None:
    """The step named on the command line."""
    django.setup()
    from tests.people import PEOPLE

    from uth.records.people import User

    PEOPLE.update({user.name: user.pk for user in User.objects.all()})
    steps = {"before": before, "after": after, "look": look}
    json.dump(steps[sys.argv[1]](), sys.stdout)


if __name__ == "__main__":
    main()

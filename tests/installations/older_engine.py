"""Cases as an engine that found nothing left them (ældre maskine): made, and afterwards told of, in a process of its own."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import django

STORY = "Sygeplejerske Hanne Holm gav dobbelt dosis, og Bo Berg ringede på 22 33 44 55."
REST = " Ring til Gudrun Thaysen."


def make(how_many: int) -> None:
    """Concluded cases whose proposal hides nothing, and as many that went on with a name still there."""
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from tests.cases import case_at
    from tests.people import settle
    from uth.law.terms import Section, State
    from uth.records.redactions import Redaction

    now = datetime.now(UTC)
    settle(at=now)
    for _ in range(how_many):
        concluded = case_at(State.CONCLUDED, at=now, story=STORY)
        rows = Redaction.objects.filter(section=Section.STORY)
        rows.filter(case=concluded).update(findings=[], leaks=[], clean_text=STORY)
        approved = case_at(State.APPROVED, at=now, story="Patienten faldt.")
        rows.filter(case=approved).update(clean_text=Concat(F("clean_text"), Value(REST)))


def told() -> dict[str, Any]:
    """How the cases stand, and the lines the rerun wrote of each."""
    from uth.law.terms import Section, State
    from uth.queries.audit import broken_places
    from uth.records.audit import AuditLine
    from uth.records.redactions import Redaction
    from uth.records.reruns import Reread, Rerun

    rows = Redaction.objects.filter(section=Section.STORY).select_related("case")
    lines = AuditLine.objects.filter(word__in=["redaction.proposed_anew", "redaction.reread"])
    return {
        "clean": sorted(r.case_id for r in rows if r.case.state == State.CONCLUDED and r.clean_text != STORY),
        "concluded": sorted(r.case_id for r in rows if r.case.state == State.CONCLUDED),
        "approved": sorted(r.case_id for r in rows if r.case.state == State.APPROVED),
        "unchanged": sorted(r.case_id for r in rows if r.clean_text.endswith(REST)),
        "lines": sorted(lines.values_list("case", flat=True)),
        "read": sorted(Reread.objects.values_list("case", flat=True)),
        "finished": [run.finished_at is not None for run in Rerun.objects.order_by("pk")],
        "broken": len(broken_places()),
    }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(told()))

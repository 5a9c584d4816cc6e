"""What is kept in memory is drawn anew as soon as the site's audit has grown, and not before."""

from datetime import datetime

import pytest

from uth.records import audit
from uth.records.stamped import stamped

pytestmark = pytest.mark.django_db


def test_it_is_drawn_anew_when_the_sites_audit_has_grown(now: datetime) -> None:
    drawn: list[int] = []

    def draw() -> int:
        drawn.append(1)
        return len(drawn)

    assert [stamped(draw), stamped(draw)] == [1, 1]
    audit.append("DK-84", "case.read", at=now, actor="system")
    assert stamped(draw) == 1
    audit.append(audit.SITE, "test.drawn", at=now, actor="system")
    assert [stamped(draw), stamped(draw)] == [2, 2]

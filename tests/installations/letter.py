"""Run inside the local installation: the newest national letter, signed now or some minutes ago, as JSON on a line."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from uth.jobs.letters import sign  # noqa: E402
from uth.law.message import canonical  # noqa: E402
from uth.records.outbox import Letter  # noqa: E402

minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 0
letter = Letter.objects.filter(kind=Letter.NATIONAL).latest("created_at")
body = canonical(letter.body)
headers = sign(letter.body, body, at=datetime.now(UTC) - timedelta(minutes=minutes))
sys.stdout.write(json.dumps({"headers": headers, "body": body.decode()}))

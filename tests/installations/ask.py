"""Run inside an installation: a line of code after set-up, for what no program can ask."""

import sys

import django

django.setup()
exec(sys.argv[1])  # noqa: S102 - the test's own line

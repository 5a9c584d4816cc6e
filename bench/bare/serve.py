"""Serve the peer (sammenligningen) just as `uth serve` serves us; makes its tables first."""

import sys

import django
from django.db import connection


def main(port: int) -> None:
    """Tables, then the server."""
    django.setup()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from bench.bare.models import Case, Line, Report

    with connection.schema_editor() as editor:
        for model in (Report, Case, Line):
            editor.create_model(model)
    connection.close()
    Granian(
        "bench.bare.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))

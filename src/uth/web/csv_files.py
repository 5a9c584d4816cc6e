"""Files for a spreadsheet (regneark): as Danish Excel opens them, and with nothing in them that it would run."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

RUNS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A download: semicolons, UTF-8 with its mark, and a quote before what a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def harmless(cell: str) -> str:
    """The cell as text, also where it looks like a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(RUNS) or cell.startswith(RUNS) else cell

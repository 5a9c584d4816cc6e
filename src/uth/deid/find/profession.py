"""Professional numbers (ydernumre og autorisations-id'er), known by the word before them."""

import re

from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "profession"

_PROVIDER = re.compile(
    r"(?<![^\W_])(?:yder(?:[ -]?(?:nr|nummer|nummeret|id)\.?)?|praksis(?:nr|nummer)|lokationsn(?:r|ummer)|apotek(?:s|er)?(?:[ -]?(?:nr|nummer)\.?))"
    r"[ \n]?[.:#]?[ \n]{0,2}(?:(?:er|var|nr|nummer)\.?[ :]{1,2}){0,2}(?P<no>\d(?:[ .-]?\d){2,12})(?![\w])",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?<![^\W_])(?:aut(?:orisation(?:s)?)?[.]?[ -]?(?:id|nr|nummer|nummeret|kode)\.?(?:['’]et|et)?|autorisation|autid|aut\.)"
    r"[ \n]?[.:#]?[ \n]{0,2}(?:(?:er|var|nr|nummer|id)\.?[ :]{1,2}){0,2}(?P<no>(?=[a-z]{0,4}\d)[0-9a-z]{5}(?:-?[0-9a-z]{1,5})?|[BCDFGHJKLMNPQRSTVWXYZ0-9]{5}|[0-9BCDFGHJKLMNPQRSTVWXZ](?:[ ][0-9BCDFGHJKLMNPQRSTVWXZ]){4})(?![\w])",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Provider numbers and authorisation ids."""
    found = [span(m, Kind.PROFESSION_ID, NAME, 0.95, "no") for m in _PROVIDER.finditer(text)]
    return found + [span(m, Kind.PROFESSION_ID, NAME, 0.95, "no") for m in _LICENCE.finditer(text)]

"""Lines (linjer): an archive as JSON lines, one text a line in and one a line out; for pipes, Dask, Spark and Ray.

In: {"id", "text"}, and if wanted "known", a list of {"kind", "text"} that the archive knows of that very text.
Out: {"id", "text", "entities": [{"start", "end", "type"}]}, offsets in code points of the text as it came in.
Other fields stay behind: nobody has looked for identities in them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from uth.deid.engine import Clean, Kind, KnownIdentity, Profile, Span, deidentify
from uth.deid.replace import Style
from uth.deid.span import Who
from uth.deid.tagger import TaggerMissing, TaggerTooSlow

MOST_BYTES = 16 * 1024 * 1024  # of a line; a narrative is some thousands


class BadLine(ValueError):
    """A line that gives no answer; says why in Danish, and never what stands in it."""


@dataclass(frozen=True, slots=True)
class How:
    """How to read every line; `replace`: the clean text, in this style, instead of the text as it came."""

    known: tuple[KnownIdentity, ...] = ()
    profile: Profile = Profile.FULL
    replace: bool = False
    style: Style = Style.LESSON


def answer(line: bytes, how: How) -> bytes:
    """The line that answers this one. Raises BadLine; TaggerMissing where no line can be answered."""
    if len(line) > MOST_BYTES:
        raise BadLine("linjen er for lang")
    given = _read(line)
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
        raise BadLine('der skal stå {"id": …, "text": "…"}')
    if isinstance(given["id"], dict | list):
        raise BadLine("»id« skal være en tekst eller et tal")
    known = (*how.known, *identities(given.get("known", [])))
    text: str = given["text"]
    clean = _clean(text, known, how)
    return _written(
        {"id": given["id"], "text": clean.text if how.replace else text, "entities": entities(clean.spans)}
    )


def entities(spans: Sequence[Span]) -> list[dict[str, Any]]:
    """What was found, as data."""
    return [{"start": span.start, "end": span.end, "type": span.kind.name} for span in spans]


def identities(given: Any) -> tuple[KnownIdentity, ...]:
    """What is known beforehand, from data. Raises BadLine."""
    if not isinstance(given, list):
        raise BadLine('det kendte skal være en liste af {"kind": "PERSON", "text": "…"}')
    return tuple(_identity(one) for one in given)


def _identity(one: Any) -> KnownIdentity:
    if not isinstance(one, dict) or not isinstance(one.get("text"), str):
        raise BadLine("hver kendt identitet skal have »kind« og »text«")
    try:
        who = Who(one["who"]) if "who" in one else None
        return KnownIdentity(Kind(str(one.get("kind")).lower()), one["text"], who)
    except ValueError:
        kinds, people = (", ".join(names) for names in ([kind.name for kind in Kind], Who))
        raise BadLine(f"»kind« skal være en af {kinds}, og »who«, hvis det er der, en af {people}") from None


def _clean(text: str, known: Sequence[KnownIdentity], how: How) -> Clean:
    try:
        return deidentify(text, known=known, profile=how.profile, style=how.style)
    except TaggerMissing:
        raise
    except TaggerTooSlow:
        raise BadLine("tiden løb ud, før teksten var læst") from None
    except Exception as fault:  # one text must not stop an archive, and what a fault says may hold it
        raise BadLine(f"maskinen fejlede ({type(fault).__name__})") from None


def _read(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadLine("linjen er ikke UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("linjen er ikke gyldig JSON") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _written(found: dict[str, Any]) -> bytes:
    try:
        return json.dumps(found, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair stands alone only when escaped
        return json.dumps(found).encode() + b"\n"

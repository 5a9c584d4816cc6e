"""Gold texts (guldtekster): texts whose identities are marked, and what must stay.

Our own are JSON, written with the identities in place, "Pt. {PERSON|Hanne Holm}, {CPR|...}", so that an offset can
never be wrong. {TRAP|Parkinson} marks what must stay, {IGNORE|afdelingen} what counts neither way. Those of others
come as JSON lines with offsets, or as IOB2 with names.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uth.deid.span import Kind, Span

_MARK = re.compile(r"\{([A-Z_0-9]+)\|([^{}]*)\}")


class BadGold(ValueError):
    """A file of gold that cannot be read; says where in Danish, and never what stands there."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A text, the identities in it, the traps that must stay, and what counts neither way."""

    id: str
    text: str
    identities: tuple[Span, ...]
    traps: tuple[Span, ...] = ()
    known_failures: tuple[str, ...] = ()
    voice: str = ""
    ignore: tuple[Span, ...] = ()


def read(path: Path) -> list[Gold]:
    """The gold texts of a folder of our JSON, or of a file: .json as ours, .jsonl with offsets, .tsv or .iob2 names."""
    if path.is_dir():
        return [one for each in sorted(path.glob("*.json")) for one in _ours(each)]
    if path.suffix == ".json":
        return list(_ours(path))
    if path.suffix == ".jsonl":
        return list(_with_offsets(path))
    if path.suffix in {".tsv", ".iob2"}:
        return iob2(path)
    raise BadGold(f"{path.name}: filen skal hedde .json, .jsonl, .tsv eller .iob2")


def gold(marked: str, *, id: str = "", voice: str = "", known_failures: Iterable[str] = ()) -> Gold:
    """Read a marked text."""
    text = ""
    done = 0
    found: dict[str, list[Span]] = {"TRAP": [], "IGNORE": [], "": []}
    for match in _MARK.finditer(marked):
        text += marked[done : match.start()]
        special = match[1] in found
        try:
            kind = Kind.ID if special else Kind[match[1]]
        except KeyError:
            raise BadGold(f"{id}: et mærke af ukendt slags") from None
        span = Span(len(text), len(text) + len(match[2]), kind, match[2], "gold", 1.0)
        found[match[1] if special else ""].append(span)
        text += match[2]
        done = match.end()
    text += marked[done:]
    if re.search(r"\{[A-Z_0-9]+\|", text):
        raise BadGold(f"{id}: et mærke, der ikke lukkes")
    return Gold(
        id,
        text,
        tuple(found[""]),
        tuple(found["TRAP"]),
        tuple(known_failures),
        voice,
        tuple(found["IGNORE"]),
    )


def _ours(path: Path) -> Iterator[Gold]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        for one in data["texts"]:
            voice = one.get("voice") or data.get("voice", "")
            failures = one.get("known_failures", [])
            yield gold(one["marked"], id=one["id"], voice=voice, known_failures=failures)
    except BadGold as fault:
        raise BadGold(f"{path.name}, {fault}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadGold(f"{path.name} har ikke guldteksternes form ({type(fault).__name__})") from None


def _with_offsets(path: Path) -> Iterator[Gold]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _line(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as fault:
                    why = fault if isinstance(fault, BadGold) else type(fault).__name__
                    raise BadGold(f"{path.name}, linje {number} kan ikke læses ({why})") from None


def _line(given: Mapping[str, Any]) -> Gold:
    text: str = given["text"]

    def spans(name: str) -> tuple[Span, ...]:
        return tuple(_span(text, one, named=name == "entities") for one in given.get(name) or [])

    return Gold(
        str(given["id"]),
        text,
        spans("entities"),
        spans("traps"),
        voice=str(given.get("voice") or ""),
        ignore=spans("ignore"),
    )


def _span(text: str, one: Mapping[str, Any], *, named: bool) -> Span:
    start, end = one["start"], one["end"]
    if not 0 <= start < end <= len(text):
        raise BadGold("et sted uden for teksten")
    if named and one["type"] not in Kind.__members__:
        raise BadGold("en ukendt »type«")
    return Span(start, end, Kind[one["type"]] if named else Kind.ID, text[start:end], "gold", 1.0)


def iob2(path: Path) -> list[Gold]:
    """Texts with names from an IOB2 file: one a sentence, words joined by a space."""
    texts: list[Gold] = []
    words: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split("\t")
        if line.startswith("# "):
            continue
        if len(fields) < 2:
            texts += [_sentence(f"{path.stem}-{len(texts)}", words)] if words else []
            words = []
        elif fields[0].isdigit() and len(fields) > 2:
            words.append((fields[1], fields[2]))
        else:
            words.append((fields[0], fields[1]))
    return texts


def _sentence(id: str, words: Sequence[tuple[str, str]]) -> Gold:
    text = " ".join(word for word, _label in words)
    spans: list[tuple[int, int]] = []
    at = 0
    inside = False
    for word, label in words:
        if label == "B-PER":
            spans.append((at, at + len(word)))
        elif label == "I-PER" and inside:
            spans[-1] = (spans[-1][0], at + len(word))
        inside = label in ("B-PER", "I-PER")
        at += len(word) + 1
    return Gold(
        id, text, tuple(Span(start, end, Kind.PERSON, text[start:end], "gold", 1.0) for start, end in spans)
    )

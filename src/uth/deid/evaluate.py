"""Measuring (måling): recall and precision per kind on texts whose identities are marked.

    python -m uth.deid.evaluate tests/deid/gold
    python -m uth.deid.evaluate names FILE.tsv        (names found in IOB2 text, tokens in the first columns)

A gold text is written with its identities in place, "Pt. {PERSON|Hanne Holm}, {CPR|...}", so that an
offset can never be wrong. {TRAP|Parkinson} marks what must stay.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uth.deid.engine import find
from uth.deid.span import Kind, Span

Finder = Callable[[str], Sequence[Span]]

_MARK = re.compile(r"\{([A-Z_0-9]+)\|([^{}]*)\}")
_GENITIVE = re.compile(r"['’]?s$")


@dataclass(frozen=True, slots=True)
class Gold:
    """A text, the identities in it, and the traps that must stay."""

    id: str
    text: str
    identities: tuple[Span, ...]
    traps: tuple[Span, ...] = ()
    known_failures: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """What was found of what stands there."""

    found: dict[Kind, int] = field(default_factory=dict)
    total: dict[Kind, int] = field(default_factory=dict)
    missed: list[tuple[str, Span]] = field(default_factory=list)
    sprung: list[tuple[str, Span]] = field(default_factory=list)  # traps that were redacted
    traps: int = 0
    needless: int = 0  # redacted letters and digits outside every identity
    redacted: int = 0

    def recall(self, *kinds: Kind) -> float:
        """The share of identities of these kinds (all, if none is named) wholly covered by some span."""
        chosen = kinds or tuple(Kind)
        total = sum(self.total.get(kind, 0) for kind in chosen)
        return sum(self.found.get(kind, 0) for kind in chosen) / total if total else 1.0

    @property
    def precision(self) -> float:
        """The share of redacted letters and digits that belong to an identity."""
        return 1 - self.needless / self.redacted if self.redacted else 1.0


def gold(marked: str, *, id: str = "", known_failures: Iterable[str] = ()) -> Gold:
    """Read a marked text."""
    text = ""
    done = 0
    identities: list[Span] = []
    traps: list[Span] = []
    for match in _MARK.finditer(marked):
        text += marked[done : match.start()]
        kind = Kind.ID if match[1] == "TRAP" else Kind[match[1]]
        span = Span(len(text), len(text) + len(match[2]), kind, match[2], "gold", 1.0)
        (traps if match[1] == "TRAP" else identities).append(span)
        text += match[2]
        done = match.end()
    return Gold(id, text + marked[done:], tuple(identities), tuple(traps), tuple(known_failures))


def read(folder: Path) -> list[Gold]:
    """Every gold text of a folder of JSON files."""
    texts: list[Gold] = []
    for path in sorted(folder.glob("*.json")):
        for one in json.loads(path.read_text(encoding="utf-8"))["texts"]:
            texts.append(gold(one["marked"], id=one["id"], known_failures=one["known_failures"]))
    return texts


def measure(texts: Iterable[Gold], finder: Finder = find) -> Score:
    """Run the finder on every text and count."""
    score = Score()
    for one in texts:
        _add(score, one, finder(one.text))
    return score


def _add(score: Score, one: Gold, spans: Sequence[Span]) -> None:
    covered = _places(spans)
    for span in one.identities:
        score.total[span.kind] = score.total.get(span.kind, 0) + 1
        if _wanted(one.text, span) <= covered:
            score.found[span.kind] = score.found.get(span.kind, 0) + 1
        else:
            score.missed.append((one.id, span))
    score.traps += len(one.traps)
    score.sprung += [(one.id, trap) for trap in one.traps if _wanted(one.text, trap) & covered]
    solid = {place for place in covered if one.text[place].isalnum()}
    score.redacted += len(solid)
    score.needless += len(solid - _places(one.identities))


def _places(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _wanted(text: str, span: Span) -> set[int]:
    """The letters and digits of an identity, without a genitive s."""
    bare = _GENITIVE.sub("", span.text) if span.kind is Kind.PERSON and len(span.text) > 3 else span.text
    return {span.start + at for at, char in enumerate(bare) if char.isalnum()}


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


def table(score: Score) -> str:
    """The figures as a table of Markdown."""
    lines = ["| kind | found | of | recall |", "|---|---|---|---|"]
    for kind in Kind:
        if score.total.get(kind):
            lines.append(
                f"| {kind.name} | {score.found.get(kind, 0)} | {score.total[kind]} | {score.recall(kind):.1%} |"
            )
    direct = tuple(kind for kind in Kind if kind.direct)
    lines += [
        f"| all direct | | | {score.recall(*direct):.1%} |",
        f"| all | | | {score.recall():.1%} |",
        "",
        f"Precision by character {score.precision:.1%}; {len(score.sprung)} of {score.traps} traps redacted.",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measure what is named on the command line and write the table."""
    names = arguments[:1] == ["names"]
    for path in map(Path, arguments[1:] if names else arguments):
        score = measure(iob2(path) if names else read(path))
        sys.stdout.write(f"{path.name}\n\n{table(score)}\n\n")
        if names:
            sys.stdout.write(
                f"Names found: {score.recall(Kind.PERSON):.1%} of {score.total.get(Kind.PERSON, 0)}\n\n"
            )
        else:
            sys.stdout.writelines(
                f"missed {id}: {span.kind.name} {span.text!r}\n" for id, span in score.missed
            )
            sys.stdout.writelines(f"redacted trap {id}: {span.text!r}\n" for id, span in score.sprung)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Corpora (tekster at lære af): marked narratives and third-party names, read as texts with labelled stretches."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = (
    "PERSON", "CPR", "PHONE", "EMAIL", "ADDRESS", "DATE", "AGE_OVER_89", "ID", "ORG_UNIT", "PROFESSION_ID", "URL", "LOCATION",
)  # fmt: skip
_MARK = re.compile(r"\{([A-Z_0-9]+)\|([^{}]*)\}")
_HEAD = re.compile(r"^## *(\S+) *(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A stretch of a text: `kind` is one of KINDS, TRAP, IGNORE, UNKNOWN (no verdict) or "" for plain text."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Marked:
    """A text in parts."""

    id: str
    voice: str
    parts: tuple[Part, ...]


def parts(marked: str) -> tuple[Part, ...]:
    """The parts of a text with marks like {PERSON|Hanne}."""
    found, done = [], 0
    for match in _MARK.finditer(marked):
        if match.start() > done:
            found.append(Part(marked[done : match.start()]))
        found.append(Part(match[2], match[1]))
        done = match.end()
    return (*found, Part(marked[done:])) if done < len(marked) else tuple(found)


def narratives(folder: Path) -> Iterator[Marked]:
    """The texts of a folder: files in which each begins with a line "## id voice", or gold as tests/deid/gold has it."""
    for path in sorted(folder.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        for one in file["texts"]:
            yield Marked(one["id"], one.get("voice", file.get("voice", "")), parts(one["marked"]))
    for path in sorted(folder.glob("*.txt")):
        heads = list(_HEAD.finditer(text := path.read_text(encoding="utf-8")))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            body = text[head.end() : following.start() if following else len(text)].strip()
            yield Marked(head[1], head[2].strip(), parts(body))


def names(path: Path, *, group: int = 4) -> Iterator[Marked]:
    """IOB2 sentences, some at a time: people as PERSON; places, organisations and numbers without a verdict."""
    batch: list[Part] = []
    for count, sentence in enumerate(_sentences(path), 1):
        batch += [*sentence, Part("\n" if count % 3 == 0 else " ")]
        if count % group == 0:
            yield Marked(f"{path.stem}-{count}", "news", tuple(batch))
            batch = []


def _sentences(path: Path) -> Iterator[list[Part]]:
    words: list[Part] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# "):
            continue
        fields = line.split("\t")
        if len(fields) < 2:
            if words:
                yield words
            words = []
            continue
        word, label = (
            (fields[1], fields[2]) if fields[0].isdigit() and len(fields) > 2 else (fields[0], fields[1])
        )
        kind = "PERSON" if label.endswith("PER") else "UNKNOWN" if label != "O" or word[0].isdigit() else ""
        close = not words or re.fullmatch(r"[.,:;!?)»\]]", word) or words[-1].text in "(«["
        words += ([] if close else [Part(" ", kind if label.startswith("I-") else "")]) + [Part(word, kind)]

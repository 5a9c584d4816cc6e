"""`python -m bench deid growth`: how the engine's time grows from 10 kB to 1 MB of ordinary and of hostile text (vækst)."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from uth.deid import engine
from uth.deid.evaluate import read
from uth.deid.find import known
from uth.deid.span import Kind, KnownIdentity
from uth.deid.words import forget, view

GOLD = Path(__file__).parents[1] / "tests" / "deid" / "gold"
SIZES = (10_000, 100_000, 1_000_000)
# From 10 kB to 1 MB is a hundred times the text; linear is 100, and what is dearer than that is not linear.
MOST_RATIO, MOST_SECONDS = 200.0, 5.0
KNOWN = (
    KnownIdentity(Kind.PERSON, "Bente-Lise Ågård Müller"),
    KnownIdentity(Kind.PERSON, "Bo Maj Hansen"),
    KnownIdentity(Kind.CPR, "010203-1234"),
    KnownIdentity(Kind.PHONE, "11 11 11 11"),
    KnownIdentity(Kind.EMAIL, "bente@eksempel.dk"),
    KnownIdentity(Kind.ADDRESS, "Gl. Skovvej 12 B, st. tv, 7140 Stouby"),
    KnownIdentity(Kind.ORG_UNIT, "Plejehjemmet Solgården"),
)
HOSTILE = {
    "digits": "1", "digits apart": "1 ", "number words": "en to ", "spaces": " ", "line ends": "\n", "capitals": "A", "capitals apart": "A ",
    "dates": "d. 1. 1. 1. ", "names": "Hanne Holm ", "names in small": "hanne ", "known names": "bo maj ", "at signs": "a@", "dots": ".",
    "mail boxes": "a.b@c.", "hyphens": "-", "hyphened": "x-", "Aaaa": "Aaaa", "Aaaa apart": "Aaaa ", "brackets": "[[((", "addresses": "Vej 1, ",
    "one word": "hændelsesforløb", "letters": "m a ", "unseen": "\u200b", "accents": "\u0301", "spelt known": "b e n t e ",
    "licences": "aut. A ", "a digit a line": "1\n", "days": "d. 3., d. 3.,",
}  # fmt: skip
LAYERS: dict[str, Callable[[str], object]] = {
    "structured": lambda text: [find(text) for find in engine.STRUCTURED],
    "lists": lambda text: [find(text) for find in engine.LISTED],
    "known": lambda text: known.find(text, KNOWN),
}


def ordinary(size: int) -> str:
    """Gold texts again and again, no two alike: numbers, months and some letters change."""
    stories = [one.text for one in (*read(GOLD / "first"), *read(GOLD / "dev"))]
    random = Random(4)  # noqa: S311
    parts: list[str] = []
    length = 0
    while length < size:
        story = "".join(
            str(random.randrange(10)) if char.isdecimal() and random.random() < 0.5 else char
            for char in random.choice(stories)
        )
        parts.append(story + "\n\n")
        length += len(story) + 2
    return "".join(parts)[:size]


def seconds(layer: Callable[[str], object], text: str) -> float:
    """Processor time of one reading; small texts are read more often."""
    seen = view(text).text
    times = max(1, 60_000 // len(text))
    started = time.process_time()
    for _ in range(times):
        layer(seen)
        forget()
    return (time.process_time() - started) / times


def measured(names: Iterator[str] | None = None) -> dict[str, dict[str, list[float]]]:
    """Seconds per layer and text at each size."""
    found: dict[str, dict[str, list[float]]] = {}
    for name in names or ("ordinary", *HOSTILE):
        texts = [
            ordinary(size) if name == "ordinary" else HOSTILE[name] * (size // len(HOSTILE[name]))
            for size in SIZES
        ]
        found[name] = {
            layer: [round(seconds(find, text), 4) for text in texts] for layer, find in LAYERS.items()
        }
    return found


def gold_speed() -> float:
    """Kilobytes a second of patterns and lists together on the gold texts, one by one as they are read in use; best of four."""
    texts = [view(one.text).text for part in ("first", "dev", "test") for one in read(GOLD / part)]
    best = float("inf")
    for _ in range(4):
        started = time.process_time()
        for text in texts:
            for recogniser in (*engine.STRUCTURED, *engine.LISTED):
                recogniser(text)
            forget()
        best = min(best, time.process_time() - started)
    return sum(map(len, texts)) / best / 1000


def failures(found: dict[str, dict[str, list[float]]]) -> list[str]:
    """What must hold and does not: time in step with length, and five seconds a megabyte at most."""
    wrong = []
    for name, layers in found.items():
        for layer, (small, _, large) in layers.items():
            if large > max(small, 0.001) * MOST_RATIO:
                wrong.append(f"{name}, {layer}: {large / small:.0f} times the time for 100 times the text")
            if layer == "structured" and large > MOST_SECONDS:
                wrong.append(f"{name}, {layer}: {large:.1f} s for 1 MB")
    return wrong


def as_table(found: dict[str, dict[str, list[float]]]) -> str:
    """A line per text: seconds at 1 MB and the ratio of 1 MB to 10 kB, per layer."""
    lines = [
        f"| text | {' | '.join(f'{layer} s/MB | ×' for layer in LAYERS)} |",
        "|---|" + "---|---|" * len(LAYERS),
    ]
    for name, layers in found.items():
        cells = (f"{large:.2f} | {large / max(small, 1e-6):.0f}" for small, _, large in layers.values())
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(*, write: Path | None = None) -> int:
    """Measure, show, and say what does not hold; 1 if something does not."""
    found = measured()
    told = f"{as_table(found)}\nPatterns and lists on the gold texts: {gold_speed():.0f} kB/s.\n"
    sys.stdout.write(told)
    if write is not None:
        write.mkdir(exist_ok=True)
        (write / "deid_growth.json").write_text(json.dumps(found, indent=1) + "\n")
        (write / "deid_growth.md").write_text(told)
    wrong = failures(found)
    sys.stdout.writelines(f"NOT MET: {line}\n" for line in wrong)
    return 1 if wrong else 0

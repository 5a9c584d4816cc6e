"""`python -m bench.deid.second`: what the second look asks for and what it sees, on the gold texts; writes bench/results/deid_second.*.

Two burdens, counted in texts where nothing is left but what the first look missed: after the engine's own replacement,
and after one by hand. Two catches: an identity that the engine missed, and one left in while all others are hidden.
No text, and nothing of one, is printed or kept.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.__main__ import RESULTS
from uth.deid.engine import find
from uth.deid.evaluate import Gold, read
from uth.deid.leaks import leaks
from uth.deid.merge import merge
from uth.deid.span import Span

GOLD = Path(__file__).resolve().parents[2] / "tests/deid/gold"


def hidden(text: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """The text with every span as its placeholder, and where each character of it stands now; -1 where it is gone."""
    words, at, where, size = [], 0, [-1] * len(text), 0
    for start, end, word in [
        *((s.start, s.end, f"[{s.kind.placeholder}]") for s in spans),
        (len(text),) * 2 + ("",),
    ]:
        where[at:start] = range(size, size + start - at)
        words += [text[at:start], word]
        size += start - at + len(word)
        at = end
    return "".join(words), where


def rest(span: Span, where: Sequence[int]) -> range:
    """Where what is left of an identity stands; a genitive s is nothing."""
    left = [where[at] for at in range(span.start, span.end) if where[at] >= 0]
    letters = [
        at for at in range(span.start, span.end) if where[at] >= 0 and span.text[at - span.start].isalnum()
    ]
    if not letters or (len(letters) == 1 and span.text[-1] == "s" and letters[0] == span.end - 1):
        return range(0)
    return range(left[0], left[-1] + 1)


def points(text: str, *, but: Sequence[range] = (), ignore: Sequence[int] = ()) -> int:
    """How often it points where nothing is left."""
    kept = set(ignore)
    return sum(
        not any(leak.start < one.stop and one.start < leak.end for one in but)
        and not kept.issuperset(range(leak.start, leak.end))
        for leak in leaks(text)
    )


def sees(text: str, left: range) -> bool:
    """Does it point at what stands there?"""
    return any(leak.start < left.stop and left.start < leak.end for leak in leaks(text))


def measured(texts: Sequence[Gold]) -> dict[str, Any]:
    """The figures of one part."""
    needless = {"engine": 0, "hand": 0}
    seen = {name: [0, 0] for name in ("missed direct", "missed", "left direct", "left")}

    def count(name: str, span: Span, caught: bool) -> None:
        for each in (name, f"{name} direct") if span.kind.direct else (name,):
            seen[each][0] += caught
            seen[each][1] += 1

    for one in texts:
        clean, where = hidden(one.text, merge(one.text, find(one.text)))
        ignore = [where[at] for span in one.ignore for at in range(span.start, span.end)]
        left = [(span, rest(span, where)) for span in one.identities]
        needless["engine"] += points(clean, but=[where for _, where in left if where], ignore=ignore)
        for span, still in left:
            if still:
                count("missed", span, sees(clean, still))
        spans = merge(one.text, one.identities)
        clean, where = hidden(one.text, spans)
        needless["hand"] += points(
            clean, ignore=[where[at] for s in one.ignore for at in range(s.start, s.end)]
        )
        for span in spans:
            clean, where = hidden(one.text, [other for other in spans if other is not span])
            count("left", span, sees(clean, range(where[span.start], where[span.end - 1] + 1)))
    burden = {name: round(number / len(texts), 2) for name, number in needless.items()}
    return {"texts": len(texts), "needless a text": burden, "seen": seen}


def as_table(found: Mapping[str, Any]) -> str:
    """A line per part."""
    lines = [
        "| of | needless pointings a text, after the engine | after a hand | sees a direct identity left in | any | that the engine missed, direct | any |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for part, one in found.items():
        cells = [
            f"{a} of {b}"
            for a, b in (one["seen"][n] for n in ("left direct", "left", "missed direct", "missed"))
        ]
        burden = one["needless a text"]
        lines.append(
            f"| `{part}`, {one['texts']} texts | {burden['engine']} | {burden['hand']} | {' | '.join(cells)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, show and keep."""
    parser = argparse.ArgumentParser(prog="bench.deid.second")
    parser.add_argument(
        "gold", nargs="*", type=Path, default=[GOLD / "test", GOLD / "dev"], help="files or folders of gold"
    )
    parser.add_argument("--write", action="store_true", help="keep the figures in bench/results")
    given = parser.parse_args()
    found = {path.stem: measured(read(path)) for path in given.gold}
    sys.stdout.write(as_table(found))
    if given.write:
        (RESULTS / "deid_second.json").write_text(json.dumps(found, indent=1) + "\n")
        (RESULTS / "deid_second.md").write_text(as_table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

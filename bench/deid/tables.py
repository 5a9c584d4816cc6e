"""The figures of `make bench-deid` as tables for people."""

from collections.abc import Iterator, Mapping
from typing import Any

TITLES = {
    "ours-full": "ours, full",
    "ours-fast": "ours, fast",
    "rules": "ours, rules only",
    "spacy": "spaCy tagger, same data",
    "os2ds": "os2ds-rules",
    "presidio": "Presidio, generic",
}
MEASURES = {
    "direct": "direct found",
    "quasi": "indirect found",
    "texts_leaking_direct": "texts with a direct left",
    "texts_leaking_name_or_cpr": "with a name or CPR left",
    "characters_wrongly_hidden": "hidden without need",
    "clean_texts_touched": "clean texts touched",
    "traps_hidden": "traps hidden",
}
ENOUGH = 20  # a voice with fewer identities says nothing of itself
OWN = {
    "test": "read by nobody",
    "calibration": "two hands on which thresholds were set and rules mended; the taggers have not seen them",
    "dev": "four hands that saw neither rules nor templates; the taggers have learned from them",
    "first": "the hand of the first rules",
}
STRANGERS = {"twitter": "DaN+ Twitter dev", "arto": "DaN+ Arto dev", "news": "UNER Danish-DDT dev"}


def markdown(found: Mapping[str, Any]) -> str:
    """All tables."""
    readers = {name: found["readers"][name] for name in TITLES if name in found["readers"]}
    lines = [
        "# De-identification, as last measured",
        "",
        "Made by `make bench-deid` in one run; intervals are of 95 %.",
        "",
    ]
    lines += [f"- {name}: {value}" for name, value in found["machine"].items()]
    lines += [f"- not measured: {line}" for line in found["not measured"]]
    for part, hands in OWN.items():
        lines += ["", f"## `{part}` ({hands})", "", *_table(readers, part)]
    lines += ["", "## Found by kind, `test`", "", *_by(readers, "kinds")]
    lines += [
        "",
        "## Direct identities found by voice, `test` (voices with twenty or more)",
        "",
        *_by(readers, "voices"),
    ]
    if any("twitter" in each for each in readers.values()):
        lines += ["", "## Names found in strangers' texts", "", *_strangers(readers)]
    return "\n".join([*lines, "", "## Speed", "", *_speed(readers), ""])


def _table(readers: Mapping[str, Any], part: str) -> Iterator[str]:
    yield f"| | {' | '.join(MEASURES.values())} |"
    yield f"|---|{'--:|' * len(MEASURES)}"
    for name, figures in readers.items():
        yield f"| {TITLES[name]} | {' | '.join(_cell(figures[part][measure]) for measure in MEASURES)} |"


def _by(readers: Mapping[str, Any], what: str) -> Iterator[str]:
    keys = dict.fromkeys(key for figures in readers.values() for key in figures["test"][what])
    yield f"| | of | {' | '.join(TITLES[name] for name in readers)} |"
    yield f"|---|--:|{'--:|' * len(readers)}"
    for key in keys:
        cells = [figures["test"][what][key] for figures in readers.values()]
        shares = cells if what == "kinds" else [cell["direct"] for cell in cells]
        if what == "voices" and shares[0]["of"] < ENOUGH:
            continue
        yield f"| {key} | {shares[0]['of']} | {' | '.join(map(_cell, shares))} |"


def _strangers(readers: Mapping[str, Any]) -> Iterator[str]:
    yield f"| | {' | '.join(STRANGERS.values())} |"
    yield f"|---|{'--:|' * len(STRANGERS)}"
    for name, figures in readers.items():
        yield f"| {TITLES[name]} | {' | '.join(_cell(figures[part]['direct']) for part in STRANGERS)} |"


def _speed(readers: Mapping[str, Any]) -> Iterator[str]:
    told = ("kB/s", "first call s", "memory MB", "taken down by")
    yield f"| | {' | '.join(told)} texts |"
    yield "|---|--:|--:|--:|--:|"
    for name, figures in readers.items():
        yield f"| {TITLES[name]} | {' | '.join(str(figures[each]) for each in told)} |"


def _cell(share: Mapping[str, Any]) -> str:
    if not share["of"]:
        return "–"
    return f"{100 * share['share']:.1f} ({100 * share['low']:.1f}–{100 * share['high']:.1f})"

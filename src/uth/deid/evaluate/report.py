"""The report of a measurement (måleblad): tables for people, data for programs, and nowhere a word of a text."""

from collections.abc import Iterable
from typing import Any

from uth.deid.evaluate.score import DIRECT, QUASI, Ratio, Score, Share, initials, lower_case
from uth.deid.span import Kind, Span

NAME_OR_CPR = (Kind.PERSON, Kind.CPR)


def figures(score: Score) -> dict[str, Share | Ratio]:
    """What is asked for of any engine, by its name in the data."""
    return {
        "direct": score.found(*DIRECT),
        "quasi": score.found(*QUASI),
        "all": score.found(),
        "person_lower_case": score.found(Kind.PERSON, when=lower_case),
        "person_initials": score.found(Kind.PERSON, when=initials),
        "texts_leaking_direct": score.leaking(*DIRECT),
        "texts_leaking_name_or_cpr": score.leaking(*NAME_OR_CPR),
        "texts_leaking_any": score.leaking(),
        "characters_wrongly_hidden": score.needless,
        "clean_texts_touched": score.touched,
        "traps_hidden": score.traps,
    }


DANISH = {
    "direct": "Direkte identiteter fundet",
    "quasi": "Indirekte identiteter fundet",
    "all": "Alle identiteter fundet",
    "person_lower_case": "Navne med lille fundet",
    "person_initials": "Initialer fundet",
    "texts_leaking_direct": "Tekster med en direkte identitet tilbage",
    "texts_leaking_name_or_cpr": "Tekster med et navn eller CPR-nummer tilbage",
    "texts_leaking_any": "Tekster med en identitet tilbage",
    "characters_wrongly_hidden": "Bogstaver og tal skjult uden grund",
    "clean_texts_touched": "Tekster uden identiteter, der blev rørt",
    "traps_hidden": "Fælder skjult",
}


def data(score: Score) -> dict[str, Any]:
    """All of it as plain data; what was missed is told by text and place."""
    return {
        "texts": len(score.readings),
        "kinds": {kind.name: _data(share) for kind in Kind if (share := score.found(kind)).of},
        **{name: _data(share) for name, share in figures(score).items()},
        "voices": {
            voice: {name: _data(share) for name, share in figures(own).items()}
            for voice, own in score.by_voice().items()
        },
        "missed": _places(score.missed, typed=True),
        "hidden_traps": _places(score.sprung, typed=False),
    }


def _data(share: Share | Ratio) -> dict[str, Any]:
    low, high = share.interval
    return {
        "count": share.count,
        "of": share.of,
        "share": round(share.share, 5) if share.of else None,
        "low": round(low, 5),
        "high": round(high, 5),
    }


def _places(spans: Iterable[tuple[str, Span]], *, typed: bool) -> list[dict[str, Any]]:
    return [
        {"id": id, "start": span.start, "end": span.end} | ({"type": span.kind.name} if typed else {})
        for id, span in spans
    ]


def markdown(score: Score) -> str:
    """The figures as tables."""
    clean = sum(not one.gold.identities for one in score.readings)
    lines = [
        f"{len(score.readings)} tekster, {clean} af dem uden identiteter. Intervallerne er på 95 %.",
        "",
        "| mål | antal | af | andel | interval |",
        "|---|--:|--:|--:|---|",
        *(_row(DANISH[name], share) for name, share in figures(score).items() if share.of),
        "",
        "| slags | fundet | af | andel | interval |",
        "|---|--:|--:|--:|---|",
        *(_row(kind.name, share) for kind in Kind if (share := score.found(kind)).of),
    ]
    voices = score.by_voice()
    if len(voices) > 1:
        lines += [
            "",
            "| stemme | tekster | direkte fundet | tekster med en direkte tilbage | skjult uden grund | fælder skjult |",
            "|---|--:|--:|--:|--:|--:|",
            *(_voice(voice or "–", own) for voice, own in voices.items()),
        ]
    return "\n".join(lines) + "\n"


def _row(name: str, share: Share | Ratio) -> str:
    low, high = share.interval
    return (
        f"| {name} | {share.count} | {share.of} | {percent(share.share)} | {percent(low)}–{percent(high)} |"
    )


def _voice(name: str, score: Score) -> str:
    of = (score.found(*DIRECT), score.leaking(*DIRECT), score.needless, score.traps)
    cells = (f"{percent(one.share)} af {one.of}" if one.of else "–" for one in of)
    return f"| {name} | {len(score.readings)} | {' | '.join(cells)} |"


def percent(share: float) -> str:
    """'98,7 %'."""
    return f"{100 * share:.1f} %".replace(".", ",")

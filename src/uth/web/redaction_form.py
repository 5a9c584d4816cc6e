"""The redaction as posted (anonymiseringen, som den sendes ind): what a person decided, read out of the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from uth.actions.deciding import places
from uth.actions.redaction import Decision
from uth.deid.span import Kind
from uth.law.terms import Section
from uth.law.text import tidy
from uth.queries.case_rows import RedactedSection

ROWS = 2  # empty rows for words that the machine missed
MOST_ROWS = 200
HIDE, HARMLESS = "skjul", "iorden"
KNOWN = {kind.value: kind for kind in Kind}


def decisions(sections: Sequence[RedactedSection], posted: QueryDict) -> dict[Section, Decision]:
    """What a person decided anew; a section they left as it was is not in it."""
    found = {}
    for section in sections:
        if f"{section.section}-tekst" not in posted:
            continue  # a section that the page did not show
        decision = decision_on(section, posted)
        if _is_news(section, decision):
            found[Section(section.section)] = decision
    return found


def decision_on(section: RedactedSection, posted: QueryDict) -> Decision:
    """A person's word on one section, as it stands in the form."""
    key = section.section
    return Decision(
        kept=kept(section, posted),
        added=(*_added(key, posted), *_hidden_leaks(section, posted)),
        clean=tidy(posted.get(f"{key}-tekst", section.clean)),
        harmless=_harmless(section, posted),
        kinds=_kinds(section, posted),
    )


def _is_news(section: RedactedSection, decision: Decision) -> bool:
    harmless = {words_of(section, leak) for leak in section.leaks if leak["overruled"]}
    return changes_text(section, decision) or decision.harmless != harmless


def changes_text(section: RedactedSection, decision: Decision) -> bool:
    """Whether another clean text comes of it."""
    edited = decision.clean != section.clean
    retyped = any(kind != section.findings[i]["kind"] for i, kind in decision.kinds.items())
    return edited or retyped or bool(decision.added) or decision.kept != frozenset(stored(section))


def text_changes(sections: Sequence[RedactedSection], news: Mapping[Section, Decision]) -> bool:
    """Whether what is about to be approved is not what stood there to be read."""
    return any(
        changes_text(each, news[Section(each.section)]) for each in sections if Section(each.section) in news
    )


def overruled(sections: Sequence[RedactedSection], posted: QueryDict) -> dict[Section, frozenset[int]]:
    """The leaks a person lets stand, by section."""
    return {
        Section(section.section): frozenset(
            i for i in range(len(section.leaks)) if posted.get(f"{section.section}-rest-{i}") == HARMLESS
        )
        for section in sections
    }


def rows(key: str, posted: QueryDict | None) -> list[tuple[int, str, str]]:
    """The rows for words that the machine missed: number, words, kind; always some empty ones at the end."""
    if posted is None:
        return [(n, "", Kind.PERSON.value) for n in range(ROWS)]
    typed = [
        (posted.get(f"{key}-skjul-{n}", ""), posted.get(f"{key}-slags-{n}", Kind.PERSON.value))
        for n in range(MOST_ROWS)
        if f"{key}-skjul-{n}" in posted
    ]
    filled = [(text, kind) for text, kind in typed if text.strip()]
    empty = [("", Kind.PERSON.value)] * ROWS
    return [(n, text, kind) for n, (text, kind) in enumerate([*filled, *empty])]


def stored(section: RedactedSection) -> list[int]:
    """The findings that are hidden as the case stands."""
    return [i for i, finding in enumerate(section.findings) if finding["kept"]]


def kept(section: RedactedSection, posted: QueryDict) -> frozenset[int]:
    """The findings that are hidden by the form."""
    ticked = set(posted.getlist(f"{section.section}-fund"))
    return frozenset(i for i in range(len(section.findings)) if str(i) in ticked)


def words_of(section: RedactedSection, leak: Mapping[str, Any]) -> str:
    """The words that the second look points at."""
    return section.clean[leak["start"] : leak["end"]]


def _kinds(section: RedactedSection, posted: QueryDict) -> dict[int, Kind]:
    chosen = {i: posted.get(f"{section.section}-type-{i}", "") for i in range(len(section.findings))}
    return {i: KNOWN[kind] for i, kind in chosen.items() if kind in KNOWN}


def _added(key: str, posted: QueryDict) -> list[tuple[str, Kind]]:
    typed = [(tidy(text), kind) for _, text, kind in rows(key, posted)]
    return [(text, KNOWN.get(kind, Kind.PERSON)) for text, kind in typed if text]


def _hidden_leaks(section: RedactedSection, posted: QueryDict) -> list[tuple[str, Kind]]:
    chosen = [
        (words_of(section, leak), Kind(leak["kind"]))
        for i, leak in enumerate(section.leaks)
        if posted.get(f"{section.section}-rest-{i}") == HIDE
    ]
    return list(dict.fromkeys(chosen))


def _harmless(section: RedactedSection, posted: QueryDict) -> frozenset[str]:
    return frozenset(
        words_of(section, leak)
        for i, leak in enumerate(section.leaks)
        if posted.get(f"{section.section}-rest-{i}") == HARMLESS
    )


def absent(sections: Sequence[RedactedSection], posted: QueryDict) -> list[tuple[str, str]]:
    """Words to hide that stand nowhere in their section, so that nobody believes them hidden."""
    return [
        (
            f"»{text.strip()}« står ikke i »{Section(section.section).danish}«. Skriv ordene præcis, som de står i teksten, "
            "eller slet dem.",
            f"{section.section}-skjul-{number}",
        )
        for section in sections
        for number, text, _ in rows(section.section, posted)
        if (wanted := tidy(text))
        and not places(section.original, wanted)
        and not places(posted.get(f"{section.section}-tekst", section.clean), wanted)
    ]


def undecided(sections: Sequence[RedactedSection], posted: QueryDict) -> list[tuple[str, str]]:
    """What the second look still points at and nobody has answered: a sentence, and where it stands."""
    return [
        (
            f"Tag stilling til »{words_of(section, leak)}« i »{Section(section.section).danish}«: skjul det, eller angiv, at det er i orden.",
            f"{section.section}-rest-{i}-skjul",
        )
        for section in sections
        for i, leak in enumerate(section.leaks)
        if not leak["overruled"] and not posted.get(f"{section.section}-rest-{i}")
    ]

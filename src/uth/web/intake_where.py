"""The place (stedet) as both forms ask for it: by its name, or roughly where when its name is on no list."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from uth.law.routing import OTHER_PLACES
from uth.law.terms import PlaceKind, Sector
from uth.law.text import fold
from uth.queries import places
from uth.web.intake_fields import Question, conditional, one_of, terms, tick, words
from uth.web.intake_questions import UNKNOWN

NONE_OF_THEM = "other"


class Where(Question):
    """The place, by the name people use for it."""

    heading = "Hvor skete det?"
    place_text = conditional(
        words(
            "Sted",
            help_text="Skriv navnet på afdelingen, plejehjemmet, klinikken eller apoteket. "
            "Du må gerne bruge kælenavne og forkortelser.",
            most=300,
            **{"data-typeahead-url": "/steder.json", "data-typeahead-value": "id_place"},
        )
    )
    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    place_unknown = tick("Jeg ved ikke, hvad stedet hedder")

    def prepare(self) -> None:
        """Without a list to choose from while typing, the choice comes as a question of its own."""
        self.line = places.by_key(self.first("place")) if self.first("place") else None
        text = self.first("place_text")
        if self.line and fold(self.line.name) != fold(text):
            self.line = None
        if self.line or not text or self.first("place_unknown"):
            return
        self.found = places.named(text, on=self.on)
        if len(self.found) == 1 and fold(self.found[0].name) == fold(text):
            self.line = self.found[0]
        elif self.found:
            choices = [(line.key, line.name) for line in self.found]
            self.fields["place_which"] = one_of(
                "Er det et af disse steder?",
                [*choices, (NONE_OF_THEM, "Nej, det er et andet sted")],
                required="Vælg det rigtige sted på listen, eller vælg »Nej, det er et andet sted«.",
            )
            self.order_fields(["place_text", "place_which", "place", "place_unknown"])

    def clean(self) -> dict[str, Any]:
        """A name or a cross is enough."""
        cleaned = super().clean() or {}
        if not cleaned.get("place_unknown") and not cleaned.get("place_text") and not self.errors:
            self.add_error("place_text", "Skriv, hvor det skete, eller sæt kryds ved, at du ikke ved det.")
        which = cleaned.get("place_which")
        if which and which != NONE_OF_THEM:
            self.line = next(line for line in self.found if line.key == which)
        return cleaned

    def said(self) -> dict[str, Any]:
        """The place's key, or the words for it."""
        known = self.line and not self.cleaned_data.get("place_unknown")
        if self.line is None or not known:
            return {"place": "", "place_text": self.cleaned_data.get("place_text", "")}
        return {
            "place": self.line.key,
            "place_text": "",
            "place_name": self.line.name,
            "place_sector": Sector(self.line.sector),
        }

    def plain(self) -> list[str]:
        """The place's name, or that nobody knows it."""
        if self.line and not self.cleaned_data.get("place_unknown"):
            return [self.line.name]
        return [self.cleaned_data.get("place_text") or "Ved ikke"]


class WhereAbout(Question):
    """Roughly where, when the place itself is not on our list."""

    heading = "Hvor cirka skete det?"
    bare = True
    intro = "Så finder vi den, der skal læse rapporten. Du må gerne svare »Ved ikke«."
    sector = one_of(
        "Hvilken slags sted var det?",
        terms(Sector),
        required="Vælg, hvilken slags sted det var, eller »Ved ikke«.",
    )
    place_kind = conditional(
        one_of(
            "Var det et af disse steder?",
            [("", "Nej, eller ved ikke"), *((str(kind), kind.danish) for kind in OTHER_PLACES)],
            select=True,
            help_text="Nogle steder har deres egen regel om, hvem der skal have rapporten.",
        )
    )
    municipality = conditional(
        one_of(
            "I hvilken kommune?",
            [],
            select=True,
            help_text="Ved du ikke, hvilken region det er, så vælg bare kommunen. Så finder vi regionen.",
        )
    )

    def prepare(self) -> None:
        """The kommuner of the day."""
        field = self.fields["municipality"]
        known = places.municipalities(on=self.on)
        field.choices = [UNKNOWN, *known]  # type: ignore[attr-defined]
        field.initial = kommune_in(str(self.so_far.get("place_text") or ""), known)

    def said(self) -> dict[str, Any]:
        """The law's words for the sector and the place, and the kommune's number."""
        told = self.cleaned_data
        kind = PlaceKind(told["place_kind"]) if told["place_kind"] else None
        return {"sector": Sector(told["sector"]), "place_kind": kind, "municipality": told["municipality"]}


def kommune_in(text: str, known: Sequence[tuple[str, str]]) -> str:
    """The kommune whose name stands in what was typed ("Øjenlægerne i Ballerup"), to be chosen beforehand; or none."""
    for key, name in sorted(known, key=lambda row: -len(row[1])):
        town = name.removesuffix(" Kommune").removesuffix(" Regionskommune").removesuffix("s")
        if re.search(rf"\b{re.escape(town)}s?\b", text):
            return key
    return ""

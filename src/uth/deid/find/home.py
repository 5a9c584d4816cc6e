"""How sure a word is a street (hjemme): what its ending, its capital letter and its surroundings say together."""

import re
from typing import NamedTuple

from uth.deid.find import street
from uth.deid.find.pattern import before
from uth.deid.find.person import Strength, Token
from uth.deid.lexicon import DRUG, STOPWORD, STREET, facts

AT_HOME = frozenset({"bor", "boede", "boende", "bosat"})

_PREPOSITION = re.compile(
    r"(?<![^\W_])(?:på|til|fra|ved|i|hos|adr\.?|ud til|kørsel|forbi|tur|øh)[ :\"]{1,2}$"
)
_COUNTED = """
    stue seng sengen afsnit afd afdeling uge kl klokken nr nummer side version type grad score model trin fase dag hold team
    rum værelse vær bolig lejl lejlighed plads etage sal klasse zone kode fejl alarm puls sat bt temp hb crp inr kasse boks
    skab bil vogn rute linje bus spor gate bord stol hus opgang blok bygning dør port kuvøse leje lokale kontor celle
    elevator ca cirka kun over under efter før inden om mindst højst omkring knap godt næsten mere mindre borg punkt pkt
"""
_MEASURES = frozenset(_COUNTED.split())


class Place(NamedTuple):
    """Words that may be a street, and what stands around them."""

    text: str
    earlier: str  # the word before, in lower case
    first: Token
    last: Token
    kind: int  # what the ending says: 2 a street, 1 perhaps, 0 nothing
    numbered: bool
    telling: int  # what follows: 2 a door or a town, 1 a number, 0 nothing
    lives: bool  # "bor på", "adresse:" stands before

    def score(self) -> float:
        """How sure it is an address; 0 for no."""
        low = self.last.low
        alone = self.first is self.last
        if alone and street.is_generic(low) and not self._square():
            return 0
        if self.kind == 2:
            return self._sure()
        if facts(low) & (STOPWORD | DRUG) or low in _MEASURES:
            return 0
        if self.kind == 1 or (not alone and self.first.low in street.PLACED):
            organisation = street.ORG_HEAD.search(self.earlier) and not self.numbered
            return 0 if organisation else self._named() if self._capital() else self._small()
        return self._unforeseen() if self._plausible() else 0

    def _capital(self) -> bool:
        return self.first.capital or self.last.capital

    def _square(self) -> bool:
        """'Torvet 2, 8585 Glesborg' is an address, 'vejen 3' is not."""
        return self.numbered and (self.telling == 2 or (self.last.capital and not self.last.opens))

    def _cued(self) -> bool:
        return self.lives or bool(_PREPOSITION.search(before(self.text, self.first.word.start)))

    def _sure(self) -> float:
        """A street's ending."""
        if self.numbered:
            return 0.9 if self.first.capital else 0.8
        if self.telling == 2 and (self.first.capital or self.lives):
            return 0.85
        if self.last.capital and self.last.strength is not Strength.NEVER:
            if street.ORG_HEAD.search(self.earlier) and not self.lives:
                return 0
            return 0.4 if self.first.opens and not self.lives else 0.6
        return 0.4 if self.lives else 0

    def _named(self) -> float:
        """An ending that streets share with farms, homes and surnames, with a capital letter."""
        if self.telling == 2 and (self.numbered or self.lives or self.last.strength is Strength.UNKNOWN):
            return 0.8
        if self.numbered:
            return 0.75 if self._cued() else 0.35 if self.last.opens else 0.6
        return 0.6 if self.lives and self.last.strength < Strength.SURE else 0

    def _small(self) -> float:
        """The same in lower case."""
        known, long = facts(self.last.low), len(self.last.low) > 6
        if not self.numbered:
            return 0.6 if self.lives and self.telling == 2 else 0
        if self.telling == 2:
            return 0.75 if self.lives or long else 0.45
        if self.lives:
            return 0.7
        return 0.5 if known & STREET else 0.35 if long and not known else 0

    def _listed(self) -> bool:
        return bool(facts(self.text[self.first.word.start : self.last.word.end].lower()) & STREET)

    def _plausible(self) -> bool:
        last = self.last
        short = last.word.text.isupper() and len(last.low) < 6 and not self.lives
        if short or street.ORG_HEAD.search(last.low):
            return False
        return street.unknown(last) or self._listed() or (last.strength is not Strength.NEVER and self.lives)

    def _unforeseen(self) -> float:
        """A word nobody foresaw as a street: its surroundings must say so."""
        if not self.last.capital:
            sure = self.lives and (self.telling == 2 or self._listed())
            return 0 if not self.numbered else 0.7 if sure else 0.4 if self.lives else 0
        if not self.numbered:
            at_home = self.earlier in AT_HOME and not self.last.word.text.isupper()
            return 0.6 if self.lives and self.telling == 2 else 0.5 if at_home else 0
        if self.lives or self.telling == 2:
            return 0.75 if self.lives or self._listed() or not self.last.opens else 0.5
        if self._listed():
            return 0.6 if self._cued() else 0.4
        return 0.35 if self._cued() and not self.last.opens else 0

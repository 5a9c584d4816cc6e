"""Cues (stikord): what the words before a number say that it is."""

import re
from bisect import bisect_left
from enum import IntEnum
from typing import NamedTuple

from uth.deid.words import for_one_text

LOOK_BACK = 72


class Cue(IntEnum):
    """What a word announces. NR ("nr", "nummer") takes its meaning from the word before it."""

    CPR = 1
    FOUR = 2  # the last four digits of a CPR number
    BORN = 3
    PHONE = 4
    RING = 5  # a verb of calling: weaker than a noun
    SHORT = 6  # a number inside the house
    ID = 7  # a word that only announces a number: journalnr
    THING = 8  # a thing that has a number: bil, recept
    USER = 9
    NR = 10
    PROVIDER = 11
    GOODS = 12  # varenummer, lot, version, fejlkode: names a thing, not a person
    MEASURE = 13  # puls, kl., dosis
    PLACE = 14  # stue, seng, uge: a small number follows
    FILL = 15


_WORDS: dict[Cue, str] = {
    Cue.CPR: "cpr cprnr cprnummer cprnummeret cprnumre cprnumret crpnr cprn cpnr cprs ptcpr personnr personnummer personnummeret persnr pnr "
    "sygesikringsnr sygesikringsnummer sygesikring sygesikringskort sygesikringskortet sygesikringsbevis sundhedskort sundhedskortet "
    "fødenr fødselsnr fødselsnummer erstatningscpr cprnul dubletnr personregister ssn erst dubletcpr testcpr",
    Cue.FOUR: "løbenr løbenummer løbenummeret kontrolciffer kontrolcifre kontrolcifrene endelse endelsen endetal endecifre slutcifre slutter "
    "ender slut resten cifre ciffer tal cifrene",
    Cue.BORN: "født fødselsdag fødselsdato fødselsdagen fødselsår fødselsdata f fødsdato fdato fødd foedt født",
    Cue.PHONE: "tlf telf tel tlfnr tlfnummer telefon telefonen telefonnr telefonnummer telefonnummeret telefonnumre mobil mobilen mobilnr "
    "mobilnummer mobilnummeret mob sms fax faxnr fastnet hjemmetlf arbtlf arbejdstlf vagttlf vagttelefon vagttelefonen træffes træffe fanges fange fås nås "
    "kontaktes kontaktnr kontaktnummer hotline whatsapp signal tlph tf phone telefonisk døgnlinje linjen tilkaldes telefonsvarer nødtelefon "
    "ringenr hovednummer hovednummeret hovednr direktenr kontakttlf pårørendetlf",
    Cue.RING: "ring ringe ringer ringet ringede ringes ringt ringte opringet opkald opkaldt kaldt kontakt kontaktet kontakte kontaktperson fat besked beskeden tilkald tilkaldt "
    "direkte privat hjemme arbejde svarer svarede opringning",
    Cue.SHORT: "lokal lokalnr lokalnummer lokaltlf lokalnummeret lok dect dectnr bip bipper bippernr kald kaldenr kaldenummer kaldnr kaldnummer omst omstilling intern internt int "
    "personsøger søger callback akutkald linje kortnr kortnummer ext",
    Cue.ID: "journalnr journalnummer jnr sagsnr sagsnummer sagsid rekvnr løbenr sn serial serienr serienummer serienummeret serienumre cvr cvrnr gln ean eannr imei imeinr stelnr regnr indreg reg "
    "nummerplade nummerpladen registreringsnr registreringsnummer dpsd dpsdnr uthnr tjnr mnr accession acc accnr stregkode stregkoden barcode barkode strg "
    "adgangskode pinkode pinkoden dørkode portkode nøglekode boksnr ip mac pid mobilepay konto kontonr kontonummer iban policenr mødekode simkort simkortnr ticket incident faktura fakturanr ordrenr følgeseddel timeseddel turseddel "
    "kvittering kvit kørekort kørekortnr pasnr opholdskort patientkort studienr patientnr ptnr identifikationsnr klagenr retsbog tvangsprotokol labsvar politisag patientid uuid guid løbenummer lønnr lønnummer "
    "medarbnr medarbejdernr tjenestenr tjenestenummer brugernr journalid",
    Cue.THING: "jr journal journalen sag sagen sager recept recepten recepter rec rp rx rekv rekvisition rekvisitionen rekvisitioner prøve prøven prøver prøveglas prøverør glas glasset label etiket etiketten mærkat mærkaten mærket mrk "
    "vogn vognen bil bilen bårevogn lægebil tappebil ambulance ambulancen taxa taxaen bus fly flyet helikopter helikopteren båd båden kørsel tur opgave opgaven mission hændelse hændelsen uth bon notat notatet attest "
    "pas passet henv henvisning henvisningen us undersøgelse undersøgelsen portion portionen portioner flaske flasken donor sprøjte implantat armbånd armbåndet fil filen filnavn filnavnet bilag lydfil skærmbillede dok dokument dokumentet id "
    "station arbejdsstation enhed enheden apparat apparatet tablet pc host server serveren gateway maskine maskinen pumpe pumpen boks boksen nøgleboks nøgleboksen nøgle nøglen nøgleskab skab kode koden koder police skade skaden forsikring "
    "anmeldelse anmeldt bevilling bev referat epikrise epikrisen gop log loggen køretøj taske tasken skiven disk vikar portør chauffør medarbejder medarb behandler tolk betjent tj tjeneste ansat borger kunde serie løbe "
    "indkaldelse svar svaret brev brevet klage klagen opkald kald meddelelsen skema spørgeskema samtykkeblanket samtykke blanket patologi præparat rapport rapporten journalkopi udskrift patient indsat indsatte fange mærke ur simkort sim alarmbrik nødkald kuvert portal link "
    "printer røntgenbilleder billede billeder labka aktindsigt patobank bloddyrkning dyrkning biopsi kontakt borgerid",
    Cue.USER: "bruger brugeren brugernavn brugernavnet brugerid login logged logget loggede logger user username usr userid initialer kvitteret tastet tast signeret ident regionsid",
    Cue.NR: "nr no nummer nummeret numre numrene num nummre id ider",
    Cue.PROVIDER: "yder ydernr ydernummer ydr ydernummeret aut autorisation autorisationsnr autid autnr autorisationsid",
    Cue.GOODS: "vare varenr varenummer varenummeret vnr lot lotnr batch batchnr charge chargenr npu dnk atc icd sks snomed icpc nomesco model modellen modelnr modul type typen version versionen ver v build patch fejl fejlen fejlkode fejlkoden fejltekst alarm alarmkode "
    "alarmnr http https port vlan timeout ref refnr katalog katalognr artikel artikelnr exp udløb udløber udløbet holdbar pakning pakningsnr pakke pakn takst procedure proceduren kodet diagnose diagnosen diagnosekode analysekode analyse undersøgelseskode iso windows ios citrix software firmware "
    "postnr postnummer side sider kapitel kap pkt punkt afsnit§ bek bekendtgørelse lov vejledning vejledningen instruks instruksen stk årsmodel årgang indeks latens cyklus protokol isbn pmid doi rfc standard produktnr størrelse str ch fr fg charrière kvalitet hastighed ydelse ydelseskode sor sorkode kle "
    "skriver medcom event program programversion opdatering release modelno partnr delnr varebetegnelse kit reagens dublet level sysmex zebra android alaris medtronic philips dräger cobas siemens zimmer stryker braun omnicell isbt reagenslot roche abbott samsung iphone "
    "diætkode kommunekode landekode farvekode takstkode handlingskode aktivitetskode",
    Cue.MEASURE: "puls pulsen p sat saturation saturationen spo bt blodtryk blodtrykket rf resp respiration temp temperatur temperaturen tp hr crp bs blodsukker blodsukkeret hba gcs score scoren vas nrs vægt vægten vejer vejede inr hb hgb krea crea kreatinin "
    "kalium natrium leuko leukocytter trombo trombocytter ferritin ck laktat alat troponin tsh dosis dosen dosering kl klokken ca cirka pris antal omfang apgar tokks tokt tobs ews ph ekg qrs qtc bilirubin diurese urin display displayet viste viser fra§ siden før§ "
    "kr kroner beløb højde længde flow sug tryk be diameter dråbetal interval frekvens procent egfr albumin psa ldh bnp ddimer tid tidspunkt varighed tallene vtbi rate niveau ns grad stadie",
    Cue.PLACE: "stue stuen stuer seng sengen værelse værelset vær bolig boligen lejl lejlighed lejligheden rum rummet hus bygning opgang etage sal bord gang bås uge dag afsnit afd afdeling gade§ vej§ plads kontor lokale",
    Cue.FILL: "er var på med til hos os hedder lyder står der med: den det en et som jeg vi har havde fik nu nye nyt ny gammelt gamle rigtige rigtigt forkerte forkert korrekt korrekte samme hendes hans deres mit min vores pts pt patientens borgerens "
    "siger oplyst oplyste opgivet blev noget ham hende mig for af og at i dør døren huset hjemmet",
}
CUES: dict[str, Cue] = {
    word.rstrip("§:"): cue
    for cue, words in reversed(_WORDS.items())
    for word in words.split()
    if not word.endswith("§")
}
_SUFFIX = re.compile(r"s?(?:nr|nrs|nummer|nummeret|numre|numrene|id|no|kode|koden|koder|plade|pladen)$")
_PARTS = (
    ("tlfn", Cue.PHONE), ("telefonn", Cue.PHONE), ("mobiln", Cue.PHONE), ("cpr", Cue.CPR), ("personnum", Cue.CPR), ("lokaln", Cue.SHORT),
    ("kalden", Cue.SHORT), ("brugern", Cue.USER), ("serien", Cue.ID), ("stregkode", Cue.ID),
)  # fmt: skip
_PHONES = ("tlf", "tlfn", "telefon", "telefonen", "mobil", "mobilen", "tlph", "fonen")
_SMALL = frozenset({Cue.GOODS, Cue.MEASURE, Cue.PLACE})
_INITIALS_OF_A_NUMBER = frozenset({"j", "m", "y", "pt", "se", "tr"})
_PIECE = re.compile(r"[^\W\d_]+|([.!?\n]+)|(\d+|\u25a0+)")  # what a placeholder hides counts as a number
_NUMBER = 2  # the group
_FURTHEST = 9


def of(word: str) -> Cue | None:
    """What one lower-case word announces."""
    cue = CUES.get(word)
    if cue is not None or len(word) < 4:
        return cue
    if word.endswith(_PHONES):
        return Cue.PHONE
    for part, meant in _PARTS:
        if part in word:
            return meant
    ending = _SUFFIX.search(word)
    if not ending or ending.start() < 2:
        return CUES.get(word[:-2]) if word.endswith(("en", "et", "er", "ns", "ts")) else None
    stem = CUES.get(word[: ending.start()]) or CUES.get(word[: ending.start()] + "s")
    if ending[0] in ("id", "no", "sid", "sno") and stem is None:
        return None  # 'anfaldstid', 'kaleorid'
    return stem if stem in (Cue.GOODS, Cue.PLACE, Cue.MEASURE, Cue.CPR, Cue.PHONE, Cue.SHORT) else Cue.ID


class _Row(NamedTuple):
    """What stands in a text: where its words begin, and where its numbers and its sentences' ends do."""

    # start, end, as typed, numbers before it, sentences' ends before it
    words: list[tuple[int, int, str, int, int]]
    starts: list[int]
    numbers: list[int]
    stops: list[int]
    known: dict[str, tuple[str, Cue | None]]


@for_one_text
def _row(text: str) -> _Row:
    words: list[tuple[int, int, str, int, int]] = []
    numbers: list[int] = []
    stops: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if match.lastindex is None:
            words.append((start, end, match[0], len(numbers), len(stops)))
        else:
            (numbers if match.lastindex == _NUMBER else stops).append(start)
    return _Row(words, [word[0] for word in words], numbers, stops, {})


def before(text: str, start: int) -> tuple[Cue | None, int, str]:
    """The nearest cue before a place in the text, how many other words lie between, and the word."""
    row = _row(text)
    least = start - LOOK_BACK
    numbers, stops = bisect_left(row.numbers, start), bisect_left(row.stops, start)
    far, nr, last = 0, -1, ""
    for at in range(bisect_left(row.starts, start) - 1, -1, -1):
        begin, end, word, numbers_ahead, stops_ahead = row.words[at]
        if end <= least:
            break
        if numbers > numbers_ahead:
            far += 2 * (numbers - numbers_ahead)
            if far > _FURTHEST:
                break
        if begin < least or end > start:  # cut by the edge of what is looked at
            word = word[max(least - begin, 0) : start - begin]
        what = row.known.get(word)
        low, cue = what if what is not None else row.known.setdefault(word, _what(word))
        if stops > stops_ahead and last[:1].isupper() and len(word) > 3:
            far += 3  # a new sentence, not 'sek. Toft'
        if len(low) < 3 and cue in _SMALL and (last or (low != word and len(low) == 1 and low != "p")):
            cue = None  # 'Kasper V.' is no version
        numbers, stops, last = numbers_ahead, stops_ahead, word
        if cue is Cue.NR:
            nr = far
        elif nr >= 0 and (meant := _numbered(low, cue)):
            return meant, far, low
        elif cue is None:
            far += 1
            if far > _FURTHEST:
                break
        elif cue is not Cue.FILL:
            return (Cue.NR, nr, "nr") if nr >= 0 and cue is Cue.MEASURE else (cue, far, low)
    return (Cue.NR, nr, "nr") if nr >= 0 else (None, far, "")


def _what(typed: str) -> tuple[str, Cue | None]:
    low = typed.lower()
    return low, of(low)


def _numbered(low: str, cue: Cue | None) -> Cue | None:
    """What 'nr' means after a word: 'p-nr', 'j.nr', 'nøgle nr', 'bruger nr'."""
    if low == "p":
        return Cue.CPR
    return Cue.ID if cue in (Cue.THING, Cue.FOUR, Cue.USER) or low in _INITIALS_OF_A_NUMBER else None

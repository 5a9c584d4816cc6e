"""Addresses: streets that no list of endings foresaw, doors in every spelling, and words before a number that are none (adresser)."""

import pytest

from uth.deid.find.address import find

WHOLE = (
    "Nordhavnsporten 7", "Ved Skoven 3", "Under Elmene 12, 2. th", "Bag Kirken 2 i 5953 Tranekær", "Kirkevej nr 14", "Bakkegade 12b", "bakkegade12b",
    "Søndre Boulevard 44 B, 3. tv., 7400 Herning", "Gl. Strandmøllevej 118B, 2. mf, 4220 Korsør", "skt. pauls gade 7 4 sal", "gl skolevej 3",
    "Christian X's Vej 101", "H. C. Andersens Boulevard 2", "Sønder Allé 3 4. sal, 5500", "Bytoften16,Lund,8700", "elmealle 3b lejl 14", "Skovvej tolv",
    "Sdr. Ringgade ottenfirs, anden sal", "Dronning Dagmars Alle 17 2th", "Fasanens Kvt. 118 st. dør 4", "Solbakken blok 4 lejl. 033, Tarm",
    "Industrivej Syd 11, Herning", "Nygårds Plads 31, 8. 806, Brøndby Strand", "Islands Brygge 7 ~ 5.mf ~ 2300 S", "Havkajen Y1, mf, 9900 frederikshvn",
    "Hulvejen 4, st.tv, 4 5 9 1 Føllenslev", "Snerlevej otte, Risskov ottetusindtohundredeogfyrre", "Vestergade over bageren, nr 2, Marstal",
    "Mosekrogen fire nej fjorten", "Æblehaven, Rækkehus 5, 8592 Anholt", "c/o Skytte, Kærhavegård, 9440 Aabybro", "Postboks 404, Horsens", "Teglværks\nvej 16, 1\nth",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Pt. bor {}.", "Kørt til {}, hvor døren var låst.", "Ny adresse: {}\nKode kendes ikke."]
)
@pytest.mark.parametrize("address", WHOLE)
def test_an_address_is_found_from_its_first_letter_to_its_last(address: str, text: str) -> None:
    story = text.format(address)
    start = story.index(address)
    wanted = {at for at in range(start, start + len(address)) if story[at].isalnum()}
    found = {at for span in find(story) if span.score >= 0.5 for at in range(span.start, span.end)}
    assert wanted <= found
    assert len(found - set(range(start, start + len(address)))) <= 1  # at most the full stop


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("den står på nr. 28 Lupinvænget ved bommen", "nr. 28 Lupinvænget"), ("hjemme på 7. 2. tv. Skovfogedvej, kode", "7. 2. tv. Skovfogedvej"),
        ("hentet på hjørnet af Møllegade og Tværgade, han", "Møllegade og Tværgade"), ("gården Troldhøj, Astrupvej, bag", "Troldhøj, Astrupvej"),
        ("adr. 7470 karup j, gedhusvej 2a. Faktisk", "7470 karup j, gedhusvej 2a"), ("sendt til Uglev Kirkevej uden nummer", "Uglev Kirkevej"),
        ("Poppelstykket 12, 6. sal er rigtigt", "Poppelstykket 12, 6. sal"), ("ved Strandalleen udfor nr 60 iført", "Strandalleen udfor nr 60"),
    ],
)  # fmt: skip
def test_what_stands_before_a_street_or_instead_of_a_number_belongs_to_it(text: str, address: str) -> None:
    assert address in {span.text for span in find(text)}


def test_a_person_before_a_street_is_not_part_of_the_address() -> None:
    assert [span.text for span in find("Hanne Holm, Engvej 3, ringede")] == ["Engvej 3"]


def test_a_neighbours_house_number_is_found() -> None:
    assert [span.text for span in find("Naboen på nr 44 har nøgle")] == ["44", "44"]


@pytest.mark.parametrize(
    "text",
    [
        "Luftvejen 3 gange", "vejen 3 km lang", "alle 3 patienter", "Sengeplads 4", "arbejdsgang 2", "Dosis Innohep 4500 IE", "Actrapid 20 IE", "Borg 15",
        "Barnet vejede 4120 gram", "GCS 15 og EWS 3", "Afsnit 4 og Stue 12", "Butterfly 24G", "VLAN 210, port 5060", "Omnipaque 350, 90 ml", "Kramer 4.",
        "seng 2, stue 4", "haven 2 gange", "Instrumentbakke nr 4.", "Der er 14 dages ventetid", "adgangsvej 1", "mormorsgade", "Risikovurdering (rød)",
        "Apgar 9", "Monofilament 4/10", "Blodbanken i weekenden", "Efterlyst ved politiet",
    ],
)  # fmt: skip
def test_a_word_of_the_ward_before_a_number_is_at_most_a_doubt(text: str) -> None:
    assert [span.text for span in find(text) if span.score >= 0.5] == []

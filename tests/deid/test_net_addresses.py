"""Addresses on the net are found in every spelling; national sites stay (e-mail og webadresser)."""

import pytest

from uth.deid.find import mail, url


@pytest.mark.parametrize(
    "address",
    [
        "hanne.holm @ gmail.com", "hanne.holm(at)gmail.com", "hanne.holm(snabel)gmail.com", "hanne (a) mailhus . dk",
        "hanne snabel-a mailhus punktum dk", "hanne krølle-a mailhus dot dk", "hanne@@mailhus.dk", "hanne@mailhus,dk",
        "hanne punktum holm snabela mailhus prik dk", "hanne_ÆT_mailhus.dk", "hanne@mailhus", "hanne [a] mailhus [punktum] dk",
        "hanne(punktum)holm(at)mailhus(punktum)dk", "hanne.holm@mailhus . dk", "hanne at mailhus punktum dk", "hanne@ .dk",
    ],
)  # fmt: skip
def test_an_address_is_found_whole(address: str) -> None:
    [span] = mail.find(f"Skriv til {address} hvis du vil.")
    assert span.text == address


def test_an_address_that_lost_its_sign_is_found_by_its_word() -> None:
    assert [span.text for span in mail.find("min mail er u.m.holm.gmail.com. vi bor her")] == [
        "u.m.holm.gmail.com"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vi mødtes (a) kl. 8 og (b) kl. 9.",
        "Hun bad med at tøjet nu var tørt.",
        "Sat @ 94 %",
        "en mail til afdelingen i dag",
    ],
)
def test_words_round_an_at_are_no_address(text: str) -> None:
    assert mail.find(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://beredskab-x.dk/f/8812", "www.laegerne-x.dk", "www,laegerne-x,dk", "laegehuset-x.dk/svar?id=7", "klinik.x-net.dk",
        "http://10.1.8.44/img?acc=77", "møde.klinik punktum dk/918", "intra.x-data.local/post/1",
    ],
)  # fmt: skip
def test_a_private_address_is_found(address: str) -> None:
    assert address in {span.text for span in url.find(f"Se {address} for mere.")}


@pytest.mark.parametrize(
    "site", ["sundhed.dk", "www.sundhed.dk", "pro.medicin.dk", "stps.dk", "hjertestarter.dk", "borger.dk"]
)
def test_a_national_site_stays(site: str) -> None:
    assert url.find(f"Jeg har læst på {site}, at det er farligt.") == []

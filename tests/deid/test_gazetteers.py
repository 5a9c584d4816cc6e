"""The official files are read in every shape they come in, and ordinary words are kept out (officielle lister)."""

import json

import pytest

from uth.deid.gazetteers import COMMON_FIRST_NAMES, Entry, NotRead, Sources, build, entries
from uth.deid.lexicon import shipped


def names(*given: str) -> list[Entry]:
    return [Entry(name, None) for name in given]


@pytest.mark.parametrize(
    "content",
    [
        b"Anne\nBo\n",
        b'"ANNE"\n"BO"\n',
        b'["Anne", "Bo"]',
        b'{"navn": "Anne"}\n{"navn": "Bo"}\n',
        b'[{"nr": 1, "navn": "Anne"}, {"nr": 2, "navn": "Bo"}]',
        b"nr;navn\n1;Anne\n2;Bo\n",
        b'nr,navn\n1,Anne\n2,"Bo"\n',
        b"\xef\xbb\xbfFornavn\r\nAnne\r\nBo\r\n",
        b"kode\tNavn\n1\t Anne \n2\tBo\n",
    ],
)
def test_the_names_are_found_in_every_shape(content: bytes) -> None:
    assert entries(content) == names("anne", "bo")


@pytest.mark.parametrize(
    "content", [b"Navn;Antal\nAnne;45.123\nBo;9\n", b"45123\tAnne\n9\tBo\n", b"Anne;45123\nBo;9\n"]
)
def test_how_many_bear_a_name_is_read_where_it_stands(content: bytes) -> None:
    assert entries(content) == [Entry("anne", 45_123), Entry("bo", 9)]


def test_an_old_danish_file_is_read_too() -> None:
    assert entries("navn\nSøren\nÅse\n".encode("cp1252")) == names("søren", "åse")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ligner ikke en liste"),
        (b"\n \n", "ligner ikke en liste"),
        (b"PK\x03\x04\x00\x00", "gem den som CSV"),
        (b'[{"by": "Ry"}]', "JSON eller CSV"),
        (b"[1, 2]", "JSON eller CSV"),
        (b"[", "JSON eller CSV"),
        (b"id;by;areal\n1;Ry;2\n", "Ingen kolonne"),
        (b"root:x:0:0:root\nbin:x:1:1\n", "ligner ikke en liste"),
        (bytes(range(256)), "ligner ikke en liste"),
    ],
)
def test_another_kind_of_file_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(NotRead, match=says):
        entries(content)


def test_what_is_shipped_stays() -> None:
    built = build(Sources(surnames=[names("kvistgårdholm")]))
    assert "kvistgårdholm" in built.lists["surnames_rare"] | built.lists["surnames"]
    assert set(shipped().words("surnames")) <= set(built.lists["surnames"])
    assert built.new["surnames"] + built.new["surnames_rare"] == 1
    assert built.new["towns"] == 0


def test_the_most_borne_names_count_also_in_lower_case_and_the_rest_do_not() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [f"zq{a}{b}{c}" for a in letters for b in letters for c in letters][: COMMON_FIRST_NAMES + 100]
    built = build(Sources(first_names=[names(*reversed(many))]))
    assert many[-1] in built.lists["first_names_common"]
    assert many[0] in built.lists["first_names"]


def test_a_file_in_alphabetical_order_tells_nothing_of_how_common_a_name_is() -> None:
    built = build(Sources(first_names=[names("aaqx", "bbqx", "ccqx")]))
    assert built.new["first_names_common"] == 0
    assert built.new["first_names"] == 3


def test_a_name_that_hardly_anybody_bears_is_not_taken() -> None:
    built = build(Sources(first_names=[[Entry("qvilma", 40), Entry("qvasma", 2)]]))
    assert "qvilma" in built.lists["first_names_common"]
    assert "qvasma" not in built.lists["first_names"]


@pytest.mark.parametrize("word", ["patienten", "parkinson", "panodil", "ringede", "blod", "saft", "ngo"])
def test_a_name_that_is_a_word_of_the_ward_is_left_out(word: str) -> None:
    built = build(
        Sources(first_names=[names("zzfirst", "aafirst", word)], words=[names("blod", "saft", "ngo")])
    )
    assert word not in set(built.lists["first_names"]) - set(shipped().words("first_names"))


def test_a_common_name_that_is_a_word_is_kept_as_such() -> None:
    built = build(Sources(surnames=[[Entry("sneglehus", 900), Entry("aa", 800)]], words=[names("sneglehus")]))
    assert "sneglehus" in built.lists["surnames"]
    assert "sneglehus" in built.lists["names_that_are_words"]


def test_towns_villages_and_streets_take_the_form_they_have_in_a_text() -> None:
    built = build(
        Sources(
            towns=[names("nyrup kvn", "sneby k", "3. by")],
            villages=[names("qvalstrup by, herstedvester", "x by")],
            streets=[names("snebærvej", "snebærhøjet", "4. maj stedet")],
        )
    )
    assert {"sneby k", "sneby"} <= set(built.lists["towns"])
    assert "3. by" not in built.lists["towns"]
    assert "qvalstrup" in built.lists["villages"]
    assert "snebærhøjet" in built.lists["streets"]
    assert "snebærvej" not in built.lists["streets"]


def test_the_columns_of_a_json_object_may_be_written_with_capitals() -> None:
    assert entries(json.dumps([{"Navn": "Ry", "Antal": "7"}]).encode()) == [Entry("ry", 7)]

"""What the vault knows is found however it is typed (kendte identiteter)."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from uth.deid.engine import Profile, find
from uth.deid.known.ordinary import ordinary
from uth.deid.leaks import leaks
from uth.deid.replace import replace
from uth.deid.span import Kind, KnownIdentity

KNOWN = (
    KnownIdentity(Kind.PERSON, "Xhevahire Mbanefo Skræp"),
    KnownIdentity(Kind.CPR, "010203-1234"),
    KnownIdentity(Kind.PHONE, "+45 20 30 40 50"),
    KnownIdentity(Kind.EMAIL, "skraep@eksempel.dk"),
)


@pytest.mark.parametrize(
    "typed",
    [
        "Xhevahire Mbanefo Skræp", "xhevahire skræp", "XHEVAHIRE", "Xhevahires", "Skræp", "skræps", "mbanefo", "Mbanfo", "Xhevahirre",
        "Xehvahire", "XMS", "X.M.S.", "010203 1234", "0 1 0 2 0 3 1 2 3 4", "1234", "010203", "nul en nul to nul tre et to tre fire",
        "20304050", "2 0 3 0 4 0 5 0", "203040 50", "skraep@eksempel.dk", "SKRAEP", "Skræp, Xhevahire",
    ],
)  # fmt: skip
def test_a_known_identity_is_found(typed: str) -> None:
    text = f"så var det {typed} der blev glemt"
    clean = replace(text, find(text, known=KNOWN))
    assert typed not in clean
    assert clean.startswith("så var det [")
    assert clean.endswith(("] der blev glemt", "]s der blev glemt"))


def test_a_known_name_that_is_a_word_is_not_redacted_as_a_word() -> None:
    known = (KnownIdentity(Kind.PERSON, "Bo Storm"),)
    text = "De må bo i en storm. Bo ringede, og Storms kone kom."
    clean = replace(text, find(text, known=known))
    assert clean.startswith("De må bo i en storm. [person A]")
    assert "Bo " not in clean
    assert "Storms" not in clean


def test_a_known_identity_that_remains_is_a_leak() -> None:
    assert [span.text for span in leaks("så fik mbanefo det galt", known=KNOWN)] == ["mbanefo"]


@settings(deadline=None, derandomize=True)
@given(
    st.text("abcdefghijklmnoprstuvyæøåäöüéčş", min_size=4, max_size=12),
    st.sampled_from(["{}", "{}s", "({})", "{},", "/{}/", "{}."]),
)
def test_any_known_name_is_found_wherever_it_stands(name: str, frame: str) -> None:
    assume(not ordinary(name))  # such a word may begin a sentence, with a capital
    known = (KnownIdentity(Kind.PERSON, name.capitalize()),)
    text = f"så kom {frame.format(name.capitalize())} ind"
    covered = {
        place
        for span in find(text, known=known, profile=Profile.FAST)
        for place in range(span.start, span.end)
    }
    start = text.index(name.capitalize())
    assert set(range(start, start + len(name))) <= covered


@given(
    st.from_regex(r"[0-3][0-9][01][0-9]{7}", fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", ".", " - ", "\n", "/"]), min_size=9, max_size=9),
)
def test_a_known_cpr_number_is_found_in_any_grouping(digits: str, joints: list[str]) -> None:
    known = (KnownIdentity(Kind.CPR, digits),)
    typed = "".join(a + b for a, b in zip(digits, [*joints, ""], strict=True))
    text = f"nummeret er {typed} og intet andet"
    clean = replace(text, find(text, known=known))
    assert not any(char.isdigit() for char in clean)


def test_empty_and_odd_known_identities_do_no_harm() -> None:
    odd = [KnownIdentity(kind, text) for kind in Kind for text in ("", " ", "-", "\x00", "a", "1", "(", "@")]
    assert find("En rolig dag uden hændelser.", known=odd) == ()

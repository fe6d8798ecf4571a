"""Short public texts for ids, and codes that people can read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ALPHABET, CODE_LENGTH, code_from, decode, encode, text_from
from tests.domain.builders import many


@given(st.integers(0, 2**63 - 1))
@many
def test_the_text_of_an_id_leads_back_to_it(number: int) -> None:
    assert decode(encode(number)) == number


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
@many
def test_two_ids_never_share_a_text(one: int, other: int) -> None:
    assert (encode(one) == encode(other)) == (one == other)


@given(st.integers(0, 2**63 - 1))
@many
def test_a_text_has_no_sign_that_people_confuse_or_that_parts_words(number: int) -> None:
    text = encode(number)

    assert text
    assert text.isascii()
    assert text.isalnum()
    assert text == text.lower()
    assert not set(text) & set("01il o")


def test_the_largest_id_fits_a_button() -> None:
    assert len(encode(2**63 - 1)) == 13


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "1",
        "i",
        "l",
        "o",
        "A",
        "a b",
        "a-b",
        "a:b",
        " a",
        "a\n",
        "ä",
        "２",
        "²",
        "\0",
        "-1",
    ],
)
def test_other_texts_are_no_ids(text: str) -> None:
    assert decode(text) is None


def test_a_text_beyond_the_largest_id_is_none() -> None:
    assert decode(encode(2**63 - 1)) == 2**63 - 1
    assert decode(encode(2**63)) is None
    assert decode("z" * 5_000) is None


@given(st.text(max_size=20))
@many
def test_any_text_is_an_id_that_fits_the_database_or_none(text: str) -> None:
    number = decode(text)

    assert number is None or 0 <= number < 2**63
    assert (number is not None) <= (set(text) <= set(ALPHABET))


@given(st.binary(min_size=16, max_size=16))
@many
def test_a_code_is_short_and_readable(randomness: bytes) -> None:
    code = code_from(randomness)

    assert set(code) <= set(ALPHABET)
    assert len(code) <= CODE_LENGTH
    assert (len(code) == CODE_LENGTH) or int.from_bytes(randomness, "big") < 31**7


def test_codes_differ_where_the_randomness_differs() -> None:
    codes = {code_from(number.to_bytes(16, "big")) for number in range(31**2)}

    assert len(codes) == 31**2


def test_every_byte_that_a_code_can_hold_matters() -> None:
    randomness = bytes(range(1, 17))

    assert code_from(randomness) != code_from(randomness[:-1] + b"\xff")
    assert code_from(randomness) == code_from(randomness)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("pay", 1), ("pay", 2)), (("pay", 1), ("refund", 1)), (("ab", "c"), ("a", "bc"))],
)
def test_other_parts_make_another_text(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert text_from(*one) != text_from(*other)


def test_the_text_of_a_repeated_request_never_changes() -> None:
    # kept in databases: another value would double what was entered by hand
    assert text_from("pay", 42) == text_from("pay", "42")
    assert len(text_from("pay", 42)) == CODE_LENGTH
    assert set(text_from("pay", 42)) <= set(ALPHABET)

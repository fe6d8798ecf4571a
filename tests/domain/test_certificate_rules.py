"""Numbers of certificates: readable, unguessable, and a mistyped one is found (R43)."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from domain.rules.certificates import SIGNS, number_from, read_number

RANDOM = st.binary(min_size=16, max_size=16)


@given(RANDOM)
def test_a_number_reads_as_it_is_written(randomness: bytes) -> None:
    number = number_from(randomness)
    bare = number.replace("-", "")

    assert read_number(number) == number
    assert read_number(number.lower().replace("-", " ")) == number
    assert read_number(bare.replace("0", "o").replace("1", "l")) == number
    # The library counts the same check sign.
    assert mod_37_36.is_valid(bare, alphabet=SIGNS)


@given(RANDOM, st.integers(0, 11), st.integers(1, 31))
def test_one_wrong_sign_is_found(randomness: bytes, place: int, step: int) -> None:
    bare = number_from(randomness).replace("-", "")
    wrong = SIGNS[(SIGNS.index(bare[place]) + step) % len(SIGNS)]

    assert read_number(bare[:place] + wrong + bare[place + 1 :]) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_none(text: str) -> None:
    found = read_number(text)

    assert found is None or read_number(found) == found

"""Exchange rates, exact to twelve decimals (R12)."""

import pytest
from hypothesis import given

from domain.money import BadAmount, ExchangeRate
from tests.domain.builders import any_exchange, many


@pytest.mark.parametrize(
    ("text", "scaled"),
    [
        ("1", 10**12),
        ("0.0242", 24_200_000_000),
        ("41.5", 41_500_000_000_000),
        ("0.000000000001", 1),
        ("0.999999999999", 10**12 - 1),
        ("999999999999.999999999999", 10**24 - 1),
        ("1.000000000000", 10**12),
        ("01.5", 1_500_000_000_000),
    ],
)
def test_an_exchange_rate_is_exact_to_twelve_decimals(text: str, scaled: int) -> None:
    assert ExchangeRate.parse(text).scaled == scaled


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0", "zero"),
        ("0.000000000000", "zero"),
        ("0.0000000000001", "format"),
        ("1000000000000", "format"),
        ("", "format"),
        ("1.", "format"),
        (".5", "format"),
        ("-1", "format"),
        ("+1", "format"),
        ("1e2", "format"),
        ("1_0", "format"),
        (" 1", "format"),
        ("1\n", "format"),
        ("1,5", "format"),
        ("١", "format"),
        ("NaN", "format"),
        ("Infinity", "format"),
    ],
)
def test_what_is_no_exchange_rate_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadAmount) as caught:
        ExchangeRate.parse(text)

    assert caught.value.facts["problem"] == problem


@given(any_exchange)
@many
def test_the_text_of_an_exchange_rate_reads_back_as_the_same_rate(exchange: ExchangeRate) -> None:
    assert ExchangeRate.parse(str(exchange)) == exchange


@pytest.mark.parametrize("text", ["1", "100", "0.0242", "0.000000000001", "41.5"])
def test_an_exchange_rate_is_written_without_needless_zeros(text: str) -> None:
    assert str(ExchangeRate.parse(text)) == text

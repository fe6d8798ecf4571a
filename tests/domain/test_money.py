"""Money: what is an amount of a currency, how it is read, written and added (R11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import DECIMALS, BadAmount, Money, UnknownCurrency, decimals_of, parse_money
from tests.domain.builders import INT64_MAX, many

GOOD = [
    ("1", "USD", 100),
    ("0.01", "USD", 1),
    ("1.5", "USD", 150),
    ("1.50", "USD", 150),
    ("100.00", "USD", 10_000),
    ("007.50", "EUR", 750),
    ("0.10", "RUB", 10),
    ("000000000000000001", "USD", 100),
    ("9999999999999.99", "USD", 10**15 - 1),
    ("1", "JPY", 1),
    ("999999999999999", "JPY", 10**15 - 1),
    ("1", "KWD", 1_000),
    ("0.001", "KWD", 1),
    ("1.23", "KWD", 1_230),
    ("999999999999.999", "KWD", 10**15 - 1),
    ("0.0001", "CLF", 1),
]


@pytest.mark.parametrize(("text", "currency", "minor"), GOOD)
def test_an_amount_is_read_into_minor_units(text: str, currency: str, minor: int) -> None:
    assert parse_money(text, currency) == Money(minor, currency)


BAD_FORMAT = [
    "",
    " ",
    ".",
    "5.",
    ".5",
    " 5",
    "5 ",
    "5\n",
    "\t5",
    "1 000",
    "1\u00a0000",
    "1_000",
    "1,000",
    "1,00",
    "1.000,00",
    "1.2.3",
    "+1",
    "-1",
    "--1",
    "-0.01",
    "1e3",
    "1E3",
    "1e-2",
    "0x10",
    "NaN",
    "nan",
    "sNaN",
    "Infinity",
    "inf",
    "１２",
    "１２.00",
    "١٢٣",
    "१२",
    "²",
    "½",
    "1٫5",
    "$5",
    "5USD",
    "5\0",
    "1" * 19,
    "9" * 5_000,
    "0." + "0" * 13 + "1",
]


@pytest.mark.parametrize("text", BAD_FORMAT)
def test_what_is_no_plain_number_is_no_amount(text: str) -> None:
    for currency in ("USD", "JPY", "KWD"):
        with pytest.raises(BadAmount) as caught:
            parse_money(text, currency)
        assert caught.value.facts["problem"] == "format"


@pytest.mark.parametrize(
    ("text", "currency", "problem"),
    [
        ("0", "USD", "zero"),
        ("0.00", "USD", "zero"),
        ("000", "JPY", "zero"),
        ("0.000", "KWD", "zero"),
        ("0.001", "USD", "decimals"),
        ("0.005", "USD", "decimals"),
        ("1.000", "USD", "decimals"),
        ("1.0", "JPY", "decimals"),
        ("0.5", "JPY", "decimals"),
        ("1.0001", "KWD", "decimals"),
        ("10000000000000", "USD", "too_large"),
        ("10000000000000.00", "USD", "too_large"),
        ("1000000000000000", "JPY", "too_large"),
        ("1000000000000", "KWD", "too_large"),
        ("999999999999999999", "JPY", "too_large"),
    ],
)
def test_an_amount_that_the_currency_cannot_be_is_refused(
    text: str, currency: str, problem: str
) -> None:
    with pytest.raises(BadAmount) as caught:
        parse_money(text, currency)

    assert caught.value.facts == {
        "text": text,
        "currency": currency,
        "decimals": decimals_of(currency),
        "problem": problem,
    }


@pytest.mark.parametrize("code", ["", "usd", "US", "USDT", "BTC", "DEM", "XXX", "ＵＳＤ", " USD"])
def test_only_current_codes_of_iso_4217_are_currencies(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        decimals_of(code)
    with pytest.raises(UnknownCurrency):
        parse_money("1", code)


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [("USD", 2), ("EUR", 2), ("UAH", 2), ("RUB", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)],
)
def test_a_currency_has_the_decimals_of_iso_4217(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals


def test_every_currency_is_three_capitals() -> None:
    assert len(DECIMALS) > 150
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in DECIMALS)


@given(st.integers(1, 10**15 - 1), st.sampled_from(sorted(DECIMALS)))
@many
def test_the_text_of_an_amount_reads_back_as_the_same_amount(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert parse_money(str(money), currency) == money


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(5, "USD"), "0.05"),
        (Money(-5, "USD"), "-0.05"),
        (Money(0, "USD"), "0.00"),
        (Money(123456, "USD"), "1234.56"),
        (Money(-7, "JPY"), "-7"),
        (Money(0, "JPY"), "0"),
        (Money(5, "KWD"), "0.005"),
        (Money(INT64_MAX, "USD"), "92233720368547758.07"),
    ],
)
def test_an_amount_is_written_with_all_decimals_of_its_currency(money: Money, text: str) -> None:
    assert str(money) == text


def test_amounts_of_one_currency_add_up() -> None:
    assert Money(150, "USD") + Money(-50, "USD") == Money(100, "USD")
    assert Money(150, "USD") - Money(50, "USD") == Money(100, "USD")
    assert -Money(150, "USD") == Money(-150, "USD")


def test_amounts_of_two_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") - Money(1, "EUR")

"""Shares of money: the only place where an amount is rounded, half up (R11)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import (
    SAME_CURRENCY,
    BadAmount,
    ExchangeRate,
    Rate,
    convert,
    parse_money,
    round_half_up,
)
from tests.domain.builders import INT64_MAX, any_exchange, many
from tests.domain.invariants import exact_share, half_up


@pytest.mark.parametrize(
    ("text", "bps"),
    [
        ("0%", 0),
        ("0.01%", 1),
        ("5%", 500),
        ("12.5%", 1_250),
        ("12.50%", 1_250),
        ("33.33%", 3_333),
        ("007%", 700),
        ("99.99%", 9_999),
        ("100%", 10_000),
        ("100.00%", 10_000),
    ],
)
def test_a_share_is_read_in_hundredths_of_a_percent(text: str, bps: int) -> None:
    assert Rate.parse(text) == Rate(bps)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("100.01%", "too_large"),
        ("101%", "too_large"),
        ("999.99%", "too_large"),
        ("1000%", "format"),
        ("", "format"),
        ("%", "format"),
        ("10", "format"),
        ("0.1", "format"),
        ("10 %", "format"),
        (" 10%", "format"),
        ("10%\n", "format"),
        ("-1%", "format"),
        ("+1%", "format"),
        ("1.%", "format"),
        (".5%", "format"),
        ("1.255%", "format"),
        ("1,5%", "format"),
        ("1e1%", "format"),
        ("１０%", "format"),
        ("10％", "format"),
        ("10%%", "format"),
        ("nan%", "format"),
    ],
)
def test_what_is_no_share_from_0_to_100_percent_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadAmount) as caught:
        Rate.parse(text)

    assert caught.value.facts["problem"] == problem


@pytest.mark.parametrize(
    ("bps", "text"),
    [(0, "0%"), (1, "0.01%"), (10, "0.1%"), (1_000, "10%"), (1_250, "12.5%"), (10_000, "100%")],
)
def test_a_share_is_written_without_needless_zeros(bps: int, text: str) -> None:
    assert str(Rate(bps)) == text


@given(st.integers(0, 10_000))
@many
def test_the_text_of_a_share_reads_back_as_the_same_share(bps: int) -> None:
    assert Rate.parse(str(Rate(bps))) == Rate(bps)


@pytest.mark.parametrize(
    ("exact_minor_kwd", "usd", "jpy", "kwd"),
    [
        (5, 1, 0, 5),  # 0.005
        (15, 2, 0, 15),  # 0.015
        (1_005, 101, 1, 1_005),  # 1.005
        (2_675, 268, 3, 2_675),  # 2.675
        (4, 0, 0, 4),
        (499, 50, 0, 499),
        (500, 50, 1, 500),
        (1_500, 150, 2, 1_500),
        (2_500, 250, 3, 2_500),
    ],
)
def test_halves_round_up_at_two_no_and_three_decimals(
    exact_minor_kwd: int, usd: int, jpy: int, kwd: int
) -> None:
    targets = ("USD", "JPY", "KWD")

    assert [convert(exact_minor_kwd, "KWD", t, SAME_CURRENCY) for t in targets] == [usd, jpy, kwd]


@pytest.mark.parametrize(
    ("minor", "share", "earned"),
    [
        (1, "10%", 0),
        (1, "33.33%", 0),
        (1, "49.99%", 0),
        (1, "50%", 1),
        (1, "100%", 1),
        (5, "10%", 1),
        (4, "10%", 0),
        (15, "10%", 2),
        (14, "10%", 1),
        (10_000, "33.33%", 3_333),
        (3, "33.33%", 1),
        (INT64_MAX, "100%", INT64_MAX),
        (INT64_MAX, "10%", 922_337_203_685_477_581),
        (INT64_MAX, "0.01%", 922_337_203_685_478),
        (INT64_MAX, "0%", 0),
    ],
)
def test_a_share_is_rounded_half_up_to_the_minor_unit(minor: int, share: str, earned: int) -> None:
    assert Rate.parse(share).of(minor, "USD", "USD", SAME_CURRENCY) == earned


@pytest.mark.parametrize(
    ("amount", "exchange", "share", "earned"),
    [
        # round(amount x exchange_rate x rate) once: 4100.00 UAH x 0.0242 x 20 % = 19.844 USD
        ("4100.00", "0.0242", "20%", 1984),
        # rounding 0.1 UAH x 0.05 = 0.005 USD first would give 0.01 x 50 % = 0.01
        ("0.10", "0.05", "50%", 0),
        ("0.10", "0.05", "100%", 1),
        ("1.00", "0.005", "100%", 1),
        ("1.00", "0.004999999999", "100%", 0),
        ("9999999999999.99", "0.000000000001", "100%", 1000),
        ("100.00", "41.123456789012", "12.5%", 51404),
    ],
)
def test_a_converted_share_is_rounded_once_on_the_exact_product(
    amount: str, exchange: str, share: str, earned: int
) -> None:
    minor = parse_money(amount, "UAH").minor

    assert Rate.parse(share).of(minor, "UAH", "USD", ExchangeRate.parse(exchange)) == earned


def test_the_decimals_of_both_currencies_are_minded() -> None:
    rate = ExchangeRate.parse("150")

    assert Rate.parse("10%").of(10_000, "USD", "JPY", rate) == 1_500
    assert Rate.parse("10%").of(1_500, "JPY", "USD", ExchangeRate.parse("0.01")) == 150
    assert Rate.parse("10%").of(10_000, "USD", "KWD", ExchangeRate.parse("0.3075")) == 3_075


any_currency = st.sampled_from(["USD", "JPY", "KWD", "CLF", "UAH"])
any_rate = st.integers(0, 10_000).map(Rate)


@given(st.integers(-INT64_MAX - 1, INT64_MAX), any_currency, any_currency, any_exchange, any_rate)
@many
def test_a_share_equals_exact_fractions_rounded_half_up(
    minor: int, source: str, target: str, exchange: ExchangeRate, rate: Rate
) -> None:
    exact = exact_share(
        minor, source, target, Fraction(exchange.scaled, 10**12), Fraction(rate.bps, 10_000)
    )

    assert rate.of(minor, source, target, exchange) == half_up(exact)
    assert abs(rate.of(minor, source, target, exchange) - exact) <= Fraction(1, 2)


@given(st.integers(0, 10**15), st.integers(0, 10**6), any_exchange, any_rate)
@many
def test_a_larger_payment_never_earns_less(
    minor: int, more: int, exchange: ExchangeRate, rate: Rate
) -> None:
    smaller, larger = (rate.of(m, "UAH", "USD", exchange) for m in (minor, minor + more))

    assert smaller <= larger


@given(st.integers(0, 10**15), any_rate)
@many
def test_a_share_in_the_own_currency_is_between_nothing_and_all(minor: int, rate: Rate) -> None:
    assert 0 <= rate.of(minor, "USD", "USD", SAME_CURRENCY) <= minor


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (3, 2, 2), (5, 2, 3), (1, 3, 0), (2, 3, 1), (-1, 2, -1), (-5, 2, -3), (-1, 3, 0)],
)
def test_halves_round_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_up(numerator, denominator) == rounded

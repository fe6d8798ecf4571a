"""Money: what is an amount, and the only places that round (R11, R12, R13)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import (
    DECIMALS,
    SAME_CURRENCY,
    BadAmount,
    ExchangeRate,
    Money,
    Rate,
    UnknownCurrency,
    convert,
    decimals_of,
    parse_money,
    round_half_up,
    split_in_proportion,
)
from tests.domain.builders import many
from tests.domain.invariants import exact_share, half_up

INT64_MAX = 2**63 - 1

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


# Shares


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
any_exchange = st.integers(1, 10**24 - 1).map(ExchangeRate)
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


# Exchange rates


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


# Sharing


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        (1, [1, 1, 1], [1, 0, 0]),
        (0, [3, 5], [0, 0]),
        (5, [0, 1], [0, 5]),
        (7, [4], [7]),
        (10, [1, 2], [3, 7]),
        (3, [1, 1], [2, 1]),
        (50, [3333, 3333, 3334], [17, 16, 17]),
        (INT64_MAX, [1, 1], [2**62, 2**62 - 1]),
    ],
)
def test_the_odd_units_go_to_the_largest_remainders_then_to_the_earlier(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert split_in_proportion(total, weights) == parts


weighted = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**12), weighted)
@many
def test_the_parts_add_up_and_each_is_within_one_of_its_exact_share(
    total: int, weights: list[int]
) -> None:
    parts = split_in_proportion(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(0, 10**9), weighted)
@many
def test_no_part_is_rounded_up_before_a_larger_or_equal_earlier_remainder(
    total: int, weights: list[int]
) -> None:
    parts = split_in_proportion(total, weights)

    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    remainders = [share - share.__floor__() for share in exact]
    places = range(len(parts))
    up = [i for i in places if parts[i] > exact[i].__floor__()]
    down = [i for i in places if i not in up]
    assert all((-remainders[i], i) < (-remainders[j], j) for i in up for j in down)


@given(st.data(), weighted)
@many
def test_no_part_of_a_refund_is_more_than_its_line(
    data: st.DataObject, weights: list[int]
) -> None:
    total = data.draw(st.integers(0, sum(weights)))

    parts = split_in_proportion(total, weights)

    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))

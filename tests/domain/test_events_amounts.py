"""Amounts, currencies, exchange rates and lines of the events that billing sends."""

import pytest

from domain.events.types import PaymentRefunded, PaymentSucceeded
from domain.money import ExchangeRate
from tests.domain.event_bodies import LEAST, PAYMENT, REFUND, problems, read

# Amounts


@pytest.mark.parametrize(
    "amount",
    [
        100,
        100.0,
        True,
        float("nan"),
        float("inf"),
        "NaN",
        "Infinity",
        "-1.00",
        "+1.00",
        "0",
        "0.00",
        "1_000",
        "１２",
        "١٢٣",
        " 5",
        "5.",
        ".5",
        "1,00",
        "1e3",
        "9" * 400,
        ["1"],
        {"value": "1"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", ["payment.succeeded", "payment.refunded"])
def test_money_is_a_plain_string_above_zero(kind: str, amount: object) -> None:
    assert problems(kind, LEAST[kind] | {"amount": amount}).keys() == {"data.amount"}


@pytest.mark.parametrize(
    ("amount", "currency", "part"),
    [
        ("0.001", "USD", "more decimals than USD has (2)"),
        ("1.0", "JPY", "more decimals than JPY has (0)"),
        ("1.0001", "KWD", "more decimals than KWD has (3)"),
        ("10000000000000.00", "USD", "below 10^15"),
        ("1000000000000000", "JPY", "below 10^15"),
    ],
)
def test_an_amount_fits_its_currency(amount: str, currency: str, part: str) -> None:
    data = PAYMENT | {"amount": amount, "currency": currency}

    assert part in problems("payment.succeeded", data)["data.amount"]


@pytest.mark.parametrize("amount", ["0.0001", "999999999999999", "30", "30.0", "030.00"])
def test_a_refund_is_read_before_its_currency_is_known(amount: str) -> None:
    event = read("payment.refunded", REFUND | {"amount": amount})

    assert isinstance(event, PaymentRefunded)
    assert event.amount == amount


@pytest.mark.parametrize("amount", ["0.00001", "1000000000000000", "0.0000"])
def test_a_refund_that_fits_no_currency_is_refused(amount: str) -> None:
    assert problems("payment.refunded", REFUND | {"amount": amount}).keys() == {"data.amount"}


@pytest.mark.parametrize("currency", ["usd", "US", "USDT", "BTC", "DEM", "", 840, None, ["USD"]])
def test_a_currency_is_a_current_code_in_capitals(currency: object) -> None:
    assert problems("payment.succeeded", PAYMENT | {"currency": currency}).keys() == {
        "data.currency"
    }


@pytest.mark.parametrize(
    "rate",
    [1, 0.5, True, "0", "0.000000000000", "-1", "1e-3", "NaN", "0.0000000000001", "1,5", "", [1]],
    ids=repr,
)
def test_an_exchange_rate_is_a_string_above_zero(rate: object) -> None:
    assert problems("payment.succeeded", PAYMENT | {"exchange_rate": rate}).keys() == {
        "data.exchange_rate"
    }


def test_an_exchange_rate_has_up_to_twelve_decimals() -> None:
    event = read("payment.succeeded", PAYMENT | {"exchange_rate": "0.000000000001"})

    assert isinstance(event, PaymentSucceeded)
    assert event.exchange == ExchangeRate(1)


# Lines


def line(category: object, amount: object) -> dict[str, object]:
    return {"category": category, "amount": amount}


@pytest.mark.parametrize("kind", ["payment.succeeded", "payment.refunded"])
@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ([], {"data.lines"}),
        ({}, {"data.lines"}),
        ("vps", {"data.lines"}),
        ([5], {"data.lines"}),
        ([line("vps", "30.00"), None], {"data.lines"}),
        ([line("vps", "15.00"), line("vps", "15.00")], {"data.lines"}),
        ([line("vps", "15.00"), line("mail", "14.99")], {"data.lines"}),
        ([line("vps", "15.00"), line("mail", "15.01")], {"data.lines"}),
        ([line("vps", "30.00"), line("mail", "0.00")], {"data.lines[1].amount"}),
        ([line("vps", "-1.00"), line("mail", "31.00")], {"data.lines[0].amount"}),
        ([line("vps", 30.0)], {"data.lines[0].amount"}),
        ([line(None, "30.00")], {"data.lines[0].category"}),
        ([{}], {"data.lines[0].category", "data.lines[0].amount"}),
        (
            [line("", "10.00"), line("", "20.00")],
            {"data.lines[0].category", "data.lines[1].category"},
        ),
        ([line("a", "15.00"), line("a ", "15.00")], {"data.lines[1].category"}),
    ],
)
def test_lines_name_each_category_once_and_add_up(
    kind: str, lines: object, fields: set[str]
) -> None:
    assert problems(kind, LEAST[kind] | {"amount": "30.00", "lines": lines}).keys() == fields


def test_a_wrong_amount_does_not_blame_the_lines() -> None:
    lines = [line("vps", "15.00"), line("mail", "15.00")]

    for kind in ("payment.succeeded", "payment.refunded"):
        data = LEAST[kind] | {"amount": "thirty", "lines": lines}
        assert problems(kind, data).keys() == {"data.amount"}


def test_lines_add_up_however_they_are_written() -> None:
    refund = REFUND | {"amount": "30", "lines": [line("a", "29.9000"), line("b", "0.1")]}
    payment = PAYMENT | {"amount": "30", "lines": [line("a", "29.9"), line("b", "0.10")]}

    assert read("payment.refunded", refund)
    assert read("payment.succeeded", payment)


def test_a_payment_has_a_category_or_lines() -> None:
    data = PAYMENT | {"category": "vps", "lines": [line("vps", "100.00")]}

    assert problems("payment.succeeded", data).keys() == {"data.category"}

"""What billing may send: every type, and every wrong field named at once with its path."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities.payment import RefundKind
from domain.entities.service import ServiceState
from domain.events.fields import EARLIEST, MalformedEvent, read_instant
from domain.events.read import EVENT_TYPES, LEGAL_FORMS, read_event
from domain.events.types import (
    AccountCreated,
    ClickRecorded,
    ClientDeleted,
    ClientRegistered,
    Event,
    PaymentLine,
    PaymentRefunded,
    PaymentSucceeded,
    RefundLine,
    ServiceChanged,
)
from domain.intake.json_text import canonical
from domain.money import ExchangeRate
from tests.domain.builders import instant, many

NOW = instant("2026-11-21 12:00")
AT = "2026-11-21T10:00:00Z"
TEN = instant("2026-11-21 10:00")

CLICK = {"click_id": "c1", "code": "LeoCode", "clicked_at": AT}
CLIENT = {"client_id": "42", "name": "Ann", "registered_at": AT}
ACCOUNT = {"client_id": "42", "account_id": "a1", "name": "Shop", "created_at": AT}
DELETED = {"client_id": "42", "deleted_at": AT}
PAYMENT = {
    "payment_id": "p1",
    "client_id": "42",
    "amount": "100.00",
    "currency": "USD",
    "paid_at": AT,
}
REFUND = {"refund_id": "r1", "payment_id": "p1", "amount": "30.00", "refunded_at": AT}
SERVICE: dict[str, object] = {
    "service_id": "s1",
    "client_id": "42",
    "account_id": "acc-1",
    "category": "shared_hosting",
    "name": "Hosting plan",
    "at": "2026-11-21T10:00:00Z",
}
INVOICE: dict[str, object] = {
    "invoice_id": "i1",
    "number": "2026-1",
    "client_id": "42",
    "amount": "100.00",
    "currency": "USD",
    "issued_at": "2026-11-21T10:00:00Z",
}
LEAST: dict[str, dict[str, object]] = {
    "click.recorded": CLICK,
    "client.registered": CLIENT,
    "account.created": ACCOUNT,
    "client.deleted": DELETED,
    "payment.succeeded": PAYMENT,
    "payment.refunded": REFUND,
    "service.activated": SERVICE,
    "service.suspended": SERVICE,
    "service.cancelled": SERVICE,
    "invoice.issued": INVOICE,
    "invoice.updated": {"invoice_id": "i1", "issued_at": AT},
    "client.updated": {"client_id": "42"},
    "order.created": {
        "order_id": "o1",
        "client_id": "42",
        "kind": "domain",
        "name": "Domain",
        "status": "pending",
        "amount": "9.00",
        "currency": "USD",
        "at": AT,
    },
    "order.updated": {"order_id": "o1", "at": AT},
}


def read(kind: str, data: Mapping[str, object], now: datetime | None = NOW) -> Event:
    return read_event(kind, data, now=now)


def problems(kind: str, data: Mapping[str, object]) -> dict[str, str]:
    """Return the message by field; a field is never named twice."""
    with pytest.raises(MalformedEvent) as caught:
        read(kind, data)
    named = [problem.field for problem in caught.value.problems]
    assert len(named) == len(set(named)), named
    return {problem.field: problem.message for problem in caught.value.problems}


def test_every_type_is_tested_here() -> None:
    assert set(LEAST) == set(EVENT_TYPES)


# Good events


def test_a_service_with_its_price() -> None:
    data = SERVICE | {"renews_at": "2027-11-21T10:00:00Z", "price": "60.00", "currency": "EUR"}
    assert read("service.suspended", data) == ServiceChanged(
        service_id="s1",
        client_id="42",
        account_id="acc-1",
        category="shared_hosting",
        name="Hosting plan",
        state=ServiceState.SUSPENDED,
        changed_at=TEN,
        renews_at=TEN.replace(year=2027),
        price_minor=6_000,
        currency="EUR",
    )


def test_price_and_currency_of_a_service_come_together() -> None:
    assert set(problems("service.activated", SERVICE | {"price": "1.00"})) == {"data.price"}
    assert set(problems("service.activated", SERVICE | {"currency": "EUR"})) == {"data.currency"}


def test_a_click() -> None:
    assert read("click.recorded", CLICK) == ClickRecorded(
        click_id="c1", code="leocode", clicked_at=TEN
    )
    assert read("click.recorded", CLICK | {"visitor_id": "v 1"}) == ClickRecorded(
        click_id="c1", code="leocode", clicked_at=TEN, visitor_id="v 1"
    )


def test_a_registration_with_everything() -> None:
    data = CLIENT | {
        "click_id": "c1",
        "visitor_id": "v1",
        "referral_code": "LeoCode",
        "telegram_id": 5_000_000_000,
        "email": "ann@shop.example",
        "phone": "+380501112233",
        "legal_form": "sole_proprietor",
        "tax_id": "7707083893",
        "platform": "web",
        "department": "sales",
        "owner_account_id": "acc-9",
        "account": {"account_id": "acc-10", "name": "Ann's shop"},
        "program": "saas-tiers",
    }

    assert read("client.registered", data) == ClientRegistered(
        client_id="42",
        name="Ann",
        registered_at=TEN,
        click_id="c1",
        visitor_id="v1",
        referral_code="leocode",
        telegram_id=5_000_000_000,
        email="ann@shop.example",
        phone="+380501112233",
        legal_form="sole_proprietor",
        tax_id="7707083893",
        platform="web",
        department="sales",
        owner_account_id="acc-9",
        account_id="acc-10",
        account_name="Ann's shop",
        program="saas-tiers",
    )


def test_a_registration_with_nothing_but_the_client() -> None:
    assert read("client.registered", CLIENT) == ClientRegistered(
        client_id="42", name="Ann", registered_at=TEN
    )


def test_an_account() -> None:
    assert read("account.created", ACCOUNT) == AccountCreated(
        client_id="42", account_id="a1", name="Shop", created_at=TEN
    )


def test_a_deletion() -> None:
    assert read("client.deleted", DELETED) == ClientDeleted(client_id="42", deleted_at=TEN)


def test_a_payment_is_one_line_without_category_where_nothing_is_said() -> None:
    assert read("payment.succeeded", PAYMENT) == PaymentSucceeded(
        payment_id="p1",
        client_id="42",
        minor=10_000,
        currency="USD",
        paid_at=TEN,
        lines=(PaymentLine(category=None, minor=10_000),),
        has_lines=False,
        settlement="direct",
    )


def test_a_payment_with_everything() -> None:
    data = PAYMENT | {
        "account_id": "a1",
        "category": "vps",
        "settlement": "via_partner",
        "exchange_rate": "0.0242",
        "currency": "UAH",
        "invoice_id": "i1",
        "program": "saas-tiers",
    }

    assert read("payment.succeeded", data) == PaymentSucceeded(
        payment_id="p1",
        client_id="42",
        minor=10_000,
        currency="UAH",
        paid_at=TEN,
        lines=(PaymentLine(category="vps", minor=10_000),),
        has_lines=False,
        settlement="via_partner",
        account_id="a1",
        exchange=ExchangeRate(24_200_000_000),
        invoice_id="i1",
        program="saas-tiers",
    )


def test_a_payment_with_lines() -> None:
    data = PAYMENT | {
        "lines": [{"category": "vps", "amount": "70.00"}, {"category": "mail", "amount": "30.00"}]
    }

    event = read("payment.succeeded", data)

    assert isinstance(event, PaymentSucceeded)
    assert event.has_lines
    assert event.lines == (
        PaymentLine(category="vps", minor=7_000),
        PaymentLine(category="mail", minor=3_000),
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, RefundKind.REFUND),
        ("refund", RefundKind.REFUND),
        ("chargeback", RefundKind.CHARGEBACK),
        ("chargeback_won", RefundKind.CHARGEBACK_WON),
    ],
)
def test_a_refund(kind: str | None, expected: RefundKind) -> None:
    assert read("payment.refunded", REFUND | {"kind": kind}) == PaymentRefunded(
        refund_id="r1", payment_id="p1", amount="30.00", refunded_at=TEN, kind=expected
    )


def test_a_refund_with_lines() -> None:
    data = REFUND | {
        "lines": [{"category": "vps", "amount": "29.5"}, {"category": "mail", "amount": "0.50"}]
    }

    event = read("payment.refunded", data)

    assert isinstance(event, PaymentRefunded)
    assert event.lines == (
        RefundLine(category="vps", amount="29.5"),
        RefundLine(category="mail", amount="0.50"),
    )


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_an_event_knows_its_own_time_and_what_it_is_about(kind: str) -> None:
    event = read(kind, LEAST[kind])

    # What has no time of its own is older than everything else in its batch.
    assert event.at == (EARLIEST if kind == "client.updated" else TEN)
    assert (
        event.fact
        == {
            "click.recorded": "click:c1",
            "client.registered": "client:42",
            "account.created": "account:a1",
            "client.deleted": "client_deleted:42",
            "payment.succeeded": "payment:p1",
            "payment.refunded": "refund:r1",
            "service.activated": "service:s1:active:2026-11-21T10:00:00Z",
            "service.suspended": "service:s1:suspended:2026-11-21T10:00:00Z",
            "service.cancelled": "service:s1:cancelled:2026-11-21T10:00:00Z",
            "invoice.issued": "invoice:i1",
            "invoice.updated": "invoice_updated:i1:jpprq73y",
            "client.updated": "client_updated:42:",
            "order.created": "order:o1",
            "order.updated": "order_updated:o1:2026-11-21T10:00:00Z:43dsrc7j",
        }[kind]
    )


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_null_is_as_good_as_absent(kind: str) -> None:
    optional = {
        "click.recorded": ["visitor_id"],
        "client.registered": ["click_id", "telegram_id", "email", "account", "legal_form"],
        "payment.succeeded": ["category", "lines", "settlement", "exchange_rate", "program"],
        "payment.refunded": ["lines", "kind"],
        "client.updated": ["email", "legal_form"],
        "order.updated": ["client_id", "amount", "currency"],
    }
    nulls = dict.fromkeys(optional.get(kind, []))

    assert read(kind, LEAST[kind] | nulls) == read(kind, LEAST[kind])


# Wrong events


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_an_empty_object_misses_every_required_field(kind: str) -> None:
    assert problems(kind, {}) == {f"data.{name}": "is required" for name in LEAST[kind]}


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("wrong", [5, True, 1.5, [], {}, ["x"]], ids=repr)
def test_every_field_of_a_wrong_json_type_is_named_at_once(kind: str, wrong: object) -> None:
    assert problems(kind, dict.fromkeys(LEAST[kind], wrong)).keys() == {
        f"data.{name}" for name in LEAST[kind]
    }


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("wrong", ["", "   ", "\0", "\ud800", "a\0b"], ids=repr)
def test_every_empty_or_unstorable_text_is_named_at_once(kind: str, wrong: str) -> None:
    assert problems(kind, dict.fromkeys(LEAST[kind], wrong)).keys() == {
        f"data.{name}" for name in LEAST[kind]
    }


def test_all_that_is_wrong_with_a_registration_is_told_at_once() -> None:
    data = {
        "client_id": "x" * 129,
        "name": "n" * 201,
        "registered_at": "2026-11-21 10:00",
        "click_id": "t" * 4_097,
        "visitor_id": "v\n1",
        "referral_code": " leo",
        "telegram_id": "5",
        "email": 7,
        "phone": "1" * 201,
        "legal_form": "company",
        "tax_id": "1\t2",
        "platform": "",
        "department": "d\0",
        "owner_account_id": [],
        "account": {"account_id": "", "name": 5},
        "program": {},
    }

    assert problems("client.registered", data) == {
        "data.client_id": "must have at most 128 characters, this has 129",
        "data.name": "must have at most 200 characters, this has 201",
        "data.registered_at": "must be RFC 3339 with an offset, such as 2026-11-21T10:00:00Z",
        "data.click_id": "must have at most 4096 characters, this has 4097",
        "data.visitor_id": "must be printable characters without spaces around them",
        "data.referral_code": "must be printable characters without spaces around them",
        "data.telegram_id": "must be a Telegram user id, a whole number above zero",
        "data.email": "must be a string",
        "data.phone": "must have at most 200 characters, this has 201",
        "data.legal_form": f"must be one of {', '.join(LEGAL_FORMS)}",
        "data.tax_id": "must be printable characters without spaces around them",
        "data.platform": "must not be empty",
        "data.department": "must not contain NUL",
        "data.owner_account_id": "must be a string",
        "data.account.account_id": "must not be empty",
        "data.account.name": "must be a string",
        "data.program": "must be a string",
    }


def test_all_that_is_wrong_with_a_payment_is_told_at_once() -> None:
    data = {
        "payment_id": "",
        "client_id": None,
        "amount": "1e3",
        "currency": "USD",
        "paid_at": "yesterday",
        "account_id": "\x7f",
        "category": 5,
        "settlement": "cash",
        "exchange_rate": "0",
        "invoice_id": False,
        "program": "\u200b",
        "lines": [{"category": "vps", "amount": "0.001"}, {"amount": 5}, {"category": "vps"}],
    }

    assert problems("payment.succeeded", data).keys() == {
        "data.payment_id",
        "data.client_id",
        "data.amount",
        "data.paid_at",
        "data.account_id",
        "data.category",
        "data.settlement",
        "data.exchange_rate",
        "data.invoice_id",
        "data.program",
        "data.lines",
        "data.lines[0].amount",
        "data.lines[1].category",
        "data.lines[1].amount",
        "data.lines[2].amount",
    }


def test_a_wrong_currency_does_not_hide_a_wrong_amount() -> None:
    data = PAYMENT | {"currency": "usd", "amount": "ten"}

    assert problems("payment.succeeded", data).keys() == {"data.currency", "data.amount"}
    assert problems("payment.succeeded", PAYMENT | {"currency": "usd"}).keys() == {"data.currency"}


@pytest.mark.parametrize("missing", sorted(PAYMENT))
def test_one_missing_field_makes_one_problem(missing: str) -> None:
    lines = [{"category": "vps", "amount": "70.00"}, {"category": "mail", "amount": "30.00"}]
    data = {name: value for name, value in PAYMENT.items() if name != missing} | {"lines": lines}

    assert problems("payment.succeeded", data) == {f"data.{missing}": "is required"}


@pytest.mark.parametrize(
    "kind",
    ["", "payment", "payment.succeded", "PAYMENT.SUCCEEDED", " payment.succeeded", "x" * 999],
)
def test_an_unknown_type_is_told_with_those_that_are_known(kind: str) -> None:
    message = problems(kind, PAYMENT)["type"]

    assert all(known in message for known in EVENT_TYPES)


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


# Instants


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21t10:00:00z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21 10:00:00Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T04:30:00-05:30", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T23:00:00+13:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00-00:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00.5Z", "2026-11-21T10:00:00.500000+00:00"),
        ("2026-11-21T10:00:00.123456Z", "2026-11-21T10:00:00.123456+00:00"),
        ("2026-11-21T10:00:00.123456999Z", "2026-11-21T10:00:00.123456+00:00"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00+00:00"),
        ("2026-12-31T23:59:59.999999-01:00", "2027-01-01T00:59:59.999999+00:00"),
    ],
)
def test_an_instant_with_an_offset_is_read_in_utc(text: str, at: str) -> None:
    found = read_instant(text)

    assert found == datetime.fromisoformat(at)
    assert found is not None
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T10:00:00",
        "2026-11-21T10:00Z",
        "2026-11-21",
        "2026-11-21T10:00:00+0200",
        "2026-11-21T10:00:00+02",
        "2026-11-21T10:00:00 Z",
        "2026-11-21T10:00:00Z ",
        "2026-11-21T10:00:00Z\n",
        "2026-11-21T10:00:00,5Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T10:00:00.1234567890Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:60Z",
        "2026-11-21T10:00:00+24:00",
        "2026-11-21T10:00:00+02:60",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０２６-11-21T10:00:00Z",
        "20261121T100000Z",
        "2026-W47-6T10:00:00Z",
        "1795255200",
        "now",
        1795255200,
        None,
        True,
    ],
    ids=repr,
)
def test_what_is_no_instant_with_an_offset_is_refused(text: object) -> None:
    assert read_instant(text) is None
    if text is not None:
        assert problems("client.deleted", DELETED | {"deleted_at": text}).keys() == {
            "data.deleted_at"
        }


@pytest.mark.parametrize("kind", [kind for kind in EVENT_TYPES if AT in LEAST[kind].values()])
def test_five_minutes_ahead_are_believed_and_a_second_more_is_not(kind: str) -> None:
    name = next(name for name, value in LEAST[kind].items() if value == AT)

    assert read(kind, LEAST[kind] | {name: "2026-11-21T12:05:00Z"})
    assert read(kind, LEAST[kind] | {name: "2026-11-21T14:05:00+02:00"})
    ahead = problems(kind, LEAST[kind] | {name: "2026-11-21T12:05:01Z"})
    assert ahead == {f"data.{name}": "is more than 5 minutes in the future"}


def test_a_stored_event_is_read_as_it_was_accepted() -> None:
    late = DELETED | {"deleted_at": "2027-01-01T00:00:00Z"}

    assert read("client.deleted", late, now=None) == ClientDeleted(
        client_id="42", deleted_at=instant("2027-01-01")
    )


def test_old_instants_are_believed_but_not_those_before_1970() -> None:
    assert read("client.deleted", DELETED | {"deleted_at": "1970-01-01T00:00:00Z"})
    assert problems("client.deleted", DELETED | {"deleted_at": "0001-01-01T00:00:00Z"}) == {
        "data.deleted_at": "is before 1970"
    }


@given(
    st.datetimes(
        min_value=instant("1970-01-02").replace(tzinfo=None),
        max_value=instant("2026-11-20").replace(tzinfo=None),
    ),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from("Tt "),
)
@many
def test_one_instant_told_in_any_offset_is_one_instant(
    at: datetime, offset: int, letter: str
) -> None:
    local = (at + timedelta(minutes=offset)).isoformat(sep=letter, timespec="microseconds")
    sign, minutes = "-" if offset < 0 else "+", abs(offset)

    text = f"{local}{sign}{minutes // 60:02}:{minutes % 60:02}"

    assert read_instant(text) == at.replace(tzinfo=UTC)


# Texts and ids


@pytest.mark.parametrize(
    ("field", "most"),
    [("name", 200), ("email", 200), ("platform", 200), ("client_id", 128), ("visitor_id", 128)],
)
def test_texts_have_their_longest(field: str, most: int) -> None:
    assert read("client.registered", CLIENT | {field: "é" * most})
    for length in (most + 1, 4_000):
        told = problems("client.registered", CLIENT | {field: "é" * length})
        assert told == {f"data.{field}": f"must have at most {most} characters, this has {length}"}


def test_a_click_id_may_be_the_redirects_long_token() -> None:
    event = read("client.registered", CLIENT | {"click_id": "t" * 4_096})

    assert isinstance(event, ClientRegistered)
    assert event.click_id == "t" * 4_096


@pytest.mark.parametrize(
    "name", ["<b>Ann</b>", "Ганна 'Ann' \"A\"", "=1+1", "{0}", "a\nb", "😀" * 200, "Z̷͘a̸l̴g̵o̶"]
)
def test_a_name_is_kept_as_it_came(name: str) -> None:
    event = read("client.registered", CLIENT | {"name": name})

    assert isinstance(event, ClientRegistered)
    assert event.name == name


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_of_a_surrogate_pair_that_no_database_takes_is_refused(text: str) -> None:
    for field in ("name", "email", "client_id"):
        assert problems("client.registered", CLIENT | {field: text}).keys() == {f"data.{field}"}


@pytest.mark.parametrize(
    "client_id", [" 42", "42 ", "4\n2", "4\t2", "4\u200b2", "4\u202e2", "4\x7f2", "4\xa02", 42]
)
def test_an_id_is_printable_without_spaces_around_it(client_id: object) -> None:
    assert problems("client.deleted", DELETED | {"client_id": client_id}).keys() == {
        "data.client_id"
    }


@pytest.mark.parametrize("client_id", ["42", "bot-x", "a b", "№ 5/2", "id:1", "日本", "x" * 128])
def test_any_printable_id_is_taken(client_id: str) -> None:
    event = read("client.deleted", DELETED | {"client_id": client_id})

    assert isinstance(event, ClientDeleted)
    assert event.client_id == client_id


@pytest.mark.parametrize("telegram_id", [1, 5_000_000_000, 2**52 - 1])
def test_a_telegram_id_has_up_to_52_bits(telegram_id: int) -> None:
    event = read("client.registered", CLIENT | {"telegram_id": telegram_id})

    assert isinstance(event, ClientRegistered)
    assert event.telegram_id == telegram_id


@pytest.mark.parametrize(
    "telegram_id",
    [True, False, 0, -1, 2**52, 2**53, 10**30, 5.0, 5.5, float("nan"), "5", "", [], {}],
    ids=repr,
)
def test_what_is_no_telegram_id_is_refused(telegram_id: object) -> None:
    assert problems("client.registered", CLIENT | {"telegram_id": telegram_id}).keys() == {
        "data.telegram_id"
    }


@pytest.mark.parametrize("account", ["a1", 5, [], [{"account_id": "a1", "name": "x"}], True])
def test_an_account_is_an_object(account: object) -> None:
    assert problems("client.registered", CLIENT | {"account": account}) == {
        "data.account": "must be an object"
    }


def test_an_account_names_itself() -> None:
    assert problems("client.registered", CLIENT | {"account": {}}) == {
        "data.account.account_id": "is required",
        "data.account.name": "is required",
    }


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("client.registered", "legal_form"),
        ("payment.succeeded", "settlement"),
        ("payment.refunded", "kind"),
    ],
)
@pytest.mark.parametrize("word", ["", "x", "DIRECT", "refund ", 5, True, [], {}])
def test_a_word_is_one_of_those_allowed(kind: str, field: str, word: object) -> None:
    told = problems(kind, LEAST[kind] | {field: word})

    assert told.keys() == {f"data.{field}"}
    assert told[f"data.{field}"].startswith("must be one of ")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([AT, "100.00", "USD", "vps", "0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
field_names = sorted({name for data in LEAST.values() for name in data} | {"lines", "account"})


@given(
    st.sampled_from(EVENT_TYPES),
    st.dictionaries(st.sampled_from(field_names), json_values, max_size=6),
)
@settings(deadline=None, max_examples=250)
def test_any_object_is_read_or_refused_with_its_fields_named(
    kind: str, changes: dict[str, object]
) -> None:
    result = event_or_fields(kind, LEAST[kind] | changes)

    assert result
    if isinstance(result, list):
        wrong = {name.removeprefix("data.").partition("[")[0].partition(".")[0] for name in result}
        assert wrong <= changes.keys()
    else:
        assert instant("1970-01-01") <= result.at <= NOW + timedelta(minutes=5)


def event_or_fields(kind: str, data: Mapping[str, object]) -> Event | list[str]:
    try:
        return read(kind, data)
    except MalformedEvent as refusal:
        return [problem.field for problem in refusal.problems]


# Equal data is one text


def test_equal_data_has_one_text_whatever_the_order_of_its_keys() -> None:
    one = {"b": {"y": 1, "x": [1, {"d": 1, "c": 2}]}, "a": "ї"}
    other = {"a": "ї", "b": {"x": [1, {"c": 2, "d": 1}], "y": 1}}

    assert canonical(one) == canonical(other) == '{"a":"ї","b":{"x":[1,{"c":2,"d":1}],"y":1}}'
    assert canonical({"a": [1, 2]}) != canonical({"a": [2, 1]})
    assert canonical({"a": "1"}) != canonical({"a": 1})
    assert canonical({"a": None}) != canonical({})

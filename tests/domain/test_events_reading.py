"""What billing may send: every type, from the least to everything it may say."""

import pytest

from domain.entities.payment import RefundKind
from domain.entities.service import ServiceState
from domain.events.fields import EARLIEST
from domain.events.read import EVENT_TYPES
from domain.events.types import (
    AccountCreated,
    ClickRecorded,
    ClientDeleted,
    ClientRegistered,
    PaymentLine,
    PaymentRefunded,
    PaymentSucceeded,
    RefundLine,
    ServiceChanged,
)
from domain.intake.json_text import canonical
from domain.money import ExchangeRate
from tests.domain.event_bodies import (
    ACCOUNT,
    CLICK,
    CLIENT,
    DELETED,
    LEAST,
    PAYMENT,
    REFUND,
    SERVICE,
    TEN,
    problems,
    read,
)


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


# Equal data is one text


def test_equal_data_has_one_text_whatever_the_order_of_its_keys() -> None:
    one = {"b": {"y": 1, "x": [1, {"d": 1, "c": 2}]}, "a": "ї"}
    other = {"a": "ї", "b": {"x": [1, {"c": 2, "d": 1}], "y": 1}}

    assert canonical(one) == canonical(other) == '{"a":"ї","b":{"x":[1,{"c":2,"d":1}],"y":1}}'
    assert canonical({"a": [1, 2]}) != canonical({"a": [2, 1]})
    assert canonical({"a": "1"}) != canonical({"a": 1})
    assert canonical({"a": None}) != canonical({})

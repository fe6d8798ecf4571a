"""The least that billing may send of each type, and how the tests of events read it."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from domain.events.fields import MalformedEvent
from domain.events.read import read_event
from domain.events.types import Event
from tests.domain.builders import instant

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
    """Return the event as it is read now, or at another time."""
    return read_event(kind, data, now=now)


def problems(kind: str, data: Mapping[str, object]) -> dict[str, str]:
    """Return the message by field; a field is never named twice."""
    with pytest.raises(MalformedEvent) as caught:
        read(kind, data)
    named = [problem.field for problem in caught.value.problems]
    assert len(named) == len(set(named)), named
    return {problem.field: problem.message for problem in caught.value.problems}

"""Records with meaningful defaults, and a partner with all that its money needs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain.entities.client import Click, ClickSource, Client, Referral
from domain.entities.event import EventRecord, EventStatus
from domain.entities.notice import Notice
from domain.entities.partner import Enrolment, EnrolmentStatus, Link, Partner
from domain.entities.payment import Commission, CommissionState, Line, Payment, Refund, RefundKind
from domain.entities.payout import Payout, PayoutStatus
from domain.entities.people import Person
from domain.ledger.accounts import Account, AccountKind
from domain.money import ExchangeRate, Money, Rate
from domain.rights import MemberRole
from storage.work import SqlWork

NOW = datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)


def person(number: int, **but: object) -> Person:
    return Person(**{"id": number, "language": "en", "name": f"Person {number}"} | but)


def partner(number: int, **but: object) -> Partner:
    values = {
        "id": number,
        "name": f"Partner {number}",
        "vendor_account_id": None,
        "created_at": NOW,
    }
    return Partner(**values | but)


def enrolment(number: int, **but: object) -> Enrolment:
    values = {
        "id": number,
        "partner_id": number,
        "program": "tiered",
        "code": f"code{number}",
        "status": EnrolmentStatus.ACTIVE,
        "terms_version": 1,
        "joined_at": NOW,
    }
    return Enrolment(**values | but)


def client(number: int, **but: object) -> Client:
    values = {
        "id": number,
        "shown_id": f"client-{number}",
        "name": f"Client {number}",
        "registered_at": NOW,
    }
    return Client(**values | but)


def referral(number: int, **but: object) -> Referral:
    values = {
        "id": number,
        "client_id": number,
        "program": "tiered",
        "enrolment_id": 1,
        "reason": None,
        "code": "code1",
        "first_click_at": NOW - DAY,
        "registered_at": NOW,
        "earns_until": None,
    }
    return Referral(**values | but)


def click(number: int, **but: object) -> Click:
    values = {
        "id": number,
        "code": "code1",
        "enrolment_id": 1,
        "clicked_at": NOW,
        "source": ClickSource.RECORDED,
    }
    return Click(**values | but)


def payment(number: int, **but: object) -> Payment:
    values = {
        "id": number,
        "payment_id": f"payment-{number}",
        "client_id": 1,
        "program": "tiered",
        "enrolment_id": 1,
        "minor": 10_000,
        "currency": "EUR",
        "exchange": ExchangeRate.parse("1.0825"),
        "paid_at": NOW,
        "settlement": "direct",
        "account_id": None,
        "lines": (Line(category="домены", minor=4_000), Line(category=None, minor=6_000)),
        "has_lines": True,
        "recorded_at": NOW,
    }
    return Payment(**values | but)


def refund(number: int, **but: object) -> Refund:
    values = {
        "id": number,
        "refund_id": f"refund-{number}",
        "payment_id": 1,
        "minor": 100,
        "kind": RefundKind.REFUND,
        "refunded_at": NOW,
        "recorded_at": NOW,
    }
    return Refund(**values | but)


def commission(number: int, **but: object) -> Commission:
    values = {
        "id": number,
        "payment_id": 1,
        "line": number,
        "enrolment_id": 1,
        "client_id": 1,
        "minor": 500,
        "currency": "USD",
        "rate": Rate(1_250),
        "tier": "start",
        "category": None,
        "settlement": "direct",
        "terms_version": 1,
        "state": CommissionState.PAYABLE,
        "held_until": NOW,
        "created_at": NOW,
    }
    return Commission(**values | but)


def payout(number: int, **but: object) -> Payout:
    values = {
        "id": number,
        "enrolment_id": 1,
        "amount": Money(5_000, "USD"),
        "status": PayoutStatus.REQUESTED,
        "account": "DE02 1203 0000 0000 2020 51",
        "comment": "Спасибо!",
        "request_key": f"request-{number}",
        "requested_by": 101,
        "requested_at": NOW,
    }
    return Payout(**values | but)


def event(name: str, **but: object) -> EventRecord:
    values = {
        "id": name,
        "kind": "payment.succeeded",
        "data": "{}",
        "fact": f"payment:{name}",
        "at": NOW,
        "source": "billing",
        "received_at": NOW,
        "status": EventStatus.APPLIED,
    }
    return EventRecord(**values | but)


def notice(number: int, recipient: int = 101, **but: object) -> Notice:
    values = {
        "id": number,
        "recipient": recipient,
        "kind": "commission",
        "params": {"client": "Зоя <b>", "minor": 5},
        "created_at": NOW,
    }
    return Notice(**values | but)


async def add_partner(work: SqlWork, number: int, new_id: Callable[[], int]) -> Enrolment:
    """Keep a partner with one member, enrolment, link and ledger accounts; all ids the number."""
    enrolled = enrolment(number)
    await work.people.keep(person(100 + number), at=NOW)
    await work.partners.add(partner(number))
    await work.partners.add_member(number, 100 + number, MemberRole.ADMIN, NOW)
    await work.partners.add_enrolment(enrolled)
    await work.partners.add_link(Link(code=enrolled.code, enrolment_id=number), NOW)
    await work.ledger.open_accounts(
        [
            Account(id=new_id(), enrolment_id=number, kind=kind, currency="USD")
            for kind in AccountKind
        ]
    )
    return enrolled


async def add_client(work: SqlWork, number: int, **but: object) -> Client:
    """Keep a client known by its shown id."""
    new = client(number, **but)
    await work.clients.add([new])
    await work.clients.add_ids({new.shown_id: number})
    return new


async def add_payment(work: SqlWork, number: int = 1, **but: object) -> Payment:
    """Keep a payment."""
    new = payment(number, **but)
    await work.payments.add([new])
    return new

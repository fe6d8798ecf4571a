"""A pay-out of 100.00 USD, and the people and days around it."""

from dataclasses import replace

from domain.entities.payout import Payout, PayoutStatus
from domain.money import Money
from tests.domain.builders import cents, instant

AT = instant("2026-03-05 12:00")
DAY = AT.date()
MEMBER, OLGA, FEDIR = 100, 1, 2

PAYOUT = Payout(
    id=1,
    enrolment_id=1,
    amount=Money(10_000, "USD"),
    status=PayoutStatus.REQUESTED,
    account="UA21 3223",
    comment="please",
    request_key="k1",
    requested_by=MEMBER,
    requested_at=instant("2026-03-04"),
)


def usd(text: str) -> Money:
    """Build an amount of dollars."""
    return Money(cents(text), "USD")


def payout(status: PayoutStatus, **changes: object) -> Payout:
    """Build the pay-out in another status."""
    return replace(PAYOUT, status=status, **changes)

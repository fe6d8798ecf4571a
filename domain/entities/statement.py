"""The home of statements: what happened to a partner's money in one month."""

from dataclasses import dataclass
from datetime import datetime

from domain.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A month of one enrolment, minor units of one currency.

    ``closing = opening + accrued - clawed_back + adjusted - paid - converted``: the balance is
    what is held, payable and reserved (R17). A month holds what was booked in it, so that a month
    that is over never changes.

    Attributes:
        month: In the configured time zone.
        currency: The program's.
        opening: Balance when the month began.
        accrued: Earned, without what was retained.
        clawed_back: Taken back after refunds, less what was given back.
        adjusted: Entries by staff, signed.
        paid: Sent to the partner, less what the bank sent back.
        converted: Turned into service credit.
        retained: Kept by the partner from what clients paid it; beside the balance.
        closing: Balance when the month ended.
        registrations: Clients that registered in the month.
        payments: Payments that clients made in the month.
        is_over: The month has ended; otherwise these are its figures so far.
    """

    month: Month
    currency: str
    opening: int
    accrued: int
    clawed_back: int
    adjusted: int
    paid: int
    converted: int
    retained: int
    closing: int
    registrations: int
    payments: int
    is_over: bool = True

    @property
    def is_empty(self) -> bool:
        """Test if nothing happened and nothing is owed."""
        figures = (self.opening, self.accrued, self.clawed_back, self.adjusted, self.paid)
        others = (self.converted, self.retained, self.registrations, self.payments)
        return not any(figures) and not any(others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One change of the balance in a month.

    Attributes:
        booked_at: When it was written down.
        kind: Name of the business fact, such as ``commission_accrued``.
        minor: By how much the balance grew.
        client: Name of the client it is about, hostile text, or ``None``.
        payment_id: Billing's id of the payment it is about, or ``None``.
        payout_id: The pay-out it is about, or ``None``.
    """

    booked_at: datetime
    kind: str
    minor: int
    client: str | None = None
    payment_id: str | None = None
    payout_id: int | None = None

"""The home of pay-outs."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.entities.adjustment import AdjustmentPart
from domain.money import Money


class PayoutStatus(StrEnum):
    """Where a pay-out stands, inside; screens and the API say processing for the first two."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DONE = "done"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RETURNED = "returned"

    @property
    def shown(self) -> str:
        """The status that partners and the HTTP API see."""
        return "processing" if self in IN_PROGRESS else self.value


IN_PROGRESS = (PayoutStatus.REQUESTED, PayoutStatus.APPROVED)

REJECT_REASONS = ("details", "documents", "review", "other")
"""Coded reasons of a rejection; each comes with a text."""
RETURN_REASONS = ("account_wrong", "account_closed", "refused", "mistake", "other")
"""Coded reasons why money came back after Done; ``mistake``: it had never left."""


class PayoutMove(StrEnum):
    """What staff press on a card."""

    APPROVE = "approve"
    SETTLE = "settle"
    REJECT = "reject"
    REOPEN = "reopen"
    BRING_BACK = "bring_back"


MOVE_RIGHTS: Final = {
    PayoutMove.APPROVE: "payout.approve",
    PayoutMove.SETTLE: "payout.settle",
    PayoutMove.REJECT: "payout.reject",
    PayoutMove.REOPEN: "payout.reject",
    PayoutMove.BRING_BACK: "payout.settle",
}
"""The right that each move asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutPart:
    """How much of one commission a pay-out consumed (R19)."""

    commission_id: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What a pay-out or a conversion consumed, oldest first (R19, R20).

    Attributes:
        commissions: Commissions, with how much of each.
        adjustments: Adjustments, with how much of each.
    """

    commissions: tuple[PayoutPart, ...] = ()
    adjustments: tuple[AdjustmentPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """Money asked for by a partner: requested, approved, then done, or ended otherwise (R18).

    Attributes:
        id: Our id.
        enrolment_id: Whose balance it takes.
        amount: What was asked for, fixed.
        status: Where it stands.
        account: Where to pay, as typed; fixed in the request.
        comment: The partner's own words; may be empty.
        request_key: Makes a repeated confirmation the same request.
        requested_by: Telegram user id of the member.
        requested_at: When.
        approved_by: Staff member, or ``None``.
        settled_by: Staff member who pressed Done, rejected or returned it, or ``None``.
        settled_at: When that was written down, or ``None``.
        paid_on: The bank's date of a pay-out that was done, in the vendor's time zone.
        reason_code: One of ``REJECT_REASONS`` or ``RETURN_REASONS``, or ``None``.
        reason_text: The words of staff; may be empty.
    """

    id: int
    enrolment_id: int
    amount: Money
    status: PayoutStatus
    account: str
    comment: str
    request_key: str
    requested_by: int
    requested_at: datetime
    approved_by: int | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None
    paid_on: date | None = None
    reason_code: str | None = None
    reason_text: str = ""

"""The home of stories: how a sum came to be and what became of it, for whoever asks why."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.entities.conversion import Conversion
from domain.entities.payment import Commission, Payment, Refund
from domain.entities.payout import Payout, PayoutStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentRow:
    """One commission or adjustment that a pay-out or conversion consumed.

    Attributes:
        commission_id: The commission, or ``None``.
        adjustment_id: The adjustment, or ``None``.
        taken: Consumed of it.
        whole: What it was in all.
        currency: Of both.
        bonus: What a conversion added for it.
        client_name: Hostile text; ``None`` for an adjustment.
        reason: Of an adjustment, in the words of staff; ``None`` for a commission.
        at: When the client paid, or when it was adjusted.
    """

    commission_id: int | None = None
    adjustment_id: int | None = None
    taken: int
    whole: int
    currency: str
    bonus: int = 0
    client_name: str | None = None
    reason: str | None = None
    at: datetime

    def with_bonus(self, bonus: int) -> "SpentRow":
        """Return the row with the bonus that would be added for it."""
        return replace(self, bonus=bonus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """A pay-out or conversion that took a part of a commission.

    Attributes:
        id: Of the pay-out or conversion.
        minor: What it took.
        at: When it was asked for or made.
        status: Of the pay-out; ``None`` for a conversion.
        bonus: What the conversion added.
    """

    id: int
    minor: int
    at: datetime
    status: PayoutStatus | None = None
    bonus: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionStory:
    """How a commission came to be and what became of it.

    Attributes:
        commission: With the snapshot of the day.
        payment: What the client paid.
        client_name: Hostile text.
        program: Key of the program.
        refunds: Of the payment, oldest first.
        payouts: That took a part, oldest first; without those whose money came back.
        conversions: That took a part, oldest first.
        siblings: Ids of all commissions of the payment, by line.
        invoice: Number of the invoice that withheld it, or ``None`` (R15).
    """

    commission: Commission
    payment: Payment
    client_name: str
    program: str
    refunds: tuple[Refund, ...]
    payouts: tuple[Consumption, ...]
    conversions: tuple[Consumption, ...]
    siblings: tuple[int, ...]
    invoice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutStory:
    """What a pay-out was made of."""

    payout: Payout
    rows: tuple[SpentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionStory:
    """What a conversion was made of.

    Attributes:
        conversion: The conversion.
        rows: What it consumed, with the bonus that came with each.
        taken_back: What refunds took back of its commissions' bonuses since.
    """

    conversion: Conversion
    rows: tuple[SpentRow, ...]
    taken_back: int

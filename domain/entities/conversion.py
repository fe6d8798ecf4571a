"""The home of conversions: earnings that became service credit (R20)."""

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusPart:
    """How much of a commission a conversion consumed, and the bonus that came with it (R20).

    Attributes:
        commission_id: The commission.
        minor: Consumed of it.
        bonus: Added on top, in the same currency.
        rate: The bonus's rate when it was converted.
        base: ``payment`` or ``amount`` when it was converted.
        conversion_id: The conversion.
        account_id: The account with the vendor that got the credit.
    """

    commission_id: int
    minor: int
    bonus: int
    rate: Rate
    base: str
    conversion_id: int
    account_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Earnings turned into service credit, at once and for good (R20).

    Attributes:
        id: Our id.
        enrolment_id: Whose balance it took.
        amount: What was consumed of commissions and adjustments.
        bonus: What the vendor added on top, minor units of the same currency.
        bonus_rate: The rate of the bonus in the terms of that day.
        bonus_base: ``payment`` or ``amount`` in the terms of that day.
        terms_version: Version of the program's terms.
        account_id: The account with the vendor that got the credit (R30).
        request_key: Makes a repeated confirmation the same conversion.
        converted_by: Telegram user id of the member.
        converted_at: When.
    """

    id: int
    enrolment_id: int
    amount: Money
    bonus: int
    bonus_rate: Rate
    bonus_base: str
    terms_version: int
    account_id: str
    request_key: str
    converted_by: int
    converted_at: datetime

    @property
    def credit(self) -> Money:
        """What the partner's account with the vendor got."""
        return Money(self.amount.minor + self.bonus, self.amount.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One change of the service credit, as the vendor's billing is told of it; never edited.

    Attributes:
        id: Our id; billing knows the change by it.
        enrolment_id: Whose.
        conversion_id: The conversion that it belongs to.
        commission_id: The commission whose bonus moved after a refund; ``None`` for the
            conversion itself.
        payment_id: Billing's id of the refunded payment; ``None`` for the conversion itself.
        minor: Signed: granted is positive, taken back is negative.
        currency: The program's currency.
        account_id: The account with the vendor.
        at: When.
    """

    id: int
    enrolment_id: int
    conversion_id: int
    commission_id: int | None = None
    payment_id: str | None = None
    minor: int
    currency: str
    account_id: str
    at: datetime

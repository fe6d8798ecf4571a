"""The home of what an entry of staff did."""

from dataclasses import dataclass

from domain.entities.payment import EarnedNothing
from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an entry did.

    Attributes:
        payment_id: The payment it is about.
        entry_id: Names the entry for undoing it.
        client_name: Hostile text.
        amount: As entered.
        commission_minor: Earned (or, for a refund, left) by the payment.
        commission_currency: Of the program; ``None`` where there is no commission.
        reason: Why nothing is earned, or ``None``.
        partner_name: Who earns by the client, hostile text; ``None`` where nobody does.
        partner_code: The code of its first link, or ``None``.
        is_repeat: The same press came again; nothing new happened.
    """

    payment_id: str
    entry_id: str
    client_name: str
    amount: Money
    commission_minor: int
    commission_currency: str | None
    reason: EarnedNothing | None
    partner_name: str | None
    partner_code: str | None
    is_repeat: bool

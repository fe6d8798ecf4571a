"""The home of invoices: what a partner that collected the price owes the vendor (R15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.ids import encode
from domain.money import Money, Rate

NUMBER_LENGTH_MAX = 40
"""Of the number that staff type; billing's may be as long as any id."""
REFERENCE_LENGTH_MAX = 200
QUANTITY_MAX = 999


class InvoiceStatus(StrEnum):
    """Where an invoice stands; the first two are ours, the others are billing's words."""

    REQUESTED = "requested"
    REJECTED = "rejected"
    UNPAID = "unpaid"
    PAID = "paid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


OWED = frozenset({InvoiceStatus.UNPAID, InvoiceStatus.OVERDUE})
"""Issued, and not paid yet."""
REPORTED = tuple(
    status.value
    for status in InvoiceStatus
    if status not in (InvoiceStatus.REQUESTED, InvoiceStatus.REJECTED)
)
"""What billing may report."""


class InvoiceMove(StrEnum):
    """What staff press on the card of an invoice."""

    ISSUE = "issue"
    REJECT = "reject"
    CANCEL = "cancel"
    NOT_RECEIVED = "not_received"
    CONFIRM = "confirm"


MOVE_RIGHTS: Final = {
    InvoiceMove.ISSUE: "invoice.issue",
    InvoiceMove.REJECT: "invoice.issue",
    InvoiceMove.CANCEL: "invoice.issue",
    InvoiceMove.NOT_RECEIVED: "invoice.confirm",
    InvoiceMove.CONFIRM: "invoice.confirm",
}
"""The right that each press needs."""


class PayBy(StrEnum):
    """How the partner pays the vendor; after a card no closing documents follow."""

    TRANSFER = "transfer"
    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One line of an invoice.

    Attributes:
        item: Key in the price list, ``None`` where billing named the line.
        name: Hostile text; what is read where the item is not in the price list any more.
        category: Category of the rate table, or ``None``.
        quantity: How many; at least 1.
        minor: Full price of all of them, minor units.
        rate: The partner's share of the full price; 0 % where billing reports its own invoice.
    """

    item: str | None
    name: str
    category: str | None
    quantity: int
    minor: int
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice that a partner asked for, or one that billing reports of a partner's client.

    Attributes:
        id: Our id.
        client_id: Our id of the client whose order it is.
        enrolment_id: The partner that asked; ``None`` for an invoice of billing's own.
        program: The partner's program, or ``None``.
        status: Where it stands.
        currency: Of all its sums.
        lines: At full price.
        minor: The full price.
        commission_minor: What is withheld: the partner's share, which it keeps.
        tier: The tier by which the share was reckoned, or ``None``.
        terms_version: Version of the terms by which it was.
        pay_by: Transfer or card; ``None`` for an invoice of billing's own.
        request_key: Key of the partner's confirmation, ``None`` for an invoice of billing's own.
        asked_by: Telegram user id of who asked, or ``None``.
        asked_at: When the partner asked, or ``None``.
        invoice_id: The id that billing and events know it by, ``None`` before it is issued.
        number: What stands on the paper, ``None`` before it is issued.
        issued_at: When, or ``None``.
        due_at: Until when it is to be paid, or ``None``.
        told_paid_at: When the partner said that it had paid, or ``None``.
        reference: What the partner said of the transfer; encrypted at rest; may be empty.
        payment_id: The payment that it became, ``None`` before.
        changed_at: The last change by its own time.
        waits_since: Since when staff have something to do, or ``None``.
        decided_by: Who of the staff decided last, or ``None``.
        reason_text: The words of staff with a refusal; may be empty.
        reminders: How often the partner was reminded.
    """

    id: int
    client_id: int
    enrolment_id: int | None
    program: str | None
    status: InvoiceStatus
    currency: str
    lines: tuple[InvoiceLine, ...]
    minor: int
    commission_minor: int = 0
    tier: str | None = None
    terms_version: int | None = None
    pay_by: PayBy | None = None
    request_key: str | None = None
    asked_by: int | None = None
    asked_at: datetime | None = None
    invoice_id: str | None = None
    number: str | None = None
    issued_at: datetime | None = None
    due_at: datetime | None = None
    told_paid_at: datetime | None = None
    reference: str = ""
    payment_id: str | None = None
    changed_at: datetime
    waits_since: datetime | None = None
    decided_by: int | None = None
    reason_text: str = ""
    reminders: int = 0

    @property
    def price(self) -> Money:
        """The full price."""
        return Money(self.minor, self.currency)

    @property
    def commission(self) -> Money:
        """What the partner keeps."""
        return Money(self.commission_minor, self.currency)

    @property
    def net(self) -> Money:
        """What the partner pays the vendor."""
        return Money(self.minor - self.commission_minor, self.currency)

    @property
    def is_asked(self) -> bool:
        """Test if a partner asked for it."""
        return self.asked_at is not None

    @property
    def request_id(self) -> str:
        """The name of the request for the vendor's systems."""
        return encode(self.id)

    @property
    def shown_number(self) -> str:
        """What people call it: the number on the paper, or a short one before it is issued."""
        return self.number or encode(self.id)[-6:]

    @property
    def parts(self) -> Mapping[str | None, int]:
        """The full price by category, in the order of the lines: the lines of its payment."""
        found: dict[str | None, int] = {}
        for line in self.lines:
            found[line.category] = found.get(line.category, 0) + line.minor
        return found

    def rate_of(self, category: str | None) -> Rate:
        """Return the share that was withheld of a category."""
        return next(line.rate for line in self.lines if line.category == category)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView:
    """An invoice with the names around it.

    Attributes:
        invoice: The invoice.
        client_name: Hostile text.
        client_shown_id: Id of the client as billing knows it.
        partner_name: Hostile text; ``None`` for an invoice of billing's own.
        partner_code: Its code, or ``None``.
        decided_by_name: Who of the staff decided last, or ``None``.
    """

    invoice: Invoice
    client_name: str
    client_shown_id: str
    partner_name: str | None = None
    partner_code: str | None = None
    decided_by_name: str | None = None

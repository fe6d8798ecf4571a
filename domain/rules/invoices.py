"""The home of the rules of invoices: what is withheld, and which moves are allowed (R15)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.entities.client import Referral
from domain.entities.invoice import (
    OWED,
    QUANTITY_MAX,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
)
from domain.entities.partner import Enrolment
from domain.money import MINOR_LIMIT, SAME_CURRENCY, Rate
from domain.programs.model import Program
from domain.programs.model_rates import Settlement, TierBasis
from domain.rules.commission import rate_for
from domain.rules.invoice_refusals import (
    InvoiceAlreadyDecided,
    InvoiceEmpty,
    InvoiceReasonNeeded,
    InvoiceTooLarge,
)
from domain.rules.tiers import counted_clients, tier_at

OPEN_MAX = 50
"""Requests of a partner that may wait for staff at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """By what a partner's share is reckoned.

    Attributes:
        tier: The tier that holds with this order counted, ``None`` below the lowest (R8).
        registered_at: Of the referral, for rates that change with its age.
        at: When it is reckoned.
    """

    tier: str | None
    registered_at: datetime
    at: datetime


def share_of(program: Program, enrolment: Enrolment, referral: Referral, at: datetime) -> Share:
    """Return by what the share of a client's order is reckoned: as if it were paid now (R8)."""
    count = counted_clients(enrolment, program.tier_basis)
    if program.tier_basis is TierBasis.PAYING_CLIENTS and referral.live_payments == 0:
        count += 1
    level = tier_at(program.tiers, count).level
    return Share(tier=level.key if level else None, registered_at=referral.registered_at, at=at)


def lines_of(
    program: Program, quantities: Mapping[str, int], share: Share
) -> tuple[InvoiceLine, ...]:
    """Return the lines of an order, in the order of the price list.

    Raises:
        InvoiceEmpty: nothing of it is in the price list.
        InvoiceTooLarge: too many of one thing, or too large a sum.
    """
    lines = []
    for item in program.price_list:
        quantity = quantities.get(item.key, 0)
        if quantity < 1:
            continue
        if quantity > QUANTITY_MAX:
            raise InvoiceTooLarge(most=QUANTITY_MAX)
        lines.append(
            InvoiceLine(
                item=item.key,
                name=item.name("en"),
                category=item.category,
                quantity=quantity,
                minor=item.price.minor * quantity,
                rate=_rate(program, item.category, share),
            )
        )
    if not lines:
        raise InvoiceEmpty
    if sum(line.minor for line in lines) >= MINOR_LIMIT:
        raise InvoiceTooLarge(most=QUANTITY_MAX)
    return tuple(lines)


def _rate(program: Program, category: str | None, share: Share) -> Rate:
    if program.tiers and share.tier is None:
        return Rate(0)
    rate = rate_for(
        program.rates,
        category=category,
        tier=share.tier,
        settlement=Settlement.VIA_PARTNER,
        registered_at=share.registered_at,
        paid_at=share.at,
    )
    return rate or Rate(0)


def withheld(invoice: Invoice) -> int:
    """Return what an invoice withholds: the commissions of its payment, to the cent (R11).

    A payment makes one commission for each category, rounded once; so does this.
    """
    return sum(
        invoice.rate_of(category).of(minor, invoice.currency, invoice.currency, SAME_CURRENCY)
        for category, minor in invoice.parts.items()
    )


def own_id(invoice: Invoice) -> str:
    """Return the id of an invoice that staff issue by hand; billing's own id replaces it."""
    return f"inv-{invoice.request_id}"


def issue(
    invoice: Invoice, *, number: str, due_at: datetime, at: datetime, by: int | None
) -> Invoice:
    """Return the request as an invoice that is to be paid.

    Raises:
        InvoiceAlreadyDecided: it is no open request any more.
    """
    if invoice.status is not InvoiceStatus.REQUESTED:
        raise decided(invoice)
    return replace(
        invoice,
        status=InvoiceStatus.UNPAID,
        invoice_id=invoice.invoice_id or own_id(invoice),
        number=number,
        issued_at=at,
        due_at=due_at,
        changed_at=at,
        waits_since=None,
        decided_by=by,
    )


def reject(invoice: Invoice, *, at: datetime, by: int, text: str) -> Invoice:
    """Return the request refused.

    Raises:
        InvoiceAlreadyDecided: it is no open request any more.
        InvoiceReasonNeeded: without words.
    """
    if invoice.status is not InvoiceStatus.REQUESTED:
        raise decided(invoice)
    if not text:
        raise InvoiceReasonNeeded
    return _ended(invoice, InvoiceStatus.REJECTED, at=at, by=by, text=text)


def cancel(invoice: Invoice, *, at: datetime, by: int, text: str) -> Invoice:
    """Return an issued invoice cancelled by staff, while it is not paid.

    Raises:
        InvoiceAlreadyDecided: it is not issued, or paid.
        InvoiceReasonNeeded: without words.
    """
    if invoice.status not in OWED:
        raise decided(invoice)
    if not text:
        raise InvoiceReasonNeeded
    return _ended(invoice, InvoiceStatus.CANCELLED, at=at, by=by, text=text)


def withdraw(invoice: Invoice, *, at: datetime) -> Invoice:
    """Return the request taken back by its partner, before it is issued.

    Raises:
        InvoiceAlreadyDecided: staff were faster.
    """
    if invoice.status is not InvoiceStatus.REQUESTED:
        raise decided(invoice)
    return _ended(invoice, InvoiceStatus.CANCELLED, at=at, by=None, text="")


def _ended(
    invoice: Invoice, status: InvoiceStatus, *, at: datetime, by: int | None, text: str
) -> Invoice:
    return replace(
        invoice,
        status=status,
        changed_at=at,
        waits_since=None,
        decided_by=by,
        reason_text=text,
    )


def tell_paid(invoice: Invoice, *, at: datetime, reference: str) -> Invoice:
    """Return the invoice of which the partner says that it has paid it.

    Raises:
        InvoiceAlreadyDecided: it is not to be paid now.
    """
    if invoice.status not in OWED:
        raise decided(invoice)
    return replace(
        invoice,
        told_paid_at=invoice.told_paid_at or at,
        waits_since=invoice.waits_since or at,
        reference=reference or invoice.reference,
        changed_at=at,
    )


def not_received(invoice: Invoice, *, at: datetime, by: int) -> Invoice:
    """Return the invoice whose money has not come, whatever the partner said.

    Raises:
        InvoiceAlreadyDecided: it is not to be paid, or nobody said so.
    """
    if invoice.status not in OWED or invoice.told_paid_at is None:
        raise decided(invoice)
    return replace(
        invoice,
        told_paid_at=None,
        waits_since=None,
        reference="",
        changed_at=at,
        decided_by=by,
    )


def check_payable(invoice: Invoice) -> None:
    """Test that staff may record the payment of the invoice.

    Raises:
        InvoiceAlreadyDecided: it is not to be paid now.
    """
    if invoice.status not in OWED or invoice.payment_id is not None:
        raise decided(invoice)


def decided(invoice: Invoice) -> InvoiceAlreadyDecided:
    """Return the refusal that names where the invoice stands."""
    return InvoiceAlreadyDecided(
        status=invoice.status.value,
        number=invoice.shown_number,
        by=invoice.decided_by,
    )

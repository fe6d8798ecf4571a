"""The home of what becomes of invoices: billing issues, pays and takes back (R15, R13)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.entities.client import Client, Referral
from domain.entities.invoice import OWED, Invoice, InvoiceLine, InvoiceStatus
from domain.entities.payment import Line, Payment
from domain.events.types import InvoiceIssued, InvoiceUpdated, PaymentSucceeded, ReportedLine
from domain.intake.facts import Facts
from domain.intake.telling_invoices import tell_card, tell_partner
from domain.intake.verdict import (
    Verdict,
    applied,
    rejected,
    waits_for_client,
    waits_for_invoice,
    wrong_exchange,
)
from domain.money import SAME_CURRENCY, Rate
from domain.programs.model_rates import Settlement
from domain.rules import invoices

DUE_DAYS = 7
OUTDATED = "outdated"
"""Reason of an update that a later one has overtaken."""


def issue_invoice(facts: Facts, event: InvoiceIssued) -> Verdict:
    """Keep an invoice of billing; one that a partner asked for is issued by it."""
    client = facts.client(event.client_id)
    if client is None:
        return waits_for_client(event.client_id)
    releases = (f"invoice:{event.invoice_id}",)
    if event.request_id is None:
        facts.invoices.keep(_reported(facts, event, client), is_new=True)
        return applied(releases=releases)
    asked = facts.invoices.named(event.request_id)
    if asked is None or not asked.is_asked:
        return rejected("request_unknown", "data.request_id", "no partner asked for this invoice")
    obstacle = _obstacle(asked, event, client)
    if obstacle is not None:
        return obstacle
    is_news = asked.status is InvoiceStatus.REQUESTED
    if is_news:
        asked = invoices.issue(
            asked,
            number=event.number,
            due_at=event.due_at or _due(facts, asked, event.issued_at),
            at=event.issued_at,
            by=None,
        )
    after = replace(
        asked,
        invoice_id=event.invoice_id,
        number=event.number,
        due_at=event.due_at or asked.due_at,
    )
    facts.invoices.keep(after)
    if is_news:
        tell_partner(facts, after, "invoice_issued")
    tell_card(facts, after)
    return applied(releases=releases)


def _obstacle(asked: Invoice, event: InvoiceIssued, client: Client) -> Verdict | None:
    """Return why billing's invoice cannot be the one that the partner asked for."""
    if asked.client_id != client.id:
        return rejected("invoice_client", "data.client_id", "another client's order was asked for")
    by_hand = asked.status in OWED and asked.invoice_id == invoices.own_id(asked)
    if asked.status is not InvoiceStatus.REQUESTED and not by_hand:
        return rejected(
            "invoice_not_open", "data.request_id", f"the request is {asked.status.value} by now"
        )
    return _wrong_sum(asked, event.minor, event.currency)


def _due(facts: Facts, asked: Invoice, issued_at: datetime) -> datetime:
    """Return when an invoice is due of which billing does not say so."""
    program = facts.programs.get(asked.program or "")
    return issued_at + timedelta(days=program.invoice_due_days if program else DUE_DAYS)


def _wrong_sum(asked: Invoice, minor: int, currency: str) -> Verdict | None:
    if (minor, currency) == (asked.net.minor, asked.currency):
        return None
    return rejected(
        "invoice_amount",
        "data.amount",
        f"the partner agreed to {asked.net} {asked.currency}: {asked.price} less its share, "
        f"{asked.commission}",
    )


def _reported(facts: Facts, event: InvoiceIssued, client: Client) -> Invoice:
    """Return an invoice of billing's own, which withholds nothing."""
    return Invoice(
        id=facts.new_id(),
        client_id=client.id,
        enrolment_id=None,
        program=None,
        status=event.status,
        currency=event.currency,
        lines=_lines(event.lines, event.minor),
        minor=event.minor,
        invoice_id=event.invoice_id,
        number=event.number,
        issued_at=event.issued_at,
        due_at=event.due_at,
        changed_at=event.issued_at,
    )


def _lines(lines: tuple[ReportedLine, ...], minor: int) -> tuple[InvoiceLine, ...]:
    rows = lines or (ReportedLine(name=None, category=None, minor=minor),)
    return tuple(
        InvoiceLine(
            item=None,
            name=row.name or row.category or "",
            category=row.category,
            quantity=1,
            minor=row.minor,
            rate=Rate(0),
        )
        for row in rows
    )


def update_invoice(facts: Facts, event: InvoiceUpdated) -> Verdict:
    """Keep where an invoice stands now, as billing tells it."""
    invoice = facts.invoices.named(event.invoice_id)
    if invoice is None:
        return waits_for_invoice(event.invoice_id)
    client = facts.client(event.client_id) if event.client_id else None
    if event.client_id and (client is None or client.id != invoice.client_id):
        return rejected("invoice_client", "data.client_id", "the invoice is another client's")
    if event.has_time and event.at < invoice.changed_at:
        return applied(OUTDATED)
    if invoice.is_asked:
        return _update_asked(facts, invoice, event)
    after = replace(
        invoice,
        status=event.status or invoice.status,
        number=event.number or invoice.number,
        due_at=event.due_at or invoice.due_at,
        changed_at=max(event.at, invoice.changed_at),
    )
    if event.minor is not None and event.currency is not None:
        lines = _lines(event.lines, event.minor)
        after = replace(after, minor=event.minor, currency=event.currency, lines=lines)
    facts.invoices.keep(after)
    return applied()


def _update_asked(facts: Facts, invoice: Invoice, event: InvoiceUpdated) -> Verdict:
    """Update an invoice that a partner asked for: its sums are agreed, its payment stands."""
    if event.minor is not None:
        wrong = _wrong_sum(invoice, event.minor, event.currency or "")
        if wrong is not None:
            return wrong
    status = event.status or invoice.status
    stands = (InvoiceStatus.PAID, InvoiceStatus.REFUNDED)
    if invoice.payment_id is not None and status not in stands:
        return rejected("invoice_paid", "data.status", "a payment of this invoice is recorded")
    is_moved = status is not invoice.status
    after = replace(
        invoice,
        status=status,
        number=event.number or invoice.number,
        due_at=event.due_at or invoice.due_at,
        changed_at=max(event.at, invoice.changed_at),
        waits_since=invoice.waits_since if status in OWED else None,
    )
    facts.invoices.keep(after)
    if is_moved and status in _NOTICES:
        tell_partner(facts, after, _NOTICES[status])
    tell_card(facts, after)
    return applied()


_NOTICES = {
    InvoiceStatus.CANCELLED: "invoice_cancelled",
    InvoiceStatus.OVERDUE: "invoice_overdue",
}
"""What the partner is told of a status that billing reports; a payment tells of itself."""


def invoice_paid_by(facts: Facts, event: PaymentSucceeded) -> Invoice | None:
    """Return the partner's invoice that a payment is of, ``None`` for any other payment."""
    if event.invoice_id is None or event.settlement != Settlement.VIA_PARTNER:
        return None
    invoice = facts.invoices.named(event.invoice_id)
    return invoice if invoice is not None and invoice.is_asked else None


def payment_obstacle(
    invoice: Invoice,
    event: PaymentSucceeded,
    payers: Sequence[Client],
    referral: Referral | None,
) -> Verdict | None:
    """Return why a payment cannot be that of the invoice: what it withheld would not fit.

    The payers are the client, and a pinned one that it turns out to be.
    """
    if all(invoice.client_id != client.id for client in payers):
        return rejected("invoice_client", "data.client_id", "the invoice is another client's")
    if invoice.payment_id is not None:
        return rejected(
            "invoice_paid", "data.invoice_id", f"payment {invoice.payment_id} is recorded for it"
        )
    if (event.minor, event.currency) != (invoice.minor, invoice.currency):
        return rejected(
            "invoice_amount",
            "data.amount",
            f"must be the full price of the invoice: {invoice.price} {invoice.currency}",
        )
    if event.exchange not in (None, SAME_CURRENCY):
        return wrong_exchange(invoice.currency)
    parts = {line.category: line.minor for line in event.lines}
    if event.has_lines and parts != dict(invoice.parts):
        return rejected("invoice_lines", "data.lines", "must be those of the invoice")
    if referral is None or referral.enrolment_id != invoice.enrolment_id:
        return rejected(
            "invoice_partner",
            "data.invoice_id",
            "the client belongs to another partner by now: cancel the invoice",
        )
    return None


def lines_paid(invoice: Invoice, event: PaymentSucceeded) -> tuple[tuple[Line, ...], bool]:
    """Return the lines of the invoice's payment, and whether refunds may name them."""
    parts = invoice.parts
    lines = tuple(Line(category=category, minor=minor) for category, minor in parts.items())
    return lines, event.has_lines or None not in parts


def pay(facts: Facts, invoice: Invoice, payment: Payment) -> None:
    """Note that the invoice is paid, and tell the partner what it keeps."""
    after = replace(
        invoice,
        status=InvoiceStatus.PAID,
        payment_id=payment.payment_id,
        waits_since=None,
        changed_at=max(payment.paid_at, invoice.changed_at),
    )
    facts.invoices.keep(after)
    tell_partner(facts, after, "invoice_paid")
    tell_card(facts, after)


def refund(facts: Facts, before: Payment, after: Payment) -> None:
    """Tell the partner what a refund of its invoice means, and note a whole one (R13).

    The partner gives the client its money back, and the vendor the partner what it had paid for
    that; the share of it is no longer withheld.
    """
    invoice = facts.invoices.of_payment(after.payment_id)
    if invoice is None:
        return
    status = InvoiceStatus.PAID if after.is_live else InvoiceStatus.REFUNDED
    if status is not invoice.status:
        invoice = replace(invoice, status=status, changed_at=max(facts.now, invoice.changed_at))
        facts.invoices.keep(invoice)
    kept = _kept(invoice, after)
    minor = after.refunded - before.refunded
    tell_partner(
        facts,
        invoice,
        "invoice_refunded",
        refund_minor=minor,
        back_minor=minor - (_kept(invoice, before) - kept),
        kept_minor=kept,
    )
    tell_card(facts, invoice)


def _kept(invoice: Invoice, payment: Payment) -> int:
    """Return what the partner keeps of a payment as it stands: each line rounded once (R13)."""
    return sum(
        invoice.rate_of(line.category).of(
            line.minor - line.refunded, invoice.currency, invoice.currency, SAME_CURRENCY
        )
        for line in payment.lines
    )

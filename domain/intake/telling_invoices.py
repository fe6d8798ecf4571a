"""The home of telling of invoices: the partner, the card of staff, the vendor's systems."""

from domain.entities.client import Client
from domain.entities.invoice import Invoice
from domain.entities.payment import Payment
from domain.intake.facts import Facts
from domain.money import Money
from domain.period import text_of


def tell_partner(facts: Facts, invoice: Invoice, kind: str, **more: object) -> None:
    """Owe the partner's admins a notice about their invoice."""
    if invoice.enrolment_id is None:
        return
    client = facts.clients[invoice.client_id]
    params: dict[str, object] = {
        "invoice_id": invoice.id,
        "number": invoice.shown_number,
        "client": client.name,
        "client_id": client.id,
        "currency": invoice.currency,
        "net_minor": invoice.net.minor,
        "commission_minor": invoice.commission_minor,
        "due_at": invoice.due_at.isoformat() if invoice.due_at else None,
        "reason_text": invoice.reason_text,
    }
    facts.tell_admins(invoice.enrolment_id, kind, params | more)


def tell_card(facts: Facts, invoice: Invoice) -> None:
    """Let the card in the admin chat follow the invoice."""
    if invoice.is_asked:
        facts.tell_staff("invoice_changed", {"invoice_id": invoice.id})


def tell_requested(facts: Facts, invoice: Invoice, client: Client, code: str) -> None:
    """Tell the vendor's systems that a partner asks for an invoice."""
    if not facts.tells_vendor:
        return
    currency = invoice.currency
    facts.tell_vendor(
        "invoice.requested",
        {
            "request_id": invoice.request_id,
            "partner_code": code,
            "program": invoice.program,
            "client_id": client.shown_id,
            "pay_by": invoice.pay_by.value if invoice.pay_by else None,
            "currency": currency,
            "price": str(invoice.price),
            "commission": str(invoice.commission),
            "amount": str(invoice.net),
            "tier": invoice.tier,
            "lines": [
                {
                    "item": line.item,
                    "name": line.name,
                    "category": line.category,
                    "quantity": line.quantity,
                    "price": str(Money(line.minor, currency)),
                    "rate": str(line.rate),
                }
                for line in invoice.lines
            ],
            "requested_at": text_of(invoice.changed_at),
        },
        subject=f"invoice:{invoice.id}",
    )


def tell_cancelled(facts: Facts, invoice: Invoice) -> None:
    """Tell the vendor's systems that an invoice or its request stands no more."""
    if not facts.tells_vendor:
        return
    facts.tell_vendor(
        "invoice.cancelled",
        {
            "request_id": invoice.request_id,
            "invoice_id": invoice.invoice_id,
            "number": invoice.number,
            "program": invoice.program,
            "status": invoice.status.value,
            "reason": invoice.reason_text or None,
        },
        subject=f"invoice:{invoice.id}",
    )


def tell_legal_form(facts: Facts, payment: Payment, client: Client) -> None:
    """Tell the partner that its legal form kept a payment from earning (R21)."""
    facts.tell_admins(
        payment.enrolment_id or 0,
        "legal_form_earned_nothing",
        {
            "client": client.name,
            "client_id": client.id,
            "payment_minor": payment.minor,
            "payment_currency": payment.currency,
        },
    )

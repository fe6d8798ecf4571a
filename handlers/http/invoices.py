"""The home of what the vendor's systems read about a partner's invoices."""

from aiohttp import web

from domain.entities.invoice import InvoiceView
from domain.money import Money
from domain.period import text_of
from handlers.http.cursors import shown_page, wanted_page
from handlers.http.doors import DOORS
from handlers.http.readers import name_in, not_there, reads


@reads
async def list_invoices(request: web.Request) -> dict[str, object]:
    """List the invoices that a partner asked for, and billing's own of its clients."""
    page = await request.app[DOORS].report_partner.invoices(
        name_in(request, "code"), *wanted_page(request)
    )
    if page is None:
        raise not_there("code")
    return shown_page(page, _shown)


def _shown(view: InvoiceView) -> dict[str, object]:
    invoice = view.invoice
    return {
        "invoice_id": invoice.invoice_id,
        "request_id": invoice.request_id if invoice.is_asked else None,
        "number": invoice.number,
        "client_id": view.client_shown_id,
        "status": invoice.status.value,
        "currency": invoice.currency,
        "price": str(invoice.price),
        "commission": str(invoice.commission),
        "amount": str(invoice.net),
        "tier": invoice.tier,
        "pay_by": invoice.pay_by.value if invoice.pay_by else None,
        "payment_id": invoice.payment_id,
        "requested_at": text_of(invoice.asked_at) if invoice.asked_at else None,
        "issued_at": text_of(invoice.issued_at) if invoice.issued_at else None,
        "due_at": text_of(invoice.due_at) if invoice.due_at else None,
        "lines": [
            {
                "item": line.item,
                "name": line.name,
                "category": line.category,
                "quantity": line.quantity,
                "price": str(Money(line.minor, invoice.currency)),
                "rate": str(line.rate),
            }
            for line in invoice.lines
        ],
    }

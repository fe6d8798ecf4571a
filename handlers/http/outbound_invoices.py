"""The home of the documented webhooks about invoices."""

from collections.abc import Mapping

from handlers.http.event_schemas import ID, listed, record, word
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import MONEY, TEXT, TIME, maybe

_INVOICE_REQUEST = record(
    {
        "request_id": TEXT | {"description": "Send it back with invoice.issued."},
        "partner_code": TEXT,
        "program": TEXT,
        "client_id": ID,
        "pay_by": word("transfer", "card"),
        "currency": TEXT,
        "price": MONEY | {"description": "The full price that the client pays the partner."},
        "commission": MONEY | {"description": "The partner's share, which it keeps."},
        "amount": MONEY | {"description": "What the invoice is about: price less commission."},
        "tier": maybe(TEXT),
        "lines": listed(
            record(
                {
                    "item": TEXT,
                    "name": TEXT,
                    "category": maybe(TEXT),
                    "quantity": {"type": "integer", "minimum": 1},
                    "price": MONEY,
                    "rate": TEXT,
                }
            )
        ),
        "requested_at": TIME,
    }
)
_INVOICE_REQUEST_EXAMPLE: dict[str, object] = {
    "request_id": "8k3m9p2q7x",
    "partner_code": "k4m7xw2a",
    "program": "widget-reseller",
    "client_id": "c-1",
    "pay_by": "transfer",
    "currency": "RUB",
    "price": "9900.00",
    "commission": "4950.00",
    "amount": "4950.00",
    "tier": None,
    "lines": [
        {
            "item": "chat-year",
            "name": "Chat widget",
            "category": None,
            "quantity": 1,
            "price": "9900.00",
            "rate": "50%",
        }
    ],
    "requested_at": "2026-11-21T10:00:00Z",
}
_INVOICE_CANCELLED = record(
    {
        "request_id": TEXT,
        "invoice_id": maybe(ID),
        "number": maybe(TEXT),
        "program": TEXT,
        "status": word("cancelled", "rejected"),
        "reason": maybe(TEXT),
    }
)

WEBHOOKS_OF_INVOICES: Mapping[str, Webhook] = {
    "invoice.requested": Webhook(
        summary="A partner that collects the price asks for an invoice less its share.",
        data=_INVOICE_REQUEST,
        example=_INVOICE_REQUEST_EXAMPLE,
    ),
    "invoice.cancelled": Webhook(
        summary="A request was taken back or refused, or an unpaid invoice was cancelled.",
        data=_INVOICE_CANCELLED,
        example={
            "request_id": "8k3m9p2q7x",
            "invoice_id": None,
            "number": None,
            "program": "widget-reseller",
            "status": "rejected",
            "reason": "there is no contract yet",
        },
    ),
}

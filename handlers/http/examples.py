"""The home of the examples in the documentation: true answers and events of a small vendor."""

from collections.abc import Mapping

_AT = "2026-11-21T10:00:00Z"
Example = dict[str, object]

EVENT_EXAMPLES: Mapping[str, Example] = {
    "client.registered": {
        "client_id": "c-1",
        "name": "Ann's Bakery",
        "registered_at": _AT,
        "referral_code": "k4m7xw2a",
        "email": "ann@bakery.example",
        "account": {"account_id": "a-1", "name": "bakery.example"},
    },
    "account.created": {
        "client_id": "c-1",
        "account_id": "a-2",
        "name": "shop.bakery.example",
        "created_at": _AT,
    },
    "payment.succeeded": {
        "payment_id": "p-1",
        "client_id": "c-1",
        "amount": "200.00",
        "currency": "USD",
        "paid_at": _AT,
    },
    "payment.refunded": {
        "refund_id": "r-1",
        "payment_id": "p-1",
        "amount": "50.00",
        "refunded_at": _AT,
    },
    "client.updated": {"client_id": "c-1", "name": "Ann's bakery", "phone": "+359 2 123 4567"},
    "order.created": {
        "order_id": "o-1",
        "client_id": "c-1",
        "kind": "domain",
        "name": "bakery.example, a year",
        "status": "pending",
        "amount": "15.00",
        "currency": "USD",
        "at": _AT,
    },
    "order.updated": {"order_id": "o-1", "status": "done", "at": _AT},
    "client.deleted": {"client_id": "c-1", "deleted_at": _AT},
    "click.recorded": {"click_id": "k-1", "code": "k4m7xw2a", "clicked_at": _AT},
    "service.activated": {
        "client_id": "c-1",
        "account_id": "a-1",
        "service_id": "s-1",
        "category": "hosting",
        "name": "Start",
        "at": _AT,
    },
    "invoice.issued": {
        "invoice_id": "i-1",
        "number": "2026-0042",
        "client_id": "c-1",
        "amount": "200.00",
        "currency": "USD",
        "issued_at": _AT,
        "due_at": "2026-11-28T10:00:00Z",
        "lines": [{"name": "Start, a month", "category": "hosting", "amount": "200.00"}],
    },
    "invoice.updated": {"invoice_id": "i-1", "issued_at": _AT, "status": "paid"},
}
"""Data of an event, by type; each one is accepted as it stands."""

_EVENT: Example = {
    "id": "evt-1",
    "type": "payment.succeeded",
    "status": "parked",
    "reason": None,
    "error": {
        "code": "client_unknown",
        "field": "data.client_id",
        "message": "waits for client c-1",
    },
    "waits_for": "client:c-1",
    "received_at": _AT,
    "applied_at": None,
}
_PARTNER: Example = {
    "code": "k4m7xw2a",
    "program": "saas-tiers",
    "status": "active",
    "legal_form": None,
    "tier": "start",
    "counts": {
        "clicks": 120,
        "starts": 14,
        "registrations": 9,
        "paying_clients": 4,
        "active_clients": 3,
    },
    "balance": {
        "currency": "USD",
        "accrued": "200.00",
        "held": "0.00",
        "payable": "35.00",
        "reserved": "0.00",
        "paid": "150.00",
        "converted": "0.00",
        "retained": "0.00",
        "clawed_back": "5.00",
        "adjusted": "-10.00",
    },
}
_COMMISSION: Example = {
    "commission_id": "8k3m9p2q7w",
    "payment_id": "p-1",
    "client_id": "c-1",
    "amount": "20.00",
    "currency": "USD",
    "base": "200.00",
    "base_currency": "USD",
    "rate": "10%",
    "tax": "0%",
    "basis": "share",
    "tier": "start",
    "category": None,
    "settlement": "direct",
    "status": "payable",
    "held_until": _AT,
    "clawed_back": "5.00",
    "consumed": [],
    "created_at": _AT,
}
_INVOICE: Example = {
    "invoice_id": "i-1",
    "request_id": "8k3m9p2q7x",
    "number": "2026-0042",
    "client_id": "c-1",
    "status": "paid",
    "currency": "RUB",
    "price": "9900.00",
    "commission": "4950.00",
    "amount": "4950.00",
    "tier": None,
    "pay_by": "transfer",
    "payment_id": "p-1",
    "requested_at": _AT,
    "issued_at": _AT,
    "due_at": "2026-11-28T20:59:59Z",
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
}
_PAYOUT: Example = {
    "payout_id": "9w2q8k3m7p",
    "amount": "150.00",
    "currency": "USD",
    "status": "done",
    "comment": "March",
    "reason": None,
    "requested_at": _AT,
    "settled_at": "2026-11-23T09:00:00Z",
    "commissions": [{"commission_id": "7w8k3m9p2q", "amount": "150.00"}],
    "adjustments": [],
}
_CLIENT: Example = {
    "client_id": "c-1",
    "partner_code": "k4m7xw2a",
    "program": "saas-tiers",
    "status": "active",
    "reason": None,
    "protected": False,
    "registered_at": _AT,
    "earns_until": None,
}


def _page(row: Example) -> Example:
    return {"items": [row], "next_cursor": None}


def _refusal(code: str, message: str, field: str | None = None) -> Example:
    return {"error": {"code": code, "field": field, "message": message}}


ANSWER_EXAMPLES: Mapping[str, Example] = {
    "EventAnswer": {"id": "evt-1", "status": "applied", "error": None},
    "BatchAnswer": {
        "results": [
            {"id": "evt-1", "status": "applied", "error": None},
            {"id": "evt-2", "status": "duplicate", "error": None},
        ]
    },
    "EventState": _EVENT,
    "Events": _page(_EVENT),
    "Partner": _PARTNER,
    "Commissions": _page(_COMMISSION),
    "Payouts": _page(_PAYOUT),
    "Entitlements": _page(
        {
            "program": "widget-reseller",
            "kind": "free_products",
            "account_id": "a-7",
            "since": _AT,
            "active_clients": 3,
        }
    ),
    "Invoices": _page(_INVOICE),
    "Clients": _page(_CLIENT),
    "Client": _CLIENT,
    "Account": {"account_id": "a-1"} | _CLIENT,
    "Health": {"status": "ok"},
    "Readiness": {"status": "ready", "reasons": [], "details": {"schema": "current"}},
}
"""A good answer, by the name of its schema."""

REFUSAL_EXAMPLES: Mapping[int, Example] = {
    400: _refusal("cut_off", "the body ended early"),
    401: _refusal("bad_token", "send a configured token as Authorization: Bearer TOKEN"),
    404: _refusal("not_found", "nothing is known under this name", "code"),
    408: _refusal("too_slow", "the body did not arrive within 30 s"),
    413: _refusal("too_large", "the body must have at most 4194304 bytes"),
    415: _refusal("content_encoding", "send the body as it is, not compressed"),
    422: _refusal("malformed", "limit must be a whole number from 1 to 200", "limit"),
    429: _refusal("too_many_requests", "too many requests; go on in 7 s"),
    503: _refusal("unavailable", "not possible for now; reference 9f86d081"),
}
"""A refusal with the plain shape, by status."""

INTAKE_EXAMPLES: Mapping[int, Example] = {
    401: _refusal("bad_signature", "no signature fits these bytes and our secret") | {"now": _AT},
    409: {
        "id": "evt-1",
        "status": "conflict",
        "error": {
            "code": "conflict",
            "field": "id",
            "message": "this id was used for another type or other data",
        },
    },
    422: {
        "id": "evt-1",
        "status": "malformed",
        "error": {"code": "malformed", "field": "data.amount", "message": "is required"},
        "errors": [{"field": "data.amount", "message": "is required"}],
    },
    503: {
        "id": "evt-1",
        "status": "not_durable",
        "error": {
            "code": "not_durable",
            "field": None,
            "message": "not stored for now; send the same again later",
        },
    },
}
"""A refusal of an event or a batch, by status."""

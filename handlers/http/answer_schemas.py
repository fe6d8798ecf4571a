"""The home of the documented answers, as JSON Schema."""

from collections.abc import Mapping

from domain.entities.invoice import InvoiceStatus
from domain.entities.order import OrderKind
from handlers.http.event_schemas import EVENT_SCHEMAS, ID, INSTANT, Schema, listed, record, word
from handlers.http.partners import FIGURES
from handlers.http.schema_parts import (
    BASIS,
    COUNT,
    MONEY,
    REASONS,
    TAX,
    TEXT,
    TIME,
    maybe,
    ref,
)


def page_of(name: str) -> Schema:
    """Return a list of named schemas with its cursor."""
    return record({"items": listed(ref(name), least=0), "next_cursor": maybe(TEXT)})


_ERROR = record({"code": TEXT, "field": maybe(TEXT), "message": TEXT})
_PROBLEM = record({"field": TEXT, "message": TEXT})
_EVENT_STATUS = word(
    "applied", "duplicate", "parked", "rejected", "conflict", "malformed", "not_durable"
)
_IGNORED = {
    "type": "array",
    "items": TEXT,
    "description": "Fields that were sent and that nobody reads; look for misspelt names.",
}
_CLIENT_STATUS = word("active", "inactive", "deleted")
_REFERRAL: dict[str, Schema] = {
    "partner_code": maybe(TEXT),
    "program": maybe(TEXT),
    "status": _CLIENT_STATUS,
    "reason": maybe(word(*REASONS)),
    "earns_until": maybe(TIME),
}
_CLIENT: dict[str, Schema] = {
    "client_id": ID,
    **_REFERRAL,
    "protected": {"type": "boolean"},
    "registered_at": TIME,
}
_MORE: dict[str, Schema] = {"referrals": listed(record(_REFERRAL))}

ANSWER_SCHEMAS: Mapping[str, Schema] = {
    "Error": _ERROR,
    "Refusal": record({"error": ref("Error")}),
    "Unauthorised": record(
        {"error": ref("Error")}, {"now": TIME | {"description": "Our clock, RFC 3339 in UTC."}}
    ),
    "EventAnswer": record(
        {"id": maybe(ID), "status": _EVENT_STATUS, "error": maybe(ref("Error"))},
        {
            "reason": TEXT
            | {"description": "Why an applied event earned nothing or attributed nobody."},
            "errors": listed(_PROBLEM),
            "ignored": _IGNORED,
            "dry_run": {"const": True},
        },
    ),
    "BatchAnswer": record({"results": listed(ref("EventAnswer"))}, {"dry_run": {"const": True}}),
    "EventState": record(
        {
            "id": ID,
            "type": word(*EVENT_SCHEMAS),
            "status": word("applied", "duplicate", "parked", "rejected"),
            "reason": maybe(TEXT),
            "error": maybe(ref("Error")),
            "waits_for": maybe(TEXT)
            | {"description": "What a parked event waits for; staff:... for your staff."},
            "received_at": TIME,
            "applied_at": maybe(TIME),
        }
    ),
    "Partner": record(
        {
            "code": TEXT,
            "program": TEXT,
            "status": word("active", "suspended", "ended"),
            "legal_form": maybe(
                word("legal_entity", "sole_proprietor", "self_employed", "individual")
            ),
            "tier": maybe(TEXT),
            "counts": record(
                dict.fromkeys(
                    ("clicks", "starts", "registrations", "paying_clients", "active_clients"),
                    COUNT,
                )
            ),
            "balance": record({"currency": TEXT} | dict.fromkeys(FIGURES, MONEY)),
        }
    ),
    "Commission": record(
        {
            "commission_id": TEXT,
            "payment_id": ID,
            "client_id": ID,
            "amount": MONEY,
            "currency": TEXT,
            "base": MONEY,
            "base_currency": TEXT,
            "rate": TEXT | {"examples": ["12.5%"]},
            "tax": TAX,
            "basis": BASIS,
            "tier": maybe(TEXT),
            "category": maybe(TEXT),
            "settlement": word("direct", "via_partner"),
            "status": word(
                "held", "payable", "reserved", "paid", "converted", "retained", "voided"
            ),
            "held_until": TIME,
            "clawed_back": MONEY,
            "consumed": listed(
                record({"amount": MONEY}, {"payout_id": TEXT, "conversion_id": TEXT}), least=0
            ),
            "created_at": TIME,
        }
    ),
    "Payout": record(
        {
            "payout_id": TEXT,
            "amount": MONEY,
            "currency": TEXT,
            "status": word("processing", "done", "rejected", "cancelled", "returned"),
            "comment": TEXT,
            "reason": maybe(TEXT),
            "requested_at": TIME,
            "settled_at": maybe(TIME),
            "commissions": listed(record({"commission_id": TEXT, "amount": MONEY}), least=0),
            "adjustments": listed(record({"adjustment_id": TEXT, "amount": MONEY}), least=0),
        }
    ),
    "Entitlement": record(
        {
            "program": TEXT,
            "kind": word("free_products"),
            "account_id": maybe(ID),
            "since": maybe(TIME),
            "active_clients": COUNT,
        }
    ),
    "Invoice": record(
        {
            "invoice_id": maybe(ID),
            "request_id": maybe(TEXT),
            "number": maybe(TEXT),
            "client_id": ID,
            "status": word(*InvoiceStatus),
            "currency": TEXT,
            "price": MONEY,
            "commission": MONEY,
            "amount": MONEY,
            "tier": maybe(TEXT),
            "pay_by": maybe(word("transfer", "card")),
            "payment_id": maybe(ID),
            "requested_at": maybe(TIME),
            "issued_at": maybe(TIME),
            "due_at": maybe(TIME),
            "lines": listed(
                record(
                    {
                        "item": maybe(TEXT),
                        "name": TEXT,
                        "category": maybe(TEXT),
                        "quantity": COUNT,
                        "price": MONEY,
                        "rate": TEXT,
                    }
                )
            ),
        }
    ),
    "Order": record(
        {
            "order_id": ID,
            "kind": word(*OrderKind),
            "name": TEXT,
            "status": TEXT,
            "amount": MONEY,
            "currency": TEXT,
            "created_at": TIME,
            "changed_at": TIME,
        }
    ),
    "Client": record(_CLIENT, _MORE),
    "Account": record({"account_id": ID} | _CLIENT, _MORE),
    "Events": page_of("EventState"),
    "Commissions": page_of("Commission"),
    "Payouts": page_of("Payout"),
    "Invoices": page_of("Invoice"),
    "Orders": page_of("Order"),
    "Entitlements": page_of("Entitlement"),
    "Clients": page_of("Client"),
    "Event": {
        "oneOf": [
            record({"type": {"const": kind}, "timestamp": INSTANT, "data": schema})
            for kind, schema in EVENT_SCHEMAS.items()
        ],
    },
    "Batch": record(
        {
            "events": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1000,
                "items": {
                    "anyOf": [
                        {"allOf": [record({"id": ID}), ref("Event")]},
                        {"description": "Anything else is malformed, and told so in its place."},
                    ]
                },
            }
        }
    ),
    "Health": record({"status": TEXT}),
    "Readiness": record(
        {
            "status": word("ready", "not_ready"),
            "reasons": listed(TEXT, least=0),
            "details": {"type": "object"},
        }
    ),
}
"""By name, under ``#/components/schemas``."""

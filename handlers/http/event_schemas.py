"""The home of the documented fields of each event type, as JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

ID: Schema = {"type": "string", "minLength": 1, "maxLength": 128}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
INSTANT: Schema = {
    "type": "string",
    "format": "date-time",
    "description": "RFC 3339 with an offset, at most 5 minutes in the future.",
}
AMOUNT: Schema = {
    "type": "string",
    "pattern": r"^[0-9]+(\.[0-9]+)?$",
    "description": "Above zero, with at most the decimals of the currency; never a JSON number.",
}
CURRENCY: Schema = {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217."}


def record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Return an object with these fields; others may stand beside them."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
    }


def listed(item: Schema, *, least: int = 1) -> Schema:
    """Return a list of so many items at least."""
    return {"type": "array", "minItems": least, "items": item}


def word(*words: str, default: str | None = None) -> Schema:
    """Return one of the words."""
    schema: Schema = {"type": "string", "enum": list(words)}
    return schema | {"default": default} if default else schema


_LINE = record({"category": ID, "amount": AMOUNT})

_CLICK_ID: Schema = {
    "type": "string",
    "maxLength": 4096,
    "description": "The click_id that the redirect added to your landing URL, "
    "or the one of your own click.recorded.",
}
_EXCHANGE_RATE: Schema = {
    "type": "string",
    "pattern": r"^[0-9]+(\.[0-9]{1,12})?$",
    "description": "Units of the program's currency per unit of this payment's; "
    "required where they differ.",
}

_SERVICE = record(
    {
        "client_id": ID,
        "account_id": ID,
        "service_id": ID,
        "category": ID,
        "name": NAME,
        "at": INSTANT,
    },
    {
        "renews_at": INSTANT | {"description": "RFC 3339 with an offset."},
        "price": AMOUNT,
        "currency": CURRENCY,
    },
)

_INVOICE_STATUS = word("unpaid", "paid", "overdue", "cancelled", "refunded", default="unpaid")
_INVOICE_LINES = listed(record({"amount": AMOUNT}, {"name": NAME, "category": ID}))
_LATER = {"type": "string", "format": "date-time", "description": "RFC 3339 with an offset."}

_LEGAL_FORM = word("legal_entity", "sole_proprietor", "self_employed", "individual")
_ORDER: dict[str, Schema] = {
    "kind": word("service", "addon", "domain"),
    "name": NAME,
    "status": ID,
    "amount": AMOUNT,
    "currency": CURRENCY,
}

EVENT_SCHEMAS: Mapping[str, Schema] = {
    "click.recorded": record(
        {"click_id": ID, "code": ID, "clicked_at": INSTANT}, {"visitor_id": ID}
    ),
    "client.registered": record(
        {"client_id": ID, "name": NAME, "registered_at": INSTANT},
        {
            "click_id": _CLICK_ID,
            "visitor_id": ID,
            "referral_code": ID,
            "telegram_id": {"type": "integer", "minimum": 1},
            "email": NAME,
            "phone": NAME,
            "legal_form": _LEGAL_FORM,
            "tax_id": ID,
            "platform": NAME,
            "department": NAME,
            "owner_account_id": ID,
            "account": record({"account_id": ID, "name": NAME}),
            "program": ID,
        },
    ),
    "account.created": record(
        {"client_id": ID, "account_id": ID, "name": NAME, "created_at": INSTANT}
    ),
    "client.updated": record(
        {"client_id": ID},
        {
            "name": NAME,
            "email": NAME,
            "phone": NAME,
            "legal_form": _LEGAL_FORM,
            "tax_id": ID,
            "platform": NAME,
            "department": NAME,
            "owner_account_id": ID,
        },
    ),
    "order.created": record({"order_id": ID, "client_id": ID, "at": INSTANT} | _ORDER),
    "order.updated": record({"order_id": ID, "at": INSTANT}, {"client_id": ID} | _ORDER),
    "client.deleted": record({"client_id": ID, "deleted_at": INSTANT}),
    "payment.succeeded": record(
        {
            "payment_id": ID,
            "client_id": ID,
            "amount": AMOUNT,
            "currency": CURRENCY,
            "paid_at": INSTANT,
        },
        {
            "account_id": ID,
            "category": ID,
            "lines": listed(_LINE),
            "settlement": word("direct", "via_partner", default="direct"),
            "exchange_rate": _EXCHANGE_RATE,
            "invoice_id": ID,
            "program": ID,
        },
    ),
    "payment.refunded": record(
        {"refund_id": ID, "payment_id": ID, "amount": AMOUNT, "refunded_at": INSTANT},
        {
            "kind": word("refund", "chargeback", "chargeback_won", default="refund"),
            "lines": listed(_LINE),
        },
    ),
    "service.activated": _SERVICE,
    "service.suspended": _SERVICE,
    "service.cancelled": _SERVICE,
    "invoice.issued": record(
        {
            "invoice_id": ID,
            "number": ID,
            "client_id": ID,
            "amount": AMOUNT
            | {
                "description": "What is to be paid; with request_id the full price less the "
                "partner's share, as invoice.requested said."
            },
            "currency": CURRENCY,
            "issued_at": INSTANT,
        },
        {
            "status": _INVOICE_STATUS,
            "due_at": _LATER,
            "lines": _INVOICE_LINES,
            "request_id": ID
            | {"description": "Of invoice.requested, where a partner asked for the invoice."},
        },
    ),
    "invoice.updated": record(
        {"invoice_id": ID, "issued_at": INSTANT},
        {
            "at": INSTANT
            | {
                "description": "When it changed; an older change than the last is passed over. "
                "With it, issued_at may be left out."
            },
            "status": _INVOICE_STATUS,
            "number": ID,
            "client_id": ID,
            "amount": AMOUNT,
            "currency": CURRENCY,
            "due_at": _LATER,
            "lines": _INVOICE_LINES,
        },
    ),
}
"""By type; tests keep them in step with the readers of ``domain.events``."""

_NAMES = {kind: frozenset(schema["properties"]) for kind, schema in EVENT_SCHEMAS.items()}


def ignored_fields(kind: str, data: Mapping[str, object]) -> tuple[str, ...]:
    """Return the paths of fields in ``data`` that no reader knows."""
    schema = EVENT_SCHEMAS.get(kind)
    if schema is None:
        return ()
    if data.keys() <= _NAMES[kind] and "lines" not in data and "account" not in data:
        return ()
    return tuple(_unknown(schema, data, "data"))


def _unknown(schema: Schema, value: object, path: str) -> Iterator[str]:
    if schema["type"] == "object" and isinstance(value, dict):
        for name, item in value.items():
            known = schema["properties"].get(name)
            if known is None:
                yield f"{path}.{name}"
            else:
                yield from _unknown(known, item, f"{path}.{name}")
    elif schema["type"] == "array" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown(schema["items"], item, f"{path}[{index}]")

"""The home of the documented webhooks: what the vendor's systems are told, as JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.http.event_schemas import ID, Schema, listed, record, word
from handlers.http.schema_parts import MONEY, REASONS, TEXT, TIME, maybe


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One type of webhook: what it means, its data, and an example of it."""

    summary: str
    data: Schema
    example: dict[str, object]


_COMMISSION_STATUS = word("held", "payable", "reserved", "paid", "converted", "retained", "voided")
_OF_COMMISSION: dict[str, Schema] = {
    "commission_id": TEXT,
    "payment_id": ID,
    "client_id": ID,
    "partner_code": TEXT,
    "program": TEXT,
    "currency": TEXT,
}
_OF_COMMISSION_EXAMPLE: dict[str, object] = {
    "commission_id": "8k3m9p2q7w",
    "payment_id": "p-1",
    "client_id": "c-1",
    "partner_code": "k4m7xw2a",
    "program": "saas-tiers",
    "currency": "USD",
}
_CREATED = record(
    _OF_COMMISSION
    | {
        "amount": MONEY,
        "base": MONEY,
        "base_currency": TEXT,
        "rate": TEXT,
        "tier": maybe(TEXT),
        "category": maybe(TEXT),
        "settlement": word("direct", "via_partner"),
        "status": _COMMISSION_STATUS,
        "held_until": TIME,
        "created_at": TIME,
    }
)
_CLAWED_BACK = record(
    _OF_COMMISSION
    | {
        "amount": MONEY | {"description": "Below zero where a won chargeback gave it back."},
        "clawed_back": MONEY | {"description": "Of this commission in total."},
        "status": _COMMISSION_STATUS,
    }
)
_PROMO = record(
    {
        "promo_id": TEXT,
        "client_id": ID,
        "program": TEXT,
        "partner_code": maybe(TEXT),
        "code": TEXT,
        "bonuses": {"type": "integer"},
        "activated_at": TIME,
        "expires_at": TIME,
    }
)
_PAYOUT = record(
    {
        "payout_id": TEXT,
        "partner_code": TEXT,
        "program": TEXT,
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
)
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
_CREDIT = record(
    {
        "credit_id": TEXT,
        "conversion_id": TEXT,
        "account_id": ID,
        "amount": MONEY,
        "currency": TEXT,
        "reason": word("conversion", "refund", "chargeback_won"),
        "partner_code": TEXT,
        "program": TEXT,
        "at": TIME,
    },
    {"payment_id": ID},
)
_PINNED = {
    "account_id": ID,
    "client_id": maybe(ID),
    "partner_code": TEXT,
    "program": TEXT,
    "protected": {"type": "boolean"},
    "reason": maybe(
        word(
            "self_referral",
            "released",
            "client",
            "staff",
            "moved",
            "left",
            "others",
        )
        | {"description": "Why the protection ended."}
    ),
    "at": TIME,
}
_PINNED_EXAMPLE: dict[str, object] = {
    "account_id": "a-1",
    "client_id": "bot-7k3m9p2q",
    "partner_code": "k4m7xw2a",
    "program": "widget-reseller",
    "protected": True,
    "reason": None,
    "at": "2026-11-21T10:00:00Z",
}
_REGISTERED = record(
    {
        "client_id": ID | {"description": "bot-...; your own id takes its place."},
        "name": TEXT,
        "email": maybe(TEXT),
        "phone": maybe(TEXT),
        "telegram_id": {"type": ["integer", "null"]},
        "registered_at": TIME,
        "partner_code": maybe(TEXT),
        "program": maybe(TEXT),
        "reason": maybe(word(*REASONS)),
    }
)


def _payout(status: str, **more: object) -> dict[str, object]:
    return {
        "payout_id": "9w2q8k3m7p",
        "partner_code": "k4m7xw2a",
        "program": "saas-tiers",
        "amount": "150.00",
        "currency": "USD",
        "status": status,
        "comment": "March",
        "reason": None,
        "requested_at": "2026-11-21T10:00:00Z",
        "settled_at": None,
        "commissions": [{"commission_id": "8k3m9p2q7w", "amount": "150.00"}],
        "adjustments": [],
    } | more


def _credit(reason: str, **more: object) -> dict[str, object]:
    return {
        "credit_id": "3m9p2q7w8k",
        "conversion_id": "7w8k3m9p2q",
        "account_id": "a-1",
        "amount": "60.00",
        "currency": "USD",
        "reason": reason,
        "partner_code": "k4m7xw2a",
        "program": "saas-tiers",
        "at": "2026-11-21T10:00:00Z",
    } | more


_SETTLED = "2026-11-23T09:00:00Z"

WEBHOOKS: Mapping[str, Webhook] = {
    "client.registered": Webhook(
        summary="A client registered in the bot by its own consent.",
        data=_REGISTERED,
        example={
            "client_id": "bot-7k3m9p2q",
            "name": "Ann",
            "email": None,
            "phone": "+12025550123",
            "telegram_id": 100200300,
            "registered_at": "2026-11-21T10:00:00Z",
            "partner_code": "k4m7xw2a",
            "program": "saas-tiers",
            "reason": None,
        },
    ),
    "client.pinned": Webhook(
        summary="A partner named the account in advance: your sales must leave the client alone.",
        data=record(_PINNED),
        example=_PINNED_EXAMPLE,
    ),
    "client.unprotected": Webhook(
        summary="The protection ended; whose the client is has not changed by that.",
        data=record(_PINNED),
        example=_PINNED_EXAMPLE | {"protected": False, "reason": "client"},
    ),
    "client.pin_requested": Webhook(
        summary="A partner named the account of a client that you know: only the client itself "
        "may confirm it. Pass it the link https://t.me/YOUR_BOT?start=START and nobody else.",
        data=record(
            _PINNED
            | {
                "partner_name": TEXT,
                "start": TEXT | {"description": "What stands behind ?start= in the link."},
                "expires_at": maybe(TIME),
            }
        ),
        example=_PINNED_EXAMPLE
        | {
            "client_id": "c-1",
            "protected": False,
            "partner_name": "Leo",
            "start": "p_8k3m9p2q7w_0123456789abcdef01234567",
            "expires_at": "2026-11-28T10:00:00Z",
        },
    ),
    "commission.created": Webhook(
        summary="A payment line earned a commission.",
        data=_CREATED,
        example=_OF_COMMISSION_EXAMPLE
        | {
            "amount": "20.00",
            "base": "200.00",
            "base_currency": "USD",
            "rate": "10%",
            "tier": "start",
            "category": None,
            "settlement": "direct",
            "status": "payable",
            "held_until": "2026-11-21T10:00:00Z",
            "created_at": "2026-11-21T10:00:00Z",
        },
    ),
    "commission.clawed_back": Webhook(
        summary="A refund took back part or all of a commission.",
        data=_CLAWED_BACK,
        example=_OF_COMMISSION_EXAMPLE
        | {"amount": "5.00", "clawed_back": "5.00", "status": "payable"},
    ),
    "payout.requested": Webhook(
        summary="A partner asked for a pay-out; the money is reserved.",
        data=_PAYOUT,
        example=_payout("processing"),
    ),
    "payout.done": Webhook(
        summary="The money was sent.",
        data=_PAYOUT,
        example=_payout("done", settled_at=_SETTLED),
    ),
    "payout.rejected": Webhook(
        summary="Your staff rejected a pay-out; the money is back on the balance.",
        data=_PAYOUT,
        example=_payout("rejected", settled_at=_SETTLED, reason="details"),
    ),
    "payout.cancelled": Webhook(
        summary="The partner took its request back.",
        data=_PAYOUT,
        example=_payout("cancelled", settled_at=_SETTLED),
    ),
    "payout.returned": Webhook(
        summary="The bank sent the money back after it was done.",
        data=_PAYOUT,
        example=_payout("returned", settled_at=_SETTLED),
    ),
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
    "credit.granted": Webhook(
        summary="Add service credit to an account, once per credit_id.",
        data=_CREDIT,
        example=_credit("conversion"),
    ),
    "promo.activated": Webhook(
        summary="A client activated its promo code: add the bonuses, until they lapse.",
        data=_PROMO,
        example={
            "promo_id": "8k3m9p2q7w",
            "client_id": "c-1",
            "program": "cloud-referral",
            "partner_code": "k4m7xw2a",
            "code": "CLOUD-6000-A1",
            "bonuses": 6000,
            "activated_at": "2026-11-21T10:00:00Z",
            "expires_at": "2027-01-20T10:00:00Z",
        },
    ),
    "credit.reduced": Webhook(
        summary="Take service credit from an account, once per credit_id.",
        data=_CREDIT,
        example=_credit("refund", payment_id="p-1"),
    ),
}
"""By type."""

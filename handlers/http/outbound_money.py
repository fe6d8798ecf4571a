"""The home of the documented webhooks about commissions and pay-outs."""

from collections.abc import Mapping

from handlers.http.event_schemas import ID, Schema, listed, record, word
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import BASIS, MONEY, TAX, TEXT, TIME, maybe

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
        "tax": TAX,
        "basis": BASIS,
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
_SETTLED = "2026-11-23T09:00:00Z"


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


WEBHOOKS_OF_MONEY: Mapping[str, Webhook] = {
    "commission.created": Webhook(
        summary="A payment line earned a commission.",
        data=_CREATED,
        example=_OF_COMMISSION_EXAMPLE
        | {
            "amount": "20.00",
            "base": "200.00",
            "base_currency": "USD",
            "rate": "10%",
            "tax": "0%",
            "basis": "share",
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
    "payout.reopened": Webhook(
        summary="Your staff took a rejection back; the money is reserved again.",
        data=_PAYOUT,
        example=_payout("processing"),
    ),
    "payout.returned": Webhook(
        summary="The bank sent the money back after it was done.",
        data=_PAYOUT,
        example=_payout("returned", settled_at=_SETTLED),
    ),
}

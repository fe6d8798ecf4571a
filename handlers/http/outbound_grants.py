"""The home of the documented webhooks about what the vendor gives: credit and bonuses."""

from collections.abc import Mapping

from handlers.http.event_schemas import ID, record, word
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import MONEY, TEXT, TIME, maybe

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


WEBHOOKS_OF_GRANTS: Mapping[str, Webhook] = {
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

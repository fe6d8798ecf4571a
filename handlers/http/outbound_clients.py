"""The home of the documented webhooks about clients: registered, pinned, unprotected."""

from collections.abc import Mapping

from handlers.http.event_schemas import ID, record, word
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import REASONS, TEXT, TIME, maybe

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

WEBHOOKS_OF_CLIENTS: Mapping[str, Webhook] = {
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
}

"""The home of the documented webhooks about questions to the vendor and to partners."""

from collections.abc import Mapping

from handlers.http.event_schemas import ID, record, word
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import TEXT, TIME, maybe

_TICKET = record(
    {
        "ticket_id": TEXT,
        "number": {"type": "integer", "description": "As people see it."},
        "client_id": maybe(ID),
        "partner_code": maybe(TEXT),
        "program": maybe(TEXT),
        "author": word("client", "partner", "visitor", "vendor"),
        "subject": TEXT | {"description": "How the first words begin."},
        "text": TEXT,
        "has_file": {
            "type": "boolean",
            "description": "A file came with it; it stays in the bot.",
        },
        "at": TIME,
    }
)


def _ticket(text: str, author: str, at: str) -> dict[str, object]:
    return {
        "ticket_id": "5t7r9w2q8k",
        "number": 12,
        "client_id": "c-1",
        "partner_code": "k4m7xw2a",
        "program": "hosting-matrix",
        "author": author,
        "subject": "Which plan is right for a shop?",
        "text": text,
        "has_file": False,
        "at": at,
    }


WEBHOOKS_OF_TICKETS: Mapping[str, Webhook] = {
    "ticket.opened": Webhook(
        summary="Somebody asked a question.",
        data=_TICKET,
        example=_ticket("Which plan is right for a shop?", "client", "2026-11-21T10:00:00Z"),
    ),
    "ticket.replied": Webhook(
        summary="A question was answered, or its asker went on.",
        data=_TICKET,
        example=_ticket("The second one.", "vendor", "2026-11-21T11:00:00Z"),
    ),
}

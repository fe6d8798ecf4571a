"""The home of the documented webhooks: what the vendor's systems are told, as JSON Schema."""

from collections.abc import Mapping

from handlers.http.outbound_clients import WEBHOOKS_OF_CLIENTS
from handlers.http.outbound_grants import WEBHOOKS_OF_GRANTS
from handlers.http.outbound_invoices import WEBHOOKS_OF_INVOICES
from handlers.http.outbound_money import WEBHOOKS_OF_MONEY
from handlers.http.outbound_tickets import WEBHOOKS_OF_TICKETS
from handlers.http.outbound_webhook import Webhook

WEBHOOKS: Mapping[str, Webhook] = {
    **WEBHOOKS_OF_CLIENTS,
    **WEBHOOKS_OF_MONEY,
    **WEBHOOKS_OF_INVOICES,
    **WEBHOOKS_OF_GRANTS,
    **WEBHOOKS_OF_TICKETS,
}
"""By type."""

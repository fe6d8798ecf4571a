"""The home of orders: what a client has ordered of the vendor, as billing reports it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderKind(StrEnum):
    """What is ordered."""

    SERVICE = "service"
    ADDON = "addon"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOrder:
    """An order of a client.

    Attributes:
        id: Our id.
        order_id: Billing's id.
        client_id: Our id of the client.
        kind: Service, add-on or domain.
        name: Hostile text.
        status: The vendor's word.
        minor: Price in minor units of ``currency``.
        currency: ISO 4217 code.
        created_at: When it was made.
        changed_at: The latest report by its own time; earlier ones change nothing any more.
    """

    id: int
    order_id: str
    client_id: int
    kind: OrderKind
    name: str
    status: str
    minor: int
    currency: str
    created_at: datetime
    changed_at: datetime

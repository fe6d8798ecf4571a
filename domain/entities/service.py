"""The home of a client's services: what it uses of the vendor and pays for again and again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceState(StrEnum):
    """Where a service stands; only an active one counts (R9)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A hosting plan, a domain, a subscription of a client.

    Attributes:
        service_id: Billing's id.
        client_id: Our id of the client.
        account_id: The client's account that it belongs to.
        category: The vendor's word, such as ``shared_hosting``.
        name: Hostile text.
        state: What the latest event said.
        changed_at: That event's own time; earlier ones change nothing any more.
        renews_at: When it ends or renews, or ``None``.
        price_minor: Price of the next period in minor units of ``currency``, or ``None``.
        currency: ISO 4217, or ``None``.
    """

    service_id: str
    client_id: int
    account_id: str
    category: str
    name: str
    state: ServiceState
    changed_at: datetime
    renews_at: datetime | None = None
    price_minor: int | None = None
    currency: str | None = None

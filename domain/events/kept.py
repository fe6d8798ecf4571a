"""The home of events that earn nothing: what billing tells of clients and their orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.entities.order import OrderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientUpdated:
    """``client.updated``: what is absent stays as it was.

    It has no time of its own, so two that say the same are two facts: the order in which they
    arrive decides.
    """

    client_id: str
    changes: Mapping[str, str]
    at: datetime

    @property
    def fact(self) -> str:
        """What it is about; an event of each id is its own."""
        return f"client_updated:{self.client_id}:"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCreated:
    """``order.created``: a client ordered something."""

    order_id: str
    client_id: str
    kind: OrderKind
    name: str
    status: str
    minor: int
    currency: str
    at: datetime

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUpdated:
    """``order.updated``: where an order stands; what is absent stays as it was."""

    order_id: str
    client_id: str | None
    kind: OrderKind | None
    name: str | None
    status: str | None
    minor: int | None
    currency: str | None
    at: datetime
    fact: str

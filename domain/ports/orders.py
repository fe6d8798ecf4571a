"""The home of the port of clients' orders."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from domain.entities.order import ClientOrder
from domain.entities.views import Cursor


class Orders(Protocol):
    """Orders of clients, as billing reports them."""

    async def by_ids(self, order_ids: Iterable[str]) -> Sequence[ClientOrder]:
        """Return orders by billing's ids."""
        ...

    async def of_client(
        self, client_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[ClientOrder]:
        """Return a client's orders, newest first."""
        ...

    async def save(self, new: Sequence[ClientOrder], changed: Sequence[ClientOrder]) -> None:
        """Keep new orders, and the next state of others."""
        ...

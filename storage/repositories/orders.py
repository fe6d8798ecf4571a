"""The home of clients' orders."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.order import ClientOrder
from domain.entities.views import Cursor
from storage.rows import among, insert_all, records_of, update_all, values_of
from storage.tables import client_orders


class OrderRepository:
    """Orders on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_ids(self, order_ids: Iterable[str]) -> Sequence[ClientOrder]:
        """Return orders by billing's ids."""
        rows = await self._connection.execute(
            select(client_orders).where(among(client_orders.c.order_id, order_ids))
        )
        return records_of(ClientOrder, rows)

    async def of_client(
        self, client_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[ClientOrder]:
        """Return a client's orders, newest first."""
        statement = (
            select(client_orders)
            .where(client_orders.c.client_id == client_id)
            .order_by(client_orders.c.created_at.desc(), client_orders.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            place = tuple_(client_orders.c.created_at, client_orders.c.id)
            statement = statement.where(place < tuple_(before.at, before.id))
        return records_of(ClientOrder, await self._connection.execute(statement))

    async def save(self, new: Sequence[ClientOrder], changed: Sequence[ClientOrder]) -> None:
        """Keep new orders, and the next state of others."""
        await insert_all(self._connection, client_orders, [values_of(row) for row in new])
        rows = [values_of(row) for row in changed]
        await update_all(self._connection, client_orders, rows)

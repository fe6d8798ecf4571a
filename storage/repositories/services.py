"""The home of clients' services."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.service import Service
from storage.rows import among, insert_all, records_of, update_all, values_of
from storage.tables import services


class ServiceRepository:
    """Services on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_ids(self, service_ids: Iterable[str]) -> Sequence[Service]:
        """Return services by billing's ids."""
        rows = await self._connection.execute(
            select(services).where(among(services.c.service_id, service_ids))
        )
        return records_of(Service, rows)

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Service]:
        """Return every service of these clients."""
        rows = await self._connection.execute(
            select(services).where(among(services.c.client_id, client_ids))
        )
        return records_of(Service, rows)

    async def add(self, new: Sequence[Service]) -> None:
        """Keep new services."""
        await insert_all(self._connection, services, [values_of(row) for row in new])

    async def update(self, changed: Sequence[Service]) -> None:
        """Keep the next state of services."""
        rows = [values_of(row) for row in changed]
        await update_all(self._connection, services, rows, key="service_id")

"""The home of mapped categories in the table."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.category import CategoryMapping
from storage.rows import among, upsert, values_of
from storage.tables import category_mappings as table


class CategoryRepository:
    """Mapped categories on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def mapped(self, programs: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """Return what each mapped category of these programs counts as."""
        rows = await self._connection.execute(
            select(table.c.program, table.c.category, table.c.counts_as).where(
                among(table.c.program, programs)
            )
        )
        return {(row.program, row.category): row.counts_as for row in rows}

    async def put(self, mapping: CategoryMapping, *, by: int, at: datetime) -> None:
        """Let a category count as another one from now on."""
        change = {"counts_as": mapping.counts_as, "mapped_by": by, "mapped_at": at}
        statement = upsert(self._connection, table).values(values_of(mapping) | change)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["program", "category"], set_=change)
        )

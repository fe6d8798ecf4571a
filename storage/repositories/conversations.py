"""The home of forms in progress, sealed: they may hold accounts to pay to."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows import upsert
from storage.tables import conversations
from storage.vault import Vault


class ConversationRepository:
    """Forms on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def get(self, key: str) -> tuple[str | None, dict[str, object]]:
        """Return state and data of a conversation."""
        row = (
            await self._connection.execute(select(conversations).where(conversations.c.key == key))
        ).first()
        if row is None:
            return None, {}
        return row.state, json.loads(self._vault.open(row.data, context=f"form:{key}"))

    async def put(
        self, key: str, state: str | None, data: dict[str, object], *, at: datetime
    ) -> None:
        """Keep state and data; an empty conversation is deleted."""
        if state is None and not data:
            await self._connection.execute(delete(conversations).where(conversations.c.key == key))
            return
        values = {
            "state": state,
            "data": self._vault.seal(json.dumps(data), context=f"form:{key}"),
            "updated_at": at,
        }
        statement = upsert(self._connection, conversations).values(key=key, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_=values)
        )

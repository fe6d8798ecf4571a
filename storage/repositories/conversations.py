"""The home of forms in progress, sealed: they may hold accounts to pay to."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows import AnyRow, upsert
from storage.straight import Question
from storage.tables import conversations
from storage.vault import Vault

Form = tuple[str | None, dict[str, Any]]
"""State and data."""
_BY_KEY = Question(select(conversations).where(conversations.c.key == bindparam("name")))


class ConversationRepository:
    """Forms on one connection.

    A form remembers how it stood before the update that changed it last. When that update has to
    be handled again, after a crash or a failed answer, the form is put back first: otherwise the
    repeated answer would be read as the answer to the next question.
    """

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def get(self, key: str) -> Form:
        """Return state and data of a conversation."""
        row = await self._row(key)
        return (None, {}) if row is None else (row.state, self._opened(key, row.data))

    async def put(
        self,
        key: str,
        state: str | None,
        data: dict[str, Any],
        *,
        update_id: int | None,
        at: datetime,
    ) -> None:
        """Keep state and data, changed by this update."""
        row = await self._row(key)
        is_first = row is None or update_id is None or row.update_id != update_id
        before = row.before if row is not None else None
        if is_first:
            form = (None, {}) if row is None else (row.state, self._opened(key, row.data))
            before = self._sealed(key, {"state": form[0], "data": form[1]})
        values = {
            "state": state,
            "data": self._sealed(key, data),
            "update_id": update_id,
            "before": before,
            "updated_at": at,
        }
        statement = upsert(self._connection, conversations).values(key=key, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_=values)
        )

    async def rewind(self, update_id: int) -> None:
        """Put every form back to where it stood before this update."""
        rows = await self._connection.execute(
            select(conversations).where(conversations.c.update_id == update_id)
        )
        for row in rows.all():
            before = self._opened(row.key, row.before)
            await self._connection.execute(
                update(conversations)
                .where(conversations.c.key == row.key)
                .values(state=before["state"], data=self._sealed(row.key, before["data"]))
            )

    async def forget(self, *, updated_before: datetime) -> None:
        """Delete forms that were left or ended long ago."""
        await self._connection.execute(
            delete(conversations).where(
                conversations.c.state.is_(None), conversations.c.updated_at < updated_before
            )
        )

    async def _row(self, key: str) -> AnyRow | None:
        found = await _BY_KEY.rows(self._connection, name=key)
        return found[0] if found else None

    def _sealed(self, key: str, value: dict[str, Any]) -> bytes:
        return self._vault.seal(json.dumps(value), context=f"form:{key}")

    def _opened(self, key: str, sealed: bytes) -> dict[str, Any]:
        return dict(json.loads(self._vault.open(sealed, context=f"form:{key}")))

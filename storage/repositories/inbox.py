"""The home of updates that wait to be handled, sealed: they may hold phones and accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows import AnyRow, among, any_of, delete_some, insert_all, update_all, upsert
from storage.straight import Question, driver_of
from storage.tables import inbox
from storage.vault import Vault

_KNOWN = Question(select(inbox.c.update_id).where(any_of(inbox.c.update_id)))
_OPEN = text("handled_at IS NULL AND parked_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """An update as Telegram sent it.

    Attributes:
        update_id: Telegram's id; unique for the bot.
        speaker: Whose order it belongs to.
        body: JSON text.
        attempts: How often handling failed.
    """

    update_id: int
    speaker: str
    body: str
    attempts: int = 0


class InboxRepository:
    """Updates on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def add(self, updates: Sequence[StoredUpdate], *, at: datetime) -> set[int]:
        """Keep updates; return the ids of those that are new."""
        ids = [row.update_id for row in updates]
        known = {row.update_id for row in await _KNOWN.rows(self._connection, keys=ids)}
        # In one order everywhere: two replicas that were given the same updates in different
        # orders would wait for each other.
        in_order = sorted(updates, key=lambda row: row.update_id)
        fresh = {row.update_id: row for row in in_order if row.update_id not in known}
        if not fresh:
            return set()
        if driver_of(self._connection) is not None and not self._is_shared:
            # The only writer has just looked: none of these ids can come in between.
            rows = [self._values(row, at) for row in fresh.values()]
            await insert_all(self._connection, inbox, rows)
            return set(fresh)
        statement = upsert(self._connection, inbox).on_conflict_do_nothing()
        kept: set[int] = set()
        for row in fresh.values():
            values = self._values(row, at)
            result = await self._connection.execute(statement.values(**values))
            if result.rowcount:
                kept.add(row.update_id)
        return kept

    @property
    def _is_shared(self) -> bool:
        """Test if another process may add the same update in between: not on SQLite."""
        return self._connection.dialect.name == "postgresql"

    def _values(self, row: StoredUpdate, at: datetime) -> dict[str, Any]:
        return {
            "update_id": row.update_id,
            "speaker": row.speaker,
            "body": self._seal(row),
            "received_at": at,
            "attempts": 0,
        }

    def _seal(self, row: StoredUpdate) -> bytes:
        return self._vault.seal(row.body, context=f"update:{row.update_id}")

    async def open_ones(self, *, received_before: datetime, limit: int) -> list[StoredUpdate]:
        """Return updates that are neither handled nor parked, oldest first."""
        rows = await self._connection.execute(
            select(inbox)
            .where(_OPEN, inbox.c.received_at <= received_before)
            .order_by(inbox.c.update_id)
            .limit(limit)
        )
        return [self._opened(row) for row in rows]

    async def open_of(self, speakers: Iterable[str]) -> list[StoredUpdate]:
        """Return the updates of people that are neither handled nor parked, oldest first."""
        rows = await self._connection.execute(
            select(inbox)
            .where(_OPEN, among(inbox.c.speaker, speakers))
            .order_by(inbox.c.update_id)
        )
        return [self._opened(row) for row in rows]

    def _opened(self, row: AnyRow) -> StoredUpdate:
        return StoredUpdate(
            update_id=row.update_id,
            speaker=row.speaker,
            body=self._vault.open(row.body, context=f"update:{row.update_id}"),
            attempts=row.attempts,
        )

    async def handled(self, update_ids: Sequence[int], *, at: datetime) -> None:
        """Keep that updates were handled; their text is forgotten, their ids stay."""
        rows = [
            {"update_id": id_, "handled_at": at, "body": b""} for id_ in sorted(set(update_ids))
        ]
        await update_all(self._connection, inbox, rows, key="update_id")

    async def failed(self, update_id: int, error: str, *, counts: bool = True) -> None:
        """Keep what went wrong, and count it unless the update is not to blame."""
        await self._connection.execute(
            update(inbox)
            .where(inbox.c.update_id == update_id)
            .values(attempts=inbox.c.attempts + int(counts), error=error)
        )

    async def parked(self, update_id: int, error: str, *, at: datetime) -> None:
        """Give up; the text stays for whoever looks into it."""
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(parked_at=at, error=error)
        )

    async def forget(self, *, handled_before: datetime, limit: int) -> int:
        """Delete some old handled rows; return how many."""
        old = inbox.c.handled_at < handled_before
        return len(await delete_some(self._connection, inbox.c.update_id, old, limit=limit))

    async def forget_parked(self, *, parked_before: datetime, limit: int) -> int:
        """Delete some that were given up long ago, with their text; return how many."""
        old = inbox.c.parked_at < parked_before
        return len(await delete_some(self._connection, inbox.c.update_id, old, limit=limit))

"""The home of webhooks owed to the vendor, in the table."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.outbound import OutboundCounts, OutboundEvent
from storage.rows import (
    among,
    delete_some,
    in_order,
    insert_all,
    records_of,
    update_all,
    values_of,
)
from storage.tables import outbound_events as table
from storage.types import Instant

_OPEN = text("outbound_events.delivered_at IS NULL AND outbound_events.undelivered_at IS NULL")
_GIVEN_UP = text("undelivered_at IS NOT NULL")
_RECORD = [column for column in table.c if column.name in OutboundEvent.__dataclass_fields__]


class OutboundRepository:
    """Webhooks owed, on one connection."""

    def __init__(self, connection: AsyncConnection, *, is_wanted: bool) -> None:
        """Work on the connection's transaction.

        Args:
            connection: Of the unit of work.
            is_wanted: The vendor has an address for webhooks; without one nothing is written,
                whoever adds.
        """
        self._connection = connection
        self._is_wanted = is_wanted

    async def add(self, events: Sequence[OutboundEvent]) -> None:
        """Owe webhooks; where the vendor wants none, nothing is written."""
        if not self._is_wanted:
            return
        rows = [values_of(event) | {"due_at": event.created_at} for event in events]
        await insert_all(self._connection, table, rows)

    async def has_due(self, *, now: datetime) -> bool:
        """Test if something is due; cheaper than a claim that finds nothing."""
        due = select(literal(1)).where(_OPEN, table.c.due_at <= now).limit(1)
        return (await self._connection.scalar(due.select_from(table))) is not None

    async def claim(
        self, *, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[OutboundEvent]:
        """Lease due events, the first of each subject only, oldest first.

        The lease is ``due_at`` moved ahead: a sender that dies gives its events back by itself.
        """
        earlier = table.alias("earlier")
        is_first = ~(
            select(earlier.c.id)
            .where(
                earlier.c.subject == table.c.subject,
                earlier.c.id < table.c.id,
                earlier.c.delivered_at.is_(None),
                earlier.c.undelivered_at.is_(None),
            )
            .exists()
        )
        statement = (
            select(*_RECORD)
            .where(_OPEN, table.c.due_at <= now, or_(table.c.subject.is_(None), is_first))
            .order_by(table.c.due_at, table.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=table)
        )
        found = records_of(OutboundEvent, (await self._connection.execute(statement)).all())
        if not found:
            return []
        claimed = (
            update(table)
            .where(among(table.c.id, [event.id for event in found]))
            .values(
                due_at=lease_until,
                attempts=table.c.attempts + 1,
                tried_since=func.coalesce(table.c.tried_since, literal(now, Instant())),
            )
            .returning(*_RECORD)
        )
        rows = records_of(OutboundEvent, (await self._connection.execute(claimed)).all())
        return sorted(rows, key=lambda event: event.id)

    async def delivered(self, event_id: int, *, at: datetime) -> None:
        """Keep that the vendor took the event."""
        await self._connection.execute(
            update(table)
            .where(table.c.id == event_id)
            .values(delivered_at=at, undelivered_at=None, error=None)
        )

    async def postpone(self, event_id: int, *, until: datetime, error: str) -> None:
        """Try again later; another sender may have delivered it meanwhile."""
        await self._connection.execute(
            update(table).where(table.c.id == event_id, _OPEN).values(due_at=until, error=error)
        )

    async def give_up(self, event_id: int, *, at: datetime, error: str) -> None:
        """Leave the event to staff; the next one of its subject may go."""
        await self._connection.execute(
            update(table)
            .where(table.c.id == event_id, _OPEN)
            .values(undelivered_at=at, error=error)
        )

    async def counts(self) -> OutboundCounts:
        """Return how many wait and how many were given up."""
        waiting = select(func.count()).select_from(table).where(_OPEN)
        given_up = select(func.count()).select_from(table).where(_GIVEN_UP)
        return OutboundCounts(
            waiting=await self._connection.scalar(waiting) or 0,
            undelivered=await self._connection.scalar(given_up) or 0,
        )

    async def undelivered(self, *, after: int, limit: int) -> Sequence[OutboundEvent]:
        """Return given up events, by id after ``after``."""
        rows = await self._connection.execute(
            select(*_RECORD).where(_GIVEN_UP, table.c.id > after).order_by(table.c.id).limit(limit)
        )
        return records_of(OutboundEvent, rows)

    async def retry(self, event_id: int | None, *, at: datetime) -> int:
        """Let one given up event be sent again, or all of them; return how many."""
        meant = [_GIVEN_UP] if event_id is None else [_GIVEN_UP, table.c.id == event_id]
        statement = update(table).where(in_order(table, *meant))
        result = await self._connection.execute(
            statement.values(undelivered_at=None, due_at=at, attempts=0, tried_since=None)
        )
        return int(result.rowcount)

    async def rename_client(self, client_id: int, erased: dict[str, object]) -> None:
        """Put other personal data of a client into every event that holds its own."""
        rows = await self._connection.execute(
            select(table.c.id, table.c.data)
            .where(table.c.client_id == client_id)
            .order_by(table.c.id)
        )
        renamed = [
            {"id": row.id, "data": row.data | {k: v for k, v in erased.items() if k in row.data}}
            for row in rows
        ]
        await update_all(self._connection, table, renamed)

    async def forget(self, *, delivered_before: datetime, limit: int) -> int:
        """Delete some that were delivered long ago; return how many."""
        old = table.c.delivered_at < delivered_before
        return len(await delete_some(self._connection, table.c.id, old, limit=limit))

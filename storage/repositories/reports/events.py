"""The home of looking an event up."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.event import (
    EventCounts,
    EventCursor,
    EventRecord,
    EventShelf,
    EventStatus,
)
from storage.repositories.events import event_of
from storage.tables import events
from storage.tables.events import OPEN
from storage.types import Instant

_OPEN = text(OPEN)
"""Told in the words of the index, so that both databases see that it helps."""


class EventReports:
    """Stored events on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def event(self, event_id: str) -> EventRecord | None:
        """Return a stored event."""
        row = (
            await self._connection.execute(select(events).where(events.c.id == event_id))
        ).first()
        return event_of(row) if row else None

    async def events(
        self, shelf: EventShelf, *, before: EventCursor | None, limit: int
    ) -> Sequence[EventRecord]:
        """Return a page of events that took no effect, newest first."""
        statement = select(events).where(_OPEN, *_on(shelf))
        if before is not None:
            last = tuple_(literal(before.at, Instant()), literal(before.id))
            statement = statement.where(tuple_(events.c.received_at, events.c.id) < last)
        order = (events.c.received_at.desc(), events.c.id.desc())
        rows = await self._connection.execute(statement.order_by(*order).limit(limit))
        return [event_of(row) for row in rows]

    async def events_received(self, at: datetime) -> Sequence[EventRecord]:
        """Return the events that took no effect and came at this instant."""
        statement = select(events).where(_OPEN, events.c.received_at == at)
        return [event_of(row) for row in await self._connection.execute(statement)]

    async def event_counts(self, *, rejected_since: datetime) -> EventCounts:
        """Return how many events took no effect."""
        of_late = (events.c.received_at >= rejected_since,)
        return EventCounts(
            for_staff=await self._count(*_on(EventShelf.FOR_STAFF)),
            waiting=await self._count(*_on(EventShelf.WAITING)),
            rejected=await self._count(*_on(EventShelf.REJECTED), *of_late),
        )

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        statement = select(func.count()).select_from(events).where(_OPEN, *conditions)
        return await self._connection.scalar(statement) or 0


def _on(shelf: EventShelf) -> tuple[ColumnElement[bool], ...]:
    """Return what puts an event on the shelf."""
    parked = events.c.status == EventStatus.PARKED
    for_staff = events.c.waits_for.like("staff:%")
    return {
        EventShelf.FOR_STAFF: (parked, for_staff),
        EventShelf.WAITING: (parked, ~for_staff),
        EventShelf.PARKED: (parked,),
        EventShelf.REJECTED: (events.c.status == EventStatus.REJECTED,),
        EventShelf.OPEN: (),
    }[shelf]

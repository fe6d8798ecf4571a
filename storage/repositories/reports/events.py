"""The home of looking an event up."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.event import EventRecord
from storage.repositories.events import event_of
from storage.tables import events


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

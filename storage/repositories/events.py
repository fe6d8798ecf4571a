"""The home of stored events."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.event import EventConflict, EventError, EventRecord, EventStatus
from storage.rows import AnyRow, among, any_of, insert_all, records_of, update_all, values_of
from storage.sheets import Sheet
from storage.straight import Question
from storage.tables import event_conflicts, events


def event_of(row: AnyRow) -> EventRecord:
    """Return the event that a row holds."""
    values = dict(row._asdict())
    code, field, message = (values.pop(f"error_{part}") for part in ("code", "field", "message"))
    error = EventError(code=code, field=field, message=message) if code else None
    return EventRecord(**values, error=error)


_ERROR: dict[str, Callable[[EventRecord], str | None]] = {
    "error_code": lambda record: record.error.code if record.error else None,
    "error_field": lambda record: record.error.field if record.error else None,
    "error_message": lambda record: record.error.message if record.error else None,
}
_NEW = Sheet(events, EventRecord, but=("error",), made=_ERROR)
_SETTLED = Sheet(
    events,
    EventRecord,
    only=("id", "status", "reason", "waits_for", "applied_at", *_ERROR),
    made=_ERROR,
)

_status = events.c.status
_BY_ID_OR_FACT = Question(
    select(events).where(
        or_(
            any_of(events.c.id, "ids"),
            any_of(events.c.fact, "facts")
            & (_status != bindparam("rejected", type_=_status.type))
            & (_status != bindparam("duplicate", type_=_status.type)),
        )
    )
)
_PARKED_FOR = Question(select(events).where(any_of(events.c.waits_for)))


class EventRepository:
    """Stored events on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_id_or_fact(
        self, ids: Iterable[str], facts: Iterable[str]
    ) -> Sequence[EventRecord]:
        """Return events with these ids, and those not rejected about these facts."""
        rows = await _BY_ID_OR_FACT.rows(
            self._connection,
            ids=list(ids),
            facts=list(facts),
            rejected=EventStatus.REJECTED,
            duplicate=EventStatus.DUPLICATE,
        )
        return [event_of(row) for row in rows]

    async def parked_for(self, waits_for: Iterable[str]) -> Sequence[EventRecord]:
        """Return events parked for any of these causes."""
        rows = await _PARKED_FOR.rows(self._connection, keys=list(waits_for))
        return [event_of(row) for row in rows]

    async def add(self, records: Sequence[EventRecord]) -> None:
        """Keep new events."""
        await _NEW.insert(self._connection, records)

    async def update(self, records: Sequence[EventRecord]) -> None:
        """Keep what came of stored events."""
        await _SETTLED.update(self._connection, records)

    async def add_conflicts(self, conflicts: Sequence[EventConflict]) -> None:
        """Keep second bodies of used ids."""
        await insert_all(self._connection, event_conflicts, [values_of(c) for c in conflicts])

    async def about(self, facts: Iterable[str]) -> Sequence[EventRecord]:
        """Return every event about these facts, rejected ones too."""
        rows = await self._connection.execute(select(events).where(among(events.c.fact, facts)))
        return [event_of(row) for row in rows]

    async def updates_of_clients(self, client_ids: Iterable[str]) -> Sequence[EventRecord]:
        """Return every ``client.updated`` that names one of these ids of a client."""
        found: list[EventRecord] = []
        for client_id in client_ids:
            prefix = events.c.fact.startswith(f"client_updated:{client_id}:", autoescape=True)
            rows = await self._connection.execute(select(events).where(prefix))
            updates = [event_of(row) for row in rows]
            # Ids may have colons in them: the fact of another client may begin so, too.
            found += [row for row in updates if json.loads(row.data)["client_id"] == client_id]
        return found

    async def rewrite(self, data: Mapping[str, str]) -> None:
        """Keep other data of events, by their ids: for what has to be forgotten."""
        rows = [{"id": key, "data": value} for key, value in data.items()]
        await update_all(self._connection, events, rows)

    async def conflicts(self, event_ids: Iterable[str]) -> Sequence[EventConflict]:
        """Return the second bodies of these events."""
        rows = await self._connection.execute(
            select(event_conflicts).where(event_conflicts.c.event_id.in_(list(event_ids)))
        )
        return records_of(EventConflict, rows)

    async def rewrite_conflicts(self, data: Mapping[int, str]) -> None:
        """Keep other data of second bodies, by our ids."""
        rows = [{"id": key, "data": value} for key, value in data.items()]
        await update_all(self._connection, event_conflicts, rows)

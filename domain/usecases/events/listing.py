"""The home of showing events that took no effect: to staff by role, to the vendor's systems."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.access import require_staff
from domain.entities.event import (
    EventConflict,
    EventCounts,
    EventCursor,
    EventPlace,
    EventRecord,
    EventShelf,
    short_digest,
)
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.mapping import mappable
from domain.ports.work import Work
from domain.rights import may
from domain.surroundings import Surroundings

PAGE_SIZE = 8
REJECTED_OF_LATE = timedelta(days=30)
PERSONAL = frozenset(
    {"name", "email", "phone", "tax_id", "telegram_id", "visitor_id", "subject", "text"}
)
"""Fields that tell who somebody is or what it wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """A page of events, newest first; ``following`` is where the next one begins."""

    rows: tuple[EventRecord, ...]
    following: EventCursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """An event with what this member of staff may see and do.

    Attributes:
        record: The event.
        data: Its fields; personal ones masked for who may not see them.
        conflicts: Other bodies that came under its id.
        choices: Categories that an unknown one of it may be mapped to.
        category: The unknown one as reported, "" for a payment without category; else ``None``.
        program: Key of the program that has no rate for it.
    """

    record: EventRecord
    data: Mapping[str, object]
    conflicts: tuple[EventConflict, ...]
    choices: tuple[str, ...]
    category: str | None = None
    program: str = ""


class CountEvents:
    """Tell staff how many events took no effect."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> EventCounts:
        """Return the counts; rejected ones of late only.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        since = self._around.clock() - REJECTED_OF_LATE
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            return await work.reports.event_counts(rejected_since=since)


class ListEvents:
    """List events that took no effect, newest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, shelf: EventShelf, before: EventPlace | None = None
    ) -> EventPage:
        """Return a page for staff.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            last = await _at_place(work, before) if before else None
            cursor = EventCursor(last.received_at, last.id) if last else None
            return await _page(work, shelf, cursor, PAGE_SIZE)

    async def for_systems(
        self, shelf: EventShelf, before: EventCursor | None, limit: int
    ) -> EventPage:
        """Return a page for the vendor's systems, which have proven who they are."""
        async with self._around.open_work.read() as work:
            return await _page(work, shelf, before, limit)


class ShowEvent:
    """Show staff one event with its data."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, event: str | EventPlace) -> EventCard:
        """Return an event by its id, or by its name on a button.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such event, or it has taken effect since.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "queue.read", self._around.owners)
            record = (
                await work.reports.event(event)
                if isinstance(event, str)
                else await _at_place(work, event)
            )
            if record is None:
                raise NotFound(event=event if isinstance(event, str) else "")
            gap = await mappable(self._around, work, record)
            data = json.loads(record.data)
            return EventCard(
                record=record,
                data=data if may(role, "client.read_unmasked") else masked(data),
                conflicts=tuple(await work.events.conflicts([record.id])),
                choices=gap.choices if gap and may(role, "event.rerun") else (),
                category=gap.category if gap else None,
                program=gap.program if gap else "",
            )


async def _page(
    work: Work, shelf: EventShelf, before: EventCursor | None, limit: int
) -> EventPage:
    rows = await work.reports.events(shelf, before=before, limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    following = EventCursor(last.received_at, last.id) if last else None
    return EventPage(rows=tuple(rows[:limit]), following=following)


async def _at_place(work: Work, place: EventPlace) -> EventRecord | None:
    found = await work.reports.events_received(place.received_at)
    return next((row for row in found if short_digest(row.id) == place.digest), None)


def masked(data: Mapping[str, object]) -> dict[str, object]:
    """Return the data with what tells who somebody is hidden, at any depth."""
    hidden: dict[str, object] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            hidden[name] = masked(value)
        elif name in PERSONAL and value is not None:
            hidden[name] = f"{str(value)[:2]}•••"
        else:
            hidden[name] = value
    return hidden

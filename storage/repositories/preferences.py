"""The home of what people chose and opened."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.preferences import Preferences, QuietHours, Topic
from domain.rights import MemberRole
from storage.rows import AnyRow, among, any_of, upsert
from storage.straight import Question
from storage.tables import members, openings, preferences

_CHOSEN = Question(select(preferences).where(any_of(preferences.c.person_id)))


def _preferences_of(row: AnyRow) -> Preferences:
    topics = [name for name in json.loads(row.muted) if name in list(Topic)]
    quiet = (
        None
        if row.quiet_start is None or row.quiet_end is None
        else QuietHours(start=row.quiet_start, end=row.quiet_end)
    )
    return Preferences(
        muted=frozenset(map(Topic, topics)),
        quiet=quiet,
        zone=row.zone,
        masks_name=row.masks_name,
    )


class PreferenceRepository:
    """Preferences and opened screens on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def get(self, person_id: int) -> Preferences:
        """Return what a person chose; who never chose has the defaults."""
        return (await self.of([person_id])).get(person_id) or Preferences()

    async def of(self, person_ids: Iterable[int]) -> Mapping[int, Preferences]:
        """Return what those of these persons chose who chose something."""
        rows = await _CHOSEN.rows(self._connection, keys=list(person_ids))
        return {row.person_id: _preferences_of(row) for row in rows}

    async def put(self, person_id: int, chosen: Preferences, *, at: datetime) -> None:
        """Keep what a person chose."""
        values = {
            "muted": json.dumps(sorted(chosen.muted)),
            "quiet_start": chosen.quiet.start if chosen.quiet else None,
            "quiet_end": chosen.quiet.end if chosen.quiet else None,
            "zone": chosen.zone,
            "masks_name": chosen.masks_name,
            "updated_at": at,
        }
        statement = upsert(self._connection, preferences).values(person_id=person_id, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["person_id"], set_=values)
        )

    async def masking(self, partner_ids: Collection[int]) -> set[int]:
        """Return which of the partners have an admin who wants its name masked."""
        found = await self._connection.scalars(
            select(members.c.partner_id)
            .join(preferences, preferences.c.person_id == members.c.person_id)
            .where(
                among(members.c.partner_id, partner_ids),
                members.c.role == MemberRole.ADMIN,
                members.c.left_at.is_(None),
                preferences.c.masks_name,
            )
        )
        return set(found)

    async def opened(self, person_id: int) -> set[str]:
        """Return the screens that a person has opened, of those that are kept."""
        return set(
            await self._connection.scalars(
                select(openings.c.screen).where(openings.c.person_id == person_id)
            )
        )

    async def open(self, person_id: int, screen: str, *, at: datetime) -> None:
        """Keep that a person opened a screen, the first time."""
        statement = upsert(self._connection, openings).values(
            person_id=person_id, screen=screen, opened_at=at
        )
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def forget(self, person_id: int) -> None:
        """Delete what is kept of a person."""
        for table in (preferences, openings):
            await self._connection.execute(delete(table).where(table.c.person_id == person_id))

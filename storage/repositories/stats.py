"""The home of the daily roll-ups."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.stats import StatsDelta, StatsKey
from storage import straight
from storage.rows import upsert, values_of
from storage.tables import daily_stats

_FIGURES = [c.name for c in daily_stats.c if not c.primary_key]

_ADD = "ON CONFLICT (enrolment_id, day, code) DO UPDATE SET " + ", ".join(
    f"{name} = daily_stats.{name} + excluded.{name}" for name in _FIGURES
)


class StatsRepository:
    """Daily figures on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def add(self, deltas: Mapping[StatsKey, StatsDelta]) -> None:
        """Add to the figures of days."""
        if not deltas:
            return
        rows = [
            key._asdict() | values_of(delta)
            for key, delta in sorted(deltas.items(), key=lambda item: _order(item[0]))
        ]
        if await straight.insert(self._connection, daily_stats, rows, unless=_ADD):
            return
        statement = upsert(self._connection, daily_stats)
        statement = statement.on_conflict_do_update(
            index_elements=["enrolment_id", "day", "code"],
            set_={name: daily_stats.c[name] + statement.excluded[name] for name in _FIGURES},
        )
        await self._connection.execute(statement, rows)


def _order(key: StatsKey) -> tuple[int, int, str]:
    return key.enrolment_id, key.day.toordinal(), key.code

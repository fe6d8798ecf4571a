"""The home of reading the daily roll-ups: history itself is never added up for a screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.stats import DayTotal, StatsTotal
from storage.rows import AnyRow
from storage.tables import daily_stats

_NAMES = [column.name for column in daily_stats.c if not column.primary_key]
_SUMS = [func.coalesce(func.sum(daily_stats.c[name]), 0).label(name) for name in _NAMES]


class StatsReports:
    """Daily figures on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def daily(
        self, enrolment_id: int, first: date, last: date, *, code: str | None = None
    ) -> Sequence[DayTotal]:
        """Return the days that have figures, in order, of one link or of all together."""
        rows = await self._connection.execute(
            select(daily_stats.c.day, *_SUMS)
            .where(*_between(enrolment_id, first, last, code))
            .group_by(daily_stats.c.day)
            .order_by(daily_stats.c.day)
        )
        return [DayTotal(day=row.day, total=_total(row)) for row in rows]

    async def total_between(
        self, enrolment_id: int, first: date, last: date, *, code: str | None = None
    ) -> StatsTotal:
        """Return the figures of these days together, of one link or of all."""
        days = _between(enrolment_id, first, last, code)
        return _total((await self._connection.execute(select(*_SUMS).where(*days))).one())

    async def by_link(
        self, enrolment_id: int, first: date, last: date
    ) -> Mapping[str, StatsTotal]:
        """Return the figures of these days of each link that has any."""
        rows = await self._connection.execute(
            select(daily_stats.c.code, *_SUMS)
            .where(*_between(enrolment_id, first, last, None))
            .group_by(daily_stats.c.code)
        )
        return {row.code: _total(row) for row in rows}

    async def totals(self, enrolment_id: int) -> StatsTotal:
        """Return the partner's figures since it joined."""
        own = daily_stats.c.enrolment_id == enrolment_id
        return _total((await self._connection.execute(select(*_SUMS).where(own))).one())

    async def first_day(self, enrolment_id: int) -> date | None:
        """Return the first day that has figures."""
        found: date | None = await self._connection.scalar(
            select(daily_stats.c.day)
            .where(daily_stats.c.enrolment_id == enrolment_id)
            .order_by(daily_stats.c.day)
            .limit(1)
        )
        return found


def _between(
    enrolment_id: int, first: date, last: date, code: str | None
) -> list[ColumnElement[Any]]:
    days: list[ColumnElement[Any]] = [
        daily_stats.c.enrolment_id == enrolment_id,
        daily_stats.c.day.between(first, last),
    ]
    return days if code is None else [*days, daily_stats.c.code == code]


def _total(row: AnyRow) -> StatsTotal:
    return StatsTotal(**{name: int(getattr(row, name)) for name in _NAMES})

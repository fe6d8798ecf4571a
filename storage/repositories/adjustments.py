"""The home of adjustments of balances by staff."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import Adjustment
from storage.rows import among, insert_all, records_of, update_all, values_of
from storage.tables import adjustments
from storage.tables.conversions import SPENDABLE_ADJUSTMENTS


class AdjustmentRepository:
    """Adjustments on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_request(self, request_key: str) -> Adjustment | None:
        """Return the adjustment that this command has asked for already."""
        rows = await self._connection.execute(
            select(adjustments).where(adjustments.c.request_key == request_key)
        )
        return next(iter(records_of(Adjustment, rows)), None)

    async def by_ids(self, ids: Sequence[int]) -> Sequence[Adjustment]:
        """Return adjustments by our ids."""
        rows = await self._connection.execute(
            select(adjustments).where(among(adjustments.c.id, ids))
        )
        return records_of(Adjustment, rows)

    async def undo_of(self, adjustment_id: int) -> Adjustment | None:
        """Return the opposite adjustment, ``None`` while there is none."""
        rows = await self._connection.execute(
            select(adjustments).where(adjustments.c.opposite_of == adjustment_id)
        )
        return next(iter(records_of(Adjustment, rows)), None)

    async def spendable(self, enrolment_id: int) -> Sequence[Adjustment]:
        """Return booked adjustments with something left or owed, oldest first."""
        rows = await self._connection.execute(
            select(adjustments)
            .where(adjustments.c.enrolment_id == enrolment_id, SPENDABLE_ADJUSTMENTS)
            .order_by(adjustments.c.booked_at, adjustments.c.id)
        )
        return records_of(Adjustment, rows)

    async def add(self, adjustment: Adjustment) -> None:
        """Keep a new adjustment."""
        await insert_all(self._connection, adjustments, [values_of(adjustment)])

    async def update(self, changed: Sequence[Adjustment]) -> None:
        """Keep who decided, and what was spent."""
        names = ("status", "decided_by", "booked_at", "reserved", "paid", "converted")
        rows = [{name: getattr(row, name) for name in ("id", *names)} for row in changed]
        await update_all(self._connection, adjustments, rows)

"""The home of showing a broadcast: its readers while it is open, its figures afterwards."""

from collections.abc import Sequence

from domain.access import require_staff
from domain.entities.broadcast import OPEN, Broadcast, BroadcastFigures, BroadcastView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rules.broadcasts import query_of
from domain.surroundings import Surroundings

LATEST = 6


class ShowBroadcast:
    """Show a broadcast as it stands, and the latest ones."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, broadcast_id: int) -> BroadcastView:
        """Return the broadcast.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such broadcast.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "broadcast.compose", self._around.owners)
            broadcast = await work.broadcasts.get(broadcast_id)
            if broadcast is None:
                raise NotFound(broadcast=broadcast_id)
            return await self._view(work, broadcast)

    async def latest(self, caller: Caller) -> Sequence[BroadcastView]:
        """Return the newest ones, newest first.

        Raises:
            NotAllowed: the caller may not see them here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "broadcast.compose", self._around.owners)
            found = await work.broadcasts.latest(LATEST)
            return [await self._view(work, broadcast) for broadcast in found]

    async def _view(self, work: Work, broadcast: Broadcast) -> BroadcastView:
        """Return the broadcast with its readers while it is open, with its figures afterwards."""
        if broadcast.status not in OPEN:
            is_sent = broadcast.started_at is not None
            figures = (
                await work.broadcasts.figures(broadcast.id) if is_sent else BroadcastFigures()
            )
            return BroadcastView(broadcast=broadcast, figures=figures)
        today = self._around.clock().astimezone(self._around.zone).date()
        query = query_of(broadcast.segment, self._around.programs, today)
        parts = await work.broadcasts.audience(query)
        asked_by = await work.people.get(broadcast.asked_by or 0)
        return BroadcastView(
            broadcast=broadcast,
            parts=tuple(parts),
            asked_by_name=asked_by.name if asked_by else None,
        )

"""The home of the end of updates: that they were handled is kept, many with one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork, SqlWork

More = Callable[[SqlWork, Sequence[StoredUpdate]], Awaitable[Mapping[str, list[StoredUpdate]]]]
Ended = Callable[[StoredUpdate, Sequence[StoredUpdate]], None]


class Settling:
    """Keeps what was handled; updates that end at the same time share one commit."""

    def __init__(
        self, open_work: SqlOpenWork, clock: Callable[[], datetime], more: More, ended: Ended
    ) -> None:
        """Wait for the first one.

        Args:
            open_work: Opens work.
            clock: Tells the time.
            more: Gives the people's lanes up; returns what others have stored for some of them.
            ended: Told what was kept, with what comes after it.
        """
        self._open_work = open_work
        self._clock = clock
        self._more = more
        self._ended = ended
        self._handled: list[StoredUpdate] = []
        self._turn = asyncio.Lock()

    async def note(self, row: StoredUpdate) -> None:
        """Keep that an update was handled."""
        self._handled.append(row)
        async with self._turn:
            # Whoever gets the turn keeps what all who wait have handled.
            handled, self._handled = self._handled, []
            if not handled:
                return
            try:
                more = await self._keep(handled)
            except BaseException:
                self._handled += handled
                raise
            for ended, coming in more:
                self._ended(ended, coming)

    async def _keep(
        self, handled: Sequence[StoredUpdate]
    ) -> list[tuple[StoredUpdate, list[StoredUpdate]]]:
        # In one order everywhere, so that no two replicas wait for each other.
        in_order = sorted(handled, key=lambda row: row.speaker)
        async with self._open_work(books=False) as work:
            work.owes_nothing = True
            ids = [row.update_id for row in in_order]
            await work.inbox.handled(ids, at=self._clock())
            more = await self._more(work, in_order)
            await work.commit()
        return [(row, more.get(row.speaker, [])) for row in in_order]

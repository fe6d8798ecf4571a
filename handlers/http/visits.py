"""The home of the visit buffer: clicks of the redirect are kept together, a set at a time."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice

from domain.usecases.clicks.follow import Visit

FLUSH_SECONDS = 0.1
RETRY_SECONDS_MAX = 10.0
SET_SIZE_MAX = 5_000
KEPT_MAX = 200_000

logger = logging.getLogger(__name__)


class VisitBuffer:
    """Holds visits for a moment and writes them as one set.

    - A visitor never waits for the database: attribution rests on the signed token.
    - While the database is away, visits are kept and tried again, the newest ones dropped where
      there is no room.
    - ``close`` writes what is left.
    """

    def __init__(
        self,
        record: Callable[[Sequence[Visit]], Awaitable[None]],
        *,
        on_lost: Callable[[], None] = lambda: None,
        kept_max: int = KEPT_MAX,
    ) -> None:
        """Write sets with ``record``; ``on_lost`` is told of each visit without room."""
        self._record = record
        self._on_lost = on_lost
        self._kept_max = kept_max
        self._visits: deque[Visit] = deque()
        self._came = asyncio.Event()
        self._turn = asyncio.Lock()

    def __len__(self) -> int:
        """Return how many visits are not written yet."""
        return len(self._visits)

    def add(self, visit: Visit) -> None:
        """Keep a visit for the next set."""
        if len(self._visits) >= self._kept_max:
            self._on_lost()
            return
        self._visits.append(visit)
        self._came.set()

    async def run(self) -> None:
        """Write sets for as long as the process lives."""
        pause = FLUSH_SECONDS
        while True:
            await self._came.wait()
            await asyncio.sleep(pause)
            self._came.clear()
            try:
                await self.flush()
                pause = FLUSH_SECONDS
            except Exception:
                logger.exception("visits are kept for later: %d", len(self))
                if _is_cancelled():
                    # A driver that is cut off in the middle may tell of it as an outage.
                    raise asyncio.CancelledError from None
                pause = min(pause * 2, RETRY_SECONDS_MAX)
                self._came.set()

    async def flush(self) -> None:
        """Write all visits that are kept now; what fails stays kept."""
        async with self._turn:
            left = len(self._visits)
            while left > 0:
                size = min(left, SET_SIZE_MAX)
                await self._record(list(islice(self._visits, size)))
                for _ in range(size):
                    self._visits.popleft()
                left -= size

    async def close(self) -> None:
        """Write what is left; a failure is logged with the number that is lost."""
        try:
            await self.flush()
        except Exception:
            logger.exception("visits are lost at shutdown: %d", len(self))


def _is_cancelled() -> bool:
    """Test if the running task was told to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0

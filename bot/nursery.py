"""The home of background work: every task has an owner, a name and an end."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

CANCEL_AGAIN_SECONDS = 0.5


class Nursery:
    """Starts tasks, notes their failures, and ends them all."""

    def __init__(self) -> None:
        """Start empty."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Run the work beside; a failure is logged with its traceback."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task %s failed", task.get_name(), exc_info=task.exception())

    async def close(self, patience_seconds: float = 10) -> None:
        """Let the tasks finish for a while, then cancel what is left.

        A driver that is cut off in the middle may tell of it as an outage, which a loop waits
        out: so they are cancelled until they have ended.
        """
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=patience_seconds)
        while self._tasks:
            for task in set(self._tasks):
                task.cancel()
            await asyncio.wait(set(self._tasks), timeout=CANCEL_AGAIN_SECONDS)

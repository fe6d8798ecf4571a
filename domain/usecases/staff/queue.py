"""The home of what waits for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.queue import QUEUE_RIGHTS, QueueLine
from domain.rights import may
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What waits now."""

    lines: Sequence[QueueLine]
    seen_at: datetime


class ShowQueue:
    """Show staff how much of each kind waits, and since when; a role sees what it may see."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Queue:
        """Return the kinds of which something waits, in their order.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "queue.read", self._around.owners)
            kinds = [kind for kind, right in QUEUE_RIGHTS.items() if may(role, right)]
            lines = await work.reports.queues(kinds, now=now)
        return Queue(lines=lines, seen_at=now)

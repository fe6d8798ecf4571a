"""The home of messages that the admin chat never got: staff see them and send them again."""

from collections.abc import Sequence
from datetime import timedelta

from domain.access import require_staff
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.people import Caller
from domain.surroundings import Surroundings

SHOWN_FOR = timedelta(days=30)
SHOWN_MAX = 20


class ListLostNotices:
    """Show staff what could not be written into their chat, and why."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Sequence[Notice]:
        """Return the newest of them.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        since = self._around.clock() - SHOWN_FOR
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            return await work.notices.lost(STAFF_CHAT, dead_since=since, limit=SHOWN_MAX)


class SettleLostNotices:
    """Send all of them again, or put them away; it is audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, *, again: bool) -> int:
        """Return how many there were.

        Raises:
            NotAllowed: the caller may not do this here.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, "notice.resend", self._around.owners)
            count = await work.notices.look_after_lost(STAFF_CHAT, at=now, again=again)
            if count:
                await work.audit.add(
                    at=now,
                    actor=caller.person.id,
                    role=role.value,
                    action="notices_sent_again" if again else "notices_put_away",
                    subject="notices:staff",
                    details={"count": count},
                )
                await work.commit()
        return count

"""The home of delivering webhooks: claim with a lease, then tell what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.outbound import OUTBOUND_STOPPED, OutboundEvent, address_name
from domain.ports.work import Work
from domain.rules.retrying import pause_after
from domain.surroundings import Surroundings

LEASE = timedelta(minutes=2)
"""Longer than one attempt can take, so that two senders never have the same event."""
TRIED_FOR = timedelta(hours=24)
PAUSE_FIRST = timedelta(seconds=5)
PAUSE_MOST = timedelta(hours=1)
FORGOTTEN_AT_ONCE = 500


class ClaimOutbound:
    """Lease what is to be sent now, in order within a subject; nothing to a stopped address."""

    def __init__(self, around: Surroundings, address: str) -> None:
        """Work in these surroundings, for the configured address."""
        self._around = around
        self._address = address_name(address)

    async def __call__(self, limit: int) -> Sequence[OutboundEvent]:
        """Return at most so many events."""
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            if not await work.outbound.has_due(now=now):
                return ()
            if await work.settings.get(OUTBOUND_STOPPED) == self._address:
                return ()
        async with self._around.open_work(books=False) as work:
            events = await work.outbound.claim(now=now, lease_until=now + LEASE, limit=limit)
            if events:
                await work.commit()
        return events


class SettleOutbound:
    """Keep what came of sending a webhook.

    - A failure is tried again with growing, spread pauses, for a day; then it is undelivered:
      staff are told, once an hour at most, and send it again when they want.
    - An address that says it is gone gets nothing more until staff say so or it is changed.
    """

    def __init__(self, around: Surroundings, address: str) -> None:
        """Work in these surroundings, for the configured address."""
        self._around = around
        self._address = address_name(address)

    async def delivered(self, event: OutboundEvent) -> None:
        """Keep that the vendor took it."""
        async with self._around.open_work(books=False) as work:
            await work.outbound.delivered(event.id, at=self._around.clock())
            await work.commit()

    async def failed(
        self, event: OutboundEvent, error: str, *, retry_after: float | None = None
    ) -> None:
        """Try again later, no sooner than the vendor asked for, or give up after a day."""
        now = self._around.clock()
        pause = pause_after(event.attempts, first=PAUSE_FIRST, most=PAUSE_MOST, salt=event.id)
        pause = max(pause, min(timedelta(seconds=retry_after or 0), PAUSE_MOST))
        until = now + pause
        async with self._around.open_work(books=False) as work:
            if until > (event.tried_since or now) + TRIED_FOR:
                await work.outbound.give_up(event.id, at=now, error=error)
                await self._tell_staff(work, now, "outbound_undelivered")
            else:
                await work.outbound.postpone(event.id, until=until, error=error)
            await work.commit()

    async def gone(self, event: OutboundEvent, error: str) -> None:
        """Stop: the address wants nothing more; what is owed waits for staff."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            await work.outbound.postpone(event.id, until=now, error=error)
            if await work.settings.get(OUTBOUND_STOPPED) != self._address:
                await work.settings.put(OUTBOUND_STOPPED, self._address)
                await work.notices.add([self._notice(now, "outbound_stopped")])
            await work.commit()

    async def _tell_staff(self, work: Work, now: datetime, kind: str) -> None:
        hour = now.strftime("%Y-%m-%dT%H")
        if await work.jobs.claim(kind, hour, at=now):
            await work.notices.add([self._notice(now, kind)])

    def _notice(self, now: datetime, kind: str) -> Notice:
        return Notice(id=self._around.new_id(), recipient=STAFF_CHAT, kind=kind, created_at=now)


class ForgetOutbound:
    """Delete webhooks that were delivered long ago: what they told stands in our own tables."""

    KEPT = timedelta(days=30)

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> None:
        """Delete them, once a day."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            if not await work.jobs.claim("forget_outbound", now.date().isoformat(), at=now):
                return
            await work.commit()
        while await self._some(now - self.KEPT) == FORGOTTEN_AT_ONCE:
            pass

    async def _some(self, before: datetime) -> int:
        """Delete a portion in a transaction of its own, so that nobody waits for all of them."""
        async with self._around.open_work(books=False) as work:
            gone = await work.outbound.forget(delivered_before=before, limit=FORGOTTEN_AT_ONCE)
            await work.commit()
        return gone

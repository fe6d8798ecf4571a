"""The home of handing a broadcast to the outbox bit by bit, and of settling what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.entities.broadcast import (
    NEWS,
    Broadcast,
    BroadcastFigures,
    BroadcastStatus,
    BroadcastView,
    Outcome,
)
from domain.entities.notice import STAFF_CHAT, Notice
from domain.ports.work import Work
from domain.surroundings import Surroundings

SOON_SECONDS = 60
RETRIES_MAX = 8
BACK_OFF_SECONDS_MAX = 600
IN_OUTBOX_MAX = 40
"""So few of them stand before any other notice: little more than a second of sending."""


class FeedBroadcasts:
    """Keep the outbox fed with what is being sent, and end what is done.

    - Only a few messages of broadcasts are in the outbox at any time, so that ordinary notices
      wait for no broadcast, however long it is.
    - Whom it addresses is kept in rows; a restart goes on where it stopped.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> Sequence[BroadcastView]:
        """Feed every running broadcast once; return them with their figures."""
        async with self._around.open_work.read() as work:
            running = await work.broadcasts.running()
        return [await self._feed(broadcast) for broadcast in running]

    async def _feed(self, broadcast: Broadcast) -> BroadcastView:
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            await work.broadcasts.reconcile(broadcast.id)
            if broadcast.status is BroadcastStatus.SENDING:
                await self._hand_over(work, broadcast, now)
            figures = await work.broadcasts.figures(broadcast.id)
            if not figures.waiting:
                broadcast = await self._end(work, broadcast, figures, now)
            await work.commit()
        return BroadcastView(broadcast=broadcast, figures=figures)

    async def _hand_over(self, work: Work, broadcast: Broadcast, now: datetime) -> None:
        soon = now + timedelta(seconds=SOON_SECONDS)
        room = IN_OUTBOX_MAX - await work.broadcasts.in_outbox(due_before=soon)
        people = await work.broadcasts.waiting(broadcast.id, room) if room > 0 else ()
        notices = [
            Notice(
                id=self._around.new_id(),
                recipient=person_id,
                kind=NEWS,
                params={"broadcast_id": broadcast.id},
                created_at=now,
            )
            for person_id in people
        ]
        await work.notices.add(notices)
        await work.broadcasts.hand_over(
            broadcast.id, {notice.recipient: notice.id for notice in notices}
        )

    async def _end(
        self, work: Work, broadcast: Broadcast, figures: BroadcastFigures, now: datetime
    ) -> Broadcast:
        is_stopped = broadcast.status is BroadcastStatus.STOPPED
        status = BroadcastStatus.STOPPED if is_stopped else BroadcastStatus.SENT
        ended = replace(broadcast, status=status, ended_at=now)
        if await work.broadcasts.move(ended, was=(broadcast.status,)):
            params: dict[str, object] = {
                "broadcast_id": broadcast.id,
                "is_stopped": is_stopped,
                "sent": figures.sent,
                "blocked": figures.blocked,
                "failed": figures.failed + figures.unclear,
                "stopped": figures.stopped,
                "muted": figures.muted,
            }
            notice = Notice(
                id=self._around.new_id(),
                recipient=STAFF_CHAT,
                kind="broadcast_ended",
                params=params,
                created_at=now,
            )
            await work.notices.add([notice])
        return ended


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A message of a broadcast, ready to be sent.

    Attributes:
        html: In the reader's language.
    """

    html: str


class DeliverNews:
    """Send a broadcast to one person at most once.

    An ordinary notice that may or may not have been sent is sent again, since losing it is worse.
    News is the other way round: that it is tried is kept before it is sent, and what Telegram
    did not answer stays unclear.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def begin(self, notice: Notice) -> News | None:
        """Return what to send; ``None`` when it was tried before or is not to be sent."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            broadcast = await work.broadcasts.begin(notice.id, at=now)
            person = await work.people.get(notice.recipient)
            news = None
            if broadcast is None:
                await self._end(work, notice, Outcome.UNCLEAR, now)
            elif broadcast.status is BroadcastStatus.STOPPED:
                await self._end(work, notice, Outcome.STOPPED, now)
            else:
                news = News(html=broadcast.text_for(person.language if person else ""))
            await work.commit()
        return news

    async def sent(self, notice: Notice) -> None:
        """Keep that it was delivered."""
        async with self._around.open_work(books=False) as work:
            await work.broadcasts.settle(notice.id, Outcome.SENT)
            await work.notices.sent(notice.id, at=self._around.clock())
            await work.commit()

    async def ended(self, notice: Notice, outcome: Outcome) -> None:
        """Keep that it cannot be delivered, or that nobody knows."""
        async with self._around.open_work(books=False) as work:
            await self._end(work, notice, outcome, self._around.clock())
            await work.commit()

    async def not_sent(
        self, notice: Notice, error: str, *, retry_after: float | None = None
    ) -> None:
        """Try again later: it was certainly not sent; give up after the last time."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            if notice.attempts >= RETRIES_MAX and retry_after is None:
                await self._end(work, notice, Outcome.FAILED, now)
            else:
                pause = retry_after or min(2**notice.attempts, BACK_OFF_SECONDS_MAX)
                await work.broadcasts.take_back(notice.id)
                await work.notices.postpone(
                    notice.id,
                    until=now + timedelta(seconds=pause),
                    error=error,
                    attempts=notice.attempts + (retry_after is None),
                )
            await work.commit()

    async def _end(self, work: Work, notice: Notice, outcome: Outcome, now: datetime) -> None:
        await work.broadcasts.settle(notice.id, outcome)
        await work.notices.dead(notice.id, at=now, error=outcome.value)

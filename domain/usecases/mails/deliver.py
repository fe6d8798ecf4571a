"""The home of sending e-mails: claim with a lease, then tell what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.entities.mail import Mail
from domain.entities.notice import STAFF_CHAT, Notice
from domain.ports.work import Work
from domain.rules.retrying import pause_after
from domain.surroundings import Surroundings

LEASE = timedelta(minutes=5)
"""Longer than one attempt can take, so that two senders never have the same e-mail."""
TRIED_FOR = timedelta(days=3)
PAUSE_FIRST = timedelta(seconds=30)
PAUSE_MOST = timedelta(hours=4)
FORGOTTEN_AT_ONCE = 500


class ClaimMails:
    """Lease what is to be sent now, oldest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, limit: int) -> Sequence[Mail]:
        """Return at most so many e-mails."""
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            if not await work.mails.has_due(now=now):
                return ()
        async with self._around.open_work(books=False) as work:
            mails = await work.mails.claim(now=now, lease_until=now + LEASE, limit=limit)
            if mails:
                await work.commit()
        return mails


class SettleMail:
    """Keep what came of sending an e-mail.

    - What may pass is tried again with growing, spread pauses, for three days; what the server
      refuses for good is given up at once.
    - What was given up waits for staff, who are told once an hour at most.
    - What was sent is forgotten but for its kind and time.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def sent(self, mail: Mail) -> None:
        """Keep that the mail server took it."""
        async with self._around.open_work(books=False) as work:
            await work.mails.sent(mail.id, at=self._around.clock())
            await work.commit()

    async def failed(self, mail: Mail, error: str) -> None:
        """Try again later, or give up after three days."""
        now = self._around.clock()
        until = now + pause_after(mail.attempts, first=PAUSE_FIRST, most=PAUSE_MOST, salt=mail.id)
        if until > (mail.tried_since or now) + TRIED_FOR:
            await self.refused(mail, error)
            return
        async with self._around.open_work(books=False) as work:
            await work.mails.postpone(mail.id, until=until, error=error)
            await work.commit()

    async def refused(self, mail: Mail, error: str) -> None:
        """Give up, and tell staff."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            await work.mails.give_up(mail.id, at=now, error=error)
            await self._tell_staff(work, now)
            await work.commit()

    async def _tell_staff(self, work: Work, now: datetime) -> None:
        kind = "mail_undelivered"
        if await work.jobs.claim(kind, now.strftime("%Y-%m-%dT%H"), at=now):
            notice = Notice(
                id=self._around.new_id(), recipient=STAFF_CHAT, kind=kind, created_at=now
            )
            await work.notices.add([notice])


class ForgetMails:
    """Delete e-mails that were sent or given up long ago."""

    KEPT = timedelta(days=30)

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> None:
        """Delete them, once a day."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            if not await work.jobs.claim("forget_mails", now.date().isoformat(), at=now):
                return
            await work.commit()
        while await self._some(now - self.KEPT) == FORGOTTEN_AT_ONCE:
            pass

    async def _some(self, before: datetime) -> int:
        """Delete a portion in a transaction of its own, so that nobody waits for all of them."""
        async with self._around.open_work(books=False) as work:
            gone = await work.mails.forget(before=before, limit=FORGOTTEN_AT_ONCE)
            await work.commit()
        return gone

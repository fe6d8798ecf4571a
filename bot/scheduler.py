"""The home of what runs by the clock; APScheduler is only the alarm clock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ids import OVERLAP, first_id_after
from bot.intake import UpdateIntake
from bot.use_cases import UseCases
from bot.watch import Watch
from domain.entities.mail import MailCounts
from handlers.http.metrics import Metrics
from storage.work import SqlOpenWork, SqlWork

log = logging.getLogger(__name__)

HANDLED_UPDATES_KEPT_DAYS = 7
PARKED_UPDATES_KEPT_DAYS = 90
NOTICES_KEPT_DAYS = 30
"""As long as staff are shown what never reached their chat."""
PORTION = 500
PORTION_PAUSE_SECONDS = 0.05
MISFIRE_GRACE_SECONDS = 3_600
LOOK_SECONDS = 15


class Jobs:
    """What is done again and again; every replica rings, one has the effect."""

    def __init__(
        self,
        use_cases: UseCases,
        intake: UpdateIntake,
        open_work: SqlOpenWork,
        clock: Callable[[], datetime],
    ) -> None:
        """Work with these."""
        self._use_cases = use_cases
        self._intake = intake
        self._open_work = open_work
        self._clock = clock
        self._mails = MailCounts(waiting=0, undelivered=0)

    async def release_holds(self) -> None:
        """Make commissions payable whose hold has ended (R14)."""
        released = await self._use_cases.release_holds()
        if released:
            log.info("%s holds were released", released)

    async def look_after_claims(self) -> None:
        """Remind staff of claims that are due soon, and look for signs of fraud."""
        await self._use_cases.remind_of_claims()
        found = await self._use_cases.scan_for_fraud()
        if found:
            log.warning("%s new signs of fraud", found)

    async def take_silence(self) -> None:
        """End requests that clients did not answer in time."""
        ended = await self._use_cases.take_silence()
        if ended:
            log.info("%s requests to clients ended without an answer", ended)

    async def take_over(self) -> None:
        """Take up updates that were stored and never finished."""
        taken = await self._intake.take_over()
        if taken:
            log.warning("%s unfinished updates were taken over", taken)

    async def forget_outbound(self) -> None:
        """Delete webhooks that were delivered long ago, and e-mails."""
        await self._use_cases.forget_outbound()
        await self._use_cases.forget_invitations()
        await self._use_cases.forget_mails()

    async def count_mails(self) -> None:
        """Count e-mails for the metrics, which are read without a question to the database."""
        async with self._open_work.read() as work:
            self._mails = await work.mails.counts()

    def measured_by(self, metrics: Metrics) -> None:
        """Let the counts be among the metrics."""
        metrics.gauge(
            "partner_bot_mails_waiting",
            "E-mails that wait to be sent.",
            lambda: self._mails.waiting,
        )
        metrics.gauge(
            "partner_bot_mails_undelivered",
            "E-mails that were given up and wait for staff.",
            lambda: self._mails.undelivered,
        )

    async def tend_papers(self) -> None:
        """Erase papers whose time of keeping is over, and files that nothing names."""
        tended = await self._use_cases.tend_papers()
        if tended.erased or tended.removed:
            log.info("%s dossiers erased, %s files removed", tended.erased, tended.removed)

    async def forget_traffic(self) -> None:
        """Delete what was handled, sent or given up long ago, once a day.

        In portions, each a transaction of its own: whoever else writes waits for one of them.
        """
        now = self._clock()
        async with self._open_work(books=False) as work:
            if not await work.jobs.claim("forget_updates", now.date().isoformat(), at=now):
                return
            before = now - timedelta(days=HANDLED_UPDATES_KEPT_DAYS)
            await work.conversations.forget(updated_before=before)
            await work.commit()
        parked_before = now - timedelta(days=PARKED_UPDATES_KEPT_DAYS)
        ended_before = now - timedelta(days=NOTICES_KEPT_DAYS)
        # Above every id from before that instant, however the clocks of replicas differ.
        first_id = first_id_after(ended_before + 2 * OVERLAP)
        gone = {
            "updates": await self._in_portions(
                lambda work: work.inbox.forget(handled_before=before, limit=PORTION)
            ),
            "updates that were given up": await self._in_portions(
                lambda work: work.inbox.forget_parked(parked_before=parked_before, limit=PORTION)
            ),
            "notices": await self._in_portions(
                lambda work: work.notices.forget(
                    ended_before=ended_before, first_id=first_id, limit=PORTION
                )
            ),
        }
        if any(gone.values()):
            log.info("forgotten: %s", ", ".join(f"{many} {what}" for what, many in gone.items()))

    async def _in_portions(self, forget: Callable[[SqlWork], Awaitable[int]]) -> int:
        """Delete portion after portion; return how many rows went."""
        gone = 0
        while True:
            async with self._open_work(books=False) as work:
                some = await forget(work)
                await work.commit()
            gone += some
            if some < PORTION:
                return gone
            await asyncio.sleep(PORTION_PAUSE_SECONDS)

    async def forget_applications(self) -> None:
        """Delete applications that nobody goes on with."""
        forgotten = await self._use_cases.forget_applications()
        if forgotten:
            log.info("%s applications were forgotten", forgotten)

    async def owe_statements(self) -> None:
        """Owe the statements of months that are over."""
        owed = await self._use_cases.owe_statements()
        if owed:
            log.info("%s monthly statements are owed", owed)

    async def look_after_promos(self) -> None:
        """Note which clients get a promo code, and remind of those that lapse."""
        noted = await self._use_cases.offer_promos()
        owed = await self._use_cases.remind_of_promos()
        if noted or owed:
            log.info("%s promo codes are to be given, %s reminders are owed", noted, owed)

    async def owe_reminders(self) -> None:
        """Owe reminders of what waits for people."""
        owed = await self._use_cases.owe_reminders() + await self._use_cases.owe_renewals()
        owed += await self._use_cases.remind_of_invoices()
        if owed:
            log.info("%s reminders are owed", owed)

    async def look_after_terms(self) -> None:
        """Tell partners of changed terms, and make the pay-outs of a schedule."""
        told = await self._use_cases.announce_terms()
        made = await self._use_cases.make_scheduled_payouts()
        if told or made:
            log.info("%s partners told of changed terms, %s scheduled pay-outs", told, made)


def start_scheduler(jobs: Jobs, watch: Watch, *, is_shared: bool) -> AsyncIOScheduler:
    """Return the running scheduler; replicas look after each other more often."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    _every(scheduler, jobs.release_holds, minutes=5)
    _every(scheduler, jobs.look_after_claims, minutes=10)
    _every(scheduler, jobs.take_silence, minutes=10)
    _every(scheduler, jobs.look_after_promos, minutes=1)
    _every(scheduler, jobs.take_over, seconds=2 if is_shared else 15)
    _every(scheduler, jobs.forget_traffic, hours=1)
    _every(scheduler, jobs.forget_outbound, hours=1)
    _every(scheduler, jobs.forget_applications, hours=1)
    _every(scheduler, jobs.count_mails, seconds=20)
    _every(scheduler, watch.look, seconds=LOOK_SECONDS)
    _every(scheduler, watch.audit_books, minutes=10)
    _every(scheduler, jobs.tend_papers, minutes=30)
    _every(scheduler, jobs.owe_statements, minutes=20)
    _every(scheduler, jobs.owe_reminders, minutes=20)
    _every(scheduler, jobs.look_after_terms, minutes=5)
    scheduler.start()
    return scheduler


def _every(
    scheduler: AsyncIOScheduler, job: Callable[[], Awaitable[None]], **interval: int
) -> None:
    scheduler.add_job(
        job,
        "interval",
        **interval,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
    )

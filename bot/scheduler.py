"""The home of what runs by the clock; APScheduler is only the alarm clock."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.intake import UpdateIntake
from bot.use_cases import UseCases
from storage.work import SqlOpenWork

log = logging.getLogger(__name__)

HANDLED_UPDATES_KEPT_DAYS = 7
MISFIRE_GRACE_SECONDS = 3_600


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

    async def take_over(self) -> None:
        """Take up updates that were stored and never finished."""
        taken = await self._intake.take_over()
        if taken:
            log.warning("%s unfinished updates were taken over", taken)

    async def forget_outbound(self) -> None:
        """Delete webhooks that were delivered long ago."""
        await self._use_cases.forget_outbound()

    async def forget_updates(self) -> None:
        """Delete the ids of updates that were handled long ago, once a day."""
        now = self._clock()
        async with self._open_work(books=False) as work:
            if not await work.jobs.claim("forget_updates", now.date().isoformat(), at=now):
                return
            before = now - timedelta(days=HANDLED_UPDATES_KEPT_DAYS)
            await work.inbox.forget(handled_before=before)
            await work.conversations.forget(updated_before=before)
            await work.commit()

    async def owe_statements(self) -> None:
        """Owe the statements of months that are over."""
        owed = await self._use_cases.owe_statements()
        if owed:
            log.info("%s monthly statements are owed", owed)

    async def owe_reminders(self) -> None:
        """Owe reminders of what waits for people."""
        owed = await self._use_cases.owe_reminders() + await self._use_cases.owe_renewals()
        if owed:
            log.info("%s reminders are owed", owed)

    async def look_after_terms(self) -> None:
        """Tell partners of changed terms, and make the pay-outs of a schedule."""
        told = await self._use_cases.announce_terms()
        made = await self._use_cases.make_scheduled_payouts()
        if told or made:
            log.info("%s partners told of changed terms, %s scheduled pay-outs", told, made)


def start_scheduler(jobs: Jobs) -> AsyncIOScheduler:
    """Return the running scheduler."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    _every(scheduler, jobs.release_holds, minutes=5)
    _every(scheduler, jobs.look_after_claims, minutes=10)
    _every(scheduler, jobs.take_over, seconds=15)
    _every(scheduler, jobs.forget_updates, hours=1)
    _every(scheduler, jobs.forget_outbound, hours=1)
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

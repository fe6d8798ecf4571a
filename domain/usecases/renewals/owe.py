"""The home of reminding partners of their clients' services that end soon (R45)."""

from collections.abc import Sequence

from domain.entities.notice import Notice
from domain.entities.renewal import Renewal
from domain.period import text_of
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.renewals import end_of_day, reminder_of, subject_of
from domain.surroundings import Surroundings

CHUNK = 50
NAMED_MAX = 10
"""More services in one message are only counted."""
DAYTIME = range(9, 20)
"""Hours of the configured time zone in which partners are reminded."""
RENEWAL, RENEWALS_OF_DAY = "renewal", "renewals_of_day"
"""Names of the claims: one service so many days ahead, and one partner's message of a day."""


class OweRenewals:
    """Owe admins of active partners a reminder so many days ahead as the program says.

    - Each service is told once for each of its ends and each number of days.
    - A partner gets one message a day, with everything that is due.
    - A reminder is taken in the transaction that owes it: replicas and repeated runs owe it once.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many messages were owed."""
        if self._around.clock().astimezone(self._around.zone).hour not in DAYTIME:
            return 0
        owed = 0
        for program in self._around.programs.values():
            if program.renewal_days:
                owed += await self._program(program)
        return owed

    async def _program(self, program: Program) -> int:
        """Go through a program's partners, some in each transaction."""
        now, owed, above = self._around.clock(), 0, 0
        until = end_of_day(now, self._around.zone, program.renewal_days[0])
        while True:
            async with self._around.open_work.read() as work:
                found = await work.renewals.partners(
                    program.key, after=now, until=until, above=above, limit=CHUNK
                )
            if not found:
                return owed
            async with self._around.open_work(books=False) as work:
                for enrolment_id in found:
                    notices = await self._partner(work, program, enrolment_id)
                    await work.notices.add(notices)
                    owed += len(notices)
                await work.commit()
            above = found[-1]

    async def _partner(self, work: Work, program: Program, enrolment_id: int) -> list[Notice]:
        now, zone = self._around.clock(), self._around.zone
        until = end_of_day(now, zone, program.renewal_days[0])
        rows = await work.renewals.of(enrolment_id, after=now, until=until)
        due = []
        for row in rows:
            days = reminder_of(program.renewal_days, row.days_left(now, zone))
            if days is not None and not await work.reminders.is_claimed(
                RENEWAL, subject_of(row, days)
            ):
                due.append((row, days))
        today = now.astimezone(zone).date().isoformat()
        if not due or not await work.reminders.claim(
            RENEWALS_OF_DAY, str(enrolment_id), today, at=now
        ):
            return []
        taken = [
            row
            for row, days in due
            if await work.reminders.claim(RENEWAL, subject_of(row, days), "once", at=now)
        ]
        admins = (await work.enrolments.admins([enrolment_id])).get(enrolment_id, ())
        params = self._params(program, taken)
        return [
            Notice(
                id=self._around.new_id(),
                recipient=person_id,
                kind="renewals",
                params=params,
                created_at=now,
            )
            for person_id in admins
            if taken
        ]

    def _params(self, program: Program, rows: Sequence[Renewal]) -> dict[str, object]:
        named = [
            {
                "client_id": row.client_id,
                "client": row.client,
                "service": row.service,
                "until": text_of(row.renews_at),
            }
            for row in rows[:NAMED_MAX]
        ]
        return {"program": program.key, "clients": named, "count": len(rows)}

"""The home of owing partners their monthly statements."""

from collections.abc import Sequence
from datetime import timedelta

from domain.entities.notice import Notice
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.statement import Statement
from domain.ledger.statement import statement_of
from domain.period import Month
from domain.ports.work import Work
from domain.surroundings import Surroundings

JOB = "statements"
KIND = "statement"
CHUNK = 25
MORNING = timedelta(hours=9)
"""A statement comes in the morning after its month; by then all that belongs to it is booked."""
FIGURES = (
    "opening",
    "accrued",
    "clawed_back",
    "adjusted",
    "paid",
    "converted",
    "retained",
    "closing",
    "registrations",
    "payments",
)


class OweStatements:
    """Owe each admin the statement of each month that is over, once.

    - A month is taken when all its statements are owed; months that were missed are made up in
      order, from the one after the last that was taken. The first run takes the last month.
    - Each enrolment's month is taken in the transaction that owes its statement, so that replicas
      and repeated runs owe it once.
    - Who left the program, with nothing owed and nothing happening, hears nothing more.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many statements were owed."""
        owed = 0
        for month in await self._due():
            owed += await self._owe_month(month)
            async with self._around.open_work(books=False) as work:
                if await work.jobs.claim(JOB, str(month), at=self._around.clock()):
                    await work.commit()
        return owed

    async def _due(self) -> Sequence[Month]:
        now = self._around.clock()
        last_over = Month.of(now - MORNING, self._around.zone).plus(-1)
        async with self._around.open_work.read() as work:
            taken = Month.read(await work.jobs.last(JOB) or "")
        month = taken.plus(1) if taken else last_over
        due: list[Month] = []
        while month <= last_over:
            due.append(month)
            month = month.plus(1)
        return due

    async def _owe_month(self, month: Month) -> int:
        owed, after_id = 0, 0
        _, end = month.bounds(self._around.zone)
        while True:
            async with self._around.open_work(books=False) as work:
                chunk = await work.statements.joined_before(end, after_id=after_id, limit=CHUNK)
                if not chunk:
                    return owed
                notices = [
                    notice
                    for enrolment in chunk
                    for notice in await self._of(work, enrolment, month)
                ]
                await work.notices.add(notices)
                await work.commit()
            owed += len(notices)
            after_id = chunk[-1].id

    async def _of(self, work: Work, enrolment: Enrolment, month: Month) -> list[Notice]:
        """Return the notices of one enrolment's month; none where it was owed before."""
        program = self._around.programs.get(enrolment.program)
        now = self._around.clock()
        if program is None or not await work.reminders.claim(
            KIND, str(enrolment.id), str(month), at=now
        ):
            return []
        start, end = month.bounds(self._around.zone)
        statement = statement_of(
            month,
            program.currency,
            await work.statements.moved(enrolment.id, start, end),
            await work.statements.counts(enrolment.id, start, end),
            is_over=True,
        )
        if statement.is_empty and enrolment.status is EnrolmentStatus.ENDED:
            return []
        admins = await work.enrolments.admins([enrolment.id])
        return [
            Notice(
                id=self._around.new_id(),
                recipient=person_id,
                kind=KIND,
                params=_params(enrolment, statement),
                created_at=now,
            )
            for person_id in admins.get(enrolment.id, ())
        ]


def _params(enrolment: Enrolment, statement: Statement) -> dict[str, object]:
    return {
        "program": enrolment.program,
        "month": str(statement.month),
        "currency": statement.currency,
        **{name: getattr(statement, name) for name in FIGURES},
    }

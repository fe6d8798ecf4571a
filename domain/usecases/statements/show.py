"""The home of showing a month of a partner's money."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.entities.statement import Movement, Statement
from domain.errors import NotFound
from domain.intake.holds import release_holds
from domain.ledger.statement import statement_of
from domain.period import Month
from domain.ports.work import Work
from domain.programs.model import Program
from domain.surroundings import Surroundings

MOVEMENTS_MAX = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A month of an enrolment.

    Attributes:
        enrolment: Whose.
        program: Its terms.
        statement: The figures.
    """

    enrolment: Enrolment
    program: Program
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthList:
    """The months that an enrolment has.

    Attributes:
        first: The month it joined in.
        now: The month that runs.
    """

    first: Month
    now: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFile:
    """A month with everything that moved the balance.

    Attributes:
        view: The figures.
        movements: Oldest first.
        is_cut: There are more than a file holds.
    """

    view: StatementView
    movements: Sequence[Movement]
    is_cut: bool


class ShowStatement:
    """Show an admin a month of its partner's money.

    - Months are those of the configured time zone, half-open, from the one it joined in.
    - A month holds what was booked in it; one that is over never changes.
    - Holds that have ended are released first (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def months(self, caller: Caller) -> MonthList:
        """Return which months there are.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
        return self._months(enrolment)

    async def __call__(self, caller: Caller, month: Month) -> StatementView:
        """Return the month.

        Raises:
            NotFound: the month is before the partner joined, or has not begun.
        """
        enrolment = await self._own(caller, month)
        async with self._around.open_work.read() as work:
            return await self._view(work, enrolment, month)

    async def file(self, caller: Caller, month: Month) -> MonthFile:
        """Return the month with everything that moved the balance, as ``__call__`` does."""
        enrolment = await self._own(caller, month)
        start, end = month.bounds(self._around.zone)
        async with self._around.open_work.read() as work:
            view = await self._view(work, enrolment, month)
            rows = await work.statements.movements(
                enrolment.id, start, end, limit=MOVEMENTS_MAX + 1
            )
        return MonthFile(
            view=view, movements=rows[:MOVEMENTS_MAX], is_cut=len(rows) > MOVEMENTS_MAX
        )

    def _months(self, enrolment: Enrolment) -> MonthList:
        zone = self._around.zone
        return MonthList(
            first=Month.of(enrolment.joined_at, zone), now=Month.of(self._around.clock(), zone)
        )

    async def _own(self, caller: Caller, month: Month) -> Enrolment:
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
        known = self._months(enrolment)
        if not known.first <= month <= known.now:
            raise NotFound(month=str(month))
        if month == known.now:
            await release_holds(self._around, enrolment.id)
        return enrolment

    async def _view(self, work: Work, enrolment: Enrolment, month: Month) -> StatementView:
        program = self._around.programs[enrolment.program]
        start, end = month.bounds(self._around.zone)
        statement = statement_of(
            month,
            program.currency,
            await work.statements.moved(enrolment.id, start, end),
            await work.statements.counts(enrolment.id, start, end),
            is_over=self._around.clock() >= end,
        )
        return StatementView(enrolment=enrolment, program=program, statement=statement)

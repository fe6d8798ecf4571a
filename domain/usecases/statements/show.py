"""The home of showing a month of a partner's money."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import Place, own_enrolment, own_place
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.entities.statement import Movement, Statement
from domain.errors import NotFound
from domain.intake.holds import release_holds
from domain.ledger.statement import statement_of
from domain.period import Month
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.masking import mask_movement
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
        place = await self._own(caller, month)
        async with self._around.open_work.read() as work:
            return await self._view(work, place.enrolment, month)

    async def file(self, caller: Caller, month: Month) -> MonthFile:
        """Return the month with everything that moved the balance, as ``__call__`` does.

        Clients are masked for whoever sees them so everywhere (A18).
        """
        place = await self._own(caller, month)
        enrolment = place.enrolment
        start, end = month.bounds(self._around.zone)
        async with self._around.open_work.read() as work:
            view = await self._view(work, enrolment, month)
            rows = await work.statements.movements(
                enrolment.id, start, end, limit=MOVEMENTS_MAX + 1
            )
        shown = rows[:MOVEMENTS_MAX]
        if place.hides_clients(mask_clients=self._around.mask_clients):
            shown = [mask_movement(row) for row in shown]
        return MonthFile(view=view, movements=shown, is_cut=len(rows) > MOVEMENTS_MAX)

    def _months(self, enrolment: Enrolment) -> MonthList:
        zone = self._around.zone
        return MonthList(
            first=Month.of(enrolment.joined_at, zone), now=Month.of(self._around.clock(), zone)
        )

    async def _own(self, caller: Caller, month: Month) -> Place:
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
        known = self._months(place.enrolment)
        if not known.first <= month <= known.now:
            raise NotFound(month=str(month))
        if month == known.now:
            await release_holds(self._around, place.enrolment.id)
        return place

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
